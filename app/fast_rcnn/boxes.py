"""Boxes ``[x1, y1, x2, y2]`` in pixels, the last ones inside: how much they share, how they move.

As in the Fast R-CNN paper, whose boxes are a pixel wider than x2 - x1.
"""

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float32]

# What is learnt is this many times a move, so that moves are about as large as class scores.
_SPREAD = np.array([0.1, 0.1, 0.2, 0.2], np.float32)
# A box grows at most to this many times its size; exp of anything larger is no box.
_MOST_GROWTH = float(np.log(8))


def overlaps(first: Boxes, second: Boxes) -> NDArray[np.float32]:
    """Intersection over union of every two boxes of (N, 4) and (M, 4), as (N, M).

    Examples
    --------
    >>> overlaps(np.float32([[0, 0, 9, 9]]), np.float32([[0, 0, 9, 4], [20, 20, 29, 29]]))
    array([[0.5, 0. ]], dtype=float32)
    """
    low = np.maximum(first[:, None, :2], second[None, :, :2])
    high = np.minimum(first[:, None, 2:], second[None, :, 2:])
    sides = np.maximum(high - low + 1, 0)
    shared = sides[..., 0] * sides[..., 1]
    union = areas(first)[:, None] + areas(second)[None] - shared
    ratio: NDArray[np.float32] = shared / union
    return ratio


def moves(boxes: Boxes, targets: Boxes) -> NDArray[np.float32]:
    """What the head is to say of boxes (N, 4) so that they become the targets (N, 4).

    The centre moves by parts of the box's size, width and height grow by factors, as logarithms.

    Examples
    --------
    >>> moves(np.float32([[0, 0, 9, 9]]), np.float32([[1, 0, 10, 9]])).round(2)
    array([[1., 0., 0., 0.]], dtype=float32)
    """
    size, centre = _size_and_centre(boxes)
    target_size, target_centre = _size_and_centre(targets)
    change = np.concatenate([(target_centre - centre) / size, np.log(target_size / size)], axis=-1)
    return (change / _SPREAD).astype(np.float32)


def moved(boxes: Boxes, by: NDArray[np.float32], height: int, width: int) -> Boxes:
    """Boxes (..., 4) after `moves` (..., 4), cut off at the picture's edge.

    Examples
    --------
    >>> box = np.float32([[0, 0, 9, 9]])
    >>> moved(box, np.float32([[1, 0, 0, 0]]), 100, 100)
    array([[ 1.,  0., 10.,  9.]], dtype=float32)
    """
    size, centre = _size_and_centre(boxes)
    change = by * _SPREAD
    centre = centre + change[..., :2] * size
    size = size * np.exp(np.clip(change[..., 2:], -_MOST_GROWTH, _MOST_GROWTH))
    low, high = centre - (size - 1) / 2, centre + (size - 1) / 2
    edge = np.array([width - 1, height - 1], np.float32)
    return np.concatenate([np.clip(low, 0, edge), np.clip(high, 0, edge)], axis=-1).astype(
        np.float32
    )


def non_maximum_suppression(boxes: Boxes, scores: NDArray[np.float32], most: float) -> list[int]:
    """Which boxes remain, best first, when each removes those that overlap it by more than `most`.

    Examples
    --------
    >>> boxes = np.float32([[0, 0, 9, 9], [1, 0, 10, 9], [50, 50, 59, 59]])
    >>> non_maximum_suppression(boxes, np.float32([0.7, 0.9, 0.8]), most=0.3)
    [1, 2]
    """
    shared = overlaps(boxes, boxes)
    waiting = np.argsort(-scores, kind="stable")
    kept = []
    while waiting.size:
        best, *_ = waiting
        kept.append(int(best))
        waiting = waiting[1:][shared[best, waiting[1:]] <= most]
    return kept


def areas(boxes: Boxes) -> NDArray[np.float32]:
    """Pixels in each of boxes (N, 4)."""
    sides = boxes[:, 2:] - boxes[:, :2] + 1
    pixels: NDArray[np.float32] = sides[:, 0] * sides[:, 1]
    return pixels


def _size_and_centre(boxes: Boxes) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    low, high = boxes[..., :2], boxes[..., 2:]
    return high - low + 1, (low + high) * np.float32(0.5)
