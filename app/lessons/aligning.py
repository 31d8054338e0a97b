"""RoIAlign with one sample a section: what it gives, and what is taken for it.

A sample lies in the middle of its section, and takes from the cells whose middles are around it the
more the nearer they are. Nothing is rounded. A cell's middle is half a cell beyond its edge, which
is what ``aligned`` means.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import ceil, floor

import roipool
from app.exercise.record import Exercise
from app.lessons import ways
from app.lessons.question import Values
from app.lessons.ways import RIGHT, Cells, Way

Point = tuple[float, float]
"""(row, column), where whole numbers are the middles of cells."""


def values(way: Way, exercise: Exercise) -> Values:
    """What RoIAlign gives of the selected box, in row-major order.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> [round(value, 4) for value in values(RIGHT, article_exercise())]
    [0.5669, 0.2394, 0.5106, 0.285]
    """
    return way.align(exercise) if way.align else _library(exercise)


def _library(exercise: Exercise, *, aligned: bool = True) -> Values:
    output = roipool.roi_align(
        exercise.maps.array,
        [exercise.boxes[exercise.selected]],
        exercise.output_size,
        exercise.spatial_scale,
        sampling_ratio=1,
        aligned=aligned,
    )
    return tuple(float(value) for value in output[0, exercise.channel].flat)


def by_corners(exercise: Exercise) -> Values:
    """Without ``aligned``: half a cell too far, as if a cell's value were that of its corner."""
    return _library(exercise, aligned=False)


def pooled(exercise: Exercise) -> Values:
    """The maxima of RoI pooling."""
    return tuple(float(value) for value in ways.output(RIGHT, exercise).flat)


def rounded(exercise: Exercise) -> Values:
    """The box rounded to cells first."""
    left, top, right, bottom = ways.cells(RIGHT, exercise)
    box = exercise.boxes[exercise.selected][0], left, top, right, bottom
    return _library(replace(exercise, boxes=(box,), selected=0, spatial_scale=1.0))


def nearest(exercise: Exercise) -> Values:
    """The cell that a sample lies in, alone."""
    return _each(exercise, lambda cells, at: float(cells[floor(at[0] + 0.5), floor(at[1] + 0.5)]))


def evenly(exercise: Exercise) -> Values:
    """The plain average of the cells around a sample."""

    def average(cells: Cells, at: Point) -> float:
        (row, col), (down, across) = map(floor, at), map(ceil, at)
        return float(cells[row : down + 1, col : across + 1].mean())

    return _each(exercise, average)


def _each(exercise: Exercise, taken: Callable[[Cells, Point], float]) -> Values:
    cells = exercise.maps.array[exercise.image, exercise.channel]
    return tuple(taken(cells, at) for at in _samples(exercise))


def _samples(exercise: Exercise) -> Iterator[Point]:
    """The middles of the sections in row-major order."""
    _, *numbers = exercise.boxes[exercise.selected]
    x1, y1, x2, y2 = (number * exercise.spatial_scale for number in numbers)
    high, wide = exercise.output_size
    for i in range(high):
        for j in range(wide):
            row, col = y1 + (i + 0.5) * (y2 - y1) / high, x1 + (j + 0.5) * (x2 - x1) / wide
            yield row - 0.5, col - 0.5
