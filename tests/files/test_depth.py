"""Pictures of 16 bits a value are read over the range that their values have."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from app.files import ReadError, picture_map, picture_pixels
from app.text import LANGUAGES, Text
from app.widgets.uploads import scaling_sentence
from tests.files.made_pictures import cells, chunk, encoded

RAMP = np.arange(16).reshape(4, 4)
GREY, COLOUR, GREY_ALPHA, COLOUR_ALPHA = 0, 2, 4, 6


def deep(values, kind=GREY):
    """A PNG of 16 bits a value, which Pillow writes of grey alone."""
    rows, cols = values.shape[:2]
    size = struct.pack(">IIBBBBB", cols, rows, 16, kind, 0, 0, 0)
    lines = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)
    parts = (b"IHDR" + size, b"IDAT" + zlib.compress(lines), b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(chunk, parts))


def banded(top, bands, alpha=False):
    values = np.stack([RAMP * top // 15] * bands, axis=-1)
    if alpha:
        values[..., -1] = 65535
    return values


@pytest.mark.parametrize("top", [255, 1023, 4095, 65535])
@pytest.mark.parametrize(
    ("kind", "bands", "alpha"), [(COLOUR, 3, False), (COLOUR_ALPHA, 4, True), (GREY, 0, False)]
)
def test_every_depth_within_sixteen_bits_gives_its_ramp(top, kind, bands, alpha):
    values = banded(top, bands, alpha) if bands else RAMP * top // 15
    maps, scaling = picture_map(deep(values, kind), "grey", 1)
    assert np.allclose(maps[0, 0], RAMP / 15, atol=0.0101)
    assert scaling.values == (0, top)


def test_a_narrow_range_far_from_0_is_read_over_itself():
    maps, scaling = picture_map(deep(RAMP + 30_000), "grey", 1)
    assert np.allclose(maps[0, 0], RAMP / 15, atol=0.0051)
    assert scaling.values == (30_000, 30_015)


def test_a_flat_picture_of_sixteen_bits_stays_flat():
    assert set(cells(deep(np.full((4, 4), 257 * 102))).ravel()) == {0.4}


def test_transparency_of_sixteen_bits_lies_over_white():
    values = banded(255, 4, alpha=True)
    values[0, 0, 3] = 0
    assert cells(deep(values, COLOUR_ALPHA))[0, 0] == 1


def test_colours_of_sixteen_bits_keep_their_order():
    values = np.zeros((16, 16, 3), int)
    values[..., 0] = 1023
    pixels, _ = picture_pixels(deep(values, COLOUR), longest=16, least=16)
    assert pixels[0, 0].tolist() == [255, 0, 0]


def test_grey_with_transparency_of_few_values_is_refused_and_of_all_is_read():
    assert np.allclose(cells(deep(banded(65535, 2, True), GREY_ALPHA)), RAMP / 15, atol=0.0051)
    with pytest.raises(ReadError) as error:
        picture_map(deep(banded(1023, 2, True), GREY_ALPHA), "grey", 1)
    assert error.value.problem.key == "file.picture_deep"
    assert all(error.value.problem.sentence(Text(language)) for language in LANGUAGES)


def test_the_range_of_values_is_said_where_there_is_one():
    content = deep(np.kron(RAMP, np.ones((8, 8), int)))
    _, scaling = picture_map(content, "grey", 8)
    assert "0 to 15" in scaling_sentence(scaling, Text("en"))
    _, plain = picture_map(encoded(Image.new("L", (16, 16))), "grey", 8)
    assert "bit" not in scaling_sentence(plain, Text("en"))
