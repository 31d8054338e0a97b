"""Outputs that went wrong on their way, to try the question on: made here, not written down."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import roipool
from app.text import plain
from roipool import article

EXAMPLES = ("swapped", "scale", "align")


@dataclass(frozen=True, slots=True)
class Example:
    """What is pasted into the fields."""

    map: str
    boxes: str
    output: str
    spatial_scale: float = 1.0


def example(name: str) -> Example:
    """An example by its name: the article's map, and one thing done wrong.

    Examples
    --------
    >>> print(example("swapped").output)
    0.84, 0.96
    0.88, 0.96
    """
    maps, boxes, scale = article.FEATURE_MAP, article.BOXES, 1.0
    if name == "align":
        output = roipool.roi_align(maps, boxes, article.OUTPUT_SIZE, aligned=True)
    else:
        read = boxes[:, [0, 2, 1, 4, 3]]
        if name == "scale":
            # Boxes in pixels of an image that is twice as large, which nobody told the framework.
            scale, boxes = 0.5, boxes * [1, 2, 2, 2, 2]
            read = boxes
        output = roipool.roi_pool(maps, read, article.OUTPUT_SIZE, convention="torchvision")
    return Example(_rows(maps[0, 0]), _rows(boxes), _rows(output[0, 0].round(4)), scale)


def _rows(table: NDArray[np.floating]) -> str:
    return "\n".join(", ".join(plain(value) for value in row) for row in table.tolist())
