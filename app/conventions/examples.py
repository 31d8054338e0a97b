"""Outputs that went wrong on their way, to try the question on: made here, not written down."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import roipool
from app.text import plain
from roipool import article

EXAMPLES = ("swapped", "scale", "align", "two")


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


def _rows(table: NDArray[np.floating]) -> str:
    return "\n".join(", ".join(plain(value) for value in row) for row in table.tolist())
