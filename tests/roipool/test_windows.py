"""Many boxes are looked up in tables, a few are scanned: the two ways agree to the last bit."""

import contextlib
import math
import tracemalloc
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roipool import PRESETS, roi_pool, roi_pool_with_argmax
from roipool.backends import window_plan, windows
from tests import sampling
from tests.common import bits

SIGNALLING = np.array([0x7FA00000], np.uint32).view(np.float32)[0]
SPECIAL = [0.0, -0.0, np.nan, -np.nan, np.inf, -np.inf, 1.5, -1.5, 1e-40, -3e38]


def maps_of(shape, dtype=np.float32, seed=1, special=0.1):
    """Random maps with ties and, here and there, each value that is easily got wrong."""
    random = np.random.default_rng(seed)
    maps = np.round(random.standard_normal(shape), 1).astype(dtype)
    odd = random.random(shape) < special
    maps[odd] = random.choice(np.array(SPECIAL, dtype), int(odd.sum()))
    return maps


def boxes_on(maps, count, seed=1):
    """Boxes of every size, some over the edge of the map, some upside down, of mixed images."""
    random = np.random.default_rng(seed)
    images, _, height, width = maps.shape
    corners = random.uniform(-0.2, 1.2, (count, 4)) * [width, height, width, height]
    corners = np.where(random.random((count, 1)) < 0.9, np.sort(corners[:, [0, 2, 1, 3]]), corners)
    x = np.sort(corners[:, :2], axis=1)
    y = np.sort(corners[:, 2:], axis=1)
    y[::7] = y[::7, ::-1]
    image = random.integers(0, images, count)
    return np.column_stack([image, x[:, 0], y[:, 0], x[:, 1], y[:, 1]])


@contextlib.contextmanager
def looked_up(**limits):
    """As if a scan took for ever; with the modules' limits changed."""
    with contextlib.ExitStack() as patches:
        scan = mock.patch.object(windows.Crop, "scan_cost", return_value=math.inf)
        patches.enter_context(scan)
        for name, value in limits.items():
            module = windows if hasattr(windows, name) else window_plan
            patches.enter_context(mock.patch.object(module, name, value))
        yield


def assert_same_together_and_alone(maps, boxes, output_size, convention, **limits):
    """One call for all boxes, by tables, against a call for each box, which scans."""
    with looked_up(**limits):
        together, places = roi_pool_with_argmax(maps, boxes, output_size, convention=convention)
        values = roi_pool(maps, boxes, output_size, convention=convention)
    np.testing.assert_array_equal(bits(values), bits(together))
    for n, box in enumerate(boxes):
        alone, place = roi_pool_with_argmax(maps, box[None], output_size, convention=convention)
        np.testing.assert_array_equal(bits(together[n]), bits(alone[0]))
        np.testing.assert_array_equal(places[n], place[0])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("convention", PRESETS)
def test_many_boxes_give_what_each_gives_alone(convention, dtype):
    maps = maps_of((3, 5, 13, 17), dtype)
    assert_same_together_and_alone(maps, boxes_on(maps, 60), (4, 3), convention)


@settings(deadline=None, max_examples=sampling.examples(40))
@given(
    images=st.integers(1, 3),
    # Blocks of 8 and of 32 channels, whole and not.
    channels=st.sampled_from([1, 2, 7, 8, 9, 31, 33, 65]),
    size=st.tuples(st.integers(1, 40), st.integers(1, 40)),
    output_size=st.sampled_from([(1, 1), (1, 7), (7, 1), (2, 5), (4, 4)]),
    count=st.integers(5, 90),
    seed=st.integers(0, 2**16),
)
def test_any_number_of_channels_bins_and_boxes(images, channels, size, output_size, count, seed):
    maps = maps_of((images, channels, *size), seed=seed)
    boxes = boxes_on(maps, count, seed)
    for convention in ("article", "fast_rcnn"):
        assert_same_together_and_alone(maps, boxes, output_size, convention)


def test_a_map_of_more_cells_than_sixteen_bits_can_number():
    maps = maps_of((1, 2, 300, 260))
    assert maps[0, 0].size > 65_535
    boxes = boxes_on(maps, 150)
    boxes[0] = [0, 0, 0, 260, 300]
    assert_same_together_and_alone(maps, boxes, (4, 4), "article")


@pytest.mark.parametrize(
    "limits",
    [
        {"_BINS_AT_ONCE": 100},
        {"_FOUND_AT_ONCE": 100},
        {"_TABLE_BYTES": 1 << 13},
        {"_BINS_AT_ONCE": 1, "_FOUND_AT_ONCE": 1, "_TABLE_BYTES": 1},
    ],
    ids=str,
)
def test_work_is_cut_into_parts_of_any_size(limits):
    maps = maps_of((2, 37, 20, 23))
    assert_same_together_and_alone(maps, boxes_on(maps, 40), (4, 3), "torchvision", **limits)


@pytest.mark.parametrize("convention", PRESETS)
def test_what_is_left_to_be_scanned_is_scanned(convention):
    # Of two images with as many boxes, the tables of one are said to be too dear.
    maps = maps_of((2, 3, 13, 17))
    boxes = np.concatenate([[[0, 0, 0, 17, 13]], boxes_on(maps, 40)])
    expected = roi_pool_with_argmax(maps, boxes, (4, 3), convention=convention)
    left = []

    def dear_once(crop, *_):
        left.append(crop)
        return math.inf if len(left) % 2 else -1.0

    with mock.patch.object(windows.Crop, "scan_cost", dear_once):
        found = roi_pool_with_argmax(maps, boxes, (4, 3), convention=convention)
    assert len(left) == 2
    for ours, theirs in zip(found, expected, strict=True):
        np.testing.assert_array_equal(bits(ours), bits(theirs))


def test_tables_are_not_built_where_they_would_fill_the_memory():
    maps = maps_of((1, 1, 1000, 1000), special=0)
    boxes = boxes_on(maps, 30)
    with mock.patch.object(window_plan, "_MOST_TABLE_BYTES", 1 << 20):
        tracemalloc.start()
        try:
            roi_pool_with_argmax(maps, boxes, 7)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 5 * maps.nbytes


@pytest.mark.parametrize("channels", [1, 7, 17])
def test_a_signalling_nan_never_wins_where_nan_does_not(channels):
    # NumPy's fmax takes it for a number or not, by where in an array it lies.
    maps = np.full((1, channels, 3, 3), SIGNALLING)
    maps[0, :, 1, 1] = 2
    for boxes in ([[0, 0, 0, 2, 2]], [[0, 0, 0, 2, 2]] * 40):
        with looked_up():
            output, argmax = roi_pool_with_argmax(maps, boxes, 1, convention="torchvision")
        assert (output == 2).all()
        assert (argmax == 4).all()


def test_boxes_that_lie_outside_the_map_are_empty_however_many_they_are():
    boxes = np.tile([0, 100.0, 100, 120, 130], (50, 1))
    output, argmax = roi_pool_with_argmax(maps_of((1, 3, 9, 9)), boxes, 3)
    assert not output.any()
    assert (argmax == -1).all()


@pytest.mark.parametrize("function", [roi_pool, roi_pool_with_argmax])
def test_a_maximum_of_zero_is_positive_zero(function):
    maps = np.full((1, 2, 6, 6), -0.0, np.float32)
    for boxes in ([[0, 0, 0, 6, 6]], [[0, 0, 0, 6, 6]] * 30):
        output = function(maps, boxes, 2)
        output = output if isinstance(output, np.ndarray) else output[0]
        assert not np.signbit(output).any()


@pytest.mark.parametrize("function", [roi_pool, roi_pool_with_argmax])
def test_working_memory_stays_under_three_times_the_result(function):
    maps = maps_of((1, 64, 38, 50), special=0)
    boxes = boxes_on(maps, 2000)
    function(maps, boxes, 7)
    tracemalloc.start()
    try:
        result = function(maps, boxes, 7)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    size = sum(a.nbytes for a in (result if isinstance(result, tuple) else (result,)))
    assert size > 20e6
    assert peak - size < 3 * size
