"""Average precision, worked out by hand."""

import numpy as np
import pytest

from app.fast_rcnn.detect import Detections
from app.fast_rcnn.evaluation import average_precisions, mean_average_precision
from app.fast_rcnn.pictures import Picture

A, B, C = [0, 0, 9, 9], [20, 20, 39, 39], [60, 60, 69, 69]


def there(*objects):
    boxes = np.float32([box for box, _ in objects]).reshape(-1, 4)
    return Picture(np.zeros((1, 1, 3), np.uint8), boxes, np.array([n for _, n in objects], int))


def found(*detections):
    none = np.zeros(0, np.float32)
    return Detections(
        features=none,
        pooled=none,
        probabilities=none,
        refined=none,
        boxes=np.float32([box for box, _, _ in detections]).reshape(-1, 4),
        labels=np.array([label for _, label, _ in detections], int),
        scores=np.float32([score for _, _, score in detections]),
        sources=np.zeros(len(detections), int),
        seconds={},
    )


def of_first(*results):
    return average_precisions(results)[0]


def test_everything_found_and_nothing_else_is_one():
    result = there((A, 1), (B, 2)), found((A, 1, 0.9), (B, 2, 0.2))
    assert average_precisions([result])[:2].tolist() == [1, 1]
    assert mean_average_precision([result]) == 1


def test_a_class_that_no_picture_shows_has_no_precision_and_counts_for_nothing():
    result = there((A, 1)), found((A, 1, 0.9), (B, 3, 0.9))
    assert np.isnan(average_precisions([result])[1:]).all()
    assert mean_average_precision([result]) == 1


def test_precision_is_the_best_that_is_reached_at_a_recall_or_beyond():
    # Right, wrong, right of three objects: precision 1 and then 2/3, and a third never found.
    result = (
        there((A, 1), (B, 1), (C, 1)),
        found((A, 1, 0.9), ([80, 0, 89, 9], 1, 0.8), (B, 1, 0.7)),
    )
    assert of_first(result) == pytest.approx((1 + 2 / 3) / 3)
    # A mistake before the first: both are reached at 2/3.
    worse = there((A, 1), (B, 1)), found(([80, 0, 89, 9], 1, 0.95), (A, 1, 0.9), (B, 1, 0.8))
    assert of_first(worse) == pytest.approx(2 / 3)


def test_an_object_is_found_once():
    result = there((A, 1)), found((A, 1, 0.9), (A, 1, 0.8))
    assert of_first(result) == 1
    twice = there((A, 1), (B, 1)), found((A, 1, 0.9), (A, 1, 0.8), (B, 1, 0.7))
    assert of_first(twice) == pytest.approx((1 + 2 / 3) / 2)


def test_half_an_overlap_is_enough_and_less_is_not():
    assert of_first((there((A, 1)), found(([0, 0, 9, 4], 1, 0.9)))) == 1
    assert of_first((there((A, 1)), found(([0, 0, 9, 3], 1, 0.9)))) == 0


def test_detections_of_all_pictures_stand_in_one_order():
    first = there((A, 1)), found((A, 1, 0.5))
    second = there((A, 1)), found((B, 1, 0.9))
    assert of_first(first, second) == pytest.approx(0.5 / 2)


def test_nothing_found_is_zero():
    assert of_first((there((A, 1)), found())) == 0
