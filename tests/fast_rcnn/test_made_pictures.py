"""Made pictures: the same for a seed, their boxes tight around shapes that can be seen."""

import numpy as np
import pytest

from app.fast_rcnn import pictures
from app.fast_rcnn.pictures import CLASSES, SIDE, picture
from app.fast_rcnn.training import HELD_OUT

SOME = range(40)


@pytest.fixture(scope="module")
def made():
    return [picture(seed) for seed in SOME]


def test_a_seed_gives_the_same_picture_each_time():
    first, second, other = picture(3), picture(3), picture(4)
    np.testing.assert_array_equal(first.pixels, second.pixels)
    np.testing.assert_array_equal(first.boxes, second.boxes)
    assert not np.array_equal(first.pixels, other.pixels)


def test_pictures_show_one_to_six_objects_within_them(made):
    for each in made:
        assert each.pixels.shape == (SIDE, SIDE, 3)
        assert 1 <= len(each.boxes) == len(each.labels) <= 6
        assert (each.boxes >= 0).all()
        assert (each.boxes < SIDE).all()
        assert (each.boxes[:, 2:] > each.boxes[:, :2]).all()


def test_all_classes_sizes_and_overlaps_occur(made):
    labels = np.concatenate([each.labels for each in made])
    boxes = np.concatenate([each.boxes for each in made])
    sides = (boxes[:, 2:] - boxes[:, :2]).max(axis=1)
    assert set(labels) == set(range(1, 1 + len(CLASSES)))
    assert sides.min() < 24
    assert sides.max() > 48
    assert any(_overlapping(each.boxes) for each in made)


def _overlapping(boxes):
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    return (high > low).all(axis=-1).sum() > len(boxes)


def test_a_box_is_tight_around_its_shape():
    mask = np.zeros((SIDE, SIDE), bool)
    mask[5:9, 20:31] = True
    assert pictures._box(mask) == [20, 5, 30, 8]


def test_held_out_pictures_are_not_those_of_the_training():
    assert max(HELD_OUT) < 2_000_000
