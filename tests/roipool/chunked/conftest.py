"""Dask where it is installed, computing in the very thread that asks."""

import pytest


@pytest.fixture
def da():
    dask = pytest.importorskip("dask", reason="roipool.dask is for whoever has Dask")
    array = pytest.importorskip("dask.array")
    with dask.config.set(scheduler="synchronous"):
        yield array


@pytest.fixture
def chunked(da):
    import roipool.dask

    return roipool.dask
