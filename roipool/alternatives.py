"""Which readings are tried of what is given: those of one change, of two, and of a scale an axis.

Any two changes could meet, but few do. Columns are misread together with anything; what is rare by
itself is only tried beside what is common.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.changes import applied, apply
from roipool.readings import Change, Reading

# Strides that are tried where boxes are given in cells, and may be pixels of the image.
_STRIDES = (2, 4, 8, 16, 32, 64)
# Strides of one axis where that of the other is as given.
_AXIS_STRIDES = range(1, 65)
# What happens together with anything.
_COMMON = {
    "transposed",
    "one_image",
    "xywh",
    "as_xywh",
    "centre_size",
    "swapped_xy",
    "ends",
    "ends_by_a_cell",
    "offset",
    "offset_by_cells",
    "scale_forgotten",
    "scale_inverted",
    "scale_missing",
}


def singles(given: Reading) -> list[Reading]:
    """The readings that differ from `given` in one respect, the more usual first."""
    changes = [change for group in _groups(given) for change in group]
    return list(_distinct(given, sorted(changes, key=lambda change: change.key not in _COMMON)))


def pairs(given: Reading) -> Iterator[Reading]:
    """The readings that differ from `given` in two respects."""
    for first, second in combinations(_groups(given), 2):
        for change in first:
            once = apply(given, change)
            others = (other for other in second if {change.key, other.key} & _COMMON)
            yield from _distinct(once, others)


def fractions(given: Reading) -> Iterator[Reading]:
    """The readings of `given` as fractions, whose columns are others too: YOLO's, say."""
    for key in ("centre_size", "xywh", "swapped_xy"):
        yield from _distinct(apply(given, Change(key)), [Change("fractions")])


def axis_scales(given: Reading) -> Iterator[Reading]:
    """The readings with another scale along one of the axes."""
    changes = (Change(key, 1 / k) for key in ("scale_across", "scale_down") for k in _AXIS_STRIDES)
    return _distinct(given, (change for change in changes if change.amount != given.spatial_scale))


def poolable(given: Reading) -> list[Reading]:
    """`given`, if its boxes name images that are there; or else the readings of which they do."""
    if given.has_images:
        return [given]
    return [reading for reading in _distinct(given, _columns()) if reading.has_images]


def laid_out(given: Reading) -> Iterator[Reading]:
    """`given`, and the same with the channels of the output, the maps or both last."""
    yield given
    for keys in (("output_nhwc",), ("map_nhwc",), ("map_nhwc", "output_nhwc")):
        yield applied(given, [Change(key) for key in keys])


def order_of(output: NDArray[Any], made: NDArray[Any]) -> tuple[int, ...] | None:
    """For each row of an output the row of what was made that equals it, each of which goes once.

    Examples
    --------
    >>> order_of(np.array([[3.0], [1.0]]), np.array([[1.0], [3.0]]))
    (1, 0)
    """
    places: dict[bytes, list[int]] = {}
    for n, row in enumerate(made.astype(output.dtype)):
        places.setdefault(row.tobytes(), []).append(n)
    order = []
    for row in output:
        of_row = places.get(row.tobytes())
        if not of_row:
            return None
        order.append(of_row.pop(0))
    return tuple(order)


def in_order(given: Reading, order: tuple[int, ...]) -> Reading:
    """`given` with its boxes in this order, as a rule of which it is one if there is any."""
    for key in ("reversed", "by_image"):
        reading = apply(given, Change(key))
        if np.array_equal(reading.boxes, given.boxes[list(order)]):
            return reading
    return apply(given, Change("reordered", order=order))


def _distinct(reading: Reading, changes: Iterable[Change]) -> Iterator[Reading]:
    """The reading with each of the changes that change anything, where it can be pooled then."""
    for change in changes:
        changed = apply(reading, change)
        if changed.is_sound and changed.has_images and not _is_same(reading, changed):
            yield changed


def _is_same(reading: Reading, other: Reading) -> bool:
    return (
        reading.spatial_scale == other.spatial_scale
        and reading.views == other.views
        and np.array_equal(reading.boxes, other.boxes)
    )


def _columns() -> list[Change]:
    """What the first column can be, if not an index that counts from 0."""
    return [
        Change("index_by", -1.0),
        Change("one_image"),
        Change("index_last"),
        Change("class_last"),
        Change("from_1"),
        Change("index_by", 1.0),
    ]


def _groups(given: Reading) -> list[list[Change]]:
    """Changes by respect, in the order in which two of them are taken: columns, then numbers."""
    cell, scale = 1 / given.spatial_scale, given.spatial_scale
    ends = [Change("ends", sign) for sign in (1.0, -1.0)]
    offsets = [Change("offset", amount) for amount in (-0.5, 0.5, -1.0, 1.0)]
    if cell != 1:
        ends += [Change("ends_by_a_cell", sign * cell) for sign in (1, -1)]
        offsets += [Change("offset_by_cells", part * cell) for part in (-0.5, 0.5)]
        scales = [Change("scale_forgotten"), Change("scale_inverted"), Change("scale_twice")]
        known = (1.0, scale, cell, scale**2)
        scales += [Change("stride", 1 / k) for k in _STRIDES if 1 / k not in known]
    else:
        scales = [Change("scale_missing", 1 / stride) for stride in _STRIDES]
    views = [Change(key) for key in ("mirrored_x", "mirrored_y", "turned")]
    if given.channels > 1:
        views.append(Change("channels_reversed"))
    return [
        [Change("transposed"), Change("output_nhwc")],
        views,
        [] if any(change in given.changes for change in _columns()) else _columns(),
        [Change(key) for key in ("xywh", "as_xywh", "centre_size", "as_centre_size")],
        [Change("swapped_xy")],
        [Change("fractions"), Change("as_fractions")],
        ends,
        offsets,
        scales,
        [Change("clipped"), Change("clipped", 1.0)],
    ]
