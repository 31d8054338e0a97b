"""Other readings of the same boxes, scale and output: what a port can have got wrong around it.

A reading says how the one who made an output may have understood what was given: columns swapped,
ends a cell further, the scale forgotten. `singles` makes those that differ in one respect from the
boxes as given, `pairs` those that differ in two.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float64]

# Strides that are tried where boxes are given in cells, and may be pixels of the image.
_STRIDES = (4, 8, 16, 32)
# What most ports that go wrong have done.
_PLAIN = {"no_batch_index", "swapped_xy", "ends"}


@dataclass(frozen=True, slots=True)
class Change:
    """One respect in which boxes, scale or output were read otherwise than given.

    Attributes
    ----------
    key : str
        - "no_batch_index": (N, 4) boxes are of image 0
        - "one_image": all boxes are of image 0, whatever their batch index
        - "transposed": the output's last two axes are PW, PH
        - "xywh": the columns are x1, y1, width, height
        - "as_xywh": x1, y1, width, height, made from the corners, were taken for corners
        - "centre_size": the columns are the centre's x and y, width, height
        - "swapped_xy": the columns are y1, x1, y2, x2
        - "ends", "ends_by_a_cell": `amount` was added to x2 and y2, one unit or one cell
        - "offset", "offset_by_cells": `amount` was added to all coordinates
        - "scale_forgotten": spatial_scale was 1
        - "scale_inverted": spatial_scale was the given one's inverse
        - "scale_missing": spatial_scale was `amount`, where 1 is given
    amount : float or None
        In the units of the boxes, or cells per unit where it is a scale.
    """

    key: str
    amount: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What pooling is called with under a reading.

    Attributes
    ----------
    changes : tuple of Change
        From what was given; empty where nothing had to change.
    boxes : (N, 5) float64
    spatial_scale : float
    transposed : bool
        Whether the output given is (N, C, PW, PH).
    """

    changes: tuple[Change, ...]
    boxes: Boxes
    spatial_scale: float
    transposed: bool = False

    @property
    def key(self) -> str:
        """The keys of the changes joined by "+", or "as_given"."""
        return "+".join(change.key for change in self.changes) or "as_given"

    @property
    def is_plain(self) -> bool:
        """Whether nothing was changed but what most often is: columns swapped, ends by one."""
        return all(change.key in _PLAIN for change in self.changes)

    def of(self, boxes: slice | NDArray[np.intp]) -> "Reading":
        """The same reading of some of the boxes."""
        return replace(self, boxes=self.boxes[boxes])


_Step = tuple[Change, Callable[[Reading], Reading]]


def singles(given: Reading) -> list[Reading]:
    """The readings that differ from `given` in one respect."""
    return [_taken(given, step) for group in _groups(given) for step in group]


def pairs(given: Reading) -> Iterator[Reading]:
    """The readings that differ from `given` in two respects."""
    for first, second in combinations(_groups(given), 2):
        for step in first:
            once = _taken(given, step)
            yield from (_taken(once, other) for other in second)


def _taken(reading: Reading, step: _Step) -> Reading:
    change, apply = step
    return replace(apply(reading), changes=(*reading.changes, change))


def _groups(given: Reading) -> list[list[_Step]]:
    """Steps by respect, in the order in which two of them are taken: columns, then numbers."""
    cell = 1 / given.spatial_scale
    images: list[_Step] = [(Change("one_image"), _one_image)] if given.boxes[:, 0].any() else []
    columns: list[_Step] = [
        (Change("xywh"), _xywh),
        (Change("as_xywh"), _as_xywh),
        (Change("centre_size"), _centre_size),
    ]
    ends = [_ends("ends", sign) for sign in (1.0, -1.0)]
    offsets = [_offset("offset", amount) for amount in (-0.5, 0.5, -1.0, 1.0)]
    if cell != 1:
        ends += [_ends("ends_by_a_cell", sign * cell) for sign in (1, -1)]
        offsets += [_offset("offset_by_cells", part * cell) for part in (-0.5, 0.5)]
        scales = [
            (Change("scale_forgotten"), _scaled(1.0)),
            (Change("scale_inverted"), _scaled(cell)),
        ]
    else:
        scales = [(Change("scale_missing", 1 / s), _scaled(1 / s)) for s in _STRIDES]
    transposed: list[_Step] = [(Change("transposed"), _transposed)]
    swapped: list[_Step] = [(Change("swapped_xy"), _swapped)]
    return [transposed, images, columns, swapped, ends, offsets, scales]


def _one_image(reading: Reading) -> Reading:
    return _edited(reading, lambda index, *corners: (0 * index, *corners))


def _xywh(reading: Reading) -> Reading:
    return _edited(reading, lambda index, x, y, w, h: (index, x, y, x + w, y + h))


def _as_xywh(reading: Reading) -> Reading:
    return _edited(reading, lambda index, x1, y1, x2, y2: (index, x1, y1, x2 - x1, y2 - y1))


def _centre_size(reading: Reading) -> Reading:
    return _edited(
        reading, lambda index, x, y, w, h: (index, x - w / 2, y - h / 2, x + w / 2, y + h / 2)
    )


def _swapped(reading: Reading) -> Reading:
    return _edited(reading, lambda index, y1, x1, y2, x2: (index, x1, y1, x2, y2))


def _ends(key: str, amount: float) -> _Step:
    return Change(key, amount), lambda reading: _edited(
        reading, lambda index, x1, y1, x2, y2: (index, x1, y1, x2 + amount, y2 + amount)
    )


def _offset(key: str, amount: float) -> _Step:
    return Change(key, amount), lambda reading: _edited(
        reading, lambda index, *corners: (index, *(corner + amount for corner in corners))
    )


def _scaled(scale: float) -> Callable[[Reading], Reading]:
    return lambda reading: replace(reading, spatial_scale=scale)


def _transposed(reading: Reading) -> Reading:
    return replace(reading, transposed=True)


def _edited(reading: Reading, columns: Callable[..., tuple[NDArray[np.float64], ...]]) -> Reading:
    return replace(reading, boxes=np.stack(columns(*reading.boxes.T), axis=1))
