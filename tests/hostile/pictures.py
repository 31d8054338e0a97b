"""Pictures of a few bytes that take long to read, or much memory."""

import struct
from functools import cache
from io import BytesIO

import numpy as np
from PIL import Image

MEGABYTE = 1_000_000


@cache
def many_scans(size: int = MEGABYTE, side: int = 2800) -> bytes:
    """A progressive JPEG of one colour whose smallest scan comes again, up to so many bytes.

    Each scan goes over all blocks of the picture, and takes a few bytes.
    """
    stream = BytesIO()
    Image.new("L", (side, side), 128).save(stream, "JPEG", progressive=True)
    segments = list(_segments(stream.getvalue()))
    # From a scan to the next: its tables, and itself with its data.
    ends = [i + 1 for i, (marker, _) in enumerate(segments) if marker == 0xDA]
    scans = [segments[a:b] for a, b in zip([ends[0] - 1, *ends], ends, strict=False)]
    smallest = min(scans[1:], key=_weight)
    before, after = segments[: ends[-1]], segments[ends[-1] :]
    times = (size - _weight(segments)) // _weight(smallest)
    return b"\xff\xd8" + b"".join(raw for _, raw in [*before, *smallest * times, *after])


def _weight(segments: list[tuple[int, bytes]]) -> int:
    return sum(len(raw) for _, raw in segments)


def _segments(jpeg: bytes):
    """The parts of a JPEG after its first two bytes; a scan with the data that follows it."""
    at = 2
    while at < len(jpeg):
        marker = jpeg[at + 1]
        if marker == 0xD9:
            yield marker, jpeg[at : at + 2]
            return
        end = at + 2 + struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
        if marker == 0xDA:
            while jpeg[end] != 0xFF or jpeg[end + 1] in (0, *range(0xD0, 0xD8)):
                end += 1
        yield marker, jpeg[at:end]
        at = end


@cache
def few_bytes() -> bytes:
    """A WebP of 20 megapixels in less than a kilobyte or two."""
    stream = BytesIO()
    Image.new("RGB", (5000, 4000), (90, 120, 30)).save(stream, "WEBP", lossless=True)
    return stream.getvalue()


@cache
def twenty_megapixels() -> bytes:
    """A JPEG of 20 megapixels, as a camera takes it, in less than 5 MB."""
    rows, cols = np.ogrid[:4000, :5000]
    wave = 127 + 120 * np.sin(rows / 97) * np.cos(cols / 61)
    stream = BytesIO()
    Image.fromarray(wave.astype(np.uint8)).convert("RGB").save(stream, "JPEG", quality=80)
    return stream.getvalue()


@cache
def harmless() -> bytes:
    """A picture like any other."""
    stream = BytesIO()
    rows, cols = np.ogrid[:96, :128]
    Image.fromarray((rows + cols).astype(np.uint8)).convert("RGB").save(stream, "PNG")
    return stream.getvalue()


@cache
def truth_shaped_npy() -> bytes:
    """An NPY whose header gives truth values for its shape."""
    head = b"{'descr': '<f8', 'fortran_order': False, 'shape': (True, True), }"
    head += b" " * (-(len(head) + 11) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head + bytes(8)
