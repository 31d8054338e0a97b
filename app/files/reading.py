"""People's own files: their bytes in, maps and arrays out, or a ReadError that says why."""

import re

import numpy as np
from numpy.typing import NDArray

from app.files import axes
from app.files.arrays import Floats, read_npy, read_npz
from app.files.contents import (
    PICTURES,
    as_text,
    check_size,
    claims_picture,
    kind_of,
)
from app.files.doubts import Doubts, Reading
from app.files.foreign import tidied
from app.files.nested import is_json, read_json
from app.files.printed import check_text, unwrapped
from app.files.problems import ReadError, reject
from app.files.shapes import Check, check_array, check_finite, check_least, check_maps
from app.files.tables import read_table
from app.files.typed import plain_signs
from app.files.ways import Ways
from roipool.files import MAPS, OUTPUT

_MARKUP = re.compile(r"\s*<(\?xml|!doctype|annotations?\b)", re.IGNORECASE)


def maps_reading(name: str, content: bytes, ways: Ways = ()) -> Reading[NDArray[np.float64]]:
    r"""Feature maps (B, C, H, W) of a CSV, TSV, JSON, NPY or NPZ file, and how it was read.

    (H, W) is one image of one channel and (C, H, W) one image; channels may come last, as
    app/files/axes.py has it. Of a file of several arrays the one is read that is called x, input,
    map, features, feature_map or cells.

    Raises
    ------
    ReadError
        The file is of another kind or broken, too large for the stage, or holds what is no finite
        number.

    Examples
    --------
    >>> reading = maps_reading("map.csv", b"1;2,5\r\n3;4")
    >>> reading.value.tolist(), reading.how[0].key
    ([[[[1.0, 2.5], [3.0, 4.0]]]], 'comma.decimal')
    """
    doubts = Doubts(ways)
    try:
        array = read(name, content, MAPS, check_maps, doubts)
        if array.ndim == 2:
            check_least(array.shape)
        check_finite(array)
        maps = axes.settled(array, doubts)
        check_least(maps.shape[-array.ndim :])
    except ReadError as error:
        raise doubts.refusal(error) from error
    return doubts.reading(maps.astype(np.float64))


def read_maps(name: str, content: bytes) -> NDArray[np.float64]:
    r"""The maps of `maps_reading`, each doubt settled in the likeliest way.

    Examples
    --------
    >>> read_maps("map.csv", b"1,2\n3,4").shape
    (1, 1, 2, 2)
    """
    return maps_reading(name, content).value


def typed_maps(text: str, ways: Ways = ()) -> Reading[NDArray[np.float64]]:
    r"""Feature maps of pasted text, as in `maps_reading`.

    Examples
    --------
    >>> typed_maps("1, 2\n3\t4").value.tolist()
    [[[[1.0, 2.0], [3.0, 4.0]]]]
    """
    if not text.strip():
        raise reject("paste.empty")
    return maps_reading("", plain_signs(text).encode(), ways)


def read_array(name: str, content: bytes) -> Floats:
    """An array of one to four axes, for comparison: float32 stays, NaN and infinities are kept.

    Raises
    ------
    ReadError
        As in `maps_reading`, but for what is not finite.

    Examples
    --------
    >>> read_array("output.json", b"[0.5, NaN]").tolist()
    [0.5, nan]
    """
    return read(name, content, OUTPUT, check_array, Doubts())


def array_reading(
    name: str, content: bytes, wanted: tuple[str, ...] = OUTPUT, ways: Ways = ()
) -> Reading[Floats]:
    """The array of `read_array`, and how it was read.

    Of a file of several arrays the one is read that bears a `wanted` name.

    Examples
    --------
    >>> reading = array_reading("output.csv", b"0,5;1,25")
    >>> reading.value.tolist(), reading.how[0].key
    ([[0.5, 1.25]], 'comma.decimal')
    """
    doubts = Doubts(ways)
    try:
        array = read(name, content, wanted, check_array, doubts)
    except ReadError as error:
        raise doubts.refusal(error) from error
    return doubts.reading(array)


def is_picture(content: bytes) -> bool:
    """Whether a content is a picture, for `picture_map` to read.

    Examples
    --------
    >>> is_picture(b"1,2"), is_picture(b"GIF89a...")
    (False, True)
    """
    return kind_of(content) in PICTURES


def read(
    name: str, content: bytes, wanted: tuple[str, ...], check: Check, doubts: Doubts
) -> Floats:
    """The array of a content of any kind, its shape allowed by `check`."""
    check_size(content)
    kind = kind_of(content)
    if kind == "npy":
        return read_npy(content, check)
    if kind == "zip":
        return read_npz(content, wanted, check, doubts)
    text = numbers_text(name, content)
    try:
        if _MARKUP.match(text):
            raise reject("file.markup")
        if is_json(text):
            return read_json(text, wanted, check, doubts)
        return read_table(text, check, doubts)
    except ReadError as error:
        if claims_picture(name):
            raise reject("file.unknown", name=name) from error
        raise


def numbers_text(name: str, content: bytes) -> str:
    """The text of a content without what programs write around numbers."""
    kind = kind_of(content)
    if kind == "pickle":
        raise reject("file.pickle", name=name)
    if kind in PICTURES:
        raise reject("file.picture", name=name, kind=kind)
    text = as_text(name, content)
    check_text(text)
    return unwrapped(tidied(text))
