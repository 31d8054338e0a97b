"""From boxes to bins: the only place where anything is rounded.

One file, because who asks how a number was rounded has to look nowhere else.

Along an axis a RoI first becomes cells, then its n cells are cut in P bins::

    article, n = 5, P = 2          fast_rcnn, n = 5, P = 2

    0 . . 2.5 . . 5   i * n / P    0 . . 2.5 . . 5
    |___|_____|       bins         |_____|            0 .. ceil(2.5)
    0   2     5                        |_____|        floor(2.5) .. 5
                                   0   2 3   5        they share the middle cell

Everything downstream (backends, scenes, the stage) takes these integer edges and computes none.
Spans are half-open: ``[start, stop)``.
"""

import math
import operator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.arrays import room_told
from roipool.boxes import as_boxes, has_image
from roipool.conventions import Convention, get_convention
from roipool.errors import RoIPoolError, shown

Edges = NDArray[np.int32]

# Cells further out than this are cut off before the cast to an integer, which C leaves undefined.
_FAR = float(2**30)
_MOST_CELLS = 2**31 - 1
_LARGEST = float(np.finfo(np.float32).max)


@dataclass(frozen=True, slots=True)
class Bins:
    """Integer bin edges of N boxes, clipped to the map; bin (i, j) is rows y0..y1, columns x0..x1.

    Attributes
    ----------
    y0, y1 : (N, PH) int32
        First row of each bin, and the first row after it.
    x0, x1 : (N, PW) int32
        First column, and the first after it. A bin is empty where start >= stop.
    degenerate : (N,) bool
        Boxes that the convention skips whole because their size is not positive.
    start, length : (N, 2)
        The RoIs in cells, x and y, before they are clipped: whole numbers where the convention
        rounds.
    """

    y0: Edges
    y1: Edges
    x0: Edges
    x1: Edges
    degenerate: NDArray[np.bool_]
    start: NDArray[Any]
    length: NDArray[Any]

    @property
    def rows(self) -> Edges:
        """(N, 2) int32: the rows that each whole RoI touches, ``[start, stop)``, not clipped."""
        return self._cells(1)

    @property
    def cols(self) -> Edges:
        """(N, 2) int32: the columns that each whole RoI touches, ``[start, stop)``, not clipped."""
        return self._cells(0)

    def _cells(self, axis: int) -> Edges:
        start, length = self.start[:, axis], self.length[:, axis]
        return _to_int(np.stack([np.floor(start), np.ceil(start + length)], axis=1))

    @property
    def empty(self) -> NDArray[np.bool_]:
        """(N, PH, PW) bool: the bins that hold no cell."""
        no_rows, no_cols = self.y0 >= self.y1, self.x0 >= self.x1
        return no_rows[:, :, None] | no_cols[:, None, :]


def bin_edges(
    boxes: Any,
    output_size: int | tuple[int, int],
    map_size: tuple[int, int] | None,
    spatial_scale: float = 1.0,
    convention: str | Convention = "article",
) -> Bins:
    """Cut boxes into bins: ``floor(i * n / P)`` to ``stop((i + 1) * n / P)``, clipped to the map.

    Parameters
    ----------
    boxes : array_like (N, 5), or a list of (L, 4) arrays
        ``[batch_index, x1, y1, x2, y2]`` in the units that `spatial_scale` turns into cells.
    output_size : int or (PH, PW)
        Bins along the rows and the columns.
    map_size : (H, W) or None
        Cells of the feature map. None leaves the edges unclipped, as the formula gives them.
    spatial_scale : float
        Cells per unit of the boxes: 1/16 for image pixels and a stride of 16.
    convention : str or Convention
        See `roipool.conventions`.

    Returns
    -------
    Bins

    Raises
    ------
    RoIPoolError
        Boxes of a wrong shape or with coordinates that are not finite, sizes that are not
        positive, an unknown convention.

    Examples
    --------
    The article's 7x5 RoI: rows 3-4 | 5-7, columns 0-2 | 3-6.

    >>> bins = bin_edges([[0, 0, 3, 7, 8]], 2, (8, 8))
    >>> bins.y0.tolist(), bins.y1.tolist()
    ([[3, 5]], [[5, 8]])
    >>> bins.x0.tolist(), bins.x1.tolist()
    ([[0, 3]], [[3, 7]])
    """
    chosen = get_convention(convention)
    arguments = (
        as_boxes(boxes, missing_image=chosen.missing_image),
        as_output_size(output_size),
        None if map_size is None else as_pair(map_size, map_size, "map_size", "(H, W)"),
        as_scale(spatial_scale),
        chosen,
    )
    size = size_of_edges(len(arguments[0]), arguments[1])
    asked = f"the edges of {len(arguments[0])} boxes for output_size {arguments[1]}"
    with np.errstate(over="ignore"), room_told(asked, size):
        return cut_boxes(*arguments)


def size_of_edges(boxes: int, output_size: tuple[int, int]) -> int:
    """The bytes that cutting takes: parts, starts and stops of 8 bytes, the last two clipped too.

    Examples
    --------
    >>> size_of_edges(1, (2, 2))
    160
    """
    return max(1, boxes) * sum(output_size) * 8 * 5


def cut_boxes(
    table: NDArray[np.float64],
    output_size: tuple[int, int],
    map_size: tuple[int, int] | None,
    scale: np.float32,
    convention: Convention,
    batch_size: int | None = None,
) -> Bins:
    """`bin_edges` of arguments that have been checked, with overflow ignored by the caller.

    Both axes are cut together, so that a single box costs as few NumPy calls as can be.
    """
    corners = table[:, 1:].astype(np.float32)  # what float32 cannot hold is merely far
    if convention.rounding == "none":
        # (x2 + 1) * s and not x2 * s + 1: the offset is a pixel of the image, not a cell.
        corners[:, 2:] += np.float32(convention.end_offset)
        cells = near(corners * scale)
    else:
        cells = _round(near((corners * scale).astype(np.float64)), convention)
        if convention.inclusive_end:
            cells[:, 2:] += convention.end_offset
    start = cells[:, :2]  # (N, 2): x, y
    length = cells[:, 2:] - start
    if convention.min_cells or convention.rounding != "none":
        np.maximum(length, convention.min_cells, out=length)
    skipped = convention.degenerate_argmax is not None
    degenerate = (length <= 0).any(axis=1) if skipped else np.zeros(len(table), dtype=bool)

    def cut(axes: slice, count: int) -> Edges:
        edges = _edges(start[:, axes, None], length[:, axes, None], count, convention)
        if skipped:
            edges[1, degenerate] = edges[0, degenerate]
        if map_size is not None:
            limit = np.array(map_size[::-1])[axes, None]
            edges = np.minimum(np.maximum(edges, 0), limit)
        return _to_int(edges)

    high, wide = output_size
    if high == wide:
        (x0, y0), (x1, y1) = cut(slice(0, 2), high).swapaxes(1, 2)
    else:
        ((x0,), (x1,)), ((y0,), (y1,)) = (
            cut(axis, count).swapaxes(1, 2)
            for axis, count in ((slice(0, 1), wide), (slice(1, 2), high))
        )
    if convention.missing_image == "empty":
        absent = ~has_image(table, batch_size)
        y1[absent], x1[absent] = y0[absent], x0[absent]
    return Bins(y0, y1, x0, x1, degenerate, start, length)


def boundaries(
    start: NDArray[Any], length: NDArray[Any], count: int, convention: Convention
) -> tuple[NDArray[Any], int]:
    """Where `count` bins meet before anything is rounded: ``i * n / P``, as parts and a divisor.

    "exact" never divides, so its parts are the integers ``i * n`` and the divisor is P. The floats
    divide first; what they make of ``i * (n / P)`` stands undivided, over 1.

    Parameters
    ----------
    start, length : arrays that broadcast with (count + 1,)
        RoIs in cells, as `Bins` has them.
    count : int
        P, the bins along the axis.
    convention : Convention

    Returns
    -------
    parts : (..., count + 1)
        Counted from the RoI's first cell; from the map's where the convention does not round, since
        there the fractional start takes part in the floor and the ceil.
    divisor : int

    Examples
    --------
    >>> from roipool import get_convention
    >>> start, length = np.array([3]), np.array([57])
    >>> boundaries(start, length, 7, get_convention("article"))[0].tolist()
    [0, 57, 114, 171, 228, 285, 342, 399]
    >>> parts, divisor = boundaries(start, length, 7, get_convention("fast_rcnn"))
    >>> print(parts[-1], divisor)
    57.000004 1
    """
    i = np.arange(count + 1)
    if convention.arithmetic == "exact":
        return i * length, count
    if convention.arithmetic in ("step", "step_rest"):
        parts = i * (length // count)
        if convention.arithmetic == "step_rest":
            parts = np.where(i == count, length, parts)
        return parts, 1
    real = np.dtype(convention.arithmetic)
    parts = i.astype(real) * (length.astype(real) / real.type(count))
    if convention.rounding == "none":
        parts = parts + start.astype(real)
    return parts, 1


def _edges(
    start: NDArray[Any], length: NDArray[Any], count: int, convention: Convention
) -> NDArray[Any]:
    """Starts and stops of `count` bins, (2, ...), not clipped: the boundaries as whole cells."""
    parts, divisor = boundaries(start, length, count, convention)
    if convention.rounding == "none":
        start = np.zeros_like(start)  # the boundaries have it in them
    exact = parts.dtype.kind == "i"
    low = high = parts // divisor if exact else np.floor(parts)
    if convention.stop == "ceil":
        high = -(-parts // divisor) if exact else np.ceil(parts)
    elif convention.stop == "nearest":
        halves = (2 * parts + divisor) // (2 * divisor) if exact else parts.astype(np.float64) + 0.5
        low = high = np.floor(halves)
    edges = np.empty((2, *low.shape[:-1], count), dtype=np.int64 if exact else np.float64)
    np.add(start, low[..., :-1], out=edges[0])
    np.add(start, high[..., 1:], out=edges[1])
    if convention.stop == "floor_or_one":
        np.maximum(edges[1], edges[0] + 1, out=edges[1])
    return edges


def as_output_size(output_size: Any) -> tuple[int, int]:
    """(PH, PW) from an int or a pair.

    Examples
    --------
    >>> as_output_size(7)
    (7, 7)
    """
    pair = output_size
    if not isinstance(pair, (tuple, list, np.ndarray)):
        pair = (pair, pair)
    return as_pair(pair, output_size, "output_size", "an int or (PH, PW)")


def as_pair(pair: Any, given: Any, name: str, form: str) -> tuple[int, int]:
    """Two whole numbers from 1, or a RoIPoolError about `given` that names the `form` expected."""
    try:
        first, second = (operator.index(item) for item in pair)
    except Exception:  # what the items raise is theirs
        first = second = 0
    if first < 1 or second < 1:
        raise RoIPoolError(f"{name} is {shown(given)}; expected {form} of whole numbers from 1.")
    if max(first, second) > _MOST_CELLS:
        raise RoIPoolError(
            f"{name} is {shown(given)}; expected at most {_MOST_CELLS} along an axis, as edges are "
            "int32."
        )
    return first, second


def as_scale(spatial_scale: Any) -> np.float32:
    """A spatial_scale as the float32 that coordinates are multiplied with."""
    try:
        given = float(spatial_scale)
    except Exception:
        given = math.nan
    scale = np.float32(given if given <= _LARGEST else math.nan)
    if not scale > 0:
        raise RoIPoolError(
            f"spatial_scale is {shown(spatial_scale)}; expected a positive number that float32 can "
            "hold, the cells per unit of the boxes (1/16 for image pixels and a stride of 16)."
        )
    return scale


def _round(product: NDArray[np.float64], convention: Convention) -> NDArray[np.int64]:
    """Float32 products (N, 4) to whole cells.

    In float64, because adding 0.5 to 0.49999997 in float32 gives 1.
    """
    match convention.rounding:
        case "half_even":
            whole = np.rint(product)
        case "floor":
            whole = np.floor(product)
        case "outward":
            whole = np.concatenate([np.floor(product[:, :2]), np.ceil(product[:, 2:])], axis=1)
        case _:
            whole = np.trunc(product + np.copysign(0.5, product))
    cells: NDArray[np.int64] = whole.astype(np.int64)
    return cells


def near(values: NDArray[Any]) -> NDArray[Any]:
    """Coordinates in cells, those that are off any map cut off where integers still hold them."""
    cut: NDArray[Any] = np.minimum(np.maximum(values, -_FAR), _FAR)
    return cut


def _to_int(values: NDArray[Any]) -> Edges:
    return values.astype(np.int32)
