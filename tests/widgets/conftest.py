"""A machine that is pretended."""

import pytest

import roipool
from app.exercise.record import pool
from app.widgets import backend


@pytest.fixture
def machine(monkeypatch):
    """``machine(status)`` pretends it, and gives the list of backends that are asked from then on.

    What the GPU would compute, NumPy does: they are equal bit for bit.
    """
    pool_with_argmax, asked = roipool.roi_pool_with_argmax, []

    def computed(*args, backend, **options):
        asked.append(backend)
        return pool_with_argmax(*args, **options, backend="numpy")

    def pretend(status, wait=lambda: None):
        def backend_status():
            wait()
            return status

        monkeypatch.setattr(roipool, "roi_pool_with_argmax", computed)
        monkeypatch.setattr(roipool, "backend_status", backend_status)
        backend.asked.cache_clear()
        pool.cache_clear()
        return asked

    yield pretend
    backend.asked.cache_clear()
    pool.cache_clear()
