"""An explanation says what it makes of other inputs."""

import pickle

import numpy as np
import pytest

from roipool import PRESETS, RoIPoolError, article, identify, roi_align, roi_pool
from tests.common import Tensor


def instance(seed, images=2, channels=2, size=(15, 19), count=9, stride=1.0):
    """Maps and well-formed boxes in units of `stride` to a cell."""
    rng = np.random.default_rng(seed)
    maps = rng.random((images, channels, *size))
    start = rng.uniform(0, np.array(size[::-1]) * 0.6, (count, 2))
    stop = start + rng.uniform(2, np.array(size[::-1]) * 0.4, (count, 2))
    boxes = np.column_stack([rng.integers(0, images, count), stride * start, stride * stop])
    return maps, boxes.round(1)


def swapped(boxes):
    return boxes[:, [0, 2, 1, 4, 3]]


MISREADINGS = {
    "as_given": lambda boxes, scale: (boxes, scale),
    "swapped_xy": lambda boxes, scale: (swapped(boxes), scale),
    "ends": lambda boxes, scale: (boxes + np.array([0, 0, 0, 1, 1]), scale),
    "ends_by_a_cell": lambda boxes, scale: (boxes + np.array([0, 0, 0, 1, 1]) / scale, scale),
    "offset_by_cells": lambda boxes, scale: (boxes - np.array([0, 1, 1, 1, 1]) / 2 / scale, scale),
    "scale_forgotten": lambda boxes, scale: (boxes, 1.0),
    "xywh": lambda boxes, scale: (np.hstack([boxes[:, :3], boxes[:, 1:3] + boxes[:, 3:]]), scale),
    "one_image": lambda boxes, scale: (boxes * [0, 1, 1, 1, 1], scale),
}


@pytest.mark.sampled(8)
@pytest.mark.parametrize("convention", ["article", "mmcv", "chainer_roi_pooling_2d"])
@pytest.mark.parametrize("reading", MISREADINGS)
def test_explanation_makes_the_output_of_other_inputs_at_another_scale(reading, convention):
    misread = MISREADINGS[reading]

    def made(maps, boxes, size, scale):
        return roi_pool(maps, *_order(misread(boxes, scale), size), convention=convention)

    maps, boxes = instance(1, stride=16.0)
    found = identify(maps, boxes, made(maps, boxes, (3, 2), 1 / 16), 1 / 16)
    match = next(m for m in found if (m.name, m.reading.key) == (convention, reading))
    assert match.differing == 0
    others, more = instance(2, images=3, size=(21, 17), count=5, stride=8.0)
    for one in (match, pickle.loads(pickle.dumps(match))):
        output = one.pool(others, more, (2, 4), 1 / 8)
        np.testing.assert_array_equal(output, made(others, more, (2, 4), 1 / 8), strict=True)


def _order(called, size):
    boxes, scale = called
    return boxes, size, scale


def test_explanation_of_a_transposed_output_makes_transposed_outputs():
    maps, boxes = instance(3)
    output = roi_pool(maps, boxes, (2, 5), convention="torchvision").swapaxes(2, 3)
    match = identify(maps, boxes, output)[0]
    assert match.reading.key == "transposed"
    others, more = instance(4, channels=3)
    expected = roi_pool(others, more, (4, 3), convention="torchvision").swapaxes(2, 3)
    np.testing.assert_array_equal(match.pool(others, more, (3, 4)), expected)


def test_explanation_by_roi_align_samples():
    maps, boxes = instance(5)
    match = identify(maps, boxes, roi_align(maps, boxes, 3, aligned=True))[0]
    others, more = instance(6)
    output = match.pool(others, more, 2)
    np.testing.assert_array_equal(output, roi_align(others, more, 2, aligned=True))


def test_explanation_of_boxes_without_batch_index_takes_such_boxes():
    maps, boxes = instance(7, images=1)
    match = identify(maps, boxes[:, 1:], roi_pool(maps, boxes, 2))[0]
    others, more = instance(8, images=1)
    expected = roi_pool(others, more, 3)
    np.testing.assert_array_equal(match.pool(others, more[:, 1:], 3), expected)
    np.testing.assert_array_equal(match.pool(Tensor(others), more, 3), expected)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((article.FEATURE_MAP[0], article.BOXES, 2), "input has shape"),
        ((article.FEATURE_MAP, article.BOXES + 1, 2), "box 0 has batch_index = 1"),
        ((article.FEATURE_MAP, article.BOXES, 0), "output_size is 0"),
        ((article.FEATURE_MAP, article.BOXES, 2, -1), "spatial_scale is -1"),
    ],
)
def test_what_cannot_be_pooled_is_an_error_that_says_why(arguments, message):
    for match in identify(article.FEATURE_MAP, article.BOXES, article.OUTPUT):
        with pytest.raises(RoIPoolError, match=message):
            match.pool(*arguments)


def test_every_preset_pools_as_roi_pool_does():
    maps, boxes = instance(9)
    for match in identify(maps, boxes, np.full((9, 2, 2, 2), 7.5)):
        others, more = instance(10)
        expected = roi_pool(others, more, 3, convention=match.convention)
        np.testing.assert_array_equal(match.pool(others, more, 3), expected)
        assert match.name in PRESETS
