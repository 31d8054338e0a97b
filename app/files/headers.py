"""What a picture's header says of the work ahead: judged before anything is decoded."""

import struct

from app.files.problems import reject

_MOST_BYTES = 200 * 10**6
"""That decoding a picture may take, beside the 30 MB or so of the program."""

# A JPEG that is shown coarse first has about ten scans, and eighteen in the colours of print. Each
# goes over all of its pixels.
_MOST_SCANS = 64
_MOST_SCANNED = 400 * 10**6
_SCAN = b"\xff\xda"


def check_memory(kind: str, size: tuple[int, int], bytes_per_pixel: int) -> None:
    """Refuse a picture of (columns, rows) that takes too much memory, so many bytes a pixel."""
    pixels = size[0] * size[1]
    if pixels * bytes_per_pixel > _MOST_BYTES:
        most = _MOST_BYTES // bytes_per_pixel
        sizes = {"found": _millions(pixels), "most": _millions(most)}
        raise reject("file.picture_heavy", kind=kind, **sizes)


def check_scans(content: bytes, size: tuple[int, int]) -> None:
    """Refuse a JPEG of more scans than real ones have: of a few bytes each, they take minutes."""
    # No byte of a scan's own data looks so; a thumbnail in the header may have a few of its own.
    scans = content.count(_SCAN)
    most = max(1, min(_MOST_SCANS, _MOST_SCANNED // max(1, size[0] * size[1])))
    if scans > most:
        raise reject("file.picture_scans", found=scans, most=most)


def webp_size(content: bytes) -> tuple[int, int]:
    """(columns, rows) of a WebP, by its first chunk: extended, lossless or lossy.

    Raises
    ------
    ReadError
        It is none of these, or cut off.
    """
    start, data = content[12:16], content[20:30]
    try:
        if start == b"VP8X":
            low, high = struct.unpack("<HB", data[4:7]), struct.unpack("<HB", data[7:10])
            return 1 + low[0] + (low[1] << 16), 1 + high[0] + (high[1] << 16)
        if start == b"VP8L":
            (bits,) = struct.unpack("<I", data[1:5])
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        if start == b"VP8 ":
            cols, rows = struct.unpack("<HH", data[6:10])
            return cols & 0x3FFF, rows & 0x3FFF
    except struct.error as error:
        raise reject("file.picture_broken") from error
    raise reject("file.picture_broken")


def _millions(pixels: int) -> str:
    return f"{pixels / 10**6:.1f}"
