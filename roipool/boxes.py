"""Boxes: N rows ``[batch_index, x1, y1, x2, y2]``, checked once and never changed afterwards.

x runs along the columns of the feature map and y along its rows. Whether x2, y2 belong to the
box is for the convention to say.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.arrays import (
    Array,
    as_array,
    check_one_device,
    is_on_gpu,
    load_cupy,
    to_host,
)
from roipool.errors import RoIPoolError

COLUMNS = ("batch_index", "x1", "y1", "x2", "y2")

# What NumPy makes floats of without a word.
_NO_NUMBERS = {"c": "complex", "m": "times", "M": "dates"}

_EXPECTED = "expected (N, 5), one row [batch_index, x1, y1, x2, y2] a box"


def as_boxes(
    boxes: Any, batch_size: int | None = None, missing_image: str = "error"
) -> NDArray[np.float64]:
    """Boxes as an (N, 5) float64 array, or a RoIPoolError that says what is wrong with them.

    Parameters
    ----------
    boxes : array_like (N, 5) or sequence of array_like (L, 4)
        One table, or one array of ``[x1, y1, x2, y2]`` per image of the batch. No boxes is fine.
    batch_size : int, optional
        Number of images; batch indices are checked against it where it is given.
    missing_image : {"error", "empty"}
        Whether a whole number that names no image is refused: see `Convention`.

    Raises
    ------
    RoIPoolError
        Wrong rank or number of columns, NaN or infinite coordinates, a batch index that is
        fractional or names no image.

    Examples
    --------
    >>> as_boxes([[[0, 3, 7, 8]], [[1, 1, 4, 4]]]).tolist()
    [[0.0, 0.0, 3.0, 7.0, 8.0], [1.0, 1.0, 1.0, 4.0, 4.0]]
    """
    table = _per_image(boxes, batch_size) if _is_per_image(boxes) else _numbers(boxes)
    if table.size == 0 and table.shape in ((0,), (0, 4), (0, 5)):
        return np.empty((0, 5))
    _check_columns(table)
    _check_values(table, batch_size, missing_image)
    return table


def without_index(boxes: Any) -> NDArray[np.float64] | None:
    """The table of (N, 4) boxes that carry no batch index; None where boxes are anything else.

    Examples
    --------
    >>> without_index([[0, 3, 7, 8]]).shape
    (1, 4)
    """
    if _is_per_image(boxes):
        return None
    table = _numbers(to_host(as_array(boxes, "boxes", _EXPECTED)) if is_on_gpu(boxes) else boxes)
    return table if table.ndim == 2 and table.shape[1] == 4 else None


def as_table(boxes: Any) -> NDArray[np.float64] | None:
    """(N, 5) finite numbers, whatever they say of images; None where boxes are anything else.

    Examples
    --------
    >>> as_table([[0.5, 3, 7, 8, 0]]).tolist()
    [[0.5, 3.0, 7.0, 8.0, 0.0]]
    """
    if _is_per_image(boxes):
        return None
    table = _numbers(to_host(as_array(boxes, "boxes", _EXPECTED)) if is_on_gpu(boxes) else boxes)
    fine = table.ndim == 2 and table.shape[1] == 5 and len(table) and np.isfinite(table).all()
    return table if fine else None


def as_boxes_for(maps: Array, boxes: Any, batch_size: int, missing_image: str = "error") -> Array:
    """Boxes (N, 5) as the backend of `maps` takes them.

    Boxes on the GPU stay there beside maps on the GPU: their shape is checked, and their values are
    not read back. All others are checked by `as_boxes`.
    """
    is_list = isinstance(boxes, (list, tuple))
    if not (any(map(is_on_gpu, boxes)) if is_list else is_on_gpu(boxes)):
        return as_boxes(boxes, batch_size, missing_image)
    tables = [as_array(item, "boxes", _EXPECTED) for item in (boxes if is_list else [boxes])]
    if not is_on_gpu(maps):
        copied = [to_host(table) for table in tables]
        return as_boxes(copied if is_list else copied[0], batch_size, missing_image)
    for table in tables:
        check_one_device(maps, table, "input and boxes")
    cupy = load_cupy()
    with maps.device:
        tables = [cupy.asarray(table, dtype=np.float64) for table in tables]
        if is_list and all(table.ndim == 1 and table.size for table in tables):
            tables, is_list = [cupy.stack(tables)], False
        if is_list:
            _check_per_image([table.shape for table in tables], batch_size)
        joined = _joined(cupy, tables) if is_list else tables[0]
        if joined.shape in ((0,), (0, 4)):
            joined = cupy.empty((0, 5))
    _check_columns(joined)
    return joined


def _joined(xp: Any, tables: list[Array]) -> Array:
    """One table (N, 5) of NumPy or CuPy from tables (L, 4), each of an image."""
    rows = [
        xp.concatenate([xp.full((len(table), 1), float(index)), table], axis=1)
        for index, table in enumerate(tables)
        if table.size
    ]
    return xp.concatenate(rows) if rows else xp.empty((0, 5))


def _is_per_image(boxes: Any) -> bool:
    return (
        _is_list(boxes)
        and len(boxes) > 0
        and all(_rank(box) == 2 or _is_empty(box) for box in boxes)
    )


def _rank(item: Any) -> int:
    rank = getattr(item, "ndim", None)
    if rank is None:
        rank = 2 if _is_list(item) and item and (_is_list(item[0]) or _rank(item[0]) == 1) else 0
    return int(rank)


def _is_list(item: Any) -> bool:
    return isinstance(item, Sequence) and not isinstance(item, (str, bytes))


def _is_empty(item: Any) -> bool:
    return _is_list(item) and len(item) == 0


def _per_image(boxes: Sequence[Any], batch_size: int | None) -> NDArray[np.float64]:
    tables = [_numbers(item) for item in boxes]
    _check_per_image([table.shape for table in tables], batch_size)
    joined: NDArray[np.float64] = _joined(np, tables)
    return joined


def _check_per_image(shapes: list[tuple[int, ...]], batch_size: int | None) -> None:
    if batch_size is not None and len(shapes) != batch_size:
        raise RoIPoolError(
            f"boxes is a list of {len(shapes)} arrays; expected {batch_size}, one (L, 4) array per "
            "image (an empty one where an image has no boxes)."
        )
    for index, shape in enumerate(shapes):
        if 0 not in shape and (len(shape) != 2 or shape[1] != 4):
            raise RoIPoolError(
                f"boxes[{index}] has shape {shape}; expected (L, 4), one row "
                "[x1, y1, x2, y2] a box of that image. For rows that carry a batch index pass one "
                "(N, 5) array instead of a list."
            )


def _numbers(boxes: Any) -> NDArray[np.float64]:
    try:
        if hasattr(boxes, "__dlpack__") and not isinstance(boxes, np.ndarray):
            boxes = np.from_dlpack(boxes)
        table = np.asarray(boxes)
        if table.dtype.kind in _NO_NUMBERS:
            raise TypeError(f"they are {_NO_NUMBERS[table.dtype.kind]}")
        return table.astype(np.float64)
    except Exception as error:  # what the items of a list raise is theirs
        raise RoIPoolError(f"boxes cannot be read as numbers ({error}); {_EXPECTED}.") from error


def _check_columns(table: Array) -> None:
    if table.ndim != 2 or table.shape[1] != 5:
        raise RoIPoolError(f"boxes has shape {table.shape}; {_EXPECTED}.{_hint(table)}")


def _hint(table: NDArray[np.float64]) -> str:
    if table.ndim == 2 and table.shape[1] == 4:
        return (
            " The batch index is missing: put it in front of each row, or pass a list of one "
            "(L, 4) array per image."
        )
    if table.shape == (5,):
        return " For a single box put the row in a list: [[batch_index, x1, y1, x2, y2]]."
    return ""


def has_image(table: NDArray[np.float64], batch_size: int | None) -> NDArray[np.bool_]:
    """(N,) whether the batch index of a box names one of so many images, or may name one.

    Examples
    --------
    >>> has_image(np.array([[-1.0, 0, 0, 4, 4], [1, 0, 0, 4, 4]]), 2).tolist()
    [False, True]
    """
    index = table[:, 0]
    # In an empty batch no index is at home: nothing equals NaN.
    last = np.inf if batch_size is None else batch_size - 1 if batch_size else np.nan
    at_home: NDArray[np.bool_] = np.minimum(np.maximum(np.floor(index), 0), last) == index
    return at_home


def _check_values(table: NDArray[np.float64], batch_size: int | None, missing_image: str) -> None:
    if missing_image == "empty":
        at_home = np.floor(table[:, 0]) == table[:, 0]
    else:
        at_home = has_image(table, batch_size)
    finite = np.isfinite(table)
    if np.logical_and.reduce(at_home) and np.logical_and.reduce(finite, None):
        return
    if not finite.all():
        row, column = (int(i) for i in np.argwhere(~finite)[0])
        raise RoIPoolError(
            f"box {row} has {COLUMNS[column]} = {table[row, column]}; expected a finite number."
        )
    row = int(np.flatnonzero(~at_home)[0])
    allowed = " from 0" if batch_size is None else f" in [0, {batch_size})"
    allowed = "" if missing_image == "empty" else allowed
    raise RoIPoolError(
        f"box {row} has batch_index = {table[row, 0]:g}; expected a whole number{allowed}, "
        "the image that the box belongs to. The columns are [batch_index, x1, y1, x2, y2]."
    )
