"""What is too much is refused before it is unpacked, and odd bytes do nothing else."""

import time
import tracemalloc
import zipfile
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exercise.limits import MAX_MEGABYTES
from app.files import ReadError, boxes_reading, read_array, read_maps
from app.text import Text
from tests.files.made import PNG, SMALL, header, npy, npz, sentence
from tests.files.made_boxes import CORNERS, TENSOR, voc
from tests.files.test_malformed import MALFORMED


def bomb(start, mebibytes):
    """That many zeros after a header, in an archive that passes for a small file."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
        packed.open("x.npy", "w", force_zip64=True) as member,
    ):
        member.write(start)
        for _ in range(mebibytes):
            member.write(bytes(2**20))
    assert len(stream.getvalue()) < MAX_MEGABYTES * 2**20
    return stream.getvalue()


@pytest.mark.parametrize(
    ("start", "mebibytes", "key"),
    [
        (header((2**14, 2**13)), 1024, "paste.too_large"),
        (header((8, 8)), 64, "file.length"),
        # A header of the second version may itself be as long as it likes.
        (b"\x93NUMPY\x02\x00\x00\x00\x00\x04", 64, "file.npy"),
    ],
)
def test_a_bomb_is_refused_before_it_is_unpacked(start, mebibytes, key):
    content = bomb(start, mebibytes)
    tracemalloc.start()
    try:
        with pytest.raises(ReadError) as error:
            read_maps("bomb.npz", content)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sentence(error) == key
    assert peak < 2**20


@pytest.mark.parametrize("name", ["a million columns", "a million lines", "JSON nested deep"])
def test_text_that_is_too_much_is_refused_before_its_numbers_are_made(name):
    content, _ = MALFORMED[name]
    tracemalloc.start()
    try:
        with pytest.raises(ReadError):
            read_maps("", content)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 6 * len(content) + 2**16


def test_brackets_without_end_take_no_time():
    # A pattern that looks for the last bracket from each of them would take hours.
    with pytest.raises(ReadError):
        read_maps("", b"1" + b"]" * 4 * 2**20 + b"1\n1")


def outcomes(content):
    """What each reader makes of a content: something read, or a sentence. Other errors get out."""
    for read in (read_maps, read_array, lambda *file: (boxes_reading(*file, 2, (8, 8)),)):
        try:
            yield len(read("", content))
        except ReadError as error:
            yield error.problem.sentence(Text("en"))


WHOLE = [
    npy(SMALL),
    npz(x=SMALL),
    npz(np.savez_compressed, x=SMALL),
    b"[[1, 2], [3, 4]]",
    PNG,
    voc(CORNERS).encode(),
    f"Instances(pred_boxes: Boxes({TENSOR}))".encode(),
    b'{"annotations": [{"image_id": 0, "bbox": [0, 3, 7, 5]}]}',
    b'{"shapes": [{"points": [[0, 3], [7, 8]], "shape_type": "circle"}]}',
    b"x1,y1,x2,y2,score\n0,3,7,8,0.5\n",
    b"# x\n,0,1\n0,.5,.6\n1,.7,.8\n",
]


# Of odd bytes NumPy and Pillow may warn besides; whether they do is theirs.
@pytest.mark.filterwarnings("ignore::UserWarning")
@given(st.sampled_from(WHOLE), st.data())
def test_a_file_with_wrong_bytes_is_read_or_refused_and_nothing_else(content, data):
    wrong = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        wrong[data.draw(st.integers(0, len(wrong) - 1))] = data.draw(st.integers(0, 255))
    wrong = bytes(wrong[: data.draw(st.integers(0, len(wrong)))])
    assert all(outcomes(wrong))


@given(st.text() | st.text(alphabet="0123456789.,;-+e\t \n\r[]{}:\"'naif#|=<>/x"))
def test_any_text_is_read_or_refused_and_nothing_else(text):
    assert all(outcomes(text.encode("utf-8", "surrogatepass")))


@pytest.mark.sampled(12)
@pytest.mark.parametrize(
    "fragment",
    [
        *("<a>", "<!--", "&lt;", '"x', '"1,5",', "1,5 ", "#\n", "# 1\n1\n", "|-|", "|\n", "1,5;"),
        *("boxes: [", "xyxy: ", "Boxes(", "tensor(", "{1,", "=\n", "x = ", "[1,] ", '{"bbox":'),
        *("a,", "sep=;", "1;", "0,88,", "0,88,0,44\n", "(1,", "];[", "[1;", "//\n", "Unnamed: 0,"),
    ],
)
@pytest.mark.parametrize("start", ["", "<annotation>", "tensor(boxes: [[1.]]", "1,2\n"])
def test_no_text_takes_long_to_be_read_or_refused(start, fragment):
    """What grows with the square of its length takes a minute at least."""
    content = (start + fragment * (2**18 // len(fragment))).encode()
    began = time.process_time()
    assert all(outcomes(content))
    assert time.process_time() - began < 10
