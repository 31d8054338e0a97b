"""Crop and resize: a box becomes a grid of samples, and of each square of them the largest is kept.

What TensorFlow's ports of Faster R-CNN do in place of RoI pooling: ``tf.image.crop_and_resize`` to
twice the output, from corner to corner of the box, and a maximum of 2 x 2. A sample is bilinear
between four cells, or the nearest one; outside of the map it is 0.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Size = tuple[int, int]


def crop_and_resize(
    maps: Array, boxes: Array, size: Size, scale: float, pooled: int = 1, nearest: bool = False
) -> Array:
    """Samples (N, C, PH, PW) of maps (B, C, H, W), the first in one corner of the box.

    Parameters
    ----------
    boxes : (N, 5)
    scale : float
        Cells per unit of the boxes; the last sample of a box is in cell ``x2 * scale``.
    pooled : int
        How many samples of a bin along each axis, of which the largest is kept.
    nearest : bool
        Whether a sample is the nearest cell, and not a mean of four.

    Examples
    --------
    >>> maps = np.arange(9.0).reshape(1, 1, 3, 3)
    >>> crop_and_resize(maps, np.array([[0, 0.0, 0, 2, 1]]), (2, 2), 1.0).tolist()
    [[[[0.0, 2.0], [3.0, 5.0]]]]
    """
    high, wide = (count * pooled for count in size)
    output = np.empty((len(boxes), maps.shape[1], high, wide), maps.dtype)
    corners = boxes[:, 1:] * scale
    for n, (x1, y1, x2, y2) in enumerate(corners.tolist()):
        rows = _along(y1, y2, high, maps.shape[2], nearest)
        cols = _along(x1, x2, wide, maps.shape[3], nearest)
        cells = maps[int(boxes[n, 0])].astype(np.float64)
        output[n] = weighed(weighed(cells, rows, 1), cols, 2)
    if pooled > 1:
        shape = (*output.shape[:2], size[0], pooled, size[1], pooled)
        output = output.reshape(shape).max(axis=(3, 5))
    return output


Taken = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64], NDArray[np.bool_]]
"""Of each sample along an axis the cells below and above, the latter's weight, if it counts."""


def _along(first: float, last: float, count: int, cells: int, nearest: bool) -> Taken:
    """Of each sample along an axis the cells below and above, the latter's weight, if it counts."""
    if count > 1:
        places = first + np.arange(count) * ((last - first) / (count - 1))
    else:
        places = np.array([(first + last) / 2])
    counts = (places >= 0) & (places <= cells - 1)
    places = np.where(counts, places, 0.0)
    if nearest:
        places = np.floor(places + 0.5)
    low = np.floor(places).astype(np.intp)
    return low, np.minimum(low + 1, cells - 1), places - low, counts


def weighed(cells: Array, taken: Taken, axis: int) -> Array:
    """Cells (C, H, W) between two of which each sample along an axis is taken."""
    low, high, weight, counts = taken
    shape = [1, 1, 1]
    shape[axis] = len(low)
    below, above = cells.take(low, axis), cells.take(high, axis)
    with np.errstate(invalid="ignore", over="ignore"):
        mixed = np.where(
            weight.reshape(shape) > 0, below + (above - below) * weight.reshape(shape), below
        )
    found: Array = np.where(counts.reshape(shape), mixed, 0.0)
    return found
