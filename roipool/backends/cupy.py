"""RoI max pooling on an NVIDIA GPU: prepares and launches the kernels of roipool.cu.

Everything runs on the caller's current stream; nothing waits for the device and nothing is read
back. CuPy is imported when it is first used.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.arrays import Array
from roipool.backends import device
from roipool.backends.choice import PACKED, cells_per_bin, choose, levels, stage
from roipool.backends.device import (
    BLOCK,
    C_TYPES,
    WORDS,
    DeviceError,
    OutOfDeviceMemoryError,
    blocks,
    failures_told,
    in_parts,
    ints,
    launch,
    with_room,
)
from roipool.backends.scatter import backward, backward_from_host
from roipool.conventions import Convention

__all__ = [
    "DeviceError",
    "OutOfDeviceMemoryError",
    "backward",
    "backward_from_host",
    "bin_edges",
    "failures_told",
    "forward",
    "forward_from_host",
    "run_plan",
]

_ROUNDING = {"half_away": 0, "half_even": 1, "none": 2, "floor": 3, "outward": 4}
_ARITHMETIC = {"exact": 0, "float32": 1, "float64": 2, "step": 3, "step_rest": 4}
_STOP = {"floor": 0, "ceil": 1, "nearest": 2, "floor_or_one": 3}
# ---- Edges ---------------------------------------------------------------------------------------


def bin_edges(
    cp: Any,
    boxes: Any,
    output_size: tuple[int, int],
    map_size: tuple[int, int, int],
    spatial_scale: float,
    convention: Convention,
    dtype: str = "float32",
) -> Array:
    """(N, 2 PH + 2 PW + 2) int32: the records of roipool.cu, on a map of (B, H, W)."""
    table = cp.ascontiguousarray(cp.asarray(boxes, dtype=np.float64))
    high, wide = output_size
    records = cp.empty((len(table), 2 * high + 2 * wide + 2), dtype=np.int32)
    images, height, width = map_size
    degenerate = convention.degenerate_argmax
    with np.errstate(over="ignore", under="ignore"):
        scale = np.float64(np.float32(spatial_scale))
    launch(
        cp,
        dtype,
        "bin_edges",
        blocks(len(table) * (high + wide), BLOCK),
        (BLOCK,),
        (
            table,
            records,
            np.int64(len(table)),
            *ints(images, height, width, high, wide),
            scale,
            *ints(convention.end_offset, _ROUNDING[convention.rounding]),
            *ints(_ARITHMETIC[convention.arithmetic], _STOP[convention.stop]),
            *ints(convention.min_cells, convention.empty_argmax),
            *ints(degenerate is not None, degenerate or 0),
        ),
    )
    return records


# ---- Forward -------------------------------------------------------------------------------------


def forward(
    maps: Array,
    boxes: Any,
    output_size: tuple[int, int],
    spatial_scale: float,
    convention: Convention,
    *,
    with_argmax: bool,
) -> tuple[Array, Array | None]:
    """Maximum of every bin, and its place where it is asked for.

    Parameters
    ----------
    maps : (B, C, H, W) cupy array, float16, float32 or float64
    boxes : (N, 5) array
        Checked boxes from NumPy, or a cupy array, which is not looked at: a row with NaN, or whose
        batch index names no image, gives empty bins.
    output_size : (PH, PW)
    spatial_scale : float
    convention : Convention
    with_argmax : bool

    Returns
    -------
    output (N, C, PH, PW) in the maps' dtype; argmax (N, C, PH, PW) int32 or None

    Raises
    ------
    OutOfDeviceMemoryError
        If there is no room even with the pool freed and without working memory.
    """
    cp = device.load_cupy()
    with maps.device:
        maps = cp.ascontiguousarray(maps)
        seen = None if isinstance(boxes, cp.ndarray) else boxes
        cells = cells_per_bin(seen, output_size, maps.shape[2:], spatial_scale)
        plan = choose(maps.shape, len(boxes), output_size, cells, maps.dtype, with_argmax)

        def run(plan: str) -> tuple[Array, Array | None]:
            return run_plan(
                plan,
                maps,
                boxes,
                output_size,
                spatial_scale,
                convention,
                with_argmax=with_argmax,
            )

        # Without working memory the plain kernel needs only the result to fit.
        shape = (len(boxes), maps.shape[1], *output_size)
        attempts = (plan, plan, "reference")
        found: tuple[Array, Array | None] = with_room(
            cp, run, attempts, f"an output of shape {shape}"
        )
        return found


def forward_from_host(
    maps: NDArray[Any],
    boxes: NDArray[np.float64],
    output_size: tuple[int, int],
    spatial_scale: float,
    convention: Convention,
    *,
    with_argmax: bool,
    fewest: int = 16,
) -> tuple[NDArray[Any], NDArray[np.int32] | None]:
    """As `forward`, from NumPy to NumPy: where memory is short the boxes are taken in parts.

    Parameters
    ----------
    fewest : int
        Parts are halved until they fit, but not below this many boxes.

    Raises
    ------
    OutOfDeviceMemoryError
        If the map and `fewest` boxes do not fit.
    """
    cp = device.load_cupy()
    shape = (len(boxes), maps.shape[1], *output_size)
    output = np.empty(shape, maps.dtype)
    argmax = np.empty(shape, np.int32) if with_argmax else None
    on_device = with_room(
        cp, lambda _: cp.asarray(maps), (None, None), f"a feature map of shape {maps.shape}"
    )

    def part(start: int, stop: int) -> None:
        found, places = forward(
            on_device,
            boxes[start:stop],
            output_size,
            spatial_scale,
            convention,
            with_argmax=with_argmax,
        )
        output[start:stop] = cp.asnumpy(found)
        if argmax is not None:
            argmax[start:stop] = cp.asnumpy(places)

    in_parts(part, len(boxes), fewest)
    return output, argmax


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
    """`forward` by one kernel of the caller's choice; `maps` is contiguous, on the current device.

    Parameters
    ----------
    plan : {"reference", "cells", "windows"}
        See `choose`. There are no "windows" for float64 with argmax: "cells" stand in.
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
    lowest, nan_wins = _start(convention, maps.dtype)
    with np.errstate(over="ignore"):
        empty = maps.dtype.type(convention.empty_value)
    rule = (lowest, np.int32(nan_wins), empty)
    results = (output, np.uint64(0) if argmax is None else argmax)
    if plan == "reference":
        sizes = (np.int64(output.size), *ints(channels, height, width, high, wide))
        args: tuple[Any, ...] = (maps, records, *results, *sizes, *rule)
        name = f"reference<{C_TYPES[dtype]}>"
        launch(cp, dtype, name, blocks(output.size, BLOCK), (BLOCK,), args)
        return output, argmax

    tile, chunk, shared = stage(
        channels, high * wide, maps.dtype.itemsize + (4 if with_argmax else 0)
    )
    grid = len(boxes) * blocks(channels, tile)
    flag = "true" if with_argmax else "false"
    if plan == "cells" or (with_argmax and dtype == "float64"):
        keys = _encoded(cp, maps, False, nan_wins, 1)
        sizes = ints(channels, height, width, high, wide, chunk)
        args = (keys, records, *results, *sizes, *rule)
        name = f"pool_cells<{C_TYPES[dtype]}, {flag}>"
    else:
        down, across = levels(output_size, (height, width))
        table = _encoded(cp, maps, with_argmax, nan_wins, down * across)
        _widen(cp, dtype, table, down, across, channels, height, width)
        sizes = ints(images, channels, height, width, high, wide, chunk, down, across)
        args = (table, records, *results, *sizes, *rule)
        name = f"pool_windows<{C_TYPES[dtype]}, {flag}>"
    launch(cp, dtype, name, grid, (tile,), args, shared)
    return output, argmax


def _start(convention: Convention, dtype: np.dtype[Any]) -> tuple[Any, bool]:
    """What the scan starts from, and whether NaN wins, in which case nothing is read from it."""
    lowest = convention.lowest_of(dtype)
    return (dtype.type(0), True) if lowest is None else (lowest, False)


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
