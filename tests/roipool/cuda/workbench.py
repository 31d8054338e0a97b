"""What the tests of the kernels share besides cases: names, requirements, a pretended GPU."""

import os

import pytest

from roipool.backends import device
from tests.roipool.cuda import fake_cupy

ALL_KERNELS = tuple(
    dict.fromkeys(
        name for dtype in ("float16", "float32", "float64") for name in device.kernel_names(dtype)
    )
)


def need(available, reason):
    """Skip where a tool is missing, but never in CI."""
    if not available:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{reason}, and CI needs it", pytrace=False)
        pytest.skip(reason)


def pretend(monkeypatch, load):
    """The backend with a CuPy whose kernels `load` builds."""
    cp = fake_cupy.FakeCupy(load)
    monkeypatch.setattr(device, "load_cupy", lambda: cp)
    monkeypatch.setattr(device, "_kernels", {})
    monkeypatch.setattr(device, "_modules", {})
    return cp
