"""RoI max pooling in NumPy, on one thread.

A few bins are taken one by one, which is the rule itself and the twin of the reference kernel in
``roipool.cu``; many are looked up in tables of windows (`roipool.backends.windows`).
"""

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.backends import ordered, windows
from roipool.bins import Bins, cut_boxes
from roipool.boxes import has_image
from roipool.conventions import Convention, Nan

Maps = NDArray[Any]
Indices = NDArray[np.intp]

# Up to this many bins it is quicker to scan them than to ask what would be.
_FEW_BINS = 16
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
    maps : (B, C, H, W) float16, float32 or float64
    boxes : (N, 5), checked by `roipool.boxes.as_boxes` as the convention has it
    output_size : (PH, PW)
    spatial_scale : float
    convention : Convention
    with_argmax : bool

    Returns
    -------
    output (N, C, PH, PW), argmax (N, C, PH, PW) int32 or None
    """
    batch = len(maps)
    padded = convention.missing_image == "empty"
    images = images_of(boxes, batch) if padded else boxes[:, 0].astype(np.intp)
    shape = (len(boxes), maps.shape[1], *output_size)
    output = np.empty(shape, dtype=maps.dtype)
    argmax = np.empty(shape, dtype=np.int32) if with_argmax else None
    if output.size == 0:
        return output, argmax
    convention = convention.on(maps.dtype)
    lowest = convention.lowest_of(maps.dtype)
    # Far boxes overflow float32, an empty_value may overflow the map's dtype, and a signalling NaN
    # is a value like any other.
    with np.errstate(over="ignore", invalid="ignore"):
        bins = cut_boxes(boxes, output_size, maps.shape[2:], spatial_scale, convention, batch)
        scanned = list(range(len(boxes)))
        few = math.prod(shape) <= _FEW_BINS * shape[1]
        if not few:
            scanned = []
            for image in np.unique(images[images < batch]).tolist():
                chosen, cells = np.flatnonzero(images == image), maps[image]
                if convention.nan == "usual" or not np.isnan(cells).any():
                    scanned += windows.pool(cells, chosen, bins, lowest, output, argmax)
                else:  # a table knows of no order
                    scanned += chosen.tolist()
        complete = one_by_one(maps, images, bins, lowest, output, argmax, scanned, convention.nan)
        if not (few and complete):
            _fill_empty(bins, convention, output, argmax)
    return output, argmax


def images_of(boxes: NDArray[np.float64], batch: int) -> Indices:
    """(N,) the image of each box; `batch`, which none has, where its index names no image."""
    return np.where(has_image(boxes, batch), boxes[:, 0], batch).astype(np.intp)


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
        The image of each box, B of one that has none.
    input_shape : (B, C, H, W)
    deterministic : bool
        Of no effect: here it always is.

    Returns
    -------
    (B, C, H, W) in the dtype of `grad_output`; a cell's sum runs in the order of boxes, then bins,
    of float16 in float32
    """
    if grad_output.dtype == np.float16:
        wide = grad_output.astype(np.float32)
        with np.errstate(over="ignore"):
            return backward(wide, argmax, images, input_shape).astype(np.float16)
    channels, cells = input_shape[1], input_shape[2] * input_shape[3]
    # One cell more a channel, for what goes nowhere: place -1 is the last of the channel before.
    room = np.zeros((input_shape[0], channels, cells + 1), dtype=grad_output.dtype)
    gradients = grad_output.reshape(*grad_output.shape[:2], math.prod(grad_output.shape[2:]))
    places = argmax.reshape(gradients.shape)
    block = max(1, _SUMS_AT_ONCE // (cells + 1))
    for image in np.unique(images[images < len(room)]).tolist():
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
    return np.ascontiguousarray(room[:, :, :cells]).reshape(input_shape)


def one_by_one(
    maps: Maps,
    images: Indices,
    bins: Bins,
    lowest: np.floating | None,
    output: Maps,
    argmax: NDArray[np.int32] | None,
    boxes: Iterable[int],
    nan: Nan = "usual",
) -> bool:
    """The rule itself: the cells of a bin, all channels at once, and the first maximum of each.

    Returns whether every bin of these boxes had cells.
    """
    channels, height, width = maps.shape[1:]
    bins_high, bins_wide = output.shape[2:]
    if argmax is not None:
        every, down, across = np.arange(channels), np.arange(height) * width, np.arange(width)
    complete = True
    y0, y1, x0, x1 = (edges.tolist() for edges in (bins.y0, bins.y1, bins.x0, bins.x1))
    for n in boxes:
        if images[n] == len(maps):
            complete = False
            continue
        cells_of = maps[images[n]]
        for i in range(bins_high):
            rows = slice(y0[n][i], y1[n][i])
            for j in range(bins_wide):
                cols = slice(x0[n][j], x1[n][j])
                cells = cells_of[:, rows, cols]
                if cells.size == 0:
                    complete = False
                    continue
                if nan != "usual" and np.isnan(cells).any():
                    output[n, :, i, j], found = ordered.maxima(cells, nan, lowest)
                    if argmax is not None:
                        place = (down[rows, None] + across[cols]).reshape(-1)[found]
                        argmax[n, :, i, j] = np.where(found < 0, -1, place)
                    continue
                if lowest is not None:
                    # fmax takes the number of the two, so that NaN never wins; + 0 makes a
                    # signalling NaN a quiet one, which fmax always knows.
                    cells = np.fmax(cells + 0.0, lowest)
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
                    # The scan's strict > finds nothing where all is no more than its start.
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
