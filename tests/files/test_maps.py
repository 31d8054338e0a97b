"""Maps are read by what is in a file, whatever its name."""

import numpy as np
import pytest

from app.files import is_picture, read_array, read_maps
from tests.files.made import PNG, SMALL, npy, npz


@pytest.mark.parametrize(
    "content",
    [
        b"1,2\n3,4",
        b"1,2\r\n3,4\r\n",
        b"1,2\r3,4",
        b"1;2\n3;4",
        b"1,0;2,0\n3,0;4,0",
        b"1,0\t2,0\n3,0\t4,0",
        b'"1","2"\n"3","4"',
        b"1\t2\n3\t4",
        b"1 2\n\n3 4\n",
        "1,2\n3,4".encode("utf-8-sig"),
        "1\t2\r\n3\t4".encode("utf-16"),
        "1\t2\r\n3\t4".encode("utf-16-be").join([b"\xfe\xff", b""]),
        b"[[1, 2], [3, 4]]",
        b"[[true, 2.0],\n [3e0, 4]]\n",
        b"[[1. 2.]\n [3. 4.]]",
        b"[1, 2]\n[3, 4]",
        b'{"map": [[1, 2], [3, 4]], "boxes": [[0, 0, 0, 1, 1]]}',
        b'{"anything": [[1, 2], [3, 4]]}',
        npy(SMALL),
        npy(SMALL.astype(">f4")),
        npy(np.asfortranarray(SMALL)),
        npy(SMALL.astype(np.uint8)),
        npy(SMALL.astype(np.float16)),
        npz(whatever=SMALL),
        npz(np.savez_compressed, rois=np.zeros((1, 5)), x=SMALL),
    ],
)
def test_a_map_is_read_by_its_content_whatever_its_name(content):
    for name in ("map.csv", "map.npy", "map"):
        maps = read_maps(name, content)
        assert maps.dtype == np.float64
        assert maps.tolist() == [[SMALL.tolist()]]


def test_numbers_that_are_true_or_false_become_one_and_zero():
    assert read_maps("", npy(np.eye(2, dtype=bool))).tolist() == [[[[1, 0], [0, 1]]]]


@pytest.mark.parametrize("shape", [(2, 3), (4, 2, 3), (5, 4, 2, 3), (1, 1, 64, 64)])
def test_an_array_of_fewer_axes_is_the_first_image_or_channel(shape):
    array = np.arange(np.prod(shape), dtype=float).reshape(shape)
    assert np.array_equal(read_maps("", npy(array)), array[(None,) * (4 - len(shape))])


def test_blank_lines_part_channels_and_images_as_numpy_prints_them():
    array = np.arange(2 * 3 * 2 * 2.0).reshape(2, 3, 2, 2)
    assert np.array_equal(read_maps("", str(array).encode()), array)
    assert np.array_equal(read_maps("", b"1,2\n3,4\n,\n5,6\n7,8\n,\n"), [[SMALL, SMALL + 4]])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_an_output_keeps_its_precision(dtype):
    content = npz(x=np.zeros((2, 2)), output=SMALL.astype(dtype))
    assert read_array("", content).dtype == dtype


def test_a_picture_is_known_by_its_content():
    assert is_picture(PNG)
    assert not is_picture(b"1,2\n3,4")
