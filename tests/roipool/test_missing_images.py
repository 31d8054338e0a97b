"""Boxes that name no image: refused, but under MXNet's convention without cells."""

from dataclasses import replace

import numpy as np
import pytest

from roipool import (
    PRESETS,
    RoIPoolError,
    bin_edges,
    get_convention,
    roi_pool,
    roi_pool_backward,
    roi_pool_with_argmax,
)

MAPS = np.random.default_rng(3).normal(size=(2, 3, 9, 11))
# As a batch of two images is padded, and an image that is not there.
PADDED = np.array(
    [[0, 1, 1, 7, 8], [-1, 0, 0, 5, 5], [1, 2, 2, 9, 5], [-1, 0, 0, 0, 0], [2, 0, 0, 5, 5]], float
)
REAL = [0, 2]


@pytest.mark.parametrize("copies", [1, 40])  # scanned one by one, and looked up
@pytest.mark.parametrize("size", [1, (3, 2)])
def test_padding_is_empty_under_mxnets_name_and_other_boxes_are_as_ever(size, copies):
    boxes = np.tile(PADDED, (copies, 1))
    output, argmax = roi_pool_with_argmax(MAPS, boxes, size, convention="mxnet")
    real = np.isin(np.arange(len(boxes)) % 5, REAL)
    assert set(output[~real].flat) == {0}
    assert set(argmax[~real].flat) == {-1}
    expected = roi_pool_with_argmax(MAPS, boxes[real], size, convention="fast_rcnn")
    np.testing.assert_array_equal(output[real], expected[0])
    np.testing.assert_array_equal(argmax[real], expected[1])
    np.testing.assert_array_equal(roi_pool(MAPS, boxes, size, convention="mxnet"), output)
    means = roi_pool(MAPS, boxes, size, convention="mxnet", reduce="mean")
    assert set(means[~real].flat) == {0}
    assert means[real].all()


def test_the_gradient_of_padding_goes_nowhere():
    output, argmax = roi_pool_with_argmax(MAPS, PADDED, 2, convention="mxnet")
    grads = np.ones_like(output)
    found = roi_pool_backward(grads, argmax, PADDED, MAPS.shape)
    expected = roi_pool_backward(grads[REAL], argmax[REAL], PADDED[REAL], MAPS.shape)
    np.testing.assert_array_equal(found, expected)
    argmax[1, 0, 0, 0] = 0
    with pytest.raises(RoIPoolError, match="box 1 has batch_index = -1; expected a whole number"):
        roi_pool_backward(grads, argmax, PADDED, MAPS.shape)


def test_an_empty_batch_has_padding_alone():
    output = roi_pool(MAPS[:0], PADDED, 2, convention="mxnet")
    assert output.shape == (5, 3, 2, 2)
    assert not output.any()


def test_bins_of_padding_are_empty():
    bins = bin_edges(PADDED, 2, (9, 11), convention="mxnet")
    assert bins.empty.all(axis=(1, 2)).tolist() == [False, True, False, True, False]


def test_a_convention_of_ones_own_gives_padding_its_own_value():
    own = replace(PRESETS["article"], missing_image="empty", empty_value=5.0, empty_argmax=7)
    output, argmax = roi_pool_with_argmax(MAPS, PADDED[1:2], 1, convention=own)
    assert set(output.flat) == {5}
    assert set(argmax.flat) == {7}


@pytest.mark.parametrize("index", [-1, 2, 1e300])
@pytest.mark.parametrize("convention", PRESETS)
def test_under_every_other_name_they_are_refused(convention, index):
    with pytest.raises(RoIPoolError, match=r"batch_index = .*; expected a whole number in \[0, 2"):
        roi_pool(MAPS, [[index, 0, 3, 7, 8]], 2, convention=convention)
    assert not roi_pool(MAPS, [[index, 0, 3, 7, 8]], 2, convention="mxnet").any()


@pytest.mark.parametrize("index", [0.5, -0.5])
def test_an_index_that_is_not_whole_is_refused_under_mxnets_name_too(index):
    with pytest.raises(RoIPoolError, match=f"batch_index = {index}; expected a whole number, the"):
        roi_pool(MAPS, [[index, 0, 3, 7, 8]], 2, convention="mxnet")


def test_mxnet_cuts_as_fast_rcnn():
    mxnet = get_convention("mxnet")
    assert replace(mxnet, name="fast_rcnn", missing_image="error") == PRESETS["fast_rcnn"]


def test_what_a_missing_image_makes_of_a_box_is_one_of_two():
    with pytest.raises(RoIPoolError, match="missing_image is 'skip'; expected one of error, empty"):
        replace(PRESETS["article"], missing_image="skip")
