"""Builds of roipool.cu, each made once a session, and the backend on a pretended GPU."""

import functools
import os
import shutil

import fake_cupy
import pytest
import shim

from roipool.backends import device

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


@pytest.fixture(scope="session")
def build(tmp_path_factory):
    """``build(source, kernels, flags)``, a Shim."""
    need(shutil.which(os.environ.get("CXX", "g++")), "there is no g++ to build the kernels with")
    folder = tmp_path_factory.mktemp("kernels")

    @functools.cache
    def cached(source, kernels, flags=shim.PLAIN):
        return shim.build(source, kernels, folder, flags)

    return cached


@pytest.fixture(scope="session")
def kernels(build):
    """Every kernel, run fast."""
    return build(device.source(), ALL_KERNELS)


def pretend(monkeypatch, load):
    """The backend with a CuPy whose kernels `load` builds."""
    cp = fake_cupy.FakeCupy(load)
    monkeypatch.setattr(device, "load_cupy", lambda: cp)
    monkeypatch.setattr(device, "_kernels", {})
    monkeypatch.setattr(device, "_modules", {})
    return cp


@pytest.fixture
def cp(monkeypatch, kernels):
    """A CuPy without a card."""
    return pretend(monkeypatch, lambda source, names: kernels)


@pytest.fixture
def watched_cp(monkeypatch, build):
    """As `cp`; races and accesses outside the arrays are errors."""
    kernels = build(device.source(), ALL_KERNELS, shim.WATCHED)
    return pretend(monkeypatch, lambda source, names: kernels)
