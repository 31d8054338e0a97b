"""The forward pass on an NVIDIA GPU: launches the kernels reference, pool_cells and pool_windows.

The latter two read words that encode and widen make of the map, the channels of a cell together.
"""

from typing import Any

import numpy as np

from roipool.arrays import Array
from roipool.backends import device
from roipool.backends.choice import PACKED, levels, stage
from roipool.backends.device import BLOCK, C_TYPES, WORDS, blocks, ints, launch
from roipool.backends.records import bin_edges
from roipool.conventions import Convention


def run_plan(
    plan: str,
    maps: Array,
    boxes: Any,
    output_size: tuple[int, int],
    spatial_scale: float,
    convention: Convention,
    *,
    with_argmax: bool,
) -> tuple[Array, Array | None]:
    """The forward pass by one kernel; `maps` is contiguous, on the current device.

    Parameters
    ----------
    plan : {"reference", "cells", "windows"}
        See `choose`. There are no "windows" for float64 with argmax, nor where it matters which
        cell of a bin a NaN is: "cells" stand in.
    """
    cp = device.load_cupy()
    images, channels, height, width = maps.shape
    high, wide = output_size
    shape = (len(boxes), channels, high, wide)
    output = cp.empty(shape, dtype=maps.dtype)
    argmax = cp.empty(shape, dtype=np.int32) if with_argmax else None
    if output.size == 0:
        return output, argmax
    dtype = maps.dtype.name
    records = bin_edges(
        cp, boxes, output_size, (images, height, width), spatial_scale, convention, dtype
    )
    lowest = convention.lowest_of(maps.dtype)
    is_plain, nan = lowest is None, _nan(convention)
    with np.errstate(over="ignore"):
        empty = maps.dtype.type(convention.empty_value)
    start = (maps.dtype.type(0) if is_plain else lowest, np.int32(is_plain))
    rule: tuple[Any, ...] = (*start, np.int32(nan), empty)
    results = (output, np.uint64(0) if argmax is None else argmax)
    kernel, words = f"reference<{C_TYPES[dtype]}>", maps
    grid, threads, shared = blocks(output.size, BLOCK), BLOCK, 0
    sizes = (np.int64(output.size), *ints(channels, height, width, high, wide))
    if plan != "reference":
        flag = "true" if with_argmax else "false"
        threads, chunk, shared = stage(
            channels, high * wide, maps.dtype.itemsize + (4 if with_argmax else 0)
        )
        grid = len(boxes) * blocks(channels, threads)
        in_order = convention.nan != "usual"
        if plan == "cells" or in_order or (with_argmax and dtype == "float64"):
            kernel = f"pool_cells<{C_TYPES[dtype]}, {flag}, {'true' if in_order else 'false'}>"
            words = _encoded(cp, maps, False, nan > 0, 1)
            sizes = ints(channels, height, width, high, wide, chunk)
        else:
            kernel = f"pool_windows<{C_TYPES[dtype]}, {flag}>"
            down, across = levels(output_size, (height, width))
            words = _encoded(cp, maps, with_argmax, nan > 0, down * across)
            _widen(cp, dtype, words, down, across, channels, height, width)
            sizes = ints(images, channels, height, width, high, wide, chunk, down, across)
            rule = (*start, empty)
    args = (words, records, *results, *sizes, *rule)
    launch(cp, dtype, kernel, grid, (threads,), args, shared)
    return output, argmax


def _nan(convention: Convention) -> int:
    """What a NaN does, as roipool.cu counts it: 0 where it never wins."""
    if convention.nan == "usual":
        return int(convention.lowest is None)
    return {"first": 2, "restarts": 3}[convention.nan]


def _encoded(cp: Any, maps: Array, packed: bool, nan_wins: bool, planes: int) -> Array:
    """(planes, B, H, W, C) words, of which the first plane is filled."""
    images, channels, height, width = maps.shape
    dtype = maps.dtype.name
    word = PACKED if packed else np.dtype(f"int{8 * maps.dtype.itemsize}")
    words = cp.empty((planes, images, height, width, channels), dtype=word)
    launch(
        cp,
        dtype,
        f"encode<{C_TYPES[dtype]}, {'true' if packed else 'false'}>",
        images * blocks(channels, 32) * blocks(height * width, 32),
        (32, 8),
        (maps, words, *ints(channels, height * width, nan_wins)),
        32 * 33 * word.itemsize,
    )
    return words


def _widen(
    cp: Any,
    dtype: str,
    table: Array,
    down: int,
    across: int,
    channels: int,
    height: int,
    width: int,
) -> None:
    """Fill the levels: first the wider windows of one row, then all widths of more rows at once."""
    plane = table.size // (down * across)
    name = "widen<long long>" if table.dtype == PACKED else f"widen<{WORDS[dtype]}>"
    planes = table.reshape(down, across * plane)

    def widen(before: Array, after: Array, span: int, size: int, step: int) -> None:
        sizes = (np.int64(before.size), np.int64(span), *ints(size, step))
        args = (before, after, *sizes)
        launch(cp, dtype, name, blocks(before.size, BLOCK), (BLOCK,), args)

    for b in range(1, across):
        row = planes[0]
        widen(row[(b - 1) * plane : b * plane], row[b * plane : (b + 1) * plane], channels, width,
              1 << (b - 1))  # fmt: skip
    for a in range(1, down):
        widen(planes[a - 1], planes[a], width * channels, height, 1 << (a - 1))
