"""People's own files: their bytes in, maps, boxes and arrays out, or a ReadError that says why."""

import numpy as np
from numpy.typing import NDArray

from app.exercise.record import Box
from app.files.arrays import Floats, read_npy, read_npz
from app.files.contents import (
    BOXES,
    MAPS,
    OUTPUT,
    PICTURES,
    as_text,
    check_size,
    claims_picture,
    kind_of,
)
from app.files.nested import is_json, read_json
from app.files.printed import unwrapped
from app.files.problems import ReadError, reject
from app.files.shapes import (
    Check,
    as_checked_boxes,
    check_array,
    check_boxes,
    check_finite,
    check_least,
    check_maps,
)
from app.files.tables import parse_boxes, read_table


def read_maps(name: str, content: bytes) -> NDArray[np.float64]:
    r"""Feature maps (B, C, H, W) of a CSV, TSV, JSON, NPY or NPZ file.

    (H, W) is one image of one channel and (C, H, W) one image. Of a file of several arrays the
    one is read that is called x, input, map, features, feature_map or cells.

    Raises
    ------
    ReadError
        The file is of another kind or broken, too large for the stage, or holds what is no finite
        number.

    Examples
    --------
    >>> read_maps("map.csv", b"1;2,5\r\n3;4").tolist()
    [[[[1.0, 2.5], [3.0, 4.0]]]]
    """
    array = _read(name, content, MAPS, check_maps)
    check_least(array.shape)
    check_finite(array)
    return array.astype(np.float64).reshape((1,) * (4 - array.ndim) + array.shape)


def read_boxes(name: str, content: bytes, images: int) -> tuple[Box, ...]:
    r"""Boxes ``(batch_index, x1, y1, x2, y2)`` on so many images, of the same kinds of file.

    Raises
    ------
    ReadError
        As in `read_maps`; also where a row has not five numbers or names no image.

    Examples
    --------
    >>> read_boxes("boxes.json", b'{"rois": [[1, 0, 3, 7, 8]]}', images=2)
    ((1.0, 0.0, 3.0, 7.0, 8.0),)
    """
    check_size(content)
    if kind_of(content) == "text":
        text = unwrapped(as_text(name, content))
        if not is_json(text):
            return parse_boxes(text, images)
    return as_checked_boxes(_read(name, content, BOXES, check_boxes), images)


def read_array(name: str, content: bytes) -> Floats:
    """An array of one to four axes, for comparison: float32 stays, NaN and infinities are kept.

    Raises
    ------
    ReadError
        As in `read_maps`, but for what is not finite.

    Examples
    --------
    >>> read_array("output.json", b"[0.5, NaN]").tolist()
    [0.5, nan]
    """
    return _read(name, content, OUTPUT, check_array)


def is_picture(content: bytes) -> bool:
    """Whether a content is a picture, for `picture_map` to read.

    Examples
    --------
    >>> is_picture(b"1,2"), is_picture(b"GIF89a...")
    (False, True)
    """
    return kind_of(content) in PICTURES


def _read(name: str, content: bytes, wanted: tuple[str, ...], check: Check) -> Floats:
    check_size(content)
    kind = kind_of(content)
    if kind == "npy":
        return read_npy(content, check)
    if kind == "zip":
        return read_npz(content, wanted, check)
    if kind == "pickle":
        raise reject("file.pickle", name=name)
    if kind in PICTURES:
        raise reject("file.picture", name=name, kind=kind)
    text = unwrapped(as_text(name, content))
    try:
        return read_json(text, wanted, check) if is_json(text) else read_table(text, check)
    except ReadError as error:
        if claims_picture(name):
            raise reject("file.unknown", name=name) from error
        raise
