"""RoI max pooling in NumPy, on one thread.

A few bins are taken one by one, which is the rule itself and the twin of the reference kernel in
``roipool.cu``; many are looked up in tables of windows (`roipool.backends.windows`).
"""

import math
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.backends import windows
from roipool.bins import Bins, cut_boxes
from roipool.conventions import DTYPE_LOWEST, Convention

Maps = NDArray[Any]
Indices = NDArray[np.intp]

# Up to this many bins a loop over them is quicker than tables, and than asking which is.
_FEW_BINS = 16
# What the two ways take, in nanoseconds, without and with argmax. Measured on one machine; the
# choice changes no result.
_PER_BIN, _PER_BIN_AND_CHANNEL = (3_000, 5_000), (50, 70)
_PER_TABLES, _PER_CELL_AND_CHANNEL = (200_000, 300_000), (3, 28)
# Sums, and gradients on their way there, that are held at a time: few enough for the cache.
_SUMS_AT_ONCE = 1 << 18
_SCATTERED_AT_ONCE = 1 << 16


def forward(
    maps: Maps,
    boxes: NDArray[np.float64],
    output_size: tuple[int, int],
    spatial_scale: float,
    convention: Convention,
    *,
    with_argmax: bool,
) -> tuple[Maps, NDArray[np.int32] | None]:
    """Maximum of every bin and, if asked for, its place.

    Parameters
    ----------
    maps : (B, C, H, W) float32 or float64
    boxes : (N, 5), checked by `roipool.boxes.as_boxes`
    output_size : (PH, PW)
    spatial_scale : float
    convention : Convention
    with_argmax : bool

    Returns
    -------
    output (N, C, PH, PW), argmax (N, C, PH, PW) int32 or None
    """
    images = boxes[:, 0].astype(np.intp)
    shape = (len(boxes), maps.shape[1], *output_size)
    output = np.empty(shape, dtype=maps.dtype)
    argmax = np.empty(shape, dtype=np.int32) if with_argmax else None
    if output.size == 0:
        return output, argmax
    lowest = _lowest(convention, maps.dtype)
    # Far boxes overflow float32, and a signalling NaN is a value like any other.
    with np.errstate(over="ignore", invalid="ignore"):
        bins = cut_boxes(boxes, output_size, maps.shape[2:], np.float32(spatial_scale), convention)
        if _scan_is_sooner(bins, maps.shape[1], with_argmax):
            complete = one_by_one(maps, images, bins, lowest, output, argmax)
        else:
            complete = False
            for image in np.unique(images).tolist():
                chosen = np.flatnonzero(images == image)
                windows.pool(maps[image], chosen, bins, lowest, output, argmax)
    if not complete:
        _fill_empty(bins, convention, output, argmax)
    return output, argmax


def backward(
    grad_output: Maps,
    argmax: NDArray[np.integer],
    images: Indices,
    input_shape: tuple[int, int, int, int],
    *,
    deterministic: bool = True,
) -> Maps:
    """Scatter each gradient to the cell that its maximum came from.

    Parameters
    ----------
    grad_output, argmax : (N, C, PH, PW)
        Places are -1, for none, or in the map.
    images : (N,)
        The image of each box.
    input_shape : (B, C, H, W)
    deterministic : bool
        Of no effect: here it always is.

    Returns
    -------
    (B, C, H, W) in the dtype of `grad_output`; a cell's sum runs in the order of boxes, then bins
    """
    channels, cells = input_shape[1], input_shape[2] * input_shape[3]
    # One cell more a channel, for what goes nowhere: place -1 is the last of the channel before.
    room = np.zeros((input_shape[0], channels, cells + 1), dtype=grad_output.dtype)
    gradients = grad_output.reshape(*grad_output.shape[:2], math.prod(grad_output.shape[2:]))
    places = argmax.reshape(gradients.shape)
    block = max(1, _SUMS_AT_ONCE // (cells + 1))
    for image in np.unique(images).tolist():
        boxes = np.flatnonzero(images == image)
        for channel in range(0, channels, block):
            some = slice(channel, channel + block)
            sums = room[image, some]
            first = np.arange(len(sums))[:, None] * (cells + 1)
            at_once = max(1, _SCATTERED_AT_ONCE // max(1, gradients[:1, some].size))
            for start in range(0, len(boxes), at_once):
                part = boxes[start : start + at_once]
                positions = np.add(places[part, some], first, dtype=np.intp, casting="same_kind")
                values = gradients[part, some]
                np.add.at(sums.reshape(-1), positions.reshape(-1), values.reshape(-1))
    return room[:, :, :cells].reshape(input_shape)


def _scan_is_sooner(bins: Bins, channels: int, with_argmax: bool) -> bool:
    count = bins.y0.size * bins.x0.shape[1]
    if count <= _FEW_BINS:
        return True
    cells = int(bins.y1.max() - bins.y0.min()) * int(bins.x1.max() - bins.x0.min())
    scan = count * (_PER_BIN[with_argmax] + channels * _PER_BIN_AND_CHANNEL[with_argmax])
    tables = _PER_TABLES[with_argmax] + channels * cells * _PER_CELL_AND_CHANNEL[with_argmax]
    return bool(scan < tables)


def one_by_one(
    maps: Maps,
    images: Indices,
    bins: Bins,
    lowest: np.floating | None,
    output: Maps,
    argmax: NDArray[np.int32] | None,
) -> bool:
    """The rule itself: the cells of a bin, all channels at once, and the first maximum of each.

    Returns whether every bin had cells.
    """
    channels, height, width = maps.shape[1:]
    bins_high, bins_wide = output.shape[2:]
    if argmax is not None:
        every, down, across = np.arange(channels), np.arange(height) * width, np.arange(width)
    complete = True
    y0, y1, x0, x1 = (edges.tolist() for edges in (bins.y0, bins.y1, bins.x0, bins.x1))
    for n, image in enumerate(images.tolist()):
        for i, j in product(range(bins_high), range(bins_wide)):
            rows, cols = slice(y0[n][i], y1[n][i]), slice(x0[n][j], x1[n][j])
            cells = maps[image, :, rows, cols]
            if cells.size == 0:
                complete = False
                continue
            if lowest is not None:
                # fmax takes the number of the two, so that NaN never wins.
                cells = np.fmax(cells, lowest)
            if argmax is None:
                output[n, :, i, j] = np.maximum.reduce(cells, (1, 2))
                continue
            # argmax takes the first in row-major order, and the first NaN if there is one.
            cells = cells.reshape(channels, -1)
            first = cells.argmax(axis=1)
            best = cells[every, first]
            output[n, :, i, j] = best
            argmax[n, :, i, j] = (down[rows, None] + across[cols]).reshape(-1)[first]
            if lowest is not None:
                # The scan's strict > finds nothing in a bin that holds only its starting value.
                argmax[n, best == lowest, i, j] = -1
    # A maximum of zero is +0, whichever zero the map holds.
    np.add(output, 0.0, out=output)
    return complete


def _fill_empty(
    bins: Bins, convention: Convention, output: Maps, argmax: NDArray[np.int32] | None
) -> None:
    empty = bins.empty
    if not empty.any():
        return
    n, i, j = np.nonzero(empty)
    output[n, :, i, j] = convention.empty_value
    if argmax is None:
        return
    argmax[n, :, i, j] = convention.empty_argmax
    if convention.degenerate_argmax is not None:
        argmax[bins.degenerate] = convention.degenerate_argmax


def _lowest(convention: Convention, dtype: np.dtype[Any]) -> np.floating | None:
    """Where the scan starts from; None for a plain maximum, in which NaN wins."""
    if convention.lowest is None:
        return None
    if convention.lowest == DTYPE_LOWEST:
        lowest: np.floating = np.finfo(dtype).min
    else:
        lowest = dtype.type(convention.lowest)
    return lowest
