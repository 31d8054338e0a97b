"""The way back from cells to numbers: which coordinates of a box give exactly these cells."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from roipool import Convention


class Coordinates(NamedTuple):
    """For the k-th line between cells: x1 of a box that starts there, x2 of one that ends there."""

    firsts: tuple[float, ...]
    lasts: tuple[float, ...]


@lru_cache(maxsize=256)
def coordinates(size: int, rule: Convention, spatial_scale: float) -> Coordinates:
    """Coordinates along an axis of so many cells, for both edges of a box.

    Whoever rounds takes the multiple of the stride, and one cell less where ends are inclusive.
    Whoever doesn't sees a float32 product, which may lie a last bit beside the line and take a
    cell more: then the number beside it is the right one.

    Examples
    --------
    >>> from roipool import get_convention
    >>> coordinates(2, get_convention("fast_rcnn"), 1 / 16)
    Coordinates(firsts=(0.0, 16.0, 32.0), lasts=(-16.0, 0.0, 16.0))
    >>> coordinates(2, get_convention("mmcv"), 1 / 16).lasts
    (-1.0, 15.0, 31.0)
    """
    unit, lines = 1 / spatial_scale, range(size + 1)
    if rule.rounding != "none":
        end = rule.end_offset * unit
        return Coordinates(tuple(k * unit for k in lines), tuple(k * unit - end for k in lines))
    scale, one = np.float32(spatial_scale), np.float32(rule.end_offset)
    firsts, lasts = [], []
    for k in lines:
        first, last = np.float32(k * unit), np.float32(k * unit - rule.end_offset)
        while first * scale < k:
            first = np.nextafter(first, np.float32(np.inf))
        while (last + one) * scale > k:
            last = np.nextafter(last, np.float32(-np.inf))
        # The shortest decimal that float32 reads as this number.
        firsts.append(float(str(first)))
        lasts.append(float(str(last)))
    return Coordinates(tuple(firsts), tuple(lasts))
