"""What several test modules need."""

import doctest
import os
from importlib import import_module
from pkgutil import iter_modules

import numpy as np
import pytest


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


def examples(package):
    """How many examples the docstrings of a package's modules have, and how many of them fail."""
    modules = [
        import_module(f"{package.__name__}.{one.name}") for one in iter_modules(package.__path__)
    ]
    results = [doctest.testmod(module) for module in modules]
    return sum(one.attempted for one in results), sum(one.failed for one in results)


def need(available, reason):
    """Skip where a tool is missing, but never in CI."""
    if not available:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{reason}, and CI needs it", pytrace=False)
        pytest.skip(reason)
