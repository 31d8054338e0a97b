"""Outputs that went wrong on their way, to try the question on: made here, not written down."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import roipool
from app.exercise.record import Exercise, article_exercise
from app.text import plain
from roipool import article

EXAMPLES = ("swapped", "scale", "align", "two")
# More numbers than these are no text to be looked at.
_MOST_WRITTEN = 10_000


@dataclass(frozen=True, slots=True)
class Example:
    """What is pasted into the fields."""

    map: str
    boxes: str
    output: str
    spatial_scale: float = 1.0
    other: str = ""


def example(name: str) -> Example:
    """An example by its name: the article's map, and one thing done wrong.

    Examples
    --------
    >>> print(example("swapped").output)
    0.84, 0.96
    0.88, 0.96
    """
    maps, boxes, scale, other = article.FEATURE_MAP, article.BOXES, 1.0, ""
    if name == "align":
        output = roipool.roi_align(maps, boxes, article.OUTPUT_SIZE, aligned=True)
    elif name == "two":
        pooled = (
            roipool.roi_pool(maps, boxes, article.OUTPUT_SIZE, convention=convention)
            for convention in ("torchvision", "chainer_roi_max_pooling_2d")
        )
        output, second = pooled
        other = _rows(second[0, 0].round(4))
    else:
        read = boxes[:, [0, 2, 1, 4, 3]]
        if name == "scale":
            # Boxes in pixels of an image that is twice as large, which nobody told the framework.
            scale, boxes = 0.5, boxes * [1, 2, 2, 2, 2]
            read = boxes
        output = roipool.roi_pool(maps, read, article.OUTPUT_SIZE, convention="torchvision")
    return Example(_rows(maps[0, 0]), _rows(boxes), _rows(output[0, 0].round(4)), scale, other)


def is_article(exercise: Exercise) -> bool:
    """Whether an exercise has the article's map and boxes."""
    article = article_exercise()
    return exercise.maps == article.maps and exercise.boxes == article.boxes


def of_exercise(exercise: Exercise) -> Example | None:
    """The map and boxes of an exercise; None where there are no boxes, or it is too much to read.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> of_exercise(article_exercise()).boxes
    '0, 0, 3, 7, 8'
    """
    maps = exercise.maps.array
    if maps.size > _MOST_WRITTEN or not exercise.boxes:
        return None
    # Nested lists where there is more than a plane, which rows of numbers cannot say.
    written = _rows(maps[0, 0]) if maps.shape[:2] == (1, 1) else str(maps.tolist())
    return Example(written, _rows(np.array(exercise.boxes)), "", exercise.spatial_scale)


def _rows(table: NDArray[np.floating]) -> str:
    return "\n".join(", ".join(map(_number, row)) for row in table.tolist())


def _number(value: float) -> str:
    return plain(value) if np.isfinite(value) else str(value)
