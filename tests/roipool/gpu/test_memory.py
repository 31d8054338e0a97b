"""A card that is short of memory."""

import numpy as np
import pytest

from roipool import roi_pool, roi_pool_with_argmax
from roipool.backends import cupy as kernels
from tests.common import bits
from tests.roipool.gpu.cases import boxes_of, maps_of

pytestmark = pytest.mark.gpu


@pytest.fixture
def short_of_memory(cp):
    """``short_of_memory(size)``, after which the pool gives out no more than that."""
    pool = cp.get_default_memory_pool()
    before = pool.get_limit()
    pool.free_all_blocks()
    yield lambda size: pool.set_limit(size=size)
    pool.set_limit(size=before)
    pool.free_all_blocks()


def test_short_of_memory_the_boxes_are_taken_in_parts(cp, short_of_memory):
    maps, boxes = maps_of("normal", (1, 64, 30, 30), "float32"), boxes_of(400, 1, 30, 30)
    expected = roi_pool_with_argmax(maps, boxes, 7, backend="numpy")
    short_of_memory(4 * 2**20)
    found = roi_pool_with_argmax(maps, boxes, 7, backend="cupy")
    for ours, theirs in zip(found, expected, strict=True):
        np.testing.assert_array_equal(bits(ours), bits(theirs))


def test_without_memory_numpy_takes_over_and_says_so(cp, short_of_memory):
    maps, boxes = maps_of("normal", (1, 64, 30, 30), "float32"), boxes_of(40, 1, 30, 30)
    expected = roi_pool(maps, boxes, 7, backend="numpy")
    short_of_memory(2**16)
    with pytest.warns(RuntimeWarning, match="NumPy computed instead"):
        found = roi_pool(maps, boxes, 7, backend="cupy")
    np.testing.assert_array_equal(found, expected)


def test_a_result_that_does_not_fit_the_card_is_an_error(cp, short_of_memory):
    maps = cp.zeros((1, 64, 30, 30), dtype=np.float32)
    short_of_memory(cp.get_default_memory_pool().used_bytes() + 2**16)
    with pytest.raises(kernels.OutOfDeviceMemoryError, match="no room"):
        roi_pool(maps, boxes_of(400, 1, 30, 30), 7)
