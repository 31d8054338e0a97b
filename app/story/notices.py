"""What a reader should be told about the boxes as they stand: a sentence each, from the numbers."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from app.exercise.record import Exercise, Result
from app.text import Text, number, plain


def notices(
    exercise: Exercise, result: Result, text: Text, *, ends: bool = True
) -> list[dict[str, Any]]:
    """Sentences about boxes whose cells surprise, ``{"box": index, "text": sentence}``.

    One that is about no box in particular has None for its index. Inclusive `ends` need no sentence
    where they are named as a choice.
    """
    found: list[dict[str, Any]] = []
    if result.warning:
        # What it means in the reader's language, and the library's own words, in English.
        found.append({"box": None, "text": text("notice.no_room", said=result.warning)})
    for n in range(len(exercise.boxes)):
        said = _of_box(exercise, result, text, n, ends)
        found += [{"box": n, "text": sentence} for sentence in said]
    return found


def _of_box(exercise: Exercise, result: Result, text: Text, n: int, ends: bool) -> Iterator[str]:
    _, x1, y1, x2, y2 = exercise.boxes[n]
    bins, convention = result.bins, result.convention
    (top, bottom), (left, right) = bins.rows[n].tolist(), bins.cols[n].tolist()
    backwards = [
        text("notice.backwards", first=f"{axis}1", last=f"{axis}2", a=plain(a), b=plain(b))
        for axis, a, b in (("x", x1, x2), ("y", y1, y2))
        if (b < a or (b == a and not convention.inclusive_end))
    ]
    empty = int(bins.empty[n].sum())
    if backwards:
        yield text.join(*backwards, _fate(exercise, result, text, n, empty))
        return
    high, wide = exercise.size
    outside = top < 0 or left < 0 or bottom > high or right > wide
    if outside:
        yield text("notice.outside", rows=high, cols=wide)
    if empty:
        counts = {
            "count": empty,
            "total": bins.empty[n].size,
            "value": number(convention.empty_value),
        }
        size = {"high": bottom - top, "wide": right - left}
        if outside:
            yield text("notice.empty_bins.outside", **counts)
        else:
            yield text("notice.empty_bins", **counts, **size)
    if n == exercise.selected:
        if ends and convention.inclusive_end:
            yield text("notice.inclusive", convention=exercise.rule.name)
        yield from _of_selected(result, text, n)


def _fate(exercise: Exercise, result: Result, text: Text, n: int, empty: int) -> str:
    """What becomes of a box that runs backwards."""
    if empty == result.bins.empty[n].size:
        return text("notice.backwards.empty", value=number(result.convention.empty_value))
    return text("notice.backwards.cell", convention=exercise.rule.name)


def _of_selected(result: Result, text: Text, n: int) -> Iterator[str]:
    past = int(np.max(result.bins.y1[n])) > int(result.bins.rows[n, 1]) or int(
        np.max(result.bins.x1[n])
    ) > int(result.bins.cols[n, 1])
    if past:
        yield text("notice.overshoot", arithmetic=result.convention.arithmetic)
