"""What equal bit for bit means."""

import numpy as np


def assert_same_bits(lazy, expected, computed=None):
    """A Dask array of known chunks, and what it says of itself: as the library's, every bit."""
    found = lazy.compute() if computed is None else computed
    assert lazy.shape == found.shape == expected.shape
    assert lazy.dtype == found.dtype == expected.dtype
    assert type(found) is type(lazy._meta) is np.ndarray
    bits = f"u{expected.itemsize}"
    np.testing.assert_array_equal(
        np.ascontiguousarray(found).view(bits), np.ascontiguousarray(expected).view(bits)
    )
