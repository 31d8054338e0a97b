"""Maxima of many bins of one map: every bin is the maximum of a few ready-made windows.

Scanning each bin would read a cell once for each of the thousands of boxes that cover it. Instead,
the maxima of all h x w windows of the map are tabulated, for the few sizes h x w that are needed,
each table from a smaller one in a single pass::

    a window of 3 cells is two of 2       T3[x] = max(T2[x], T2[x + 1])

    map  7 2 5 9 1 4        T2  7 5 9 9 4 .        T3  7 9 9 9 . .

A bin is then looked up rather than scanned. Where thousands of bins share a few shapes, a table for
each shape pays, and a bin is one look-up. Where shapes are many, as on large maps, only sides of
1, 2, 4, 8, ... are tabulated, and four windows, one in each corner, cover the bin::

    +-------+---+---+
    |       :   :   |       a 5 x 7 bin is four 4 x 4 windows:
    |.......:...:...|       max(T44 at its top left, at its top right,
    |       :   :   |           at its bottom left, at its bottom right)
    +-------+---+---+

To know where a maximum lies, the tables are made of ranks instead of values: the cells of a channel
sorted, with the first of equal cells ranking highest. The highest rank of a bin names one cell.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.bins import Bins

Indices = NDArray[np.intp]

# Bins that are looked up together: bounds the memory, far above what repays the tables.
_BINS_AT_ONCE = 1 << 18
# Channels lie together as long as their tables are no more than this: a look-up fetches them all,
# and beyond the processor's cache it would wait for each.
_TABLE_BYTES = 1 << 22
_MOST_CHANNELS = 32
# Bins times channels that are looked up before they are stored, for the same reason.
_FOUND_AT_ONCE = 1 << 16
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
class _Crop:
    """The part of a map that some bins lie in, and the bins' sides and corners in it."""

    rows: slice
    cols: slice
    top: Indices  # (n, PH)
    height: Indices
    left: Indices  # (n, PW)
    width: Indices

    @classmethod
    def around(cls, bins: Bins, chosen: Indices) -> "_Crop":
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
class _Axis:
    """The windows along one axis: which sides are tabulated, and which of them cover each bin."""

    sides: list[int]  # ascending from 1; each is at most twice one before it
    table: Indices  # (n, P): the number of the bin's side among `sides`
    starts: list[Indices]  # (n, P) each: one window covers a bin, or two that overlap

    @classmethod
    def exact(cls, start: Indices, side: Indices) -> "_Axis":
        """A table for every side that occurs: one window a bin."""
        return cls._over(side, [start])

    @classmethod
    def doubling(cls, start: Indices, side: Indices) -> "_Axis":
        """Tables of 1, 2, 4, ... only: two windows a bin, from its first cell and to its last."""
        window = np.left_shift(1, np.frexp(side.astype(np.float64))[1].astype(np.intp) - 1)
        return cls._over(window, [start, start + side - window])

    @classmethod
    def _over(cls, window: Indices, starts: list[Indices]) -> "_Axis":
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
class _Plan:
    """How to find the maxima of n x PH x PW bins: the tables, and where in them to look.

    The tables of one channel lie as (widths, heights, cells of the crop).
    """

    crop: _Crop
    rows: _Axis
    cols: _Axis

    @classmethod
    def of(cls, crop: _Crop) -> "_Plan":
        """The cheapest way: passes over tables against look-ups of bins."""
        plans = [
            cls(crop, rows(crop.top, crop.height), cols(crop.left, crop.width))
            for rows in (_Axis.exact, _Axis.doubling)
            for cols in (_Axis.exact, _Axis.doubling)
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


class _Tables:
    """Room for the tables of a few channels, (widths, heights, cells, channels).

    Channels lie next to each other, so that a look-up fetches all of them at once.
    """

    def __init__(self, plan: _Plan, channels: int, dtype: np.dtype[Any]) -> None:
        widths, heights, cells = plan.tables
        room = np.empty((widths, heights, cells, channels), dtype)
        self.map = room[0, 0]
        self._flat = room.reshape(-1, channels)
        # A shift runs on from the end of a row into the next one, and from a table into the next.
        # Such windows are wrong, and no bin ever looks one up.
        width = plan.crop.shape[1]
        self._passes = [
            *(_moved(room[0], *step, unit=width * channels) for step in plan.rows.steps()),
            # All heights at once.
            *(_moved(room, *step, unit=channels) for step in plan.cols.steps()),
        ]

    def build(self) -> None:
        """Fill all tables from the first, which holds the map."""
        for source, moved, table in self._passes:
            np.maximum(source, moved, out=table)

    def look_up(self, corners: list[Indices]) -> NDArray[Any]:
        """The maxima (bins, channels), each of the windows in its bin's corners."""
        # "clip" spares the pass that checks the positions, which are right by construction.
        found = self._flat.take(corners[0], axis=0, mode="clip")
        for corner in corners[1:]:
            np.maximum(found, self._flat.take(corner, axis=0, mode="clip"), out=found)
        return found


def _moved(
    room: NDArray[Any], table: int, source: int, shift: int, *, unit: int
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """A table's source, the same moved by shift units, and where their maximum goes."""
    flat = room.reshape(len(room), -1)
    end = flat.shape[1] - shift * unit
    return flat[source, :end], flat[source, shift * unit :], flat[table, :end]


def pool(
    cells: NDArray[Any],
    chosen: Indices,
    bins: Bins,
    lowest: np.floating | None,
    output: NDArray[Any],
    argmax: NDArray[np.int32] | None,
) -> list[int]:
    """Write the maxima of the chosen boxes' bins, and their places where there is an argmax.

    Parameters
    ----------
    cells : (C, H, W)
        The map of the image that the chosen boxes lie in.
    chosen : (n,) intp
        Their numbers, ascending.
    bins : Bins of all N boxes
    lowest : scalar or None
        Where a scan starts from: NaN never wins, and a bin with nothing higher has no place.
    output, argmax : (N, C, PH, PW)
        Written for the chosen boxes. What is written for an empty bin means nothing.

    Returns
    -------
    list of int
        The boxes that were left: those that are sooner scanned, bin by bin.
    """
    left: list[int] = []
    ranked = argmax is not None
    at_once = max(1, _BINS_AT_ONCE // math.prod(output.shape[2:]))
    for first in range(0, len(chosen), at_once):
        part = chosen[first : first + at_once]
        crop = _Crop.around(bins, part)
        scan = crop.scan_cost(len(cells), ranked)
        # A plan costs as much as a hundred bins: none is made where the rest alone is too dear.
        plan = _Plan.of(crop) if scan > crop.least_cost(len(cells), ranked) else None
        if plan is None or scan < plan.cost_of(len(cells), ranked):
            left += part.tolist()
        elif argmax is None:
            _pool_values(cells, part, plan, lowest, output)
        else:
            _pool_ranks(cells, part, plan, lowest, output, argmax)
    return left


def _pool_values(
    cells: NDArray[Any],
    chosen: Indices,
    plan: _Plan,
    lowest: np.floating | None,
    output: NDArray[Any],
) -> None:
    step = plan.channels_at_once(len(cells), cells.itemsize)
    tables = _Tables(plan, step, cells.dtype)
    bins = math.prod(output.shape[2:])
    outputs = output.reshape(*output.shape[:2], bins)
    pieces = _pieces(plan, chosen, step, output.shape[2:])
    for channels in _blocks(len(cells), step):
        block = _prepared(cells[channels, plan.crop.rows, plan.crop.cols], lowest)
        tables.map[:, : len(block)] = block.T
        tables.build()
        for boxes, corners in pieces:
            found = _channels_first(tables.look_up(corners), bins)
            outputs[boxes, channels] = found[:, : len(block)]


def _pool_ranks(
    cells: NDArray[Any],
    chosen: Indices,
    plan: _Plan,
    lowest: np.floating | None,
    output: NDArray[Any],
    argmax: NDArray[np.int32],
) -> None:
    crop = plan.crop
    # Ranks of two bytes, as long as these number the cells of at least one channel.
    numbered = (1 << 16) // math.prod(crop.shape)
    step = plan.channels_at_once(min(len(cells), numbered or len(cells)), 2 if numbered else 4)
    ranking = _Ranking(crop, cells.shape[2], step, cells.dtype)
    tables = _Tables(plan, step, ranking.numbers.dtype)
    bins = math.prod(output.shape[2:])
    outputs, places = (result.reshape(*result.shape[:2], bins) for result in (output, argmax))
    pieces = _pieces(plan, chosen, step, output.shape[2:])
    for channels in _blocks(len(cells), step):
        block = _prepared(cells[channels, crop.rows, crop.cols], lowest)
        ranking.rank(block, lowest, tables.map)
        tables.build()
        for boxes, corners in pieces:
            # Turned to channels first while they are of few bytes: what follows is only copied.
            ranks = _channels_first(tables.look_up(corners), bins)[:, : len(block)]
            found = ranking.cells.take(ranks.astype(np.intp, order="C"), mode="clip")
            outputs[boxes, channels] = found["value"]
            places[boxes, channels] = found["place"]


class _Ranking:
    """The cells of a few channels in the order of their values, and their ranks.

    The rank of a cell is its position in `cells`, (cells, channels): the ranks of a channel count
    in steps of the number of channels, from its own number.
    """

    def __init__(self, crop: _Crop, width: int, channels: int, dtype: np.dtype[Any]) -> None:
        rows, cols = (
            np.arange(span.start, span.stop, dtype=np.int32) for span in (crop.rows, crop.cols)
        )
        self.place = np.add.outer(rows * width, cols).reshape(-1)
        shape = (len(self.place), channels)
        self.cells = np.empty(shape, np.dtype([("value", dtype), ("place", "i4")], align=True))
        # As few bytes as hold a rank: nothing is read and written more than the tables of them.
        small = np.min_scalar_type(self.cells.size - 1)
        self.numbers = np.arange(self.cells.size, dtype=small).reshape(shape).T.copy()

    def rank(self, block: NDArray[Any], lowest: np.floating | None, ranks: NDArray[Any]) -> None:
        """Sort a block (channels, cells), and write its ranks (cells, channels)."""
        if lowest is None:
            block[np.isnan(block)] = np.nan  # all of one sign, so that the first of them wins
        count, size = block.shape
        each = np.arange(count)[:, None]
        order = _ascending(block)
        values, places = block.take(order + each * size, mode="clip"), self.place.take(order)
        if lowest is not None:
            # The scan's strict > finds nothing in a bin that holds only its starting value.
            places[values == lowest] = -1
        self.cells["value"][:, :count], self.cells["place"][:, :count] = values.T, places.T
        ranks.reshape(-1)[order * ranks.shape[1] + each] = self.numbers[:count]


def _pieces(
    plan: _Plan, chosen: Indices, channels: int, bins: tuple[int, ...]
) -> list[tuple[slice | Indices, list[Indices]]]:
    """Boxes that are looked up together, few enough for the cache, and where they look."""
    at_once = max(1, _FOUND_AT_ONCE // (channels * math.prod(bins)))
    pieces: list[tuple[slice | Indices, list[Indices]]] = []
    for first in range(0, len(chosen), at_once):
        boxes = chosen[first : first + at_once]
        consecutive = boxes[-1] - boxes[0] == len(boxes) - 1
        # Copying to a slice is quicker than to a list of numbers.
        where = slice(boxes[0], boxes[-1] + 1) if consecutive else boxes
        pieces.append((where, plan.corners(slice(first, first + at_once))))
    return pieces


def _blocks(channels: int, at_once: int) -> Iterator[slice]:
    for first in range(0, channels, at_once):
        yield slice(first, min(first + at_once, channels))


def _prepared(block: NDArray[Any], lowest: np.floating | None) -> NDArray[Any]:
    """(channels, cells), with NaN and zero as the maximum wants them."""
    # A maximum of zero is +0, whichever zero the map holds, and no NaN is a signalling one.
    block = block + 0.0
    if lowest is not None:
        # fmax takes the number of the two, so that NaN never wins.
        np.fmax(block, lowest, out=block)
    return block.reshape(len(block), -1)


def _channels_first(found: NDArray[Any], bins: int) -> NDArray[Any]:
    """Maxima (boxes * bins, channels) as (boxes, channels, bins)."""
    return found.reshape(-1, bins, found.shape[1]).swapaxes(1, 2)


def _ascending(block: NDArray[Any]) -> Indices:
    """Order of the cells of each channel, the first of equal cells last, NaN above all numbers.

    The block holds neither -0 nor a negative NaN.

    A radix sort by digits of 16 bits: NumPy's stable sort counts such short integers, in a fraction
    of the time that it takes to compare floats.
    """
    cells = block.shape[1]
    signed, bits = np.dtype(f"i{block.itemsize}"), 8 * block.itemsize
    # Bits of floats in the order of their values: the sign turned, of negatives all other bits too.
    # From the last cell to the first, so that a stable sort leaves the first of equals last.
    numbers = block[:, ::-1].view(signed)
    keys = (numbers ^ ((numbers >> (bits - 1)) | np.iinfo(signed).min)).view(f"u{block.itemsize}")
    offsets = np.arange(len(block))[:, None] * cells
    order = np.argsort(keys.astype(np.uint16), axis=1, kind="stable")
    for shift in range(16, bits, 16):
        digit = (keys >> shift).astype(np.uint16).take(order + offsets, mode="clip")
        order = order.take(np.argsort(digit, axis=1, kind="stable") + offsets, mode="clip")
    last: Indices = cells - 1 - order
    return last
