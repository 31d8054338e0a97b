"""What the mistakes are made of: other readings, other cuts, other cells taken, other ways back.

Of a section that holds no cell every one says what the convention does, unless it is about that.

One file, because each is a few lines, and who adds one looks at those beside it.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from app.exercise.coordinates import coordinates
from app.exercise.gradient import incoming
from app.exercise.record import Box, Exercise, as_box
from app.lessons import cuts, ways
from app.lessons.question import Cell, Cut, Span, Values
from app.lessons.ways import Cells, Taken, Way
from roipool import Change, Reading
from roipool.changes import applied


def ruled(**choices: Any) -> Way:
    """The convention with other choices."""
    return Way(
        read=lambda exercise: replace(
            exercise, convention=replace(exercise.rule, name="mistaken", **choices)
        )
    )


def read(*changes: Change) -> Way:
    """The boxes, or their scale, read otherwise than they were meant."""

    def read(exercise: Exercise) -> Exercise:
        given = Reading(
            (), np.array(exercise.boxes), exercise.spatial_scale, exercise.maps.array.shape
        )
        made = applied(given, changes)
        boxes = tuple(as_box(list(row)) for row in made.boxes)
        return replace(exercise, boxes=boxes, spatial_scale=made.spatial_scale)

    return Way(read=read)


def boxes(change: Callable[[Box, Exercise], Box]) -> Way:
    return Way(
        read=lambda exercise: replace(
            exercise, boxes=tuple(change(box, exercise) for box in exercise.boxes)
        )
    )


def cut(bounds: Callable[[int, int, int], list[Span]]) -> Way:
    """Another cut of n cells from `start` on into P sections: bounds(start, n, P)."""

    def along(span: Span, count: int, side: int) -> tuple[Span, ...]:
        start, stop = span
        spans = bounds(start, stop - start, count)
        return tuple((within(a, side), within(b, side)) for a, b in spans)

    def cut(exercise: Exercise) -> Cut:
        ((rows,), (cols,)), (high, wide) = cuts.whole(exercise), exercise.output_size
        return Cut(along(rows, high, exercise.size[0]), along(cols, wide, exercise.size[1]))

    return Way(cut=cut)


def within(edge: int, side: int) -> int:
    return max(0, min(edge, side))


def ceiled(start: int, n: int, count: int) -> list[Span]:
    return [(start - (-i * n // count), start - (-(i + 1) * n // count)) for i in range(count)]


def step_and_overlap(start: int, n: int, count: int) -> list[Span]:
    """Every section as long as the first is rounded up, side by side from the start."""
    return side_by_side(start, n, count, -(-n // count))


def as_long_as_many(start: int, n: int, count: int) -> list[Span]:
    """P taken for the size of a section, as the size of a kernel is."""
    return side_by_side(start, n, count, count)


def side_by_side(start: int, n: int, count: int, length: int) -> list[Span]:
    edges = [start + min(i * length, n) for i in range(count + 1)]
    return list(pairwise(edges))


def from_zero(exercise: Exercise) -> Cut:
    """The right lengths, but from the map's first cell on."""
    found = cuts.library_cut(exercise)
    rows, cols = (tuple((a - of[0][0], b - of[0][0]) for a, b in of) for of in found)
    return Cut(rows, cols)


def average(taken: Taken) -> float:
    section = taken.section
    return float(section.mean()) if section.size else taken.exercise.rule.empty_value


def of_box(taken: Taken) -> Taken:
    return Taken(taken.exercise, Cut(*((span,) for span in hull(taken.cut))), (0, 0))


def hull(cut: Cut) -> tuple[Span, Span]:
    """From the first start to the last stop."""
    first, last = (
        (min(start for start, _ in spans), max(stop for _, stop in spans)) for spans in cut
    )
    return first, last


def middle(taken: Taken) -> Cell | None:
    """The cell in the middle of a section, as a resize to the nearest would take."""
    if taken.is_empty:
        return None
    (top, bottom), (left, right) = taken.spans
    return (top + bottom - 1) // 2, (left + right - 1) // 2


def at(place: Callable[[Taken], Cell | None]) -> Way:
    """The value of another cell of the section than its largest."""

    def value(taken: Taken) -> float:
        found = place(taken)
        return taken.exercise.rule.empty_value if found is None else float(taken.plane[found])

    return Way(value=value, place=place)


def of(other: Callable[[Taken], Taken]) -> Way:
    """The maximum of other cells than the section's."""
    return at(lambda taken: ways.place_of_largest(other(taken)))


def first(taken: Taken) -> Cell | None:
    (top, _), (left, _) = taken.spans
    return None if taken.is_empty else (top, left)


def smallest(taken: Taken) -> Cell | None:
    return None if taken.is_empty else places(taken, taken.section.min())[0]


def places(taken: Taken, value: float) -> list[Cell]:
    (top, _), (left, _) = taken.spans
    return [(top + int(row), left + int(col)) for row, col in np.argwhere(taken.section == value)]


def filled(taken: Taken) -> Taken:
    """An empty section stretched to the cell that it lies at."""

    def stretched(span: Span, side: int) -> Span:
        start, stop = span
        start = min(start, side - 1)
        return (start, max(stop, start + 1))

    rows, cols = taken.spans
    high, wide = taken.exercise.size
    return Taken(taken.exercise, Cut((stretched(rows, high),), (stretched(cols, wide),)), (0, 0))


def spread(shared: Callable[[Taken], list[Cell]], *, divided: bool) -> Way:
    """Each output's gradient to several cells, whole or in equal parts."""

    def sent(exercise: Exercise, cut: Cut) -> Cells:
        total = np.zeros(exercise.size)
        arriving = incoming(exercise)[exercise.selected]
        for at in np.ndindex(arriving.shape):
            places = shared(Taken(exercise, cut, (at[0], at[1])))
            for place in places:
                total[place] += arriving[at] / (len(places) if divided else 1)
        return total

    return Way(sent=sent)


def every_cell(taken: Taken) -> list[Cell]:
    (top, bottom), (left, right) = taken.spans
    return [(row, col) for row in range(top, bottom) for col in range(left, right)]


def ties(taken: Taken) -> list[Cell]:
    return [] if taken.is_empty else places(taken, taken.section.max())


def once(exercise: Exercise, cut: Cut) -> Cells:
    """A cell that several sections share keeps only what came last."""
    total = np.zeros(exercise.size)
    arriving = incoming(exercise)[exercise.selected]
    for at in np.ndindex(arriving.shape):
        place = ways.place_of_largest(Taken(exercise, cut, (at[0], at[1])))
        if place is not None:
            total[place] = arriving[at]
    return total


def ones(exercise: Exercise, cut: Cut) -> Cells:
    return ways.sent_to_places(
        replace(exercise, gradient=()),
        [
            ways.place_of_largest(Taken(exercise, cut, (i, j)))
            for i in range(len(cut.rows))
            for j in range(len(cut.cols))
        ],
    )


def shaped(change: Callable[[Exercise, list[int]], list[int]]) -> Way:
    """Another shape of the output, (N, C, PH, PW)."""

    def shape(exercise: Exercise) -> Values:
        right = [int(side) for side in ways.shape(ways.RIGHT, exercise)]
        return tuple(float(side) for side in change(exercise, right))

    return Way(shape=shape)


def size_of_box(exercise: Exercise, right: list[int]) -> list[int]:
    ((top, bottom),), ((left, right_of),) = cuts.whole(exercise)
    return [*right[:2], bottom - top, right_of - left]


def sorted_corners(box: Box, exercise: Exercise) -> Box:
    index, x1, y1, x2, y2 = box
    return index, min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def moved_in(box: Box, exercise: Exercise) -> Box:
    """A box that reaches past the map pushed back onto it, as large as it was."""
    index, x1, y1, x2, y2 = box
    high, wide = (side * exercise.unit for side in exercise.size)
    right, down = max(0, x2 - wide) + min(0, x1), max(0, y2 - high) + min(0, y1)
    return index, x1 - right, y1 - down, x2 - right, y2 - down


def preset(name: str) -> Way:
    """The same numbers by the rule of another framework."""
    return Way(read=lambda exercise: replace(exercise, convention=name))


def as_large_as_map(box: Box, exercise: Exercise) -> Box:
    high, wide = (
        coordinates(side, exercise.rule, exercise.spatial_scale) for side in exercise.size
    )
    return box[0], wide.firsts[0], high.firsts[0], wide.lasts[-1], high.lasts[-1]


def cells(change: Callable[[Values], Values]) -> Way:
    """Other numbers for the box in cells than the right ones."""
    return Way(cells=lambda exercise: change(ways.cells(ways.RIGHT, exercise)))


def unrounded(exercise: Exercise) -> Values:
    _, x1, y1, x2, y2 = exercise.boxes[exercise.selected]
    return tuple(number * exercise.spatial_scale for number in (x1, y1, x2, y2))
