"""Torch where it is installed, the function, and maps."""

import pytest


@pytest.fixture
def torch():
    return pytest.importorskip("torch", reason="roipool.torch is for whoever has torch")


@pytest.fixture
def pool(torch):
    from roipool.torch import roi_pool

    return roi_pool


@pytest.fixture
def maps(torch):
    """Two images of three channels; all cells differ, so that a small step moves no maximum."""
    cells = torch.randperm(2 * 3 * 9 * 11, generator=torch.Generator().manual_seed(0))
    return cells.double().reshape(2, 3, 9, 11) / 16
