"""Which kernel, and in how large pieces: decided from sizes alone, by counting what is moved."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

PACKED = np.dtype(np.int64)
"""A word of key and cell: see roipool.cu."""

# A block has 48 KB of shared memory without asking for more. A third less for pooling lets an SM
# hold more blocks, whose reads hide each other's latency.
_STAGE_BYTES = 32 * 1024
_WINDOW_BYTES = 2 * 1024**3
# What a card moves while it waits about 2 us for the next of several launches.
_LAUNCH_BYTES = 10 * 10**6
# Fewer outputs than this are done before a second launch would have begun.
_FEW_OUTPUTS = 1 << 16


def cells_per_bin(
    boxes: NDArray[np.float64] | None,
    output_size: tuple[int, int],
    map_size: tuple[int, int],
    spatial_scale: float,
) -> float:
    """About how many cells a bin has, for choosing a kernel; no result depends on it.

    Boxes on the device, given as None, are not read: they count as a quarter of the map.

    Examples
    --------
    >>> cells_per_bin(np.array([[0, 0, 0, 15, 7]]), (2, 2), (32, 32), 1.0)
    38.25
    """
    height, width = map_size
    area = height * width / 4
    if boxes is not None and len(boxes):
        with np.errstate(over="ignore"):
            wide = np.abs(boxes[:, 3] - boxes[:, 1]) * spatial_scale + 1
            high = np.abs(boxes[:, 4] - boxes[:, 2]) * spatial_scale + 1
        # Neighbouring bins often share a cell: that is what ceil leaves.
        across = np.minimum(wide, width) / output_size[1] + 0.5
        down = np.minimum(high, height) / output_size[0] + 0.5
        return float(np.mean(across * down))
    return area / (output_size[0] * output_size[1]) + 1


def choose(
    maps_shape: tuple[int, ...],
    boxes: int,
    output_size: tuple[int, int],
    cells: float,
    dtype: Any,
    with_argmax: bool,
) -> str:
    """Which kernel: "reference", "cells" or "windows". By counting words moved; not yet measured.

    - A channels-last kernel has one thread per channel and turns the whole map over first. With
      few channels, few outputs or little of the map read, the plain kernel is done earlier.
    - Windows read four words a bin instead of every cell, after moving each level of the table
      about three times (read twice, written once), one launch after the other.

    Examples
    --------
    >>> choose((1, 1, 8, 8), 1, (2, 2), 9.0, "float32", True)
    'reference'
    >>> choose((1, 512, 38, 50), 2000, (7, 7), 18.0, "float32", False)
    'windows'
    """
    images, channels, height, width = maps_shape
    bins = boxes * output_size[0] * output_size[1]
    whole_map = images * height * width
    # The plain kernel reads one word of a sector of eight.
    if channels < 8 or bins * channels < _FEW_OUTPUTS or bins * cells * 8 < whole_map:
        return "reference"
    if with_argmax and np.dtype(dtype) == np.float64:
        return "cells"
    key_bytes = np.dtype(dtype).itemsize
    word_bytes = PACKED.itemsize if with_argmax else key_bytes
    high, wide = levels(output_size, (height, width))
    table = high * wide * whole_map
    if table * channels * word_bytes > _WINDOW_BYTES:
        return "cells"
    launches = (high + wide - 2) * _LAUNCH_BYTES
    by_windows = (4 * bins + 3 * table) * word_bytes * channels + launches
    return "windows" if by_windows < bins * cells * key_bytes * channels else "cells"


def levels(output_size: tuple[int, int], map_size: tuple[int, int]) -> tuple[int, int]:
    """Levels of windows, down and across: enough for the bins of a box as large as the map.

    Examples
    --------
    38 rows in 7 bins are at most 7 rows a bin, which windows of 1, 2 and 4 rows cover.

    >>> levels((7, 7), (38, 50))
    (3, 4)
    """
    high, wide = (
        (-(-size // count) + 1).bit_length()
        for size, count in zip(map_size, output_size, strict=True)
    )
    # No window is larger than the map.
    return min(high, map_size[0].bit_length()), min(wide, map_size[1].bit_length())


def stage(channels: int, bins: int, bytes_per_bin: int) -> tuple[int, int, int]:
    """(threads, bins at a time, bytes) of a pooling block's shared memory.

    A thread is a channel. Fewer channels a block leave room for more bins at a time, of which
    a channel's lie side by side in the output: 64 are two full lines of a cache.

    Examples
    --------
    >>> stage(512, 49, 4)
    (128, 49, 25088)
    >>> stage(512, 49, 8)
    (64, 49, 25088)
    """
    tile = 32 if channels <= 32 else 64 if channels <= 64 else 128
    while tile > 32 and _STAGE_BYTES // (tile * bytes_per_bin) < min(bins, 64):
        tile //= 2
    room = _STAGE_BYTES // (tile * bytes_per_bin)
    # Rows are of odd length, so that neighbouring channels lie in different banks.
    chunk = min(bins, (room - 1) | 1)
    return tile, chunk, tile * (chunk | 1) * bytes_per_bin
