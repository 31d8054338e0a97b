"""A box cut out in whole cells, and the crop resized: what ports do with an image library's resize.

As ``tf.image.resize`` of ``img[y:y+h, x:x+w]`` in keras-frcnn's port to TensorFlow, or
``interpolate`` and ``cv2.resize`` of a crop. They differ in where the first sample lies.
"""

from dataclasses import replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from roipool.bins import cut_boxes
from roipool.conventions import PRESETS, Rounding
from roipool.resize import Array, Size, Taken, weighed

How = Literal["bilinear", "bilinear_legacy", "bilinear_corners", "nearest", "nearest_middle"]

RESIZES: tuple[How, ...] = (
    "bilinear",  # middles of pixels: interpolate, cv2.INTER_LINEAR, TensorFlow 2
    "bilinear_legacy",  # i * n / P: TensorFlow 1
    "bilinear_corners",  # from the first cell to the last: align_corners=True
    "nearest",  # floor(i * n / P): interpolate, cv2.INTER_NEAREST, TensorFlow 1
    "nearest_middle",  # floor((i + 1/2) * n / P): "nearest-exact", Pillow, TensorFlow 2
)
"""The ways in which a crop is resized."""


def resized_crops(
    maps: Array, boxes: Array, size: Size, scale: float, how: How, rounded: Rounding, last: int
) -> Array:
    """Samples (N, C, PH, PW) of the cells of each box of maps (B, C, H, W), 0 where it has none.

    Parameters
    ----------
    boxes : (N, 5)
    scale : float
        Cells per unit of the boxes.
    how : one of `RESIZES`
    rounded : str
        How corners become cells: a `rounding` of Convention, not "none".
    last : int
        1 where the cell of x2, y2 is part of the crop, otherwise 0.

    Examples
    --------
    >>> maps = np.arange(16.0).reshape(1, 1, 4, 4)
    >>> resized_crops(maps, np.array([[0, 0, 0, 4, 2]]), (1, 2), 1.0, "nearest", "floor", 0)
    array([[[[0., 2.]]]])
    """
    # A crop is the one bin of a rule that rounds so.
    rule = replace(PRESETS["article"], name="crop", rounding=rounded, inclusive_end=bool(last))
    with np.errstate(over="ignore"):  # what float32 cannot hold is merely far
        bins = cut_boxes(boxes, (1, 1), maps.shape[2:], scale, rule)
    output = np.zeros((len(boxes), maps.shape[1], *size), maps.dtype)
    edges = np.concatenate([bins.y0, bins.y1, bins.x0, bins.x1], axis=1).tolist()
    for n, (y0, y1, x0, x1) in enumerate(edges):
        crop = maps[int(boxes[n, 0]), :, y0 : max(y0, y1), x0 : max(x0, x1)]
        if crop.size:
            cells = crop if how.startswith("nearest") else crop.astype(np.float64)
            for axis in (1, 2):
                cells = weighed(cells, _along(crop.shape[axis], size[axis - 1], how), axis)
            output[n] = cells
    return output


def _along(cells: int, count: int, how: How) -> Taken:
    """Of each sample along an axis the cells below and above, and the latter's weight."""
    place: NDArray[Any] = np.arange(count)
    if how.startswith("nearest"):
        low = place * cells // count
        if how == "nearest_middle":
            low = (2 * place + 1) * cells // (2 * count)
        return low, low, np.zeros(count), np.ones(count, bool)
    if how == "bilinear":
        place = ((place + 0.5) * cells / count - 0.5).clip(0)
    elif how == "bilinear_legacy":
        place = place * cells / count
    else:
        place = place * ((cells - 1) / max(1, count - 1))
    low = np.minimum(place.astype(np.intp), cells - 1)
    return low, np.minimum(low + 1, cells - 1), place - low, np.ones(count, bool)
