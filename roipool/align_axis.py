"""What RoIAlign's samples of one axis weigh: which bin takes which cells, with which weights.

Rows and columns never need each other, so that a box is averaged, or its gradient handed back,
along its rows and then along its columns.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from roipool.samples import AxisSamples

Cells = NDArray[Any]


def taken(axis: AxisSamples) -> slice:
    """From the first cell that a sample takes to the last."""
    low, high = axis.low[axis.counts], axis.high[axis.counts]
    return slice(int(low.min()), int(high.max()) + 1) if low.size else slice(0, 0)


def takings(axis: AxisSamples, first: int, bins: int) -> Iterator[tuple[Cells, Cells, Cells]]:
    """Which bin takes which cell, counted from `first`, with which weight: (m,) each, twice."""
    counts = axis.counts
    bin_of = np.repeat(np.arange(bins), axis.grid)[counts]
    yield bin_of, axis.low[counts] - first, axis.low_weight[counts]
    yield bin_of, axis.high[counts] - first, axis.high_weight[counts]


def shares(axis: AxisSamples, first: int, bins: int, cells: int, dtype: DTypeLike) -> Cells:
    """(P, cells) weights of an average: 0 where a bin does not take a cell."""
    weights = np.zeros((bins, cells), dtype=dtype)
    for bin_of, cell, weight in takings(axis, first, bins):
        np.add.at(weights, (bin_of, cell), weight)
    weights /= max(axis.grid, 1)
    return weights
