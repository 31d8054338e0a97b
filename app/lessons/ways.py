"""Ways of working a question out: the library's, and what stands in each of its places otherwise.

A way reads the exercise, cuts the box, takes a value from each section and sends gradient back. The
library does all of it where a way says nothing, so that a misconception is a row with one of these
changed, and can be run.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import roipool
from app.exercise.gradient import incoming
from app.exercise.record import Exercise, pool
from app.lessons import cuts
from app.lessons.question import Cell, Cut, Received, Span, Values

Cells = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Way:
    """A way of working a question out; each of its places is the library's where it is None.

    Attributes
    ----------
    read : the exercise as it is understood
    cut : the sections of the selected box
    value : what a section, and the whole box, give; `Taken` has both
    place : the cell that a section's value is taken for
    arranged : the output as it is written down
    sent : the gradient that each cell receives, (H, W)
    shape : of the output of all boxes
    cells : (x1, y1, x2, y2) of the box in cells, x2 and y2 not included
    align : what RoIAlign gives of the selected box
    """

    read: Callable[[Exercise], Exercise] | None = None
    cut: Callable[[Exercise], Cut] | None = None
    value: Callable[["Taken"], float] | None = None
    place: Callable[["Taken"], Cell | None] | None = None
    arranged: Callable[[Cells], Cells] | None = None
    sent: Callable[[Exercise, Cut], Cells] | None = None
    shape: Callable[[Exercise], Values] | None = None
    cells: Callable[[Exercise], Values] | None = None
    align: Callable[[Exercise], Values] | None = None


RIGHT = Way()


@dataclass(frozen=True, slots=True)
class Taken:
    """A section, and all that a way may look at to take a value from it.

    Attributes
    ----------
    exercise : as it is understood
    cut : all sections
    at : (row, column) of the section
    """

    exercise: Exercise
    cut: Cut
    at: Cell

    @property
    def plane(self) -> Cells:
        """All cells (H, W)."""
        exercise = self.exercise
        plane: Cells = exercise.maps.array[exercise.image, exercise.channel]
        return plane

    @property
    def spans(self) -> tuple[Span, Span]:
        """Rows and columns of the section."""
        return self.cut.rows[self.at[0]], self.cut.cols[self.at[1]]

    def shifted(self, rows: int, cols: int) -> "Taken":
        """The section so many further on, the first after the last."""
        i, j = self.at
        at = ((i + rows) % len(self.cut.rows), (j + cols) % len(self.cut.cols))
        return Taken(self.exercise, self.cut, at)

    @property
    def is_empty(self) -> bool:
        """Whether it holds no cell of the map."""
        return any(stop <= start for start, stop in self.spans)

    @property
    def section(self) -> Cells:
        """Its cells."""
        (top, bottom), (left, right) = self.spans
        return self.plane[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]


def largest(taken: Taken) -> float:
    """The maximum of a section; what the convention gives where it has no cell."""
    place = place_of_largest(taken)
    return taken.exercise.rule.empty_value if place is None else float(taken.plane[place])


def place_of_largest(taken: Taken) -> Cell | None:
    """The first of the largest cells of a section in row-major order; None where it has no cell."""
    section = taken.section
    if section.size == 0:
        return None
    row, col = np.unravel_index(int(section.argmax()), section.shape)
    (top, _), (left, _) = taken.spans
    return max(0, top) + int(row), max(0, left) + int(col)


def seen(way: Way, exercise: Exercise) -> Exercise:
    """The exercise as it is understood."""
    return way.read(exercise) if way.read else exercise


def cut(way: Way, exercise: Exercise) -> Cut:
    """The sections of the selected box."""
    read = seen(way, exercise)
    return way.cut(read) if way.cut else cuts.library_cut(read)


def sections(way: Way, exercise: Exercise) -> Iterator[Taken]:
    """Each section in row-major order, as the way cuts them."""
    read = seen(way, exercise)
    cuts = cut(way, exercise)
    for i in range(len(cuts.rows)):
        for j in range(len(cuts.cols)):
            yield Taken(read, cuts, (i, j))


def output(way: Way, exercise: Exercise) -> Cells:
    """The output of the selected box, as it is written down."""
    read = seen(way, exercise)
    if way.cut or way.value:
        value = way.value or largest
        flat = [value(taken) for taken in sections(way, exercise)]
        made = np.array(flat).reshape(read.output_size)
    else:
        made = pool(read).output[read.selected]
    return way.arranged(made) if way.arranged else made


def picked(way: Way, exercise: Exercise, section: Cell) -> Cell | None:
    """The cell that a section's value is taken from; None where there is none."""
    read = seen(way, exercise)
    if way.cut or way.place:
        return (way.place or place_of_largest)(Taken(read, cut(way, exercise), section))
    argmax = int(pool(read).argmax[read.selected][section])
    return None if argmax < 0 else divmod(argmax, read.size[1])


def received(way: Way, exercise: Exercise) -> Received:
    """What each cell that receives gradient gets of all boxes, in row-major order."""
    read = seen(way, exercise)
    if way.sent:
        total = way.sent(read, cut(way, exercise))
    elif way.cut or way.place:
        total = sent_to_places(read, [picked(way, read, taken.at) for taken in sections(way, read)])
    else:
        total = _sent_back(read)
    rows, cols = np.nonzero(total)
    return tuple(
        (int(row), int(col), float(total[row, col])) for row, col in zip(rows, cols, strict=True)
    )


def _sent_back(exercise: Exercise) -> Cells:
    result = pool(exercise)
    gradient = roipool.roi_pool_backward(
        incoming(exercise)[:, None],
        result.argmax[:, None],
        list(exercise.boxes),
        (exercise.maps.images, 1, *exercise.size),
        backend="numpy",
    )
    received: Cells = np.asarray(gradient)[exercise.image, 0]
    return received


def sent_to_places(exercise: Exercise, places: list[Cell | None]) -> Cells:
    """The gradient of the selected box's outputs at these cells, which add up what they get."""
    total = np.zeros(exercise.size)
    for place, amount in zip(places, incoming(exercise)[exercise.selected].flat, strict=True):
        if place is not None:
            total[place] += amount
    return total


def shape(way: Way, exercise: Exercise) -> Values:
    """(N, C, PH, PW) of the output of all boxes."""
    if way.shape:
        return way.shape(exercise)
    return tuple(float(side) for side in pool(exercise).outputs.shape)


def cells(way: Way, exercise: Exercise) -> Values:
    """(x1, y1, x2, y2) of the box in cells; x2 and y2 are the first that it does not hold."""
    read = seen(way, exercise)
    if way.cells:
        return way.cells(read)
    ((top, bottom),), ((left, right),) = cuts.whole(read)
    return float(left), float(top), float(right), float(bottom)
