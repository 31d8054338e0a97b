"""A pytest plugin under which tests/roipool/gpu runs on the shim: ``pytest -p pretended_gpu``."""

import sys
import tempfile
from pathlib import Path

import app.fast_rcnn.layers
import roipool.arrays
import roipool.boxes
import roipool.pooling
from roipool.backends import device
from tests.roipool.cuda import fake_cupy, shim

_builds = {}


def _load(source, names):
    if names not in _builds:
        with tempfile.TemporaryDirectory() as folder:
            # A loaded library needs its file no longer.
            _builds[names] = shim.build(source, names, Path(folder))
    return _builds[names]


def _is_on_gpu(array):
    """Also for what only wraps an array of the card."""
    return isinstance(getattr(array, "array", array), fake_cupy.Array)


def pytest_configure():
    """Only as a plugin: merely being imported must change nothing."""
    cupy = fake_cupy.FakeCupy(_load)
    cupy.__spec__ = None
    sys.modules["cupy"] = cupy
    device.load_cupy = lambda: cupy
    for module in (roipool.arrays, roipool.boxes, roipool.pooling, app.fast_rcnn.layers):
        module.is_on_gpu = _is_on_gpu
