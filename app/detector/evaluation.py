"""How good a detector is: average precision, as PASCAL VOC has computed it since 2010."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from app.detector.boxes import Boxes, overlaps
from app.detector.detect import Detections
from app.detector.pictures import CLASSES, Picture

RIGHT = 0.5  # overlap with an object from which on a detection counts as right


def average_precisions(results: Iterable[tuple[Picture, Detections]]) -> NDArray[np.float64]:
    """The average precision of each class, NaN where no picture shows one.

    Detections of all pictures are sorted by their score. One is right if it overlaps an object of
    its class that none before it has found by at least a half. Precision is averaged over recall,
    each time the best that is reached at that recall or beyond.
    """
    results = list(results)
    return np.array([_average_precision(results, 1 + n) for n in range(len(CLASSES))])


def mean_average_precision(results: Iterable[tuple[Picture, Detections]]) -> float:
    """The mean of `average_precisions` over the classes that are there."""
    return float(np.nanmean(average_precisions(results)))


def _average_precision(results: list[tuple[Picture, Detections]], label: int) -> float:
    objects, scores, right = 0, [], []
    for picture, found in results:
        there = picture.boxes[picture.labels == label]
        objects += len(there)
        mine = found.labels == label
        scores += found.scores[mine].tolist()
        right += _right(found.boxes[mine], there)
    if not objects:
        return float("nan")
    order = np.argsort(-np.array(scores), kind="stable")
    hits = np.array(right, bool)[order]
    found_so_far = np.cumsum(hits)
    precision = found_so_far / np.arange(1, 1 + len(hits))
    best_beyond = np.maximum.accumulate(precision[::-1])[::-1]
    return float(best_beyond[hits].sum() / objects)


def _right(boxes: Boxes, objects: Boxes) -> list[bool]:
    """Which boxes, in their order, find an object that is still to be found."""
    if not len(objects):
        return [False] * len(boxes)
    shared, found = overlaps(boxes, objects), np.zeros(len(objects), bool)
    right = []
    for row in shared:
        nearest = int(row.argmax())
        right.append(bool(row[nearest] >= RIGHT and not found[nearest]))
        found[nearest] |= right[-1]
    return right
