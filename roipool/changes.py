"""Every change that a reading can be made of, by its key, and how each is applied.

A change is a function of a reading and an amount. Whatever it needs to know of the maps, their
size, say, is in the reading, so it applies to any other as well.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from roipool.errors import RoIPoolError
from roipool.readings import Change, Reading

_Column = NDArray[np.float64]
_Columns = tuple[_Column, ...]


def apply(reading: Reading, change: Change) -> Reading:
    """A reading with one change more.

    Raises
    ------
    RoIPoolError
        An order that was found for another number of boxes.
    """
    with np.errstate(over="ignore", invalid="ignore"):  # what is too large is no reading
        read = _applied(reading, change)
    return replace(read, changes=(*reading.changes, change))


def _applied(reading: Reading, change: Change) -> Reading:
    key, amount = change.key, change.amount or 0.0
    if key in _VIEWS:
        return replace(reading, views=reading.views | _VIEWS[key])
    if key in _ORDERS:
        return reading.of(_ORDERS[key](reading, change))
    if key == "scales":
        return _scaled(reading, amount, change.down or amount)
    if key in _SCALES:
        return _SCALES[key](reading, amount)
    columns = _COLUMNS[key](reading, amount, *reading.boxes.T)
    return replace(reading, boxes=np.stack(columns, axis=1))


def applied(reading: Reading, changes: Iterable[Change]) -> Reading:
    """A reading with some changes more, one after the other."""
    for change in changes:
        reading = apply(reading, change)
    return reading


# Of maps and output: what each does is said by `Reading`.
_VIEWS: dict[str, frozenset[str]] = {
    "transposed": frozenset({"transposed"}),
    "output_nhwc": frozenset({"output_nhwc"}),
    "map_nhwc": frozenset({"map_nhwc"}),
    "channels_reversed": frozenset({"channels_reversed"}),
    "mirrored_x": frozenset({"mirrored_x"}),
    "mirrored_y": frozenset({"mirrored_y"}),
    "turned": frozenset({"mirrored_x", "mirrored_y"}),
}


def _order(reading: Reading, change: Change) -> NDArray[np.intp]:
    order = np.array(change.order, np.intp)
    if len(order) != len(reading.boxes):
        raise RoIPoolError(
            f"boxes are {len(reading.boxes)}; expected {len(order)}, for which the order of the "
            "output was found."
        )
    return order


_ORDERS: dict[str, Callable[[Reading, Change], NDArray[np.intp]]] = {
    "reversed": lambda reading, _: np.arange(len(reading.boxes))[::-1],
    "by_image": lambda reading, _: np.argsort(reading.boxes[:, 0], kind="stable"),
    "reordered": _order,
}


def _scaled(reading: Reading, across: float, down: float) -> Reading:
    """Boxes in cells, by a scale for each axis, multiplied as bins multiply."""
    boxes = reading.boxes.copy()
    scales = np.array([across, down, across, down], np.float32)
    with np.errstate(over="ignore"):
        boxes[:, 1:] = boxes[:, 1:].astype(np.float32) * scales
    return replace(reading, boxes=np.nan_to_num(boxes), spatial_scale=1.0)


_SCALES: dict[str, Callable[[Reading, float], Reading]] = {
    "scale_forgotten": lambda reading, _: replace(reading, spatial_scale=1.0),
    "scale_inverted": lambda reading, _: replace(reading, spatial_scale=1 / reading.spatial_scale),
    "scale_missing": lambda reading, scale: replace(reading, spatial_scale=scale),
    "stride": lambda reading, scale: replace(reading, spatial_scale=scale),
    "scale_twice": lambda reading, _: replace(reading, spatial_scale=reading.spatial_scale**2),
    "scale_across": lambda reading, scale: _scaled(reading, scale, reading.spatial_scale),
    "scale_down": lambda reading, scale: _scaled(reading, reading.spatial_scale, scale),
}


def _extent(reading: Reading) -> tuple[float, float]:
    """How far the map reaches across and down, in units of the boxes."""
    high, wide = reading.size
    return wide / reading.spatial_scale, high / reading.spatial_scale


def _index_by(reading: Reading, by: float, index: _Column, *corners: _Column) -> _Columns:
    moved = index + by
    # Of what counts from the end, as Python's index -1 does, it is the last.
    return np.where(moved == -1, reading.images - 1.0, moved), *corners


def _fractions(
    reading: Reading, _: float, index: _Column, x1: _Column, y1: _Column, x2: _Column, y2: _Column
) -> _Columns:
    wide, high = _extent(reading)
    return index, x1 * wide, y1 * high, x2 * wide, y2 * high


def _as_fractions(
    reading: Reading, _: float, index: _Column, x1: _Column, y1: _Column, x2: _Column, y2: _Column
) -> _Columns:
    wide, high = _extent(reading)
    return index, x1 / wide, y1 / high, x2 / wide, y2 / high


def _clipped(reading: Reading, less: float, index: _Column, *corners: _Column) -> _Columns:
    wide, high = (extent - less for extent in _extent(reading))
    ends = (wide, high, wide, high)
    return index, *(corner.clip(0, end) for corner, end in zip(corners, ends, strict=True))


def _ends(
    _: Reading, by: float, index: _Column, x1: _Column, y1: _Column, x2: _Column, y2: _Column
) -> _Columns:
    return index, x1, y1, x2 + by, y2 + by


def _offset(_: Reading, by: float, index: _Column, *corners: _Column) -> _Columns:
    return index, *(corner + by for corner in corners)


# Of the boxes' columns: functions of the reading, the amount, and the columns.
_COLUMNS: dict[str, Callable[..., _Columns]] = {
    "no_batch_index": lambda _, __, *columns: columns,
    "one_image": lambda _, __, index, *corners: (0 * index, *corners),
    "index_by": _index_by,
    "index_last": lambda _, __, x1, y1, x2, y2, index: (index, x1, y1, x2, y2),
    "class_last": lambda _, __, x1, y1, x2, y2, other: (0 * other, x1, y1, x2, y2),
    "from_1": lambda _, __, *columns: tuple(column - 1 for column in columns),
    "xywh": lambda _, __, index, x, y, w, h: (index, x, y, x + w, y + h),
    "as_xywh": lambda _, __, index, x1, y1, x2, y2: (index, x1, y1, x2 - x1, y2 - y1),
    "centre_size": lambda _, __, index, x, y, w, h: (
        index,
        *(x - w / 2, y - h / 2),
        *(x + w / 2, y + h / 2),
    ),
    "as_centre_size": lambda _, __, index, x1, y1, x2, y2: (
        index,
        *((x1 + x2) / 2, (y1 + y2) / 2),
        *(x2 - x1, y2 - y1),
    ),
    "swapped_xy": lambda _, __, index, y1, x1, y2, x2: (index, x1, y1, x2, y2),
    "fractions": _fractions,
    "as_fractions": _as_fractions,
    "ends": _ends,
    "ends_by_a_cell": _ends,
    "offset": _offset,
    "offset_by_cells": _offset,
    "clipped": _clipped,
}

KEYS = (*_VIEWS, *_ORDERS, *_SCALES, "scales", *_COLUMNS)
"""Of every change that there is."""
