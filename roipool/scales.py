"""A scale for each axis, found from where an output's maxima lie.

Whoever resizes pictures to a fixed height and width has one scale across and another down. That is
too many pairs to try each; but a maximum that stands in the map once names its row and its column,
and so each axis can be looked at alone.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from roipool.bins import cut_boxes
from roipool.changes import apply
from roipool.conventions import Convention
from roipool.readings import Change, Reading

Array = NDArray[np.floating]

_STRIDES = range(1, 65)
_MOST_BOXES = 16
# Of scales that do for an axis, each of which cuts other bins.
_MOST = 12


def axis_pairs(
    maps: Array, output: Array, given: Reading, convention: Convention
) -> Iterator[Reading]:
    """Readings with another scale along both axes, or one that is no 1/k, that the maxima allow."""
    some = given.of(np.arange(min(len(given.boxes), _MOST_BOXES)))
    places = _places(maps, output[: len(some.boxes)], some.boxes[:, 0].astype(np.intp))
    if places is None:
        return
    candidates = _candidates(given)
    fitting = _fitting(some, candidates, places, output.shape[2:], convention)
    for across in candidates[0][fitting[0]].tolist():
        for down in candidates[1][fitting[1]].tolist():
            if across == given.spatial_scale:
                change = Change("scale_down", down)
            elif down == given.spatial_scale:
                change = Change("scale_across", across)
            else:
                change = Change("scales", across, down=down)
            reading = apply(given, change)
            if reading.is_sound and across != down:
                yield reading


def _candidates(given: Reading) -> tuple[Array, Array]:
    """Scales to try across, and down: 1/k, and the map by pictures that it may be made of."""
    of_axes = []
    for cells in given.size[::-1]:
        extent = cells / given.spatial_scale
        unit = max(1.0, round(1 / given.spatial_scale))
        pictures = np.arange(max(1, np.floor(extent - unit)), extent + unit + 1)
        pictures = pictures[:256]
        strides = 1 / np.array(_STRIDES)
        near = np.argsort(np.abs(np.log(strides / given.spatial_scale)), kind="stable")
        of_axes.append(np.concatenate([[given.spatial_scale], strides[near], cells / pictures]))
    length = max(map(len, of_axes))
    across, down = (np.resize(one, length) for one in of_axes)
    return across, down


def _places(maps: Array, output: Array, index: NDArray[np.intp]) -> NDArray[np.intp] | None:
    """Where each value stands in its map, (2, N, C, PH, PW) row and column; -1 where unknown."""
    places = np.full((2, *output.shape), -1, np.intp)
    for image in np.unique(index):
        boxes = index == image
        for channel in range(maps.shape[1]):
            cells = maps[image, channel].ravel()
            order = np.argsort(cells, kind="stable")
            wanted = output[boxes, channel]
            at = np.searchsorted(cells, wanted, sorter=order).clip(max=len(cells) - 1)
            after = order[np.minimum(at + 1, len(cells) - 1)]
            found = order[at]
            known = (cells[found] == wanted) & ((cells[after] != wanted) | (after == found))
            row_col = np.divmod(found, maps.shape[3])
            for axis in (0, 1):
                places[axis, boxes, channel] = np.where(known, row_col[axis], -1)
    return places if (places >= 0).any() else None


def _fitting(
    given: Reading,
    candidates: tuple[Array, Array],
    places: NDArray[np.intp],
    size: tuple[int, ...],
    convention: Convention,
) -> list[NDArray[np.intp]]:
    """Which scales across, and down, put every known maximum into its bin: one for each cut."""
    count, boxes = len(candidates[0]), len(given.boxes)
    with np.errstate(over="ignore"):  # what float32 cannot hold is merely far
        scales = np.stack([*candidates, *candidates], axis=1).astype(np.float32)
        corners = given.boxes[None, :, 1:].astype(np.float32) * scales[:, None]
    table = np.concatenate([np.zeros((count, boxes, 1)), corners], axis=2).reshape(-1, 5)
    high, wide = size
    bins = cut_boxes(table, (high, wide), given.size, 1.0, convention)
    rows, cols = places  # (N, C, PH, PW)
    fits = []
    for starts, stops, at, place in (
        (bins.x0, bins.x1, 3, cols),
        (bins.y0, bins.y1, 2, rows),
    ):
        along = [1, boxes, 1, 1, 1]
        along[at + 1] = place.shape[at]
        shape = (count, *along[1:])
        start, stop = starts.reshape(shape), stops.reshape(shape)
        inside = (start <= place) & (place < stop) | (place < 0)
        (fit,) = np.nonzero(inside.all(axis=(1, 2, 3, 4)))
        cuts = np.concatenate([start, stop], axis=1).reshape(count, -1)[fit]
        _, first = np.unique(cuts, axis=0, return_index=True)
        fits.append(fit[np.sort(first)[:_MOST]])
    return fits
