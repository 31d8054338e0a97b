"""Arrays as files, read and written with NumPy alone.

Text is what `app.files` reads back exactly, and reads far more of: here numbers are parted by
commas, semicolons, tabs or spaces, or are JSON.
"""

import json
import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from roipool.errors import RoIPoolError, shown

# The arrays that a file of several may hold, in the order in which they are looked for.
MAPS = ("x", "input", "map", "features", "feature_map", "cells")
BOXES = ("rois", "boxes")
OUTPUT = ("output", "y")

WRITTEN = ("csv", "tsv", "json", "npy", "npz")

_SEPARATORS = {"csv": ",", "tsv": "\t"}
_NPY, _ZIP = b"\x93NUMPY", b"PK"


def is_saved(content: bytes) -> bool:
    r"""Whether a content is what NumPy saves, .npy or .npz.

    Examples
    --------
    >>> is_saved(b"1,2"), is_saved(b"\x93NUMPY...")
    (False, True)
    """
    return content.startswith((_NPY, _ZIP))


def load(name: str, content: bytes, wanted: Sequence[str]) -> NDArray[Any]:
    r"""The array of an .npy or .npz file, its dtype kept, or of text; nothing is ever unpickled.

    Parameters
    ----------
    name : of the file, for messages
    wanted : how the array is called in a file of several, the first that is there

    Raises
    ------
    RoIPoolError
        If it is broken, holds objects, several arrays of other names, or what is no number.

    Examples
    --------
    >>> load("map.csv", b"1,2\n3,4\n", MAPS).tolist()
    [[1.0, 2.0], [3.0, 4.0]]
    >>> load("saved", write(np.float32([[0.5]]), "npz", "x"), MAPS).dtype
    dtype('float32')
    """
    if is_saved(content):
        return _saved(name, content, wanted)
    try:
        text = content.decode("utf-8-sig").strip()
        if text.startswith(("[", "{")):
            data = json.loads(text)
            if isinstance(data, dict):
                data = data[_picked(name, list(data), wanted)]
            return np.array(data, dtype=np.float64)
        lines = [line.strip(" ,;\t") for line in text.splitlines()]
        if not lines:
            raise ValueError("it is empty")
        if not all(lines):
            raise ValueError("a blank line parts its channels, which only the app reads")
        return np.array([re.split(r"[,;\s]+", line) for line in lines], dtype=np.float64)
    except (UnicodeDecodeError, ValueError, TypeError, RecursionError) as error:
        if isinstance(error, RoIPoolError):
            raise
        raise RoIPoolError(f"{name} holds no rows of numbers of one length: {error}.") from error


def write(array: NDArray[Any], kind: str, name: str = "x") -> bytes:
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


def _saved(name: str, content: bytes, wanted: Sequence[str]) -> NDArray[Any]:
    try:
        opened = np.load(BytesIO(content), allow_pickle=False)
        if isinstance(opened, np.ndarray):
            return opened
        with opened:
            array: NDArray[Any] = opened[_picked(name, opened.files, wanted)]
            return array
    except RoIPoolError:
        raise
    except (ValueError, OSError, EOFError, KeyError, BadZipFile) as error:
        raise RoIPoolError(f"{name} is no array of numbers that NumPy saved: {error}.") from error


def _picked(name: str, names: list[str], wanted: Sequence[str]) -> str:
    """Which of several arrays is meant: the only one, or the first that bears a wanted name."""
    for one in names if len(names) == 1 else wanted:
        if one in names:
            return one
    raise RoIPoolError(
        f"{name} holds {shown(names)}; expected one array, or one of the names {', '.join(wanted)}."
    )


def _blocks(array: NDArray[Any], separator: str) -> str:
    if array.ndim == 1:
        return separator.join(repr(value) for value in array.tolist())
    return ("\n" * (array.ndim - 1)).join(_blocks(part, separator) for part in array)
