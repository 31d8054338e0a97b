"""Whether something tells an answer: by its numbers, in whatever notation they are written."""

import re

from app.lessons.answers import agree
from app.lessons.question import Question

# The digits of a name, x1 for one, are no number.
_NUMBER = re.compile(r"(?:(?<!\d)[-−])?(?:∞|(?<![A-Za-z\d.])\d+(?:\.\d+)?(?:e-?\d+)?)")


def numbers(sent) -> list[float]:
    """All numbers in something, those in its texts and names too, in their order."""
    match sent:
        case bool():
            return []
        case int() | float():
            return [float(sent)]
        case str():
            found = (one.replace("−", "-").replace("∞", "inf") for one in _NUMBER.findall(sent))
            return [float(one) for one in found]
        case dict():
            return numbers([*sent.items()])
        case list() | tuple():
            return [number for one in sent for number in numbers(one)]
    return []


def told(sent, notations) -> set[str]:
    """The notations whose numbers stand in something, one after the other."""
    held = numbers(sent)
    return {name for name, wanted in notations.items() if _stands(held, wanted)}


def _stands(held, wanted) -> bool:
    starts = range(len(held) - len(wanted) + 1)
    return any(all(map(agree, held[k : k + len(wanted)], wanted)) for k in starts)


def notations(question: Question, given) -> dict[str, list[float]]:
    """An answer as whoever lets it out may write it, each as its numbers in their order."""
    written = {"cut": _cut, "box": _box, "pick": _pick, "value": _value, "back": _back}
    return {name: numbers(one) for name, one in written[question.kind](question, given).items()}


def _cut(_, given):
    rows, cols = given
    sections = [(*down, *across) for down in rows for across in cols]
    return {
        "spans": [rows, cols],
        "spans, columns first": [cols, rows],
        "cells, both ends counted": [[(a, b - 1) for a, b in spans] for spans in given],
        "starts and stops": [_turned(spans) for spans in given],
        "a table of sections": sections,
        "corners of sections": [(y0, x0, y1, x1) for y0, y1, x0, x1 in sections],
        "sections as boxes": [(x0, y0, x1, y1) for y0, y1, x0, x1 in sections],
        "edges": [[*_turned(spans)[0], spans[-1][1]] for spans in given],
        "sizes": [[stop - start for start, stop in spans] for spans in given],
        "starts": [_turned(spans)[0] for spans in given],
        "stops": [_turned(spans)[1] for spans in given],
    }


def _turned(spans):
    return list(zip(*spans, strict=True))


def _box(question, given):
    ((top, bottom),), ((left, right),) = given
    corners = [left, top, right, bottom]
    return {
        "spans": given,
        "spans, columns first": [given.cols, given.rows],
        "corners": [top, left, bottom, right],
        "x1, y1, x2, y2": corners,
        "ends counted": [left, top, right - 1, bottom - 1],
        "x, y, w, h": [left, top, right - left, bottom - top],
        "in pixels": [question.exercise.unit * number for number in corners],
    }


def _pick(question, given):
    row, col = given
    _, wide = question.exercise.size
    plane = question.exercise.maps.array[question.exercise.image, question.exercise.channel]
    return {
        "row, column": [row, col],
        "column, row": [col, row],
        "place": [row * wide + col],
        "value": [float(plane[row, col])],
    }


def _value(question, given):
    high, wide = question.exercise.output_size
    names = {"exact": given, "shown": [f"{value:.2f}" for value in given]}
    if len(given) == high * wide:
        names["transposed"] = [given[i * wide + j] for j in range(wide) for i in range(high)]
    return names | {f"value {k}": [value] for k, value in enumerate(given) if value % 1}


def _back(question, given):
    high, wide = question.exercise.size
    received = {(row, col): amount for row, col, amount in given}
    dense = [received.get((row, col), 0) for row in range(high) for col in range(wide)]
    return {
        "dense": dense,
        "sparse": given,
        "columns first": [(col, row, amount) for row, col, amount in given],
        "cells": list(received),
        "places": [row * wide + col for row, col in received],
        "amounts": list(received.values()),
        "which receive": [int(amount != 0) for amount in dense],
    }
