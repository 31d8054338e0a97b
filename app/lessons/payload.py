"""What the figure of a question is sent: no more than may be seen, as plain JSON.

While a question is open neither the bins nor the output are sent; with the verdict they come.
"""

from typing import Any

from app.exercise.gradient import incoming
from app.lessons import answers, ways
from app.lessons.diagnose import Verdict
from app.lessons.given import letter
from app.lessons.lesson import Lesson
from app.lessons.place import TEST_LENGTH, Place
from app.lessons.question import Answer, Cut, Question, Span
from app.lessons.sitting import Sitting
from app.lessons.ways import RIGHT
from app.lessons.wording import after, remark, rule, sentence
from app.text import Text, number, plain


def payload(sitting: Sitting, text: Text) -> dict[str, Any]:
    """The question at hand, and once it is answered what is said of it."""
    place, question = sitting.place, sitting.place.question
    lesson = place.of
    if question is None or lesson is None:
        raise ValueError("nothing is asked here")
    exercise = question.exercise
    rows, cols = exercise.size
    nth, count = _counted(place, lesson)
    is_rule_open = question.is_rule_asked and sitting.verdict is None
    return {
        "id": place.key,
        "kind": question.kind,
        "rows": rows,
        "cols": cols,
        "cells": [value for row in exercise.cells for value in row],
        "outputSize": list(exercise.output_size),
        "box": _box(question),
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
            "rule": None if is_rule_open else rule(question, text),
        },
        "number": nth,
        "count": count,
        "verdict": _verdict(sitting, text),
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


def _counted(place: Place, lesson: Lesson) -> tuple[int, int]:
    """Which step it is, and of how many; 0 in practice, which has no end."""
    if place.mode == "test":
        return len(place.marks) + 1, TEST_LENGTH
    return (place.step, len(lesson.steps)) if place.mode == "lesson" else (0, 0)


def _spans(cut: Cut) -> dict[str, Any]:
    return {"rows": [list(span) for span in cut.rows], "cols": [list(span) for span in cut.cols]}


def _span(cut: Cut) -> dict[str, Any]:
    return {"rows": list(cut.rows[0]), "cols": list(cut.cols[0])}


def _box(question: Question) -> dict[str, Any] | None:
    """The box in cells, where finding those is not what is asked."""
    asked = question.kind == "box" or question.asks in ("cells", "shape")
    if asked or question.drawn in ("nothing", "outline"):
        return None
    return _span(ways.whole(question.exercise))


def _outline(question: Question) -> dict[str, Any] | None:
    """The box before it is rounded to cells."""
    if question.drawn != "outline" and (question.asks != "cells" or question.drawn == "nothing"):
        return None
    exercise = question.exercise
    _, x1, y1, x2, y2 = (
        side * exercise.spatial_scale for side in exercise.boxes[exercise.selected]
    )
    return {"rows": [y1, y2], "cols": [x1, x2]}


def _sections(question: Question) -> dict[str, Any] | None:
    if question.drawn != "sections":
        return None
    return _spans(ways.cut(RIGHT, question.exercise))


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
    """Where the handles stand at first, which is not the answer.

    Each section is a cell, one after the other, or all the first where that would be right.
    """
    if question.kind == "box":
        return _span(ways.whole(question.exercise))
    if question.kind != "cut":
        return None
    top = left = 0
    if question.drawn in ("box", "sections"):
        ((top, _),), ((left, _),) = ways.whole(question.exercise)
    starts = (_cells_from(question, top, left, apart) for apart in (1, 0))
    return _spans(next(start for start in starts if start != answers.right(question)))


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
        return {"cut": _spans(made)}
    wide = question.exercise.output_size[1]
    rows = [list(made[k : k + wide]) for k in range(0, len(made), wide)]
    return {"output": rows}


def _verdict(sitting: Sitting, text: Text) -> dict[str, Any] | None:
    verdict, question = sitting.verdict, sitting.place.question
    if verdict is None or question is None:
        return None
    right = answers.right(question)
    given = right if sitting.given is None else sitting.given
    shown = answers.with_box(question, given) if question.kind == "box" else question
    return {
        "right": verdict.is_right,
        "revealed": sitting.given is None,
        "sentences": _sentences(sitting, verdict, question, text),
        "given": _told(question, sitting.given),
        "answer": _told(question, right),
        "sections": _spans(ways.cut(RIGHT, shown.exercise)),
        "box": _span(ways.whole(shown.exercise)),
        "off": _off(question, sitting.given, right),
    }


def _sentences(sitting: Sitting, verdict: Verdict, question: Question, text: Text) -> list[str]:
    said: list[str] = []
    if verdict.mistakes:
        said = [text(f"lessons.mistake.{key}.named") for key in verdict.mistakes]
        if len(said) > 1:
            said = [text("lessons.either"), *said]
        said += [text(f"lessons.mistake.{key}.mended") for key in verdict.mistakes]
    said += [remark(one, text) for one in verdict.distance]
    place = sitting.place
    why = after(place.of, place.step, question, text) if place.of else None
    return [*said, why] if why else said


def _told(question: Question, given: Answer | None) -> Any:
    """An answer as the figure has it."""
    if given is None:
        return None
    match question.kind:
        case "cut":
            return _spans(given)
        case "box":
            return _span(given)
        case "value" if question.asks in ("output", "align"):
            return [number(value) for value in given]
        case "value":
            return [plain(round(value, 4)) for value in given]
        case "back":
            return [[row, col, plain(round(amount, 4))] for row, col, amount in given]
        case "which":
            return letter(question.options.index(given))
        case _:
            return list(given)


def _off(question: Question, given: Answer | None, right: Answer) -> list[Any]:
    """Where an answer differs from the right one: edges, fields or cells."""
    if given is None:
        return []
    match question.kind:
        case "cut":
            return [
                [axis, k, edge]
                for axis in ("rows", "cols")
                for k, pair in enumerate(
                    zip(getattr(given, axis), getattr(right, axis), strict=True)
                )
                for edge in (0, 1)
                if pair[0][edge] != pair[1][edge] and not all(a >= b for a, b in pair)
            ]
        case "value":
            return [
                k
                for k, (mine, true) in enumerate(zip(given, right, strict=True))
                if mine != true and not abs(mine - true) <= answers.SHOWN
            ]
        case "back":
            return [[row, col] for row, col, _ in sorted(set(given) ^ set(right))]
        case _:
            return []
