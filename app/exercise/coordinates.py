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

    Whoever rounds to the nearest takes the multiple of the stride, and one cell less where ends
    are inclusive. Whoever rounds down, outward or not at all sees a float32 product, which may lie
    a last bit beside the line and in another cell: then the number beside it is the right one.

    Examples
    --------
    >>> from roipool import get_convention
    >>> coordinates(2, get_convention("fast_rcnn"), 1 / 16)
    Coordinates(firsts=(0.0, 16.0, 32.0), lasts=(-16.0, 0.0, 16.0))
    >>> coordinates(2, get_convention("mmcv"), 1 / 16).lasts
    (-1.0, 15.0, 31.0)
    """
    unit, lines, end = 1 / spatial_scale, range(size + 1), rule.end_offset
    if rule.rounding == "none":
        # What is added to x2 is a unit of the boxes, and added before it is scaled.
        firsts = [_not_before(k, 0.0, spatial_scale) for k in lines]
        lasts = [_not_after(k, float(end), spatial_scale) for k in lines]
        return Coordinates(tuple(firsts), tuple(lasts))
    firsts, lasts = [k * unit for k in lines], [(k - end) * unit for k in lines]
    if rule.rounding in ("floor", "outward"):
        firsts = [_not_before(k, 0.0, spatial_scale) for k in lines]
        side = _not_before if rule.rounding == "floor" else _not_after
        lasts = [side(k - end, 0.0, spatial_scale) for k in lines]
    return Coordinates(tuple(firsts), tuple(lasts))


def _not_before(cell: int, offset: float, scale: float) -> float:
    """The least number from `cell` on, once it is offset and scaled as a box is."""
    return _beside(cell, offset, scale, 1)


def _not_after(cell: int, offset: float, scale: float) -> float:
    """The largest number up to `cell`, once it is offset and scaled as a box is."""
    return _beside(cell, offset, scale, -1)


def _beside(cell: int, offset: float, scale: float, way: int) -> float:
    near = np.float32(cell / scale - offset)
    while way * ((near + np.float32(offset)) * np.float32(scale)) < way * cell:
        near = np.nextafter(near, np.float32(way * np.inf))
    # The shortest decimal that float32 reads as this number.
    return float(str(near))
