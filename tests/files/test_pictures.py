"""Pictures become feature maps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.exercise.limits import MAX_MEGABYTES
from app.files import KERNELS, ReadError, Scaling, picture_map
from app.text import LANGUAGES, Text
from tests.files.made_pictures import RAMP, cells, encoded, png_header


def test_kernels_come_from_the_plainest_on():
    assert KERNELS == ("grey", "blur", "edges", "corners")


def test_a_grey_picture_is_its_own_map_stretched_to_one():
    assert np.array_equal(cells(RAMP), (RAMP / 240).round(2))


@pytest.mark.parametrize("kernel", KERNELS)
def test_values_run_from_0_to_1_with_two_decimals(kernel):
    picture = np.random.default_rng(0).integers(100, 140, (50, 70, 3), dtype=np.uint8)
    responses = cells(picture, kernel, 4)
    assert (responses.min(), responses.max()) == (0, 1)
    assert np.array_equal(responses, responses.round(2))


@pytest.mark.parametrize(
    ("kernel", "value"), [("grey", 0.4), ("blur", 0.4), ("edges", 0), ("corners", 0)]
)
def test_a_flat_picture_stays_flat(kernel, value):
    assert set(cells(np.full((30, 33), 102, np.uint8), kernel, 7).ravel()) == {value}


def test_a_cell_of_grey_is_the_mean_of_its_block_and_the_last_may_be_smaller():
    picture = np.zeros((3, 5), np.uint8)
    picture[:2, :2] = 200
    picture[2, 4] = 100
    assert cells(picture, stride=2).tolist() == [[1, 0, 0], [0, 0, 0.5]]


def test_blur_is_the_binomial_window_along_both_axes():
    picture = np.zeros((7, 7), np.uint8)
    picture[3, 3] = 255
    window = np.outer(*[[0, 1, 4, 6, 4, 1, 0]] * 2) / 36
    assert np.array_equal(cells(picture, "blur"), window.round(2))


def test_edges_are_the_length_of_sobels_gradient():
    picture = np.random.default_rng(1).integers(0, 256, (6, 7), dtype=np.uint8)
    padded = np.pad(picture / 255, 1, mode="edge")
    sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    length = np.empty((6, 7))
    for i, j in np.ndindex(6, 7):
        window = padded[i : i + 3, j : j + 3]
        length[i, j] = np.hypot((window * sobel).sum(), (window * sobel.T).sum())
    expected = (length - length.min()) / (length.max() - length.min())
    assert np.allclose(cells(picture, "edges"), expected, atol=0.0051)


def test_corners_answer_at_the_corners_of_a_square_and_not_along_its_sides():
    picture = np.zeros((24, 24), np.uint8)
    picture[6:18, 6:18] = 255
    response = cells(picture, "corners")
    assert response[5:8, 5:8].max() == 1
    assert np.array_equal(response, response[::-1])
    assert np.array_equal(response, response.T)
    assert response[:, 11:13].max() == 0


def test_a_thin_edge_survives_the_blocks():
    picture = np.zeros((32, 32), np.uint8)
    picture[:, 12] = 255
    assert cells(picture, "edges", 8).tolist() == [[0, 1, 0, 0]] * 4


@pytest.mark.parametrize(
    ("size", "stride", "scaled", "cells"),
    [
        ((600, 1000), 8, (307, 512), (39, 64)),
        ((64, 48), 1, (64, 48), (64, 48)),
        ((65, 65), 1, (64, 64), (64, 64)),
        ((30, 20), 8, (30, 20), (4, 3)),
        ((200, 100), 2, (128, 64), (64, 32)),
    ],
)
def test_a_picture_is_scaled_down_until_its_cells_fit_and_never_up(size, stride, scaled, cells):
    maps, scaling = picture_map(encoded(np.zeros(size, np.uint8)), "grey", stride)
    assert maps.shape == (1, 1, *cells)
    assert maps.dtype == np.float64
    assert scaling == Scaling(size, scaled, stride)
    assert scaling.factor == max(scaled) / max(size)
    assert scaling.spatial_scale == scaling.factor / stride


@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP", "WEBP"])
def test_every_format_without_loss_gives_the_same_map(kind):
    colours = np.random.default_rng(2).integers(0, 256, (12, 9, 3), dtype=np.uint8)
    colours[:] = colours[..., :1]
    options = {"lossless": True} if kind == "WEBP" else {}
    assert np.array_equal(cells(encoded(colours, kind, **options)), cells(colours))


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_jpegs_of_every_mode_are_read(mode):
    picture = Image.fromarray(np.kron(RAMP, np.ones((16, 16), np.uint8))).convert(mode)
    assert np.allclose(cells(encoded(picture, "JPEG"), stride=16), RAMP / 240, atol=0.03)


@pytest.mark.parametrize("mode", ["1", "P", "LA", "RGBA"])
def test_pictures_of_every_mode_are_read(mode):
    picture = Image.fromarray(np.eye(8, dtype=np.uint8) * 255).convert(mode)
    assert np.array_equal(cells(picture), np.eye(8))


def test_a_large_jpeg_is_scaled_by_its_size_as_it_was():
    content = encoded(np.kron(RAMP, np.ones((300, 500), np.uint8)), "JPEG")
    maps, scaling = picture_map(content, "grey", 4)
    assert scaling == Scaling((1200, 2000), (154, 256), 4)
    assert np.allclose(maps[0, 0, 4::10, 8::16], RAMP / 240, atol=0.02)


def test_sixteen_bits_a_pixel_are_scaled_not_cut():
    assert np.array_equal(cells(RAMP.astype(np.uint16) * 257), cells(RAMP))


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_transparency_lies_over_white(mode):
    picture = Image.new(mode, (4, 4))
    picture.putpixel((0, 0), (0, 0, 0, 255) if mode == "RGBA" else (0, 255))
    assert cells(picture).tolist() == (1 - np.eye(4)[:1].T @ np.eye(4)[:1]).tolist()


def test_a_transparent_colour_of_a_palette_lies_over_white():
    picture = Image.fromarray(np.eye(4, dtype=np.uint8)).convert("P")
    picture.putpalette([0, 0, 0, 9, 9, 9])
    content = encoded(picture, transparency=0)
    assert np.array_equal(cells(content), 1 - np.eye(4))


def test_of_a_moving_picture_the_first_frame_is_read():
    frames = [Image.fromarray(frame) for frame in (RAMP, RAMP.T)]
    for kind in ("GIF", "PNG"):
        content = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
        assert np.array_equal(cells(content), cells(RAMP))


def test_a_picture_stands_as_people_see_it():
    exif = Image.Exif()
    exif[0x0112] = 6
    content = encoded(np.zeros((4, 8), np.uint8), "JPEG", exif=exif)
    maps, scaling = picture_map(content, "grey", 1)
    assert maps.shape[2:] == scaling.picture == scaling.scaled == (8, 4)


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "file.empty"),
        (b"1,2\n3,4", "file.picture_none"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file.picture_none"),
        (encoded(RAMP)[:60], "file.picture_broken"),
        (encoded(RAMP)[:20], "file.picture_broken"),
        (encoded(np.zeros((99, 99), np.uint8), "JPEG")[:400], "file.picture_broken"),
        (encoded(RAMP, "GIF")[:30], "file.picture_broken"),
        (encoded(RAMP, "WEBP")[:30], "file.picture_broken"),
        (encoded(RAMP, "BMP")[:40], "file.picture_broken"),
        # Were the pixels looked at first, these were broken.
        (png_header(5000, 4001), "file.picture_large"),
        (png_header(11_000, 11_000), "file.picture_large"),
        (png_header(60_000, 60_000), "file.picture_large"),
        (png_header(5000, 4000), "file.picture_broken"),
        (encoded(np.zeros((1, 9), np.uint8)), "file.picture_small"),
        (b"\x89PNG\r\n\x1a\n" + bytes(MAX_MEGABYTES * 2**20), "file.too_big"),
    ],
)
def test_what_cannot_be_read_as_a_picture_is_said(content, key):
    with pytest.raises(ReadError) as error:
        picture_map(content, "grey", 1)
    assert error.value.problem.key == key
    for language in LANGUAGES:
        assert "{" not in error.value.problem.sentence(Text(language))


def test_a_picture_that_is_too_small_for_a_stride_says_so():
    content = encoded(np.zeros((9, 8), np.uint8))
    assert picture_map(content, "grey", 4)[0].shape == (1, 1, 3, 2)
    with pytest.raises(ReadError) as error:
        picture_map(content, "grey", 8)
    assert dict(error.value.problem.values) == {"rows": 9, "cols": 8, "least": 2, "stride": 8}


WHOLE = [encoded(np.tile(RAMP, (2, 3)), kind) for kind in ("PNG", "JPEG", "GIF", "BMP", "WEBP")]


# Of odd bytes NumPy and Pillow may warn besides; whether they do is theirs.
@pytest.mark.filterwarnings("ignore::UserWarning")
@given(st.sampled_from(WHOLE), st.data())
def test_a_picture_with_wrong_bytes_is_read_or_refused_and_nothing_else(content, data):
    wrong = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        wrong[data.draw(st.integers(0, len(wrong) - 1))] = data.draw(st.integers(0, 255))
    try:
        maps, _ = picture_map(bytes(wrong), "corners", 2)
    except ReadError as error:
        outcome = error.problem.sentence(Text("en"))
    else:
        outcome = np.isfinite(maps).all()
    assert outcome
