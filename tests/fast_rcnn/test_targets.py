"""What the head is taught of a proposal."""

import numpy as np

from app.fast_rcnn.boxes import moved, overlaps
from app.fast_rcnn.pictures import SIDE, Picture
from app.fast_rcnn.targets import ON_OBJECT, sample

OBJECTS = np.float32([[10, 10, 39, 39], [70, 60, 109, 99]])
LABELS = np.array([2, 5])
PICTURE = Picture(np.zeros((SIDE, SIDE, 3), np.uint8), OBJECTS, LABELS)
NOTHING = Picture(
    np.zeros((SIDE, SIDE, 3), np.uint8), np.zeros((0, 4), np.float32), np.zeros(0, np.int64)
)
PROPOSALS = np.float32(
    [[12, 8, 41, 37]] * 20
    + [[10, 10, 39, 24]] * 5
    + [[5, 5, 20, 20]] * 40
    + [[100, 0, 120, 9]] * 40
)


def drawn(picture=PICTURE, proposals=PROPOSALS, count=32):
    return sample(np.random.default_rng(1), proposals, picture, count)


def test_a_proposal_has_the_class_of_what_it_lies_on_by_a_half_at_least():
    targets = drawn()
    shared = overlaps(targets.boxes, OBJECTS)
    for label, row in zip(targets.labels, shared, strict=True):
        assert label == (LABELS[row.argmax()] if row.max() >= ON_OBJECT else 0)


def test_half_lie_on_objects_and_the_rest_near_them_before_elsewhere():
    targets = drawn()
    assert len(targets.boxes) == 32
    assert (targets.labels > 0).sum() == 16
    shared = overlaps(targets.boxes, OBJECTS).max(axis=1)
    assert (shared[targets.labels == 0] >= 0.1).all()
    few = drawn(proposals=PROPOSALS[-40:])
    assert (overlaps(few.boxes, OBJECTS).max(axis=1) == 0).sum() == 30


def test_the_move_of_a_proposal_leads_to_its_object():
    targets = drawn()
    on = targets.labels == 2
    there = moved(targets.boxes[on], targets.moves[on], SIDE, SIDE)
    np.testing.assert_allclose(there, np.tile(OBJECTS[0], (on.sum(), 1)), atol=1e-3)


def test_a_picture_of_nothing_teaches_background():
    targets = drawn(NOTHING)
    assert len(targets.boxes) == 32
    assert not targets.labels.any()


def test_objects_are_taught_without_any_proposal():
    targets = drawn(proposals=np.zeros((0, 4), np.float32))
    assert sorted(targets.labels) == [2, 5]
    np.testing.assert_allclose(targets.moves, 0, atol=1e-6)
