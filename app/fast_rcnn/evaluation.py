"""How good a detector is: average precision, as PASCAL VOC has computed it since 2010."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from app.fast_rcnn.boxes import Boxes, overlaps
from app.fast_rcnn.detect import Detections
from app.fast_rcnn.pictures import CLASSES, Picture

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
        right += [n >= 0 for n in objects_found(found.boxes[mine], there)]
    if not objects:
        return float("nan")
    order = np.argsort(-np.array(scores), kind="stable")
    hits = np.array(right, bool)[order]
    found_so_far = np.cumsum(hits)
    precision = found_so_far / np.arange(1, 1 + len(hits))
    best_beyond = np.maximum.accumulate(precision[::-1])[::-1]
    return float(best_beyond[hits].sum() / objects)


def objects_found(boxes: Boxes, objects: Boxes) -> list[int]:
    """Which object each box finds, both of a class; -1 for none, or one that is found already.

    Boxes come with the most certain first.

    Examples
    --------
    >>> boxes = np.float32([[0, 0, 9, 9], [1, 0, 10, 9], [50, 50, 59, 59]])
    >>> objects_found(boxes, boxes[::2])
    [0, -1, 1]
    """
    if not len(objects):
        return [-1] * len(boxes)
    shared, found = overlaps(boxes, objects), []
    for row in shared:
        nearest = int(row.argmax())
        right = row[nearest] >= RIGHT and nearest not in found
        found.append(nearest if right else -1)
    return found
