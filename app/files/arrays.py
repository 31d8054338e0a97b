"""Arrays that NumPy saved, .npy and .npz. Their headers say what comes, and are judged first.

Nothing is ever unpickled: object arrays are refused by their header.
"""

import sys
import zlib
from io import BytesIO
from math import prod
from tokenize import TokenError
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from app.files.contents import pick
from app.files.doubts import Doubts
from app.files.problems import reject
from app.files.shapes import Check

Floats = NDArray[np.float32] | NDArray[np.float64]

# NumPy reads headers up to 10,000 bytes; a dozen stand before them.
_HEADER_BYTES = 10_012
_HEADERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
# A header is a Python literal, and a broken one fails in as many ways as Python's parser.
_BROKEN_HEADER = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    OverflowError,
    SyntaxError,
    TokenError,
    RecursionError,
    MemoryError,
)
_BROKEN_ZIP = (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)

# An entry of an archive's directory begins so. Nobody saves as many arrays.
_ENTRY = b"PK\x01\x02"
_MOST_ENTRIES = 1000


class _Header(NamedTuple):
    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    stop: int

    @property
    def file_size(self) -> int:
        return self.stop + prod(self.shape) * self.dtype.itemsize


def read_npy(content: bytes, check: Check) -> Floats:
    """The array of an .npy file; float32 stays, all other real numbers become float64."""
    _judge(content[:_HEADER_BYTES], len(content), check)
    return _loaded(content)


def read_npz(content: bytes, wanted: tuple[str, ...], check: Check, doubts: Doubts) -> Floats:
    """The only array of an .npz file, the first that bears a wanted name, or the chosen one."""
    if content.count(_ENTRY) > _MOST_ENTRIES:
        raise reject("file.zip_of_others")
    try:
        archive = ZipFile(BytesIO(content))
    except _BROKEN_ZIP as error:
        raise reject("file.zip") from error
    with archive:
        entry = _entry(archive, wanted, doubts)
        _judge(_unpacked(archive, entry, _HEADER_BYTES), entry.file_size, check)
        return _loaded(_unpacked(archive, entry, entry.file_size))


def _entry(archive: ZipFile, wanted: tuple[str, ...], doubts: Doubts) -> ZipInfo:
    saved = {
        entry.filename.removesuffix(".npy"): entry
        for entry in archive.infolist()
        if entry.filename.endswith(".npy")
    }
    if not saved:
        raise reject("file.zip_of_others")
    entry = saved[pick(list(saved), wanted, doubts)]
    if entry.flag_bits & 1:
        raise reject("file.password")
    # Other methods unpack without a bound; numpy.savez never uses them.
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise reject("file.zip")
    return entry


def _unpacked(archive: ZipFile, entry: ZipInfo, most: int) -> bytes:
    """The first bytes of an entry; no more are decompressed."""
    try:
        with archive.open(entry) as member:
            return member.read(most)
    except _BROKEN_ZIP as error:
        raise reject("file.zip") from error


def _judge(start: bytes, file_size: int, check: Check) -> None:
    header = _header(start)
    if header.dtype.hasobject:
        raise reject("file.object")
    if header.dtype.kind not in "biuf":
        raise reject("file.dtype", dtype=str(header.dtype))
    check(header.shape)
    if file_size != header.file_size:
        raise reject("file.length", wanted=header.file_size, size=file_size)


def _header(start: bytes) -> _Header:
    stream = BytesIO(start)
    try:
        shape, _, dtype = _HEADERS[npy.read_magic(stream)](stream)
    except _BROKEN_HEADER as error:
        raise reject("file.npy") from error
    if not all(map(_is_length, shape)):
        raise reject("file.npy")
    return _Header(shape, dtype, stream.tell())


def _is_length(size: Any) -> bool:
    """Whether an axis can be so long: NumPy's own reader takes True, and integers of any length."""
    return type(size) is int and 0 <= size <= sys.maxsize


def _loaded(content: bytes) -> Floats:
    try:
        array: NDArray[Any] = np.load(BytesIO(content), allow_pickle=False)
    except (*_BROKEN_HEADER, EOFError) as error:
        raise reject("file.npy") from error
    if array.dtype.kind == "f" and array.dtype.itemsize == 4:
        return array.astype(np.float32)
    # A long double may be larger than any float64, and is then infinite.
    with np.errstate(all="ignore"):
        return array.astype(np.float64)
