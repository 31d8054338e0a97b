"""CuPy, for the tests that run on a card."""

import pytest

from roipool import backend_status


@pytest.fixture(scope="module")
def cp():
    """CuPy, where there is a card for it."""
    status = backend_status()
    if status.backend != "cupy":
        pytest.skip(f"no GPU can be used: {status.reason}")
    import cupy

    return cupy
