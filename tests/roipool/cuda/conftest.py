"""Builds of roipool.cu, each made once and kept, and the backend on a pretended GPU."""

import functools
import os
import shutil

import pytest

from roipool.backends import device
from tests.common import need
from tests.roipool.cuda import shim
from tests.roipool.cuda.workbench import ALL_KERNELS, pretend


@pytest.fixture(scope="session")
def builds(pytestconfig):
    """Where builds are kept, for all processes of this run and for the next runs."""
    need(shutil.which(os.environ.get("CXX", "g++")), "there is no g++ to build the kernels with")
    folder = pytestconfig.cache.mkdir("kernels")
    shim.forget_old(folder)
    return folder


@pytest.fixture(scope="session")
def build(builds):
    """``build(source, kernels, flags)``, a Shim."""

    @functools.cache
    def cached(source, kernels, flags=shim.PLAIN):
        return shim.build(source, kernels, builds, flags)

    return cached


@pytest.fixture(scope="session")
def kernels(build):
    """Every kernel, run fast."""
    return build(device.source(), ALL_KERNELS)


@pytest.fixture
def cp(monkeypatch, kernels):
    """A CuPy without a card."""
    return pretend(monkeypatch, lambda source, names: kernels)


@pytest.fixture
def watched_cp(monkeypatch, build):
    """As `cp`; races and accesses outside the arrays are errors."""
    kernels = build(device.source(), ALL_KERNELS, shim.WATCHED)
    return pretend(monkeypatch, lambda source, names: kernels)
