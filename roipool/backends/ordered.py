"""Maxima that depend on where in a bin a NaN lies, as C's comparisons make them.

A scan keeps the larger of a cell and the best so far. What it keeps beside a NaN, no comparison
with which holds, is the code's to say::

    cells                         3  nan  1   2
    best  "restarts"              3  nan  1   2      cell < best ? best : cell
          "first"                 3   3   3   3      best < cell ? cell : best, from the first on
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.conventions import Nan


def maxima(
    cells: NDArray[Any], nan: Nan, lowest: np.floating | None
) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """Maximum of each channel of a bin's cells (C, h, w), and its place in the bin.

    Parameters
    ----------
    cells : (C, h, w)
        Not empty.
    nan : {"first", "restarts"}
        See `roipool.Convention`.
    lowest : scalar or None
        Where the scan starts from.

    Returns
    -------
    best (C,), place (C,): -1 where nothing is above `lowest`

    Examples
    --------
    >>> cells = np.array([[[3, np.nan], [1, 2]]])
    >>> [maxima(cells, nan, None)[0].item() for nan in ("restarts", "first")]
    [2.0, 3.0]
    """
    flat = cells.reshape(len(cells), -1) + 0.0
    is_nan = np.isnan(flat)
    # As if NaN were not there, which is all of it where none is.
    plain = np.where(is_nan, -np.inf, flat) if lowest is None else np.fmax(flat, lowest)
    places = plain.argmax(axis=1)
    best = plain[np.arange(len(plain)), places]
    if lowest is not None:
        places[best == lowest] = -1
    if nan == "first":
        places[is_nan[:, 0]] = 0
        best[is_nan[:, 0]] = np.nan
        return best, places
    for channel in np.flatnonzero(is_nan.any(axis=1)).tolist():
        # From the cell after the last NaN; from that NaN itself where it is the last cell.
        start = min(int(is_nan[channel].nonzero()[0][-1]) + 1, flat.shape[1] - 1)
        places[channel] = start + flat[channel, start:].argmax()
        best[channel] = flat[channel, places[channel]]
    return best, places
