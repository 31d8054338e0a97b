"""Boxes to the blocks of their images, and results back into the order of the boxes.

``images (2, 2), boxes of images 3 0 2 0``::

    order    1 3 | 0 2     rows, block by block, in each in the order given
    table    0 0 | 1 0     their images, counted from the block's first
    counts   2   | 2       known before anything is computed: so are all chunks
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import dask.array as da
import numpy as np
from dask.array.utils import meta_from_array
from numpy.typing import NDArray

from roipool.boxes import has_image
from roipool.errors import RoIPoolError


@dataclass(frozen=True, slots=True)
class Plan:
    """Which boxes a block of images gets.

    Attributes
    ----------
    order : (N,) the boxes' rows, block by block
    table : (N, 5) the boxes in that order, batch indices counted from their block's first image
    counts : boxes of each block
    """

    order: NDArray[np.intp]
    table: NDArray[np.float64]
    counts: tuple[int, ...]

    @property
    def is_given_order(self) -> bool:
        return bool((self.order[1:] > self.order[:-1]).all())

    def sorted(self, rows: Any) -> Any:
        """A Dask array of one row a box, from the order given to that of the blocks."""
        return rows if self.is_given_order else da.take(rows, self.order, axis=0)

    def restored(self, rows: Any) -> Any:
        """The way back."""
        return rows if self.is_given_order else da.take(rows, np.argsort(self.order), axis=0)


def make_plan(table: NDArray[np.float64], images: tuple[int, ...]) -> Plan:
    """Split checked boxes (N, 5) by blocks of so many images each.

    A box that names no image, where a convention allows it, keeps its index in the first block,
    which has no such image either.

    Examples
    --------
    >>> plan = make_plan(np.array([[3.0, 0, 0, 1, 1], [0, 0, 0, 1, 1], [2, 0, 0, 1, 1]]), (2, 2))
    >>> plan.order.tolist(), plan.table[:, 0].tolist(), plan.counts
    ([1, 0, 2], [0.0, 1.0, 0.0], (1, 2))
    """
    stops = np.cumsum(images)
    at_home = has_image(table, int(stops[-1]))
    block = np.where(at_home, np.searchsorted(stops, table[:, 0], side="right"), 0)
    order = np.argsort(block, kind="stable")
    starts = np.append(0, stops[:-1])
    moved = table[order]
    moved[:, 0] -= np.where(at_home, np.append(starts, 0)[block], 0)[order]
    return Plan(order, moved, tuple(np.bincount(block, minlength=len(images)).tolist()))


def pool_blocks(
    function: Callable[..., Any],
    maps: Any,
    table: NDArray[np.float64],
    output_size: tuple[int, int],
    dtypes: tuple[Any, ...],
    **options: Any,
) -> tuple[Any, ...]:
    """Dask arrays (N, C, PH, PW), one a dtype, of what `function` makes of each block of maps.

    Parameters
    ----------
    function : callable
        Of a block (b, c, H, W), its boxes (n, 5), and the options. It returns an array (n, c, PH,
        PW), or a tuple of them where there are several dtypes.
    maps : (B, C, H, W) Dask array, rows and columns in one block each
    table : (N, 5), checked
    output_size : (PH, PW)
    dtypes : of the results
    """
    plan = make_plan(table, maps.chunks[0])
    used = np.flatnonzero(plan.counts).tolist()
    counts = tuple(plan.counts[block] for block in used) or (0,)
    chunks = (counts, maps.chunks[1], *((size,) for size in output_size))
    metas = [meta_from_array(maps, ndim=4, dtype=dtype) for dtype in dtypes]
    if not used:
        shape = tuple(map(sum, chunks))
        return tuple(da.empty_like(maps, shape=shape, chunks=chunks, dtype=t) for t in dtypes)
    if len(used) < maps.numblocks[0]:
        maps = maps.blocks[used]  # a block without boxes is not even read
    # Given a meta, Dask does not try the function on arrays without any cell.
    made = da.map_blocks(
        _of_block,
        maps,
        _as_blocks(plan.table, counts),
        function=function,
        output_size=output_size,
        **options,
        chunks=chunks,
        meta=metas[0],
    )
    if len(dtypes) == 1:
        return (plan.restored(made),)
    return tuple(
        plan.restored(da.map_blocks(_item, made, at=i, meta=meta)) for i, meta in enumerate(metas)
    )


def hand_back(
    function: Callable[..., Any],
    grads: Any,
    places: Any,
    table: NDArray[np.float64],
    chunks: tuple[tuple[int, ...], ...],
    **options: Any,
) -> Any:
    """Dask array (B, C, H, W) in such chunks, of what `function` hands back to each block.

    Parameters
    ----------
    function : callable
        Of gradients (n, c, PH, PW), their places, boxes (n, 5), a shape (b, c, H, W) and the
        options.
    grads, places : (N, C, PH, PW) Dask arrays
    table : (N, 5), checked
    chunks : of the result
    """
    images, channels, height, width = chunks
    plan = make_plan(table, images)
    by_block = (plan.counts, channels, -1, -1)
    spans = np.cumsum([0, *images])
    made = da.map_blocks(
        _back_of_block,
        plan.sorted(grads).rechunk(by_block),
        plan.sorted(places).rechunk(by_block),
        _as_blocks(plan.table, plan.counts),
        _as_blocks(np.stack([spans[:-1], spans[1:]], axis=1), (1,) * len(images)),
        function=function,
        map_size=(sum(height), sum(width)),
        **options,
        chunks=(images, channels, (sum(height),), (sum(width),)),
        meta=meta_from_array(grads, ndim=4),
    )
    return made.rechunk(chunks)


def _as_blocks(rows: NDArray[Any], counts: tuple[int, ...]) -> Any:
    """Rows (n, k) beside blocks of maps: as four axes, and split along the first alone."""
    return da.from_array(rows[:, None, None], chunks=(counts, 1, 1, rows.shape[1]))


def _of_block(maps: Any, boxes: Any, *, function: Callable[..., Any], **options: Any) -> Any:
    return function(maps, boxes[:, 0, 0], **options)


def _item(made: tuple[Any, ...], *, at: int) -> Any:
    return made[at]


def _back_of_block(
    grads: Any,
    places: Any,
    boxes: Any,
    span: Any,
    *,
    function: Callable[..., Any],
    map_size: tuple[int, int],
    **options: Any,
) -> Any:
    start, stop = span[0, 0, 0].tolist()
    shape = (stop - start, grads.shape[1], *map_size)
    try:
        return function(grads, places, boxes[:, 0, 0], shape, **options)
    except RoIPoolError as error:
        error.add_note(f"In images {start} to {stop - 1}; boxes are counted among theirs alone.")
        raise
