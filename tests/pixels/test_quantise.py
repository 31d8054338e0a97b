"""What becomes of a box on its way to cells, in areas and in words."""

from dataclasses import replace

import numpy as np
import pytest

from app.pixels.controls import with_stride
from app.pixels.quantise import quantise, sentence
from roipool import PRESETS, bin_edges
from tests.pixels.boxes import EN, IMAGE, START, boxed


@pytest.mark.parametrize("convention", PRESETS)
@pytest.mark.parametrize("stride", [16, 7, 32])
def test_areas_are_what_counting_squares_of_a_pixel_gives(convention, stride):
    exercise = replace(with_stride(START, stride, IMAGE), convention=convention)
    random = np.random.default_rng(stride)
    for _ in range(12):
        x1, x2 = np.sort(random.choice(IMAGE[1] + 1, 2, replace=False))
        y1, y2 = np.sort(random.choice(IMAGE[0] + 1, 2, replace=False))
        box = [0, x1, y1, x2, y2]
        bins = bin_edges([box], 1, exercise.size, 1 / stride, convention)
        rows, cols = (count * stride for count in exercise.size)
        inside, touched = np.zeros((2, rows, cols), dtype=bool)
        inside[y1:y2, x1:x2] = True
        (top, bottom), (left, right) = (
            np.maximum(span[0], 0) * stride for span in (bins.rows, bins.cols)
        )
        touched[top:bottom, left:right] = True
        found = quantise(exercise, box)
        assert found.lost.item() == np.sum(inside & ~touched)
        assert found.taken.item() == np.sum(touched & ~inside)
        assert found.area.item() == np.sum(inside)


def test_drift_is_how_far_each_edge_moves():
    assert quantise(START).drift.tolist() == [[8, 8, 9, 9]]


def test_a_box_may_lie_between_pixels():
    found = quantise(boxed(15.5, 16, 32, 32, convention="article"))
    assert (found.lost.item(), found.taken.item()) == (8, 0)


@pytest.mark.parametrize(
    ("box", "convention", "said"),
    [
        (
            (40, 24, 151, 119),
            "fast_rcnn",
            "The box is 111 × 95 px. On the map it becomes 7 × 6 cells, which are 112 × 96 px: "
            "15% of it is lost, and 17% is taken in that it never covered.",
        ),
        (
            (16, 32, 48, 96),
            "article",
            "The box is 32 × 64 px and falls on 2 × 4 cells exactly: nothing is lost and nothing "
            "is taken in.",
        ),
        (
            (1, 1, 5.25, 7),
            "article",
            "The box is 4.3 × 6 px, and rounding leaves no cell of it: all of it is lost.",
        ),
    ],
)
def test_the_sentence_says_what_becomes_of_the_box(box, convention, said):
    assert sentence(boxed(*box, convention=convention), EN) == said


def test_no_box_needs_no_sentence():
    assert sentence(replace(START, boxes=()), EN) == ""
