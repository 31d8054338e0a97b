"""Coordinates that are cut off, as int(x / 16) does, and those that are rounded outward."""

import math
from dataclasses import replace

import numpy as np
import pytest

from roipool import PRESETS, bin_edges, get_convention, identify, roi_pool
from tests.roipool.test_match_pool import instance


def rounded(preset, rounding):
    return replace(get_convention(preset), name="other", rounding=rounding)


@pytest.mark.parametrize(
    ("rounding", "first", "last"),
    [("floor", math.floor, math.floor), ("outward", math.floor, math.ceil)],
)
@pytest.mark.parametrize("preset", ["article", "fast_rcnn"])
def test_a_box_is_the_cells_that_its_rounded_corners_name(preset, rounding, first, last):
    corners = np.random.default_rng(0).uniform(-40, 300, (200, 4)).round(1)
    corners[:50] = corners[:50].round()
    boxes = np.column_stack([np.zeros(200), np.sort(corners[:, :2]), np.sort(corners[:, 2:])])
    boxes = boxes[:, [0, 1, 3, 2, 4]]
    convention = rounded(preset, rounding)
    bins = bin_edges(boxes, 1, None, 1 / 16, convention)
    for n, box in enumerate(boxes.tolist()):
        end = last(box[4] / 16) + convention.end_offset
        stop = max(end, first(box[2] / 16) + convention.min_cells)
        assert (bins.y0[n, 0], bins.y1[n, 0]) == (first(box[2] / 16), stop)


def test_below_zero_rounding_down_goes_on_downwards():
    bins = bin_edges([[0, -0.5, -1.5, 2.5, 3.5]], 1, None, 1.0, rounded("article", "floor"))
    assert (bins.x0.item(), bins.y0.item(), bins.x1.item(), bins.y1.item()) == (-1, -2, 2, 3)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("preset", sorted(set(PRESETS) - {"mmcv"}))
@pytest.mark.parametrize("stride", [8, 16, 10])
def test_rounding_down_is_named_and_pools_on(preset, stride):
    maps, boxes = instance(stride, stride=stride)
    convention = rounded(preset, "floor")
    output = roi_pool(maps, boxes, 3, 1 / stride, convention=convention)
    matches = identify(maps, boxes, output, 1 / stride)
    assert matches[0].differing == 0
    best = [match for match in matches if match.rank == 1]
    match = next(one for one in best if one.name == preset)
    assert (match.reading.key, dict(match.rule.choices)) == ("as_given", {"rounding": "floor"})
    others, more = instance(stride + 1, stride=stride)
    for one in best:
        np.testing.assert_array_equal(
            one.pool(others, more, 3, 1 / stride),
            roi_pool(others, more, 3, 1 / stride, convention=convention),
        )


@pytest.mark.parametrize("preset", ["fast_rcnn", "article"])
def test_rounding_down_of_swapped_columns_is_named(preset):
    maps, boxes = instance(4, stride=16)
    convention = rounded(preset, "floor")
    output = roi_pool(maps, boxes[:, [0, 2, 1, 4, 3]], 3, 1 / 16, convention=convention)
    matches = identify(maps, boxes, output, 1 / 16)
    found = [(m.name, m.reading.key, dict(m.rule.choices)) for m in matches if not m.differing]
    assert (preset, "swapped_xy", {"rounding": "floor"}) in found
    assert matches[0].rank == 1
