"""What a box can be dragged until: predicates on what pooling makes of it."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np

from app.lessons import cuts, ways
from app.lessons.question import Cut, Question
from app.lessons.ways import Way

Goal = Callable[[Question, Way], bool]


def _an_empty_section(question: Question, way: Way) -> bool:
    return any(taken.is_empty for taken in ways.sections(way, question.exercise))


def _a_shared_cell(question: Question, way: Way) -> bool:
    cut = ways.cut(way, question.exercise)
    return any(
        first[1] > second[0] and first[0] < first[1] and second[0] < second[1]
        for spans in cut
        for first, second in pairwise(spans)
    )


def _sections_alike(question: Question, way: Way) -> bool:
    cut = ways.cut(way, question.exercise)
    lengths = [{stop - start for start, stop in spans} for spans in cut]
    return all(len(of) == 1 and min(of) > 0 for of in lengths)


def _this_output(question: Question, way: Way) -> bool:
    if not way.arranged:
        # Of hundreds of boxes most are ruled out by a section, which is quicker to look at.
        first = next(ways.sections(way, question.exercise))
        if (way.value or ways.largest)(first) != question.target[0]:
            return False
    made = ways.output(way, question.exercise).ravel()
    return made.size == len(question.target) and bool(np.array_equal(made, question.target))


def _this_box(question: Question, way: Way) -> bool:
    return named(question, way) == cuts.whole(question.exercise)


def named(question: Question, way: Way) -> Cut:
    """The cells that the numbers of a box to be placed name, as they are read."""
    exercise = question.exercise
    x1, y1, x2, y2 = question.target
    placed = replace(exercise, boxes=((float(exercise.image), x1, y1, x2, y2),), selected=0)
    return cuts.whole(ways.seen(way, placed))


GOALS: dict[str, Goal] = {
    "an_empty_section": _an_empty_section,
    "a_shared_cell": _a_shared_cell,
    "sections_alike": _sections_alike,
    "this_output": _this_output,
    "this_box": _this_box,
}
"""By key; each says whether it is true of a question's exercise, worked out in some way."""
