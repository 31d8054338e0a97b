"""What the figure of a question is sent: no more than may be seen, as plain JSON.

While a question is open neither the bins nor the output are sent; with the verdict they come.
"""

from dataclasses import replace
from typing import Any

from app.exercise.gradient import incoming
from app.lessons import answers, cuts, ways
from app.lessons.exam import TEST_LENGTH
from app.lessons.given import letter
from app.lessons.judged import judged, span, spans, tried
from app.lessons.lesson import Lesson
from app.lessons.place import Place
from app.lessons.question import Cut, Question, Span
from app.lessons.sitting import Sitting
from app.lessons.ways import RIGHT
from app.lessons.wording import rule, sentence
from app.text import Text


def payload(sitting: Sitting, text: Text) -> dict[str, Any]:
    """The question at hand, and once it is answered what is said of it."""
    place, question = sitting.place, sitting.place.question
    lesson = place.of
    if question is None or lesson is None:
        raise ValueError("nothing is asked here")
    exercise = question.exercise
    rows, cols = exercise.size
    nth, count = _counted(place, lesson)
    return {
        "id": place.key,
        "kind": question.kind,
        "rows": rows,
        "cols": cols,
        "cells": [value for row in exercise.cells for value in row],
        "outputSize": list(exercise.output_size),
        "box": _box(question),
        "boxes": _boxes(question),
        "outline": _outline(question),
        "sections": _sections(question),
        "section": list(question.section) if question.section else None,
        "asks": question.asks,
        "fields": _fields(question, text),
        "upstream": _upstream(question),
        "options": _options(question),
        "start": _start(question),
        "question": {
            "title": _title(place, text),
            "sentence": sentence(lesson, place.step, question, text),
            "rule": _rule(sitting, question, text),
        },
        "back": place.mode == "lesson" and place.step > 1,
        "number": nth,
        "count": count,
        "verdict": judged(sitting, text),
        "tried": tried(sitting, text),
        "problem": sitting.problem.sentence(text) if sitting.problem else None,
        "reveals": place.mode != "test",
        "next": place.mode != "test",
        "another": lesson.steps[place.step - 1].model.map is not None,
        "text": text.section("lessons.figure"),
    }


def _title(place: Place, text: Text) -> str:
    """What the question is headed with: its lesson, or in practice what it exercises."""
    lesson = place.of
    if lesson is None:
        return ""
    if place.mode == "lesson":
        return text(f"lessons.{lesson.name}.title")
    return text(f"lessons.skill.{lesson.steps[place.step - 1].skill}")


def _rule(sitting: Sitting, question: Question, text: Text) -> str | None:
    """By which rule it is asked; none where that is the question, or where none is applied."""
    is_open = question.is_rule_asked and sitting.verdict is None
    is_idle = question.asks == "shape" or question.drawn == "sections"
    return None if is_open or is_idle else rule(question, text)


def _counted(place: Place, lesson: Lesson) -> tuple[int, int]:
    """Which step it is, and of how many; 0 in practice, which has no end."""
    if place.mode == "test":
        return len(place.marks) + 1, TEST_LENGTH
    return (place.step, len(lesson.steps)) if place.mode == "lesson" else (0, 0)


def _box(question: Question) -> dict[str, Any] | None:
    """The box in cells, where finding those is not what is asked."""
    if not question.shows_box:
        return None
    return span(cuts.whole(question.exercise))


def _boxes(question: Question) -> list[dict[str, Any]]:
    """Where the shape of all boxes' output is asked, those on the map that is seen, in cells."""
    exercise = question.exercise
    if question.asks != "shape":
        return []
    return [
        span(cuts.whole(replace(exercise, selected=n)))
        for n, box in enumerate(exercise.boxes)
        if box[0] == exercise.image
    ]


def _outline(question: Question) -> dict[str, Any] | None:
    """The box before it is rounded to cells."""
    if not question.shows_outline:
        return None
    exercise = question.exercise
    _, x1, y1, x2, y2 = (
        side * exercise.spatial_scale for side in exercise.boxes[exercise.selected]
    )
    return {"rows": [y1, y2], "cols": [x1, x2]}


def _sections(question: Question) -> dict[str, Any] | None:
    if not question.shows_sections:
        return None
    return spans(ways.cut(RIGHT, question.exercise))


def _fields(question: Question, text: Text) -> list[str] | None:
    names = {"shape": ("n", "c", "ph", "pw"), "cells": ("x1", "y1", "x2", "y2")}.get(question.asks)
    if question.kind != "value" or names is None:
        return None
    return [text(f"lessons.field.{name}") for name in names]


def _upstream(question: Question) -> list[list[float]] | None:
    if question.kind != "back":
        return None
    arriving: list[list[float]] = incoming(question.exercise)[question.exercise.selected].tolist()
    return arriving


def _start(question: Question) -> dict[str, Any] | None:
    """Where the handles stand at first: not on the answer.

    Each section of a cut is a cell, one after the other, or all the first where
    that would be right.
    """
    if question.kind == "box":
        return span(cuts.whole(question.exercise))
    if question.kind != "cut":
        return None
    top = left = 0
    if question.drawn in ("box", "sections"):
        ((top, _),), ((left, _),) = cuts.whole(question.exercise)
    start = _cells_from(question, top, left, 1)
    if answers.is_right(question, start):
        start = _cells_from(question, top, left, 0)
    return spans(start)


def _cells_from(question: Question, top: int, left: int, apart: int) -> Cut:
    """Sections of one cell each, the next so many cells on."""
    (high, wide), (rows, cols) = question.exercise.output_size, question.exercise.size

    def along(first: int, count: int, side: int) -> tuple[Span, ...]:
        at = (max(0, min(first + k * apart, side - 1)) for k in range(count))
        return tuple((start, start + 1) for start in at)

    return Cut(along(top, high, rows), along(left, wide, cols))


def _options(question: Question) -> list[dict[str, Any]] | None:
    if question.kind != "which":
        return None
    # A figure is not told which way made which.
    return [
        {"key": letter(k), "output": None, "cut": None} | _shown(question, key)
        for k, key in enumerate(question.options)
    ]


def _shown(question: Question, key: str) -> dict[str, Any]:
    made = answers.option(question, key)
    if question.asks == "cut":
        return {"cut": spans(made)}
    wide = question.exercise.output_size[1]
    rows = [list(made[k : k + wide]) for k in range(0, len(made), wide)]
    return {"output": rows}
