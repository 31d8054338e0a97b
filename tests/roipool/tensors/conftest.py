"""Torch where it is installed, the function, and maps."""

from functools import partial

import pytest


@pytest.fixture
def torch():
    return pytest.importorskip("torch", reason="roipool.torch is for whoever has torch")


@pytest.fixture
def pool(torch):
    from roipool.torch import roi_pool

    return roi_pool


@pytest.fixture
def align(torch):
    from roipool.torch import roi_align

    return roi_align


@pytest.fixture(params=["pool", "align"])
def operation(request):
    """The two, each with arguments of its own: of maps, boxes and an output size."""
    function = request.getfixturevalue(request.param)
    options = {"pool": {"convention": "torchvision"}, "align": {"sampling_ratio": 2}}
    return partial(function, **options[request.param])


@pytest.fixture
def maps(torch):
    """Two images of three channels; all cells differ, so that a small step moves no maximum."""
    cells = torch.randperm(2 * 3 * 9 * 11, generator=torch.Generator().manual_seed(0))
    return cells.double().reshape(2, 3, 9, 11) / 16
