"""What rounding to cells does to a box in image pixels: what is lost of it, what it takes in.

A cell is a square of stride x stride pixels. Along an axis, the box above and its cells below::

    x1 |------------------| x2            pixels of the box
          |=================|             its cells, as the convention rounds
       lost                 taken in

The cells are those inside the map. Nothing is rounded here: the cells come from the library.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.exercise.record import Exercise
from app.text import Text
from roipool import Bins, bin_edges

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Quantised:
    """N boxes in image pixels and what rounding makes of them.

    Attributes
    ----------
    boxes : (N, 4) pixels x1, y1, x2, y2
    cells : (N, 4) the same corners of the cells, in pixels, inside the map
    lost : (N,) pixels² of the box that are in none of its cells
    taken : (N,) pixels² of its cells that the box does not cover
    """

    boxes: Floats
    cells: Floats
    lost: Floats
    taken: Floats

    @property
    def area(self) -> Floats:
        """(N,) pixels² of the boxes."""
        return _area(self.boxes)

    @property
    def shares(self) -> Floats:
        """(N, 2) lost and taken in, in % of the box."""
        return 100 * np.stack([self.lost, self.taken], axis=1) / self.area[:, None]

    @property
    def drift(self) -> Floats:
        """(N, 4) how far each edge has moved, in pixels; to the right and down is positive."""
        return self.cells - self.boxes


def quantise(exercise: Exercise, boxes: Any = None) -> Quantised:
    """What rounding makes of boxes (N, 5), by default of those of the exercise.

    Examples
    --------
    >>> from app.exercise.presets import preset_exercise
    >>> found = quantise(preset_exercise("article"))
    >>> found.cells.tolist(), found.lost.tolist(), found.taken.tolist()
    ([[0.0, 3.0, 7.0, 8.0]], [0.0], [0.0])
    """
    table = np.array(exercise.boxes if boxes is None else boxes, dtype=np.float64).reshape(-1, 5)
    bins = bin_edges(table, 1, exercise.size, exercise.spatial_scale, exercise.rule)
    corners = table[:, 1:]
    cells = _inside(bins, exercise.size) * exercise.unit
    first = np.maximum(corners[:, :2], cells[:, :2])
    last = np.minimum(corners[:, 2:], cells[:, 2:])
    common = np.maximum(last - first, 0).prod(axis=1)
    return Quantised(corners, cells, _area(corners) - common, _area(cells) - common)


def _inside(bins: Bins, size: tuple[int, int]) -> Floats:
    spans = np.stack([bins.cols, bins.rows], axis=2)  # (N, start and stop, x and y)
    return np.clip(spans, 0, np.array(size[::-1])).reshape(-1, 4).astype(np.float64)


def _area(corners: Floats) -> Floats:
    sides = np.maximum(corners[:, 2:] - corners[:, :2], 0)
    area: Floats = sides.prod(axis=1)
    return area


def sentence(exercise: Exercise, text: Text) -> str:
    """What becomes of the selected box, in words and numbers; nothing where there is none."""
    n = exercise.played
    if n is None:
        return ""
    found = quantise(exercise, exercise.boxes[n])
    (box,), (cells,), (shares,) = found.boxes, found.cells, found.shares
    sides, cell_sides = box[2:] - box[:2], cells[2:] - cells[:2]
    values = {
        "wide": tenths(sides[0]),
        "high": tenths(sides[1]),
        "cols": tenths(cell_sides[0] / exercise.unit),
        "rows": tenths(cell_sides[1] / exercise.unit),
        "cells_wide": tenths(cell_sides[0]),
        "cells_high": tenths(cell_sides[1]),
        "lost": tenths(shares[0]),
        "taken": tenths(shares[1]),
    }
    if not cell_sides.all():
        return text("pixels.sentence.none", **values)
    return text("pixels.sentence" if shares.any() else "pixels.sentence.exact", **values)


def tenths(value: float) -> str:
    """A number with one decimal, or none where that is 0; ties round half up, as on the screen.

    Examples
    --------
    >>> tenths(111.0), tenths(3.25), tenths(-0.04)
    ('111', '3.3', '0')
    """
    one = abs(Decimal(float(value))).quantize(Decimal("0.1"), ROUND_HALF_UP)
    sign = "−" if value < 0 and one else ""
    return f"{sign}{one}".removesuffix(".0")
