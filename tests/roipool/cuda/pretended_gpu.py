"""A pytest plugin under which tests/roipool/gpu runs on the shim: ``pytest -p pretended_gpu``."""

import functools
import sys

import app.fast_rcnn.layers
import roipool.arrays
import roipool.boxes
import roipool.pooling
from roipool.backends import device
from tests.roipool.cuda import fake_cupy, shim


def _is_on_gpu(array):
    """Also for what only wraps an array of the card."""
    return isinstance(getattr(array, "array", array), fake_cupy.Array)


def pytest_configure(config):
    """Only as a plugin: merely being imported must change nothing."""
    folder = config.cache.mkdir("kernels")
    built = functools.cache(lambda source, names: shim.build(source, names, folder))
    cupy = fake_cupy.FakeCupy(built)
    cupy.__spec__ = None
    sys.modules["cupy"] = cupy
    device.load_cupy = lambda: cupy
    for module in (roipool.arrays, roipool.boxes, roipool.pooling, app.fast_rcnn.layers):
        module.is_on_gpu = _is_on_gpu
