"""Cells in the order of their values, so that a number of few bytes says which cell is the larger.

Where a maximum is looked up as a rank, the rank names the one cell that it lies in.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.backends.window_plan import Crop, Indices


class Ranking:
    """The cells of a few channels in the order of their values, and their ranks.

    The rank of a cell is its position in `cells`, (cells, channels): the ranks of a channel count
    in steps of the number of channels, from its own number.
    """

    def __init__(self, crop: Crop, width: int, channels: int, dtype: np.dtype[Any]) -> None:
        rows, cols = (
            np.arange(span.start, span.stop, dtype=np.int32) for span in (crop.rows, crop.cols)
        )
        self.place = np.add.outer(rows * width, cols).reshape(-1)
        shape = (len(self.place), channels)
        self.cells = np.empty(shape, np.dtype([("value", dtype), ("place", "i4")], align=True))
        # As few bytes as hold a rank: nothing is read and written more than the tables of them.
        small = np.min_scalar_type(self.cells.size - 1)
        self.numbers = np.arange(self.cells.size, dtype=small).reshape(shape).T.copy()

    def rank(self, block: NDArray[Any], lowest: np.floating | None, ranks: NDArray[Any]) -> None:
        """Sort a block (channels, cells), and write its ranks (cells, channels)."""
        if lowest is None:
            block[np.isnan(block)] = np.nan  # all of one sign, so that the first of them wins
        count, size = block.shape
        each = np.arange(count)[:, None]
        order = _ascending(block)
        values, places = block.take(order + each * size, mode="clip"), self.place.take(order)
        if lowest is not None:
            # The scan's strict > finds nothing in a bin that holds only its starting value.
            places[values == lowest] = -1
        self.cells["value"][:, :count], self.cells["place"][:, :count] = values.T, places.T
        ranks.reshape(-1)[order * ranks.shape[1] + each] = self.numbers[:count]


def _ascending(block: NDArray[Any]) -> Indices:
    """Order of the cells of each channel, the first of equal cells last, NaN above all numbers.

    The block holds neither -0 nor a negative NaN.

    A radix sort by digits of 16 bits: NumPy's stable sort counts such short integers, in a fraction
    of the time that it takes to compare floats.
    """
    cells = block.shape[1]
    signed, bits = np.dtype(f"i{block.itemsize}"), 8 * block.itemsize
    # Bits of floats in the order of their values: the sign turned, of negatives all other bits too.
    # From the last cell to the first, so that a stable sort leaves the first of equals last.
    numbers = block[:, ::-1].view(signed)
    keys = (numbers ^ ((numbers >> (bits - 1)) | np.iinfo(signed).min)).view(f"u{block.itemsize}")
    offsets = np.arange(len(block))[:, None] * cells
    order = np.argsort(keys.astype(np.uint16), axis=1, kind="stable")
    for shift in range(16, bits, 16):
        digit = (keys >> shift).astype(np.uint16).take(order + offsets, mode="clip")
        order = order.take(np.argsort(digit, axis=1, kind="stable") + offsets, mode="clip")
    last: Indices = cells - 1 - order
    return last
