"""The average over the cells of each bin, as some pool where others take the maximum.

Rows and columns never need each other: the sums of a box are two products, with a 1 for each row,
and each column, that a bin holds.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.bins import Bins, Edges

Maps = NDArray[Any]


def average_bins(
    maps: Maps, images: NDArray[np.intp], bins: Bins, empty_value: float = 0.0
) -> Maps:
    """Averages (N, C, PH, PW) of maps (B, C, H, W), computed in float64; NaN is one of any bin."""
    filled = ~bins.empty
    with np.errstate(over="ignore", invalid="ignore"):
        output = np.full(
            (len(images), maps.shape[1], *filled.shape[1:]), empty_value, dtype=maps.dtype
        )
        for n in np.flatnonzero(filled.any(axis=(1, 2))).tolist():
            top, down = _held(bins.y0[n], bins.y1[n])
            left, across = _held(bins.x0[n], bins.x1[n])
            cells = maps[images[n], :, top : top + down.shape[1], left : left + across.shape[1]]
            if np.isfinite(cells).all():
                sums = down @ cells.astype(np.float64) @ across.T
                areas = np.outer(down.sum(axis=1), across.sum(axis=1))
                np.divide(sums, areas, out=output[n], where=areas > 0, casting="same_kind")
                continue
            for i, j in np.argwhere(filled[n]).tolist():  # 0 times infinity, or NaN, is no 0
                some = cells[:, down[i] > 0][:, :, across[j] > 0]
                output[n, :, i, j] = some.mean(axis=(1, 2), dtype=np.float64)
    return output


def _held(start: Edges, stop: Edges) -> tuple[int, NDArray[np.float64]]:
    """The first cell that a bin holds, and (P, cells from there): 1 for each that a bin holds."""
    filled = start < stop
    first, last = int(start[filled].min()), int(stop[filled].max())
    cells = np.arange(first, last)
    return first, ((start[:, None] <= cells) & (cells < stop[:, None])).astype(np.float64)
