"""The largest of RoIAlign's samples in each bin, instead of their average.

A sample between rows a, b and columns c, d is made of four products of a cell and its weight::

    the sum       a (c v + d v) + b (c v + d v)            interpolation
    the largest   max(a max(c v, d v), b max(c v, d v))    ONNX's mode "max"

Either goes across first and then down, since no weight is negative.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.align_axis import Cells, taken
from roipool.samples import AxisSamples, Samples

# Samples times channels that are held at a time.
_HELD_AT_ONCE = 1 << 20


def largest_of_box(
    cells: Cells, samples: Samples, output_size: tuple[int, int], joined: np.ufunc
) -> Cells:
    """Largest samples (PH, PW, C) of one box among cells (H, W, C).

    Parameters
    ----------
    joined : numpy.add or numpy.maximum
        What becomes of the products of a sample.
    """
    largest = np.zeros((*output_size, cells.shape[2]), dtype=cells.dtype)
    rows, cols = taken(samples.y), taken(samples.x)
    down, across = _Axis(samples.y, rows.start), _Axis(samples.x, cols.start)
    if not (len(down.bins) and len(across.bins)):
        return largest
    with np.errstate(invalid="ignore", over="ignore"):
        columns = across.sampled(cells[rows, cols].swapaxes(0, 1), joined, slice(None))
        columns = columns.swapaxes(0, 1)  # (rows, samples across, C)
        at_once = max(1, _HELD_AT_ONCE // max(1, columns[0].size))
        found = np.concatenate(
            [
                np.maximum.reduceat(
                    down.sampled(columns, joined, slice(first, first + at_once)),
                    across.firsts,
                    axis=1,
                )
                for first in range(0, len(down.low), at_once)
            ]
        )
        found = np.maximum.reduceat(found, down.firsts, axis=0)
        # A sample that does not count is a zero, as it is to the average.
        some_off = down.some_off[:, None] | across.some_off
        found[some_off] = np.maximum(found[some_off], 0)
    largest[np.ix_(down.bins, across.bins)] = found
    return largest


class _Axis:
    """The samples of an axis that count, bin after bin.

    Attributes
    ----------
    bins : (P',) the bins that have any
    firsts : (P',) the first sample of each
    some_off : (P',) whether a sample of it does not count
    """

    def __init__(self, axis: AxisSamples, first: int) -> None:
        counts = axis.counts
        bin_of = np.flatnonzero(counts) // max(axis.grid, 1)
        self.bins, self.firsts, found = np.unique(bin_of, return_index=True, return_counts=True)
        self.some_off: NDArray[np.bool_] = found < axis.grid
        self.low, self.high = axis.low[counts] - first, axis.high[counts] - first
        self._weights = axis.low_weight[counts], axis.high_weight[counts]

    def sampled(self, cells: Cells, joined: np.ufunc, some: slice) -> Cells:
        """Samples (m, ...) between cells (n, ...) along the first axis."""
        low, high = (weights[some, None, None] for weights in self._weights)
        values: Any = joined(cells[self.low[some]] * low, cells[self.high[some]] * high)
        return np.asarray(values)
