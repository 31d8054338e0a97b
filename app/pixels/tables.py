"""Tables for a box that is dragged over the image: a pixel in, a cell out.

The browser looks up which cell an edge at a pixel belongs to, how many cells give which bins and
how many samples a length gives. It rounds nothing itself.
"""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.exercise.lookup import edge_table
from app.exercise.record import Exercise
from roipool import Convention, bin_edges
from roipool.samples import as_sampling


@lru_cache(maxsize=64)
def axis_tables(
    cells: int, count: int, rule: Convention, stride: int, ratio: int, aligned: bool
) -> dict[str, Any]:
    """Everything about one axis of so many cells and bins.

    Returns
    -------
    dict
        ``starts[x1]`` and ``stops[x2]`` are the box's first cell and the first one after it,
        before either is clipped. ``lengths[n]`` is ``[starts, stops]`` of the bins of n cells, from
        the first; None where they depend on where the box lies between the cells. ``grids`` is what
        `grid_table` returns.
    """
    starts, stops = _edge_cells(cells * stride, rule, stride)
    return {
        "starts": starts.tolist(),
        "stops": stops.tolist(),
        "lengths": None if rule.rounding == "none" else _lengths(cells, count, rule),
        "grids": grid_table(cells, count, stride, ratio, aligned),
    }


def _edge_cells(last: int, rule: Convention, stride: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """The cells of an edge at every pixel: where it starts a box, and where it ends one."""
    pixel = np.arange(last + 1.0)
    zero = np.zeros_like(pixel)
    # From a cell before the map, so that no box is so short that it gets a cell as a gift.
    before = zero if rule.rounding == "none" else zero - stride
    starting = np.stack([zero, pixel, zero, pixel, zero + last], axis=1)
    ending = np.stack([zero, before, zero, pixel, zero + last], axis=1)
    scale = 1 / stride
    return (
        bin_edges(starting, 1, None, scale, rule).cols[:, 0],
        bin_edges(ending, 1, None, scale, rule).cols[:, 1],
    )


def _lengths(cells: int, count: int, rule: Convention) -> list[list[list[int]]]:
    # One more than the map has: an inclusive end at its last pixel names the cell behind it.
    none = [[0] * count, [0] * count]
    return [none, *edge_table(cells + 1, count, rule)["lengths"]]


@lru_cache(maxsize=64)
def grid_table(cells: int, count: int, stride: int, ratio: int, aligned: bool) -> dict[str, Any]:
    """How many samples a bin gets along an axis, by the length of the box in pixels.

    Returns
    -------
    dict
        ``lengths[n]`` for a box of n pixels; ``exceptions["x1,n"]`` where a last bit of the
        arithmetic makes it another one there.
    """
    last = cells * stride
    if ratio > 0:
        return {"lengths": [ratio] * (last + 1), "exceptions": {}}
    start, stop = np.triu_indices(last + 1)
    zero = np.zeros_like(start)
    boxes = np.stack([zero, start, zero, stop, zero + last], axis=1).astype(np.float64)
    size = (1, cells)
    grid = as_sampling(boxes, (1, count), size, 1 / stride, ratio, aligned, np.float64).grid[:, 1]
    lengths = grid[start == 0]
    length = stop - start
    differs = np.flatnonzero(grid != lengths[length])
    return {
        "lengths": lengths.tolist(),
        "exceptions": {f"{start[i]},{length[i]}": int(grid[i]) for i in differs},
    }


def tables(exercise: Exercise, ratio: int, aligned: bool) -> dict[str, Any]:
    """The tables of both axes, columns under "x" and rows under "y"."""
    (rows, cols), (high, wide) = exercise.size, exercise.output_size
    rest = exercise.rule, round(exercise.unit), ratio, aligned
    return {"x": axis_tables(cols, wide, *rest), "y": axis_tables(rows, high, *rest)}
