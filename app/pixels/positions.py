"""The error over the position of a box: the same box at every pixel of its row."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

import roipool
from app.exercise.record import Exercise
from app.pixels.quantise import quantise

Floats = NDArray[np.float64]

RATIOS = (0, 1, 2, 4)
"""Samples of a bin along an axis that the page offers; 0 adapts to the box."""


@dataclass(frozen=True, slots=True)
class Align:
    """How RoIAlign samples.

    Attributes
    ----------
    ratio : samples of a bin along each axis; 0 for a number that adapts to the box
    aligned : whether boxes move by half a cell, because a cell's value is that of its middle
    """

    ratio: int = 0
    aligned: bool = True


@dataclass(frozen=True, slots=True)
class Positions:
    """One box at every whole pixel x1 from which it fits into the image.

    Attributes
    ----------
    x1 : (M,) pixels
    lost, taken : (M,) % of the box
    pooled, averaged : (M,) first value of RoIPool's output and of RoIAlign's
    """

    x1: Floats
    lost: Floats
    taken: Floats
    pooled: Floats
    averaged: Floats


@lru_cache(maxsize=32)
def positions(exercise: Exercise, align: Align) -> Positions:
    """The selected box at every pixel of its row, all computed at once."""
    index, x1, y1, x2, y2 = exercise.boxes[exercise.selected]
    room = exercise.size[1] * exercise.unit - (x2 - x1)
    at = np.arange(room + 1e-9)
    columns = [np.full_like(at, index), at, np.full_like(at, y1), at + (x2 - x1)]
    boxes = np.stack([*columns, np.full_like(at, y2)], axis=1)
    shares = quantise(exercise, boxes).shares
    pooled, averaged = first_values(exercise, align, boxes)
    return Positions(at, shares[:, 0], shares[:, 1], pooled, averaged)


def first_values(exercise: Exercise, align: Align, boxes: Floats) -> tuple[Floats, Floats]:
    """Output (0, 0) of boxes (M, 5) by RoIPool and by RoIAlign, in the channel looked at."""
    pooled, averaged = outputs(exercise, align, boxes)
    return pooled[:, 0, 0], averaged[:, 0, 0]


def outputs(exercise: Exercise, align: Align, boxes: Floats) -> tuple[Floats, Floats]:
    """Outputs (M, PH, PW) of boxes (M, 5) by RoIPool and by RoIAlign."""
    maps = exercise.maps.array[:, exercise.channel : exercise.channel + 1]
    size, scale = exercise.output_size, exercise.spatial_scale
    pooled = roipool.roi_pool(maps, boxes, size, scale, convention=exercise.rule, backend="numpy")
    averaged = roipool.roi_align(maps, boxes, size, scale, align.ratio, align.aligned)
    return pooled[:, 0], averaged[:, 0]
