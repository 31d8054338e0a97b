"""What several test modules need."""

import numpy as np


class Tensor:
    """Another library's array: known by the DLPack protocol alone."""

    def __init__(self, array):
        self.array = array

    def __dlpack__(self, **options):
        return self.array.__dlpack__(**options)

    def __dlpack_device__(self):
        return self.array.__dlpack_device__()


class OnGpu(Tensor):
    """As `Tensor`, and says that it lives in a GPU's memory."""

    def __dlpack_device__(self):
        return (2, 0)


def bits(array):
    """An array as integers, every NaN the same, so that -0 is not 0."""
    array = np.array(array)
    if array.dtype.kind == "f":
        array[np.isnan(array)] = np.nan
        return array.view(f"i{array.dtype.itemsize}")
    return array
