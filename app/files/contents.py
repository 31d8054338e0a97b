"""What a file is, by its bytes: its name may say anything."""

import math
import re
from textwrap import shorten

from app.exercise.limits import MAX_MEGABYTES
from app.files.doubts import Doubts
from app.files.problems import reject

# The picture formats that are read, by Pillow's names, and how their files begin.
PICTURES = {
    "PNG": rb"\x89PNG\r\n\x1a\n",
    "JPEG": rb"\xff\xd8\xff",
    "GIF": rb"GIF8[79]a",
    "BMP": rb"BM.{4}\0{4}",
    "WEBP": rb"RIFF.{4}WEBP",
}
_NPY = rb"\x93NUMPY"
_ZIP = rb"PK(\x03\x04|\x05\x06|\x07\x08)"
# Protocols 2 to 5 begin with their number; the text of protocol 0 with a list, tuple or class.
_PICKLE = rb"\x80[\x02-\x05]|\([lptd]p?\d*\n|c[\w.]+\n\w+\n"


def kind_of(content: bytes) -> str:
    """What a content begins as: "npy", "zip", "pickle", a picture's format, or else "text".

    Examples
    --------
    >>> kind_of(b"GIF89a..."), kind_of(b"1,2")
    ('GIF', 'text')
    """
    kinds = {"npy": _NPY, "zip": _ZIP, "pickle": _PICKLE, **PICTURES}
    for kind, start in kinds.items():
        if re.match(start, content, re.DOTALL):
            return kind
    return "text"


def claims_picture(name: str) -> bool:
    """Whether a file is called a picture, which it may not be.

    Examples
    --------
    >>> claims_picture("fake.PNG"), claims_picture("map.csv")
    (True, False)
    """
    return bool(re.search(r"\.(png|jpe?g|gif|bmp|webp)$", name, re.IGNORECASE))


def check_size(content: bytes) -> None:
    """A file has its limit, and must hold something."""
    megabytes = len(content) / 2**20
    if megabytes > MAX_MEGABYTES:
        size = math.ceil(megabytes * 100) / 100
        raise reject("file.too_big", size=size, most=MAX_MEGABYTES)
    if not content.strip():
        raise reject("file.empty")


def as_text(name: str, content: bytes) -> str:
    """A content as text: UTF-8, or UTF-16 with its mark, as spreadsheets write it."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise reject("file.unknown", name=name) from error
    if "\0" in text:
        raise reject("file.unknown", name=name)
    return text


def pick(names: list[str], wanted: tuple[str, ...], doubts: Doubts) -> str:
    """The name to read of those that a file holds: the only one, or the first that is wanted.

    Where none is wanted a person chooses.

    Examples
    --------
    >>> from roipool.files import MAPS
    >>> pick(["rois", "x"], MAPS, Doubts()), pick(["whatever"], MAPS, Doubts())
    ('x', 'whatever')
    """
    if not names:
        raise reject("file.empty")
    if len(names) == 1:
        return names[0]
    for name in wanted:
        if name in names:
            return name
    chosen = doubts.chosen("member", names)
    doubts.offer("member", (name for name in names if name != chosen))
    if chosen is not None:
        doubts.say("member", name=chosen[:40])
        return chosen
    listed = shorten(", ".join(names[:20]), 40, placeholder=" …")
    raise reject("file.members", names=listed, wanted=", ".join(wanted[:3]))
