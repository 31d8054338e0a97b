"""Boxes in pixels: overlaps, moves and back, non-maximum suppression."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.fast_rcnn.boxes import areas, moved, moves, non_maximum_suppression, overlaps

SIDE = 40


@st.composite
def boxes(draw, most=6):
    places = st.integers(0, SIDE - 1)
    rows = draw(st.lists(st.tuples(places, places, places, places), min_size=1, max_size=most))
    return np.array(
        [[min(a, c), min(b, d), max(a, c), max(b, d)] for a, b, c, d in rows], np.float32
    )


def pixels_of(box):
    x1, y1, x2, y2 = box.astype(int)
    mask = np.zeros((SIDE, SIDE), bool)
    mask[y1 : y2 + 1, x1 : x2 + 1] = True
    return mask


@given(boxes(most=3), boxes(most=3))
def test_overlap_is_shared_pixels_of_all_pixels(first, second):
    for n, m in np.ndindex(len(first), len(second)):
        a, b = pixels_of(first[n]), pixels_of(second[m])
        assert overlaps(first, second)[n, m] == pytest.approx((a & b).sum() / (a | b).sum())
        assert areas(first)[n] == a.sum()


@given(boxes(), st.randoms(use_true_random=False))
def test_moving_a_box_by_its_target_gives_the_target(some, random):
    random.shuffle(rows := some.tolist())
    targets = np.array(rows, np.float32)
    sides = [(box[:, 2:] - box[:, :2] + 1) for box in (some, targets)]
    growth = np.abs(np.log(sides[1] / sides[0])).max()
    assume(growth < np.log(8))  # further no box is let grow or shrink, as is tested below
    np.testing.assert_allclose(
        moved(some, moves(some, targets), SIDE, SIDE), targets, rtol=1e-4, atol=1e-3
    )


def test_a_moved_box_stays_in_the_picture_and_is_finite():
    box = np.float32([[2, 2, 9, 9]])
    far = moved(box, np.float32([[-900, 900, 9000, 9000]]), 30, 50)
    assert np.isfinite(far).all()
    assert (far[0, :2] >= 0).all()
    assert (far[0] <= [49, 29, 49, 29]).all()


def brute_force_suppression(some, scores, most):
    kept = []
    for n in sorted(range(len(some)), key=lambda n: -scores[n]):
        if all(overlaps(some[n : n + 1], some[k : k + 1])[0, 0] <= most for k in kept):
            kept.append(n)
    return kept


@given(boxes(most=12), st.floats(0, 1), st.randoms(use_true_random=False))
def test_suppression_keeps_what_overlaps_nothing_better(some, most, random):
    scores = np.array([random.random() for _ in some], np.float32)
    assert non_maximum_suppression(some, scores, most) == brute_force_suppression(
        some, scores, most
    )


def test_nothing_suppressed_is_nothing():
    assert non_maximum_suppression(np.zeros((0, 4), np.float32), np.zeros(0, np.float32), 0.3) == []
