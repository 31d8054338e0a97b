"""Pictures that are too much work to decode are refused by their header."""

import struct

import numpy as np
import pytest
from PIL import Image, ImageFile

from app.files import ReadError, Scaling, picture_map
from app.files.headers import webp_size
from app.text import LANGUAGES, Text
from tests.files.made_pictures import RAMP, cells, chunk, encoded, png_header


def rescanned(content, scans):
    """A JPEG whose last scan comes so many times more."""
    start = content.rindex(b"\xff\xda")
    return content[:start] + content[start:-2] * (scans + 1) + content[-2:]


@pytest.fixture
def undecoded(monkeypatch):
    """No pixel is decoded."""

    def decoded(*arguments):
        raise AssertionError("it was decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", decoded)
    monkeypatch.setattr("PIL.WebPImagePlugin._webp.WebPAnimDecoder", decoded)


def refused(content):
    with pytest.raises(ReadError) as error:
        picture_map(content, "grey", 1)
    problem = error.value.problem
    for language in LANGUAGES:
        assert "{" not in problem.sentence(Text(language))
    return problem.key, dict(problem.values)


PROGRESSIVE = encoded(np.tile(RAMP, (8, 8)), "JPEG", progressive=True)


def test_a_jpeg_of_more_scans_than_real_ones_is_refused_before_it_is_decoded(undecoded):
    own = PROGRESSIVE.count(b"\xff\xda")
    assert own > 3
    key, values = refused(rescanned(PROGRESSIVE, 65 - own))
    assert (key, values) == ("file.picture_scans", {"found": 65, "most": 64})


def test_a_large_jpeg_may_have_fewer_scans(undecoded):
    content = bytearray(rescanned(PROGRESSIVE, 40))
    frame = content.index(b"\xff\xc2")
    content[frame + 5 : frame + 9] = struct.pack(">HH", 4000, 5000)
    assert refused(bytes(content))[1]["most"] == 20


def test_a_progressive_jpeg_of_as_many_scans_as_are_usual_is_read():
    assert cells(rescanned(PROGRESSIVE, 20)).shape == cells(PROGRESSIVE).shape == (32, 32)


def webp_header(cols, rows, kind):
    """A WebP that promises a size, and whose pixels are missing."""
    if kind == b"VP8X":
        data = bytes(4) + (cols - 1).to_bytes(3, "little") + (rows - 1).to_bytes(3, "little")
    elif kind == b"VP8L":
        data = b"\x2f" + struct.pack("<I", cols - 1 | rows - 1 << 14) + bytes(5)
    else:
        data = b"\x10\0\0\x9d\x01\x2a" + struct.pack("<HH", cols, rows)
    body = b"WEBP" + kind + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize("kind", [b"VP8X", b"VP8L", b"VP8 "])
@pytest.mark.parametrize(("cols", "rows"), [(5000, 2001), (16_000, 16_000)])
def test_a_webp_that_promises_too_much_is_refused_before_its_decoder_makes_room(
    undecoded, kind, cols, rows
):
    found = f"{cols * rows / 10**6:.1f}"
    key, values = refused(webp_header(cols, rows, kind))
    assert (key, values) == (
        "file.picture_heavy",
        {"kind": "WEBP", "found": found, "most": "10.0"},
    )


@pytest.mark.parametrize("kind", [b"VP8X", b"VP8L", b"VP8 ", b"XXXX"])
def test_a_webp_without_its_pixels_is_broken(kind):
    assert refused(webp_header(64, 64, kind)[:-2])[0] == "file.picture_broken"
    assert refused(webp_header(64, 64, kind))[0] == "file.picture_broken"


@pytest.mark.parametrize(
    "options", [{}, {"lossless": True}, {"exif": b"Exif\0\0II*\0\x08\0\0\0\0\0"}]
)
def test_the_size_of_a_webp_is_read_from_its_header(options):
    picture = Image.fromarray(np.zeros((300, 17, 3), np.uint8))
    assert webp_size(encoded(picture, "WEBP", **options)) == (17, 300)


def test_a_transparent_colour_of_a_large_picture_takes_more_memory_than_there_is(undecoded):
    content = png_header(5000, 4000, kind=2)
    assert refused(content[:33] + chunk(b"tRNS" + bytes(6)) + content[33:]) == (
        "file.picture_heavy",
        {"kind": "PNG", "found": "20.0", "most": "16.7"},
    )


def test_a_large_jpeg_is_decoded_at_a_smaller_size(monkeypatch):
    decoded, load = [], ImageFile.ImageFile.load

    def seen(image):
        decoded.append(image.size)
        return load(image)

    content = encoded(np.kron(RAMP, np.ones((400, 500), np.uint8)), "JPEG")
    monkeypatch.setattr(ImageFile.ImageFile, "load", seen)
    _, scaling = picture_map(content, "grey", 4)
    assert max(decoded) == (500, 400)
    assert scaling == Scaling((1600, 2000), (205, 256), 4)
