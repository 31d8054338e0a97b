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
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.backends.ranks import Ranking
from roipool.backends.window_plan import Crop, Indices, Plan
from roipool.bins import Bins

# Bins that are looked up together: bounds the memory, far above what repays the tables.
_BINS_AT_ONCE = 1 << 18
# Bins times channels that are looked up before they are stored: what is looked up stays in the
# processor's cache.
_FOUND_AT_ONCE = 1 << 16


class _Tables:
    """Room for the tables of a few channels, (widths, heights, cells, channels).

    Channels lie next to each other, so that a look-up fetches all of them at once.
    """

    def __init__(self, plan: Plan, channels: int, dtype: np.dtype[Any]) -> None:
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
        crop = Crop.around(bins, part)
        scan = crop.scan_cost(len(cells), ranked)
        # A plan costs as much as a hundred bins: none is made where the rest alone is too dear.
        plan = Plan.of(crop) if scan > crop.least_cost(len(cells), ranked) else None
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
    plan: Plan,
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
    plan: Plan,
    lowest: np.floating | None,
    output: NDArray[Any],
    argmax: NDArray[np.int32],
) -> None:
    crop = plan.crop
    # Ranks of two bytes, as long as these number the cells of at least one channel.
    numbered = (1 << 16) // math.prod(crop.shape)
    step = plan.channels_at_once(min(len(cells), numbered or len(cells)), 2 if numbered else 4)
    ranking = Ranking(crop, cells.shape[2], step, cells.dtype)
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


def _pieces(
    plan: Plan, chosen: Indices, channels: int, bins: tuple[int, ...]
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
