"""Arrays and boxes as files that `app.files` reads back exactly."""

import json
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.exercise.record import Box
from app.text import plain
from roipool.boxes import COLUMNS as BOX_COLUMNS

WRITTEN = ("csv", "tsv", "json", "npy", "npz")

_SEPARATORS = {"csv": ",", "tsv": "\t"}


def write(array: NDArray[np.floating], kind: str, name: str = "x") -> bytes:
    r"""An array of one to four axes as a file of a kind in `WRITTEN`; `name` is its own in an .npz.

    Text holds every digit of a float64. A blank line parts its channels and two part its images,
    so that axes of length 1 in front, and rows alone, are read back with fewer axes.

    Examples
    --------
    >>> write(np.array([[0.5, 1.0], [2.0, 3.0]]), "csv")
    b'0.5,1.0\n2.0,3.0\n'
    """
    if kind in _SEPARATORS:
        return (_blocks(array, _SEPARATORS[kind]) + "\n").encode()
    if kind == "json":
        return (json.dumps(array.tolist()) + "\n").encode()
    stream = BytesIO()
    if kind == "npy":
        np.save(stream, array, allow_pickle=False)
    else:
        arrays: dict[str, Any] = {name: array}
        np.savez_compressed(stream, **arrays)
    return stream.getvalue()


def write_boxes(boxes: Sequence[Box], kind: str) -> bytes:
    r"""Boxes as a file of a kind in `WRITTEN`; as text they come under the names of their columns.

    Examples
    --------
    >>> write_boxes([(0.0, 0.0, 3.0, 7.5, 8.0)], "csv")
    b'batch_index,x1,y1,x2,y2\n0,0,3,7.5,8\n'
    """
    if kind in _SEPARATORS:
        rows = [BOX_COLUMNS, *([plain(value) for value in box] for box in boxes)]
        return "".join(_SEPARATORS[kind].join(row) + "\n" for row in rows).encode()
    return write(np.array(boxes, dtype=np.float64).reshape(-1, 5), kind, "boxes")


def _blocks(array: NDArray[np.floating], separator: str) -> str:
    if array.ndim == 1:
        return separator.join(repr(value) for value in array.astype(np.float64).tolist())
    return ("\n" * (array.ndim - 1)).join(_blocks(part, separator) for part in array)
