"""Every forward kernel equals the oracle, bit for bit."""

import dataclasses

import numpy as np
import pytest

from roipool import PRESETS, get_convention
from roipool.conventions import DTYPE_LOWEST
from roipool.frameworks import FRAMEWORKS
from tests import sampling
from tests.roipool.cuda.cases import (
    BAD_BOXES,
    DTYPES,
    ODD_BOXES,
    PLANS,
    boxes_of,
    check_forward,
    every_choice,
    maps_of,
)

KINDS = ("ties", "special", "zeros", "nan", "low", "normal")


@pytest.mark.sampled(8)
@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("preset", PRESETS)
def test_maps_and_boxes_of_every_kind(cp, plan, dtype, preset):
    for seed, kind in enumerate(KINDS):
        maps = maps_of(kind, (2, 3, 11, 9), dtype, seed)
        boxes = np.concatenate(
            [boxes_of(7, 2, 11, 9, seed), ODD_BOXES[seed::3], BAD_BOXES[seed::3]]
        )
        check_forward(cp, plan, maps, boxes, (3, 2), 1.0, preset)


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_frameworks_on_maps_of_every_kind(cp, plan, dtype, framework):
    for seed, kind in enumerate(("special", "nan", "low", "normal")):
        maps = maps_of(kind, (2, 3, 11, 9), dtype, seed)
        boxes = np.concatenate([boxes_of(5, 2, 11, 9, seed), ODD_BOXES[seed::5]])
        check_forward(cp, plan, maps, boxes, (3, 2), 0.7, framework)


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("channels", [1, 31, 32, 33, 65, 130])
def test_channels_that_do_not_fill_the_tiles(cp, plan, channels):
    maps = maps_of("ties", (2, channels, 5, 7), "float32")
    check_forward(cp, plan, maps, boxes_of(3, 2, 5, 7), (2, 2), 1.0, "fast_rcnn")


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize(
    ("size", "output_size"),
    [
        ((1, 1), (2, 2)),
        ((1, 70), (1, 9)),
        ((70, 1), (9, 1)),
        ((40, 33), (1, 1)),
        ((9, 9), (20, 20)),
    ],
)
def test_sizes_that_do_not_fill_the_tiles(cp, plan, size, output_size):
    for dtype in DTYPES:
        maps = maps_of("ties", (1, 34, *size), dtype)
        boxes = np.concatenate([boxes_of(2, 1, *size), ODD_BOXES[:2]])
        check_forward(cp, plan, maps, boxes, output_size, 1.0, "chainer_roi_pooling_2d")


@pytest.mark.parametrize("plan", PLANS)
def test_more_bins_than_a_block_stages_at_once(cp, plan):
    maps = maps_of("ties", (1, 40, 30, 30), "float64")
    check_forward(cp, plan, maps, boxes_of(2, 1, 30, 30), (13, 17), 1.0, "mmcv")


@pytest.mark.parametrize("plan", PLANS)
def test_a_box_far_larger_than_the_map_has_bins_larger_than_its_windows(cp, plan):
    maps = maps_of("ties", (1, 32, 30, 40), "float32")
    maps[0, :, 17, 23] = np.arange(32)
    boxes = np.array([[0, -300, -300, 300, 400], [0, -100, 2, 139, 9], [0, 5, -90, 8, 119.0]])
    check_forward(cp, plan, maps, boxes, (6, 5), 1.0, "fast_rcnn")


@pytest.mark.parametrize("plan", PLANS)
def test_every_start_of_the_scan_and_every_empty_value(cp, plan):
    starts = (None, DTYPE_LOWEST, -1e9, -1.0, 0.0, -0.0, 0.5, float("inf"))
    for lowest in starts:
        for empty in (0.0, float("-inf"), float("nan"), -2.5):
            convention = dataclasses.replace(
                get_convention("fast_rcnn"),
                name=f"from {lowest}",
                lowest=lowest,
                empty_value=empty,
                empty_argmax=-7,
                degenerate_argmax=5,
                min_cells=0,
            )
            for dtype in DTYPES:
                maps = maps_of("special", (1, 2, 6, 6), dtype, seed=3)
                check_forward(cp, plan, maps, boxes_of(8, 1, 6, 6, 5), (2, 2), 1.0, convention)


def test_every_combination_of_choices(cp):
    maps = maps_of("ties", (1, 2, 9, 9), "float32")
    boxes = boxes_of(6, 1, 9, 9)
    choices = enumerate(every_choice(get_convention("fast_rcnn")))
    for number, convention in sampling.of(choices, 24):
        check_forward(cp, PLANS[number % 3], maps, boxes, (3, 2), 0.8, convention)


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize(
    ("shape", "count"), [((1, 4, 5, 5), 0), ((1, 0, 5, 5), 3), ((0, 4, 5, 5), 0)]
)
def test_nothing_to_do_launches_nothing(cp, plan, shape, count):
    boxes = np.zeros((count, 5))
    check_forward(cp, plan, np.zeros(shape, np.float32), boxes, (2, 2), 1.0, "article")
    assert cp.launched == []


@pytest.mark.sampled(4)
@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_no_kernel_races_or_leaves_its_arrays(watched_cp, plan, dtype):
    maps = maps_of("special", (2, 33, 9, 8), dtype)
    boxes = np.concatenate([boxes_of(2, 2, 9, 8), ODD_BOXES[::4], BAD_BOXES[::4]])
    check_forward(watched_cp, plan, maps, boxes, (3, 3), 1.0, "fast_rcnn")


@pytest.mark.parametrize("plan", ["cells", "windows"])
def test_no_kernel_races_when_a_block_takes_its_bins_in_parts(watched_cp, plan):
    maps = maps_of("ties", (1, 35, 6, 6), "float32")
    check_forward(watched_cp, plan, maps, boxes_of(2, 1, 6, 6), (18, 17), 1.0, "fast_rcnn")
