"""Every change that a reading can be made of, by its key, and in which order two are taken.

A change is a function of a reading and an amount. Whatever it needs to know of the maps, their
size, say, is in the reading, so it applies to any other as well.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from roipool.readings import Change, Reading

# Strides that are tried where boxes are given in cells, and may be pixels of the image.
_STRIDES = (4, 8, 16, 32)

_Column = NDArray[np.float64]


def apply(reading: Reading, change: Change) -> Reading:
    """A reading with one change more.

    Raises
    ------
    RoIPoolError
        A change that was made for another number of boxes.
    """
    if change.key in _VIEWS:
        read = replace(reading, views=reading.views | set(_VIEWS[change.key]))
    elif change.key in _SCALES:
        read = _SCALES[change.key](reading, change.amount or 0.0)
    else:
        edit, amount = _COLUMNS[change.key], change.amount or 0.0
        columns = edit(reading, amount, *reading.boxes.T)
        read = replace(reading, boxes=np.stack(columns, axis=1))
    return replace(read, changes=(*reading.changes, change))


def applied(reading: Reading, changes: tuple[Change, ...]) -> Reading:
    """A reading with some changes more, one after the other."""
    for change in changes:
        reading = apply(reading, change)
    return reading


def singles(given: Reading) -> list[Reading]:
    """The readings that differ from `given` in one respect."""
    return [apply(given, change) for group in _groups(given) for change in group]


def pairs(given: Reading) -> Iterator[Reading]:
    """The readings that differ from `given` in two respects."""
    for first, second in combinations(_groups(given), 2):
        for change in first:
            once = apply(given, change)
            yield from (apply(once, other) for other in second)


def _groups(given: Reading) -> list[list[Change]]:
    """Changes by respect, in the order in which two of them are taken: columns, then numbers."""
    cell = 1 / given.spatial_scale
    images = [Change("one_image")] if given.boxes[:, 0].any() else []
    columns = [Change("xywh"), Change("as_xywh"), Change("centre_size")]
    ends = [Change("ends", sign) for sign in (1.0, -1.0)]
    offsets = [Change("offset", amount) for amount in (-0.5, 0.5, -1.0, 1.0)]
    if cell != 1:
        ends += [Change("ends_by_a_cell", sign * cell) for sign in (1, -1)]
        offsets += [Change("offset_by_cells", part * cell) for part in (-0.5, 0.5)]
        scales = [Change("scale_forgotten"), Change("scale_inverted")]
    else:
        scales = [Change("scale_missing", 1 / stride) for stride in _STRIDES]
    return [
        [Change("transposed")],
        images,
        columns,
        [Change("swapped_xy")],
        ends,
        offsets,
        scales,
    ]


# Of maps and output: what each does is said by `Reading`.
_VIEWS: dict[str, tuple[str, ...]] = {"transposed": ("transposed",)}

_SCALES: dict[str, Callable[[Reading, float], Reading]] = {
    "scale_forgotten": lambda reading, _: replace(reading, spatial_scale=1.0),
    "scale_inverted": lambda reading, _: replace(reading, spatial_scale=1 / reading.spatial_scale),
    "scale_missing": lambda reading, scale: replace(reading, spatial_scale=scale),
}

# Of the boxes' columns: functions of the reading, the amount, and the columns.
_COLUMNS: dict[str, Callable[..., tuple[_Column, ...]]] = {
    "no_batch_index": lambda _, __, *columns: columns,
    "one_image": lambda _, __, index, *corners: (0 * index, *corners),
    "xywh": lambda _, __, index, x, y, w, h: (index, x, y, x + w, y + h),
    "as_xywh": lambda _, __, index, x1, y1, x2, y2: (index, x1, y1, x2 - x1, y2 - y1),
    "centre_size": lambda _, __, index, x, y, w, h: (
        index,
        x - w / 2,
        y - h / 2,
        x + w / 2,
        y + h / 2,
    ),
    "swapped_xy": lambda _, __, index, y1, x1, y2, x2: (index, x1, y1, x2, y2),
    "ends": lambda _, by, index, x1, y1, x2, y2: (index, x1, y1, x2 + by, y2 + by),
    "ends_by_a_cell": lambda _, by, index, x1, y1, x2, y2: (index, x1, y1, x2 + by, y2 + by),
    "offset": lambda _, by, index, *corners: (index, *(corner + by for corner in corners)),
    "offset_by_cells": lambda _, by, index, *corners: (
        index,
        *(corner + by for corner in corners),
    ),
}
