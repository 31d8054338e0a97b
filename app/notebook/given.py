"""What is handed to the stage in a notebook, as what it shows; what it cannot show is refused.

What no pooling could take is refused in the library's own words.
"""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from app.exercise.limits import MAX_BINS, MAX_BOXES, MAX_CHANNELS, MAX_IMAGES, MAX_SIDE, MIN_SIDE
from app.exercise.link import with_name
from app.exercise.maps import Maps
from app.exercise.record import Box, as_box
from roipool import Convention, RoIPoolError, get_convention
from roipool.arrays import as_maps, to_host
from roipool.bins import as_output_size, as_scale
from roipool.boxes import as_boxes_for

_LEAST_SCALE, _MOST_SCALE = 1e-3, 1e3


def given_input(input: Any) -> NDArray[Any]:
    """Feature maps (B, C, H, W) in memory of their own, in the dtype in which they came.

    Examples
    --------
    >>> given_input(np.zeros((1, 1, 2, 2)))[0, 0].tolist()
    [[0.0, 0.0], [0.0, 0.0]]
    """
    maps = as_maps(input)
    array = np.array(to_host(maps))
    images, channels, *sides = array.shape
    if not all(MIN_SIDE <= side <= MAX_SIDE for side in sides):
        raise RoIPoolError(
            f"input has {sides[0]} rows and {sides[1]} columns; the stage shows {MIN_SIDE} to "
            f"{MAX_SIDE} of each. Cut a part out, input[:, :, :{MAX_SIDE}, :{MAX_SIDE}], or take "
            "roi_pool, which has no such limit."
        )
    if not (1 <= images <= MAX_IMAGES and 1 <= channels <= MAX_CHANNELS):
        raise RoIPoolError(
            f"input has {images} images of {channels} channels; the stage shows 1 to {MAX_IMAGES} "
            f"images of 1 to {MAX_CHANNELS}: input[:{MAX_IMAGES}, :{MAX_CHANNELS}]."
        )
    if not np.isfinite(array).all():
        raise RoIPoolError(
            "input has NaN or infinite cells, which the stage has no colour for. numpy.nan_to_num "
            "gives them values; roi_pool takes them as they are."
        )
    return fixed(array)


def given_boxes(boxes: Any, maps: Maps) -> tuple[Box, ...]:
    """Boxes as rows ``(batch_index, x1, y1, x2, y2)``.

    Examples
    --------
    >>> given_boxes([[[0, 3, 7, 8]]], Maps(np.zeros((1, 1, 8, 8))))
    ((0.0, 0.0, 3.0, 7.0, 8.0),)
    """
    table = to_host(as_boxes_for(maps.array, boxes, maps.images))
    if len(table) > MAX_BOXES:
        raise RoIPoolError(
            f"there are {len(table)} boxes; the stage shows {MAX_BOXES} at most: "
            f"boxes[:{MAX_BOXES}]."
        )
    return tuple(as_box(row) for row in table)


def given_size(output_size: Any) -> tuple[int, int]:
    """(PH, PW)."""
    size = as_output_size(output_size)
    if max(size) > MAX_BINS:
        raise RoIPoolError(
            f"output_size is {size[0]}×{size[1]}; the stage shows up to {MAX_BINS} bins along an "
            "axis. roi_pool has no such limit."
        )
    return size


def given_scale(spatial_scale: Any) -> float:
    """Cells per unit of the boxes."""
    scale = as_scale(spatial_scale)
    if not _LEAST_SCALE <= scale <= _MOST_SCALE:
        raise RoIPoolError(
            f"spatial_scale is {scale}; the stage shows from {_LEAST_SCALE} to {_MOST_SCALE:g} "
            "cells per unit of the boxes."
        )
    return scale


def given_rule(convention: Any, dtype: DTypeLike) -> str | Convention:
    """How maps of a dtype are cut by a convention, which may look at it.

    The stage has all its maps in float64. A NaN or a box without an image there is not there.

    Examples
    --------
    >>> given_rule("torchvision", np.float32).arithmetic, given_rule("fast-rcnn", np.float32)
    ('float32', 'fast_rcnn')
    """
    rule = get_convention(convention)
    if rule.arithmetic == "map":
        double = np.dtype(dtype) == np.float64
        product = "float64" if double else rule.product
        rule = replace(rule, arithmetic="float64" if double else "float32", product=product)
    preset = with_name(rule)
    return preset if isinstance(preset, str) else rule


def fixed(array: NDArray[Any]) -> NDArray[Any]:
    """The array, of which no cell can be set: a change that nobody hears of would not be seen."""
    array.setflags(write=False)
    return array
