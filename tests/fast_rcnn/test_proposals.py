"""Proposals: by selective search, and those that stand in for it in training."""

import numpy as np
import pytest

from app.fast_rcnn.boxes import overlaps
from app.fast_rcnn.pictures import SIDE, picture
from app.fast_rcnn.proposals import recall, scattered, selective_search


def test_a_shape_on_a_plain_ground_is_proposed():
    pixels = np.full((80, 100, 3), 200, np.uint8)
    pixels[20:51, 30:71] = (200, 20, 20)
    found = selective_search(pixels)
    assert overlaps(found, np.float32([[30, 20, 70, 50]])).max() > 0.9


def test_a_plain_picture_has_nothing_to_propose_but_itself():
    found = selective_search(np.full((64, 64, 3), 255, np.uint8))
    assert all(box.tolist() == [0, 0, 63, 63] for box in found)


def test_the_list_is_the_same_each_time_largest_first_and_without_doubles():
    pixels = picture(5).pixels
    first, second = selective_search(pixels), selective_search(pixels)
    np.testing.assert_array_equal(first, second)
    sides = first[:, 2:] - first[:, :2] + 1
    assert (np.diff(sides.prod(axis=1)) <= 0).all()
    assert len(np.unique(first, axis=0)) == len(first)
    np.testing.assert_array_equal(selective_search(pixels, most=7), first[:7])


def test_proposals_find_nearly_everything_on_made_pictures():
    found = [recall(selective_search(made.pixels), made.boxes) for made in map(picture, range(12))]
    assert np.mean(found) > 0.9


def test_recall_is_the_share_of_objects_that_a_box_overlaps_by_half():
    objects = np.float32([[0, 0, 9, 9], [20, 20, 29, 29]])
    assert recall(np.float32([[0, 0, 9, 4]]), objects) == 0.5
    assert recall(np.float32([[0, 0, 9, 3]]), objects) == 0
    assert recall(np.zeros((0, 4), np.float32), objects) == 0


@pytest.mark.parametrize("objects", [0, 1, 4])
def test_scattered_boxes_lie_around_objects_and_elsewhere(objects):
    rng = np.random.default_rng(0)
    boxes = np.float32([[10, 10, 40, 40], [60, 60, 90, 95], [5, 80, 30, 110], [80, 5, 120, 40]])
    found = scattered(rng, boxes[:objects], SIDE)
    assert len(found) >= 10
    assert (found >= 0).all()
    assert (found < SIDE).all()
    assert (found[:, 2:] - found[:, :2] >= 7).all()
    if objects:
        shared = overlaps(found, boxes[:objects])
        assert (shared.max(axis=0) > 0.5).all()
        assert (shared.max(axis=1) < 0.1).any()
