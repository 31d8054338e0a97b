"""What the right answer of a question is, and what any other way of working it out would answer."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import product

from app.exercise.coordinates import coordinates
from app.exercise.record import Exercise
from app.lessons import aligning, ways
from app.lessons.compared import agree, cells_held
from app.lessons.goals import GOALS, named
from app.lessons.mistakes import MISTAKES
from app.lessons.question import Answer, Cut, Kind, Question, Span
from app.lessons.ways import RIGHT, Way


def right(question: Question) -> Answer:
    """The right answer; of several the first.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> right(Question("cut", article_exercise()))
    Cut(rows=((3, 5), (5, 8)), cols=((0, 3), (3, 7)))
    """
    found = answer(question, RIGHT)
    if found is None:
        raise ValueError("nothing answers this question")
    return found


def answer(question: Question, way: Way) -> Answer | None:
    """What a way of working it out would answer; None where it has no answer."""
    exercise = question.exercise
    match question.kind:
        case "cut":
            return ways.cut(way, exercise)
        case "pick":
            return ways.picked(way, exercise, question.section or (0, 0))
        case "value" if question.asks == "shape":
            return ways.shape(way, exercise)
        case "value" if question.asks == "cells":
            return ways.cells(way, exercise)
        case "value" if question.asks == "align":
            return aligning.values(way, exercise)
        case "value":
            return tuple(float(value) for value in ways.output(way, exercise).flat)
        case "box":
            return _box_for(question, way)
        case "back":
            return ways.received(way, exercise)
        case "which":
            return _option_of(question, way)


def way_of(key: str) -> Way:
    """The way that a key of a mistake, or ``right``, stands for."""
    return RIGHT if key == "right" else MISTAKES[key]


def is_right(question: Question, given: Answer) -> bool:
    """Whether an answer is right: of ties each, of numbers those that agree as they are shown."""
    if question.kind == "box":
        return reaches(question, RIGHT, given)
    if question.kind == "pick":
        return _is_tied(question, given)
    return same(question, given, right(question))


def same(question: Question, one: Answer | None, other: Answer | None) -> bool:
    """Whether two answers say the same, as far as it is shown."""
    if one is None or other is None or question.kind in ("pick", "box", "which"):
        return bool(one == other)
    if question.kind == "cut":
        return cells_held(one) == cells_held(other)
    first, second = _flat(one), _flat(other)
    return len(first) == len(second) and all(map(agree, first, second))


def _flat(given: Answer) -> list[float]:
    flat: list[float] = []
    for part in given:
        flat.extend(part) if isinstance(part, tuple) else flat.append(float(part))
    return flat


def _is_tied(question: Question, given: Answer) -> bool:
    first = ways.picked(RIGHT, question.exercise, question.section or (0, 0))
    if first is None or given == first:
        return bool(given == first)
    taken = ways.Taken(
        question.exercise, ways.cut(RIGHT, question.exercise), question.section or (0, 0)
    )
    (top, bottom), (left, right_of) = taken.spans
    row, col = given
    inside = top <= row < bottom and left <= col < right_of
    return bool(inside and taken.plane[row, col] == taken.plane[first])


def with_box(question: Question, given: Answer) -> Question:
    """The question with the box put where it was dragged to."""
    return replace(question, exercise=_placed(question.exercise, given))


def _placed(exercise: Exercise, given: Answer) -> Exercise:
    (rows,), (cols,) = given
    (top, bottom), (left, right_of) = rows, cols
    high, wide = (
        coordinates(side, exercise.rule, exercise.spatial_scale) for side in exercise.size
    )
    n = exercise.selected
    box = (
        exercise.boxes[n][0],
        *(wide.firsts[left], high.firsts[top]),
        *(wide.lasts[right_of], high.lasts[bottom]),
    )
    return replace(exercise, boxes=(*exercise.boxes[:n], box, *exercise.boxes[n + 1 :]))


def box_to_show(question: Question, given: Answer | None) -> Answer:
    """The learner's box, to be seen why; where only one is right, that one."""
    if given is None or (question.target and not reaches(question, RIGHT, given)):
        return right(question)
    return given


def reaches(question: Question, way: Way, given: Answer) -> bool:
    """Whether a box does what is asked for, worked out in some way."""
    return GOALS[question.goal](with_box(question, given), way)


def _box_for(question: Question, way: Way) -> Answer | None:
    """The first box that does it this way; where the way is a mistake, and not the right one."""
    for given in _boxes(question, way):
        if reaches(question, way, given) and (way is RIGHT or not reaches(question, RIGHT, given)):
            return given
    return None


def _boxes(question: Question, way: Way) -> Iterator[Cut]:
    """Every box on the map; where its numbers are given, the one that they name, if it is there."""
    high, wide = question.exercise.size
    if question.goal == "this_box":
        box = named(question, way)
        (rows,), (cols,) = box
        if rows in _spans(high) and cols in _spans(wide):
            yield box
        return
    for rows, cols in product(_spans(high), _spans(wide)):
        yield Cut((rows,), (cols,))


@lru_cache
def _spans(side: int) -> tuple[Span, ...]:
    """All that a box can span, the middling ones first, which a person would take."""
    spans = [(a, b) for a in range(side) for b in range(a + 1, side + 1)]
    return tuple(sorted(spans, key=lambda span: abs(2 * (span[1] - span[0]) - side)))


def _option_of(question: Question, way: Way) -> str | None:
    """The option that was made as this way would."""
    return next((key for key in question.options if way_of(key) is way), None)


def option(question: Question, key: str) -> Answer:
    """What an option of a choice shows: an output, or a cut."""
    kind: Kind = "cut" if question.asks == "cut" else "value"
    shown = answer(replace(question, kind=kind), way_of(key))
    if shown is None:
        raise ValueError(f"nothing is made by {key}")
    return shown
