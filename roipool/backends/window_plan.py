"""Which windows the maxima of many bins are looked up in, by `roipool.backends.windows`.

What tables cost is weighed against scanning here as well: they are for many bins of few shapes.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roipool.bins import Bins

Indices = NDArray[np.intp]

# Channels lie together as long as their tables are no more than this: a look-up fetches them all,
# and beyond the processor's cache it would wait for each.
_TABLE_BYTES = 1 << 22
_MOST_CHANNELS = 32
# More than this of a single channel are not built: the boxes are scanned.
_MOST_TABLE_BYTES = 1 << 28
_RANK_BYTES = 4

# What it takes, in nanoseconds; the second number of a pair is with argmax. Measured on one
# machine. They choose the way and change no result.
_PER_CALL = (150_000, 250_000)
_PER_CELL = (3.0, 28.0)  # to prepare it, or to sort it
_PER_PASS = 0.15  # over a cell of a table
_PER_LOOK_UP = 0.8
_PER_OUTPUT = (1.0, 2.5)
_SCAN_PER_BIN = (5_000, 10_000)
_SCAN_PER_OUTPUT = (20, 60)
_SCAN_PER_CELL = (1.5, 2.5)


@dataclass(frozen=True, slots=True)
class Crop:
    """The part of a map that some bins lie in, and the bins' sides and corners in it."""

    rows: slice
    cols: slice
    top: Indices  # (n, PH)
    height: Indices
    left: Indices  # (n, PW)
    width: Indices

    @classmethod
    def around(cls, bins: Bins, chosen: Indices) -> "Crop":
        y0, y1, x0, x1 = (
            edges[chosen].astype(np.intp) for edges in (bins.y0, bins.y1, bins.x0, bins.x1)
        )
        rows, top, height = cls._axis(y0, y1)
        cols, left, width = cls._axis(x0, x1)
        return cls(rows, cols, top, height, left, width)

    @staticmethod
    def _axis(start: Indices, stop: Indices) -> tuple[slice, Indices, Indices]:
        # An empty bin takes part as the first cell, and is overwritten in the end.
        filled = start < stop
        if not filled.any():
            return slice(0, 1), np.zeros_like(start), np.ones_like(start)
        first, last = int(start[filled].min()), int(stop[filled].max())
        return (
            slice(first, last),
            np.where(filled, start - first, 0),
            np.where(filled, stop - start, 1),
        )

    def scan_cost(self, channels: int, ranked: bool) -> float:
        """Of going through the bins one by one, in nanoseconds."""
        bins = self.top.size * self.left.shape[1]
        cells = float(self.height.sum(axis=1) @ self.width.sum(axis=1))
        per_channel = bins * _SCAN_PER_OUTPUT[ranked] + cells * _SCAN_PER_CELL[ranked]
        return float(bins * _SCAN_PER_BIN[ranked] + channels * per_channel)

    def least_cost(self, channels: int, ranked: bool) -> float:
        """Of what any tables take, in nanoseconds."""
        return _PER_CALL[ranked] + channels * math.prod(self.shape) * _PER_CELL[ranked]

    @property
    def shape(self) -> tuple[int, int]:
        return self.rows.stop - self.rows.start, self.cols.stop - self.cols.start


@dataclass(frozen=True, slots=True)
class Axis:
    """The windows along one axis: which sides are tabulated, and which of them cover each bin."""

    sides: list[int]  # ascending from 1; each is at most twice one before it
    table: Indices  # (n, P): the number of the bin's side among `sides`
    starts: list[Indices]  # (n, P) each: one window covers a bin, or two that overlap

    @classmethod
    def exact(cls, start: Indices, side: Indices) -> "Axis":
        """A table for every side that occurs: one window a bin."""
        return cls._over(side, [start])

    @classmethod
    def doubling(cls, start: Indices, side: Indices) -> "Axis":
        """Tables of 1, 2, 4, ... only: two windows a bin, from its first cell and to its last."""
        window = np.left_shift(1, np.frexp(side.astype(np.float64))[1].astype(np.intp) - 1)
        return cls._over(window, [start, start + side - window])

    @classmethod
    def _over(cls, window: Indices, starts: list[Indices]) -> "Axis":
        occurring = np.flatnonzero(np.bincount(window.reshape(-1)))
        sides = {1}
        for side in occurring.tolist():
            while 2 * max(sides) < side:
                sides.add(2 * max(sides))
            sides.add(side)
        ascending = sorted(sides)
        return cls(ascending, np.searchsorted(ascending, window), starts)

    def steps(self) -> Iterator[tuple[int, int, int]]:
        """(table, source, shift): each table is its source and the same, moved by shift."""
        for table, side in enumerate(self.sides[1:], start=1):
            source = next(t for t, smaller in enumerate(self.sides) if 2 * smaller >= side)
            yield table, source, side - self.sides[source]


@dataclass(frozen=True, slots=True)
class Plan:
    """How to find the maxima of n x PH x PW bins: the tables, and where in them to look.

    The tables of one channel lie as (widths, heights, cells of the crop).
    """

    crop: Crop
    rows: Axis
    cols: Axis

    @classmethod
    def of(cls, crop: Crop) -> "Plan":
        """The cheapest way: passes over tables against look-ups of bins."""
        plans = [
            cls(crop, rows(crop.top, crop.height), cols(crop.left, crop.width))
            for rows in (Axis.exact, Axis.doubling)
            for cols in (Axis.exact, Axis.doubling)
        ]
        return min(plans, key=lambda plan: plan.cost_of(1, False))

    @property
    def tables(self) -> tuple[int, int, int]:
        return len(self.cols.sides), len(self.rows.sides), math.prod(self.crop.shape)

    def cost_of(self, channels: int, ranked: bool) -> float:
        """Of pooling by these tables, in nanoseconds."""
        cells = math.prod(self.tables)
        if cells * _RANK_BYTES > _MOST_TABLE_BYTES:
            return math.inf
        bins = self.rows.table.size * self.cols.table.shape[1]
        look_ups = len(self.rows.starts) * len(self.cols.starts) * _PER_LOOK_UP
        per_channel = cells * _PER_PASS + bins * (look_ups + _PER_OUTPUT[ranked])
        return float(self.crop.least_cost(channels, ranked) + channels * per_channel)

    def channels_at_once(self, channels: int, itemsize: int) -> int:
        """How many of the channels to tabulate together: a power of two, or all there are."""
        fitting = _TABLE_BYTES // (math.prod(self.tables) * itemsize)
        return min(channels, _MOST_CHANNELS, 1 << max(0, fitting.bit_length() - 1))

    def corners(self, boxes: slice) -> list[Indices]:
        """Positions in (widths, heights, cells) of the 1, 2 or 4 windows that cover each bin."""
        _, heights, cells = self.tables
        rows = [
            self.rows.table[boxes] * cells + top[boxes] * self.crop.shape[1]
            for top in self.rows.starts
        ]
        cols = [self.cols.table[boxes] * heights * cells + left[boxes] for left in self.cols.starts]
        return [(row[:, :, None] + col[:, None, :]).reshape(-1) for row in rows for col in cols]
