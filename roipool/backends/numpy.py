"""RoI max pooling in plain NumPy, written to be read: one bin at a time, all channels at once."""

import numpy as np
from numpy.typing import NDArray

from roipool.bins import Bins
from roipool.conventions import DTYPE_LOWEST, Convention


def forward(
    maps: NDArray[np.floating],
    images: NDArray[np.intp],
    bins: Bins,
    convention: Convention,
) -> tuple[NDArray[np.floating], NDArray[np.int32]]:
    """Maximum and its place for every bin.

    Parameters
    ----------
    maps : (B, C, H, W)
    images : (N,)
        Which image each box belongs to.
    bins : Bins of the N boxes
    convention : Convention
        For what an empty bin and NaN give.

    Returns
    -------
    output (N, C, PH, PW), argmax (N, C, PH, PW) int32
    """
    channels, width = maps.shape[1], maps.shape[3]
    shape = (len(images), channels, bins.y0.shape[1], bins.x0.shape[1])
    output = np.full(shape, convention.empty_value, dtype=maps.dtype)
    argmax = np.full(shape, convention.empty_argmax, dtype=np.int32)
    if convention.degenerate_argmax is not None:
        argmax[bins.degenerate] = convention.degenerate_argmax
    lowest = _lowest(convention, maps.dtype)
    if lowest is not None:
        # fmax takes the number of the two, so that NaN never wins.
        maps = np.fmax(maps, lowest)
    y0, y1, x0, x1 = (edges.tolist() for edges in (bins.y0, bins.y1, bins.x0, bins.x1))
    every = np.arange(channels)
    filled = np.argwhere(~bins.empty) if channels else np.empty((0, 3), dtype=int)
    for n, i, j in filled.tolist():
        top, left, right = y0[n][i], x0[n][j], x1[n][j]
        cells = maps[images[n], :, top : y1[n][i], left:right].reshape(channels, -1)
        # argmax takes the first in row-major order, and the first NaN if there is one.
        first = cells.argmax(axis=1)
        output[n, :, i, j] = cells[every, first]
        row, column = np.divmod(first, right - left)
        argmax[n, :, i, j] = (top + row) * width + left + column
    if lowest is not None:
        # The scan's strict > finds nothing in a bin that holds only its starting value.
        argmax[~bins.empty[:, None] & (output == lowest)] = -1
    return output, argmax


def _lowest(convention: Convention, dtype: np.dtype[np.floating]) -> np.floating | None:
    if convention.lowest is None:
        return None
    if convention.lowest == DTYPE_LOWEST:
        return np.finfo(dtype).min
    return dtype.type(convention.lowest)
