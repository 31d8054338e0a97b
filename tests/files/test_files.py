"""People's own files: what is written is read back, and what cannot be used is said.

One file, because the same few helpers write what is read back and what is refused.
"""

import json
import pickle
import struct
import tracemalloc
import zipfile
from io import BytesIO

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.exercise.limits import MAX_BOXES, MAX_MEGABYTES
from app.files import (
    WRITTEN,
    ReadError,
    is_picture,
    read_array,
    read_boxes,
    read_maps,
    write,
    write_boxes,
)
from app.text import LANGUAGES, Text

SMALL = np.array([[1.0, 2.0], [3.0, 4.0]])
ONES = [[0, 0, 3, 7, 8], [1, 1, 1, 4, 4.5]]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(30)


def npy(array, **options):
    stream = BytesIO()
    np.save(stream, array, **options)
    return stream.getvalue()


def npz(save=np.savez, **arrays):
    stream = BytesIO()
    save(stream, **arrays)
    return stream.getvalue()


def header(shape, descr="<f8"):
    """An .npy file that promises a shape, without its numbers."""
    stream = BytesIO()
    fields = {"descr": descr, "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(stream, fields)
    return stream.getvalue()


def written_header(shape):
    """As `header`, of a shape that is written otherwise than NumPy would."""
    text = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}}}\n".encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text


def archive(method=zipfile.ZIP_DEFLATED, **members):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as opened:
        for name, content in members.items():
            opened.writestr(name.replace("_", "."), content)
    return stream.getvalue()


def locked():
    """An archive whose members bear the flag of a password, in both of their headers."""
    content = bytearray(npz(x=SMALL))
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(start) + flags] |= 1
    return bytes(content)


def sentence(error):
    """The problem's key, once both languages have words for it."""
    for language in LANGUAGES:
        said = error.value.problem.sentence(Text(language))
        assert said
        assert "{" not in said.replace("{…}", "")
    return error.value.problem.key


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


DEEP = b"[" * 10**5 + b"]" * 10**5

MALFORMED = {
    "an empty file": (b"", "file.empty"),
    "blanks": (b" \r\n\n", "file.empty"),
    "separators alone": (b";;;\n;;;", "file.empty"),
    "an empty list": (b"[]", "file.rank"),
    "an empty object": (b"{}", "file.empty"),
    "too many bytes": (b"1" * (MAX_MEGABYTES * 2**20 + 1), "file.too_big"),
    "words": (b"height,width\n1,2", "paste.not_a_number"),
    "words in a later channel": (b"1 2\n3 4\n\n5 6\n7 x", "file.not_a_number"),
    "an underscore": (b"1_0,2\n3,4", "paste.not_a_number"),
    "ragged rows": (b"1,2\n3", "paste.ragged"),
    "ragged channels": (b"1 2\n3 4\n\n1 2\n3 4\n5 6", "file.ragged"),
    "an empty cell": (b"1,,3\n4,5,6", "paste.missing"),
    "an empty cell of a channel": (b"1;2\n3;4\n\n5;6\n;8", "file.missing"),
    "NaN": (b"1,2\n3,nan", "paste.not_finite"),
    "an infinity": (b"1,2\n-inf,3", "paste.not_finite"),
    "larger than any float": (b"1,2\n1e999,3", "paste.not_finite"),
    "65 columns": (b"1," * 64 + b"1\n" + b"1," * 64 + b"1", "paste.too_large"),
    "a million columns": (b"1," * 10**6 + b"1", "paste.too_large"),
    "two million spaced columns": (b"1 " * 2 * 10**6, "file.numbers"),
    "two million columns": (b"1," * 2 * 10**6, "file.numbers"),
    "a million columns of JSON": (b"[[" + b"1," * 10**6 + b"1]]", "paste.too_large"),
    "two million columns of JSON": (b"[[" + b"1," * 2 * 10**6 + b"1]]", "file.numbers"),
    "two million columns of a printout": (b"[[" + b"1 " * 2 * 10**6 + b"]]", "file.numbers"),
    "a hundred thousand brackets that close": (b"1]" * 10**5, "file.nested"),
    "a printout with an empty number": (b"[[1., , 2.], [3., 4., 5.]]", "file.json"),
    "a printout with a stray comma": (b"[[1., 2.],, [3., 4.]]", "file.json"),
    "a printout with a number between rows": (b"[[1., 2.], 3., [4., 5.]]", "file.json"),
    "a printout closed twice": (b"[[1., 2.], [3., 4.]]]", "file.json"),
    "a printout with an underscore": (b"[[1_0., 2.], [3., 4.]]", "file.json"),
    "a million lines": (b"1\n" * 10**6, "file.lines"),
    "one row": (b"1,2", "paste.too_small"),
    "other bytes": (bytes(range(128, 256)), "file.unknown"),
    "zeros": (bytes(100), "file.unknown"),
    "a broken surrogate": (b"\xff\xfe1\x002", "file.unknown"),
    "two words": (b"hello world", "paste.not_a_number"),
    "a word": (b"hello", "paste.not_a_number"),
    "a printout with dots": (b"[[0. 0. ... 0. 0.]\n [0. 0. ... 0. 0.]]", "file.elided"),
    "a printout cut off": (b"tensor([[0., 1.],\n        [2., ", "paste.not_a_number"),
    "lists of what looks like code": (b"[[__import__('os').abort(), 1.]]", "file.json"),
    "a picture": (PNG, "file.picture"),
    "a pickle": (pickle.dumps(SMALL), "file.pickle"),
    "a pickle of old": (pickle.dumps(SMALL, protocol=0), "file.pickle"),
    "a pickled list": (pickle.dumps([[1, 2], [3, 4]], protocol=0), "file.pickle"),
    "JSON cut off": (b"[[1, 2], [3", "file.json"),
    "JSON without its last bracket": (b"[[1, 2], [3, 4]", "file.json"),
    "JSON with a stray comma": (b"[[[1,2],[3,4]],[[5,6],[7,8]],]", "file.json"),
    "JSON of a number": (b'{"x": 3}', "file.json_lists"),
    "JSON of several": (b'{"a": [[1]], "b": [[2]]}', "file.members"),
    "JSON nested deep": (DEEP, "file.nested"),
    "JSON nested below the count of lists": (DEEP[60000:140000], "file.nested"),
    "JSON of five axes": (b"[[[[[1]]]]]", "file.rank"),
    "JSON of six axes": (b"[[[[[[1]]]]]]", "file.rank"),
    "JSON of a million empty lists": (b"[" + b"[]," * 10**6 + b"[]]", "file.nested"),
    "JSON with words": (b'[[1, 2], [3, "4"]]', "paste.not_a_number"),
    "JSON with null": (b"[[1, 2], [3, null]]", "paste.not_a_number"),
    "JSON with a list for a number": (b"[[1, 2], [3, [4]]]", "paste.not_a_number"),
    "JSON with a number for a list": (b"[[[1, 2], [3, 4]], [[5, 6], 7]]", "file.ragged"),
    "JSON with NaN": (b"[[1, 2], [3, NaN]]", "paste.not_finite"),
    "JSON with 5000 digits": (b"[[1, 2], [3, " + b"9" * 5000 + b"]]", "paste.not_finite"),
    "JSON with ragged rows": (b"[[1, 2], [3]]", "paste.ragged"),
    "JSON with ragged channels": (b"[[[1, 2], [3, 4]], [[1, 2]]]", "file.ragged"),
    "an NPY file cut off": (npy(SMALL)[:-1], "file.length"),
    "an NPY file gone on": (npy(SMALL) + b"0", "file.length"),
    "an NPY header cut off": (npy(SMALL)[:40], "file.npy"),
    "an NPY header that is no dict": (b"\x93NUMPY\x01\x00\x04\x00[1]\n", "file.npy"),
    "an NPY header that is too deep": (b"\x93NUMPY\x01\x00\x10\x27" + b"-" * 10**4, "file.npy"),
    "an unknown version of NPY": (b"\x93NUMPY\x09\x00", "file.npy"),
    "a negative axis": (header((-2, -2)), "file.npy"),
    "axes that are True": (header((True, True)) + bytes(8), "file.npy"),
    "an axis that is False": (header((2, False)), "file.npy"),
    "an axis that is a float": (header((2.0, 2)) + bytes(32), "file.npy"),
    "an axis that is no number": (header(("2", None)) + bytes(32), "file.npy"),
    # Python refuses to write down the decimals of an integer as long as this.
    "an axis of 9000 digits": (written_header(f"(2, 0x{'f' * 9000})"), "file.npy"),
    "an axis beyond any memory": (header((2, 2**63)), "file.npy"),
    "strings": (npy(np.array([["a", "b"]] * 2)), "file.dtype"),
    "complex numbers": (npy(SMALL * 1j), "file.dtype"),
    "a structured array": (npy(np.zeros((2, 2), [("a", "f8"), ("b", "f8")])), "file.dtype"),
    "dates": (npy(np.zeros((2, 2), "M8[D]")), "file.dtype"),
    "objects": (npy(SMALL.astype(object), allow_pickle=True), "file.object"),
    "objects in a structure": (header((2, 2), [("a", "O")]), "file.object"),
    "no cells": (npy(np.zeros((0, 0))), "paste.too_small"),
    "no channel": (npy(np.zeros((0, 4, 4))), "file.too_small"),
    "a number alone": (npy(np.float64(3)), "file.rank"),
    "a vector": (npy(np.zeros(4)), "file.rank"),
    "five axes": (npy(np.zeros((1, 1, 1, 2, 2))), "file.rank"),
    "65 channels": (npy(np.zeros((65, 2, 2))), "file.too_large"),
    "9 images": (npy(np.zeros((9, 1, 2, 2))), "file.too_large"),
    "channels last": (npy(np.zeros((96, 96, 3))), "file.too_large"),
    "NaN in a channel": (npy(np.array([SMALL, SMALL * np.nan])), "file.not_finite"),
    "a larger array": (npy(np.zeros((65, 2))), "paste.too_large"),
    "an enormous promise": (header((10**9, 10**9)), "paste.too_large"),
    "a corrupt archive": (npz(x=SMALL)[:-30], "file.zip"),
    "a flipped bit": (npz(x=SMALL).replace(b"\x08@", b"\x09@"), "file.zip"),
    "a password": (locked(), "file.password"),
    "an archive of a sheet": (archive(xl_xml=b"<a/>"), "file.zip_of_others"),
    "an empty archive": (archive(), "file.zip_of_others"),
    "two thousand members": (
        archive(**{f"a{i}_npy": b"" for i in range(2000)}),
        "file.zip_of_others",
    ),
    "packed in another way": (archive(zipfile.ZIP_LZMA, x_npy=npy(SMALL)), "file.zip"),
    "a member that is no array": (archive(x_npy=b"1,2"), "file.npy"),
    "objects in an archive": (npz(x=SMALL.astype(object)), "file.object"),
    "arrays of unknown names": (npz(a=SMALL, b=SMALL), "file.members"),
}


@pytest.mark.parametrize(("content", "key"), MALFORMED.values(), ids=MALFORMED)
def test_what_cannot_be_read_as_a_map_is_said(content, key):
    with pytest.raises(ReadError) as error:
        read_maps("map.csv", content)
    assert sentence(error) == key


@pytest.mark.parametrize(("content", "key"), MALFORMED.values(), ids=MALFORMED)
def test_a_problem_is_the_same_in_another_process(content, key):
    with pytest.raises(ReadError) as error:
        read_maps("map.csv", content)
    sent = pickle.loads(pickle.dumps(error.value))
    assert (type(sent), sent.problem, str(sent)) == (ReadError, error.value.problem, key)


def test_text_that_is_called_a_picture_is_said_to_be_none():
    for content in (b"not a picture", b"[[1, 2], [3, picture]]"):
        with pytest.raises(ReadError) as error:
            read_maps("fake.png", content)
        assert sentence(error) == "file.unknown"


@pytest.mark.parametrize(
    ("content", "values"),
    [
        (b"1,2\n3,nan", {"row": 1, "col": 1, "text": "nan"}),
        (b"1,2\n3,4\n\n5,inf\n7,8", {"place": "[1, 0, 1]", "text": "inf"}),
        (npy(np.full((2, 1, 2, 2), np.nan)), {"place": "[0, 0, 0, 0]", "text": "nan"}),
        (b"[[[1,2],[3,4]],[[1,2],[3]]]", {"place": "[1, 1]", "count": 1, "first": 2}),
        (npy(np.zeros((3, 100, 99))), {"shape": "3×100×99", "images": 8, "channels": 64}),
        (npz(a=SMALL, b=SMALL), {"names": "a, b", "wanted": "x, input, map"}),
        (b"[[1, 2],\n [3", {"line": 2, "column": 4}),
    ],
)
def test_a_problem_names_its_place_and_what_is_there(content, values):
    with pytest.raises(ReadError) as error:
        read_maps("", content)
    assert values.items() <= dict(error.value.problem.values).items()


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
    for read in (read_maps, read_array, lambda *file: (read_boxes(*file, images=2),)):
        try:
            yield len(read("", content))
        except ReadError as error:
            yield error.problem.sentence(Text("en"))


WHOLE = [npy(SMALL), npz(x=SMALL), npz(np.savez_compressed, x=SMALL), b"[[1, 2], [3, 4]]", PNG]


# Of odd bytes NumPy and Pillow may warn besides; whether they do is theirs.
@pytest.mark.filterwarnings("ignore::UserWarning")
@given(st.sampled_from(WHOLE), st.data())
def test_a_file_with_wrong_bytes_is_read_or_refused_and_nothing_else(content, data):
    wrong = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        wrong[data.draw(st.integers(0, len(wrong) - 1))] = data.draw(st.integers(0, 255))
    wrong = bytes(wrong[: data.draw(st.integers(0, len(wrong)))])
    assert all(outcomes(wrong))


@given(st.text() | st.text(alphabet="0123456789.,;-+e\t \n\r[]{}:\"'naif"))
def test_any_text_is_read_or_refused_and_nothing_else(text):
    assert all(outcomes(text.encode("utf-8", "surrogatepass")))


FINITE = st.floats(allow_nan=False, allow_infinity=False)


@given(
    arrays(np.float64, st.tuples(*[st.integers(2, 5)] * 2), elements=FINITE)
    | arrays(np.float64, st.tuples(*[st.integers(1, 3)] * 2, *[st.integers(2, 4)] * 2)),
    st.sampled_from(WRITTEN),
)
@example(np.array([[0.1, -0.0], [5e-324, 1.7976931348623157e308]]), "csv")
def test_maps_that_were_written_are_read_back_exactly(array, kind):
    array = np.nan_to_num(array)
    back = read_maps("", write(array, kind))
    assert back.tobytes() == array.tobytes()
    assert back.shape == (1,) * (4 - array.ndim) + array.shape


@given(
    arrays(st.sampled_from([np.float32, np.float64]), st.tuples(*[st.integers(1, 3)] * 4)),
    st.sampled_from(WRITTEN),
)
def test_outputs_that_were_written_hold_the_same_numbers_with_nan_and_infinities(array, kind):
    back = read_array("", write(array, kind))
    assert np.array_equal(back.ravel(), array.ravel(), equal_nan=True)
    if kind in ("json", "npy", "npz"):
        assert back.shape == array.shape
    if kind in ("npy", "npz"):
        assert back.dtype == array.dtype


@pytest.mark.parametrize("kind", WRITTEN)
def test_an_output_of_one_axis_or_two_comes_back(kind):
    for array in (np.array([0.5, np.nan, -np.inf]), np.array([[1.0, np.inf]])):
        back = read_array("", write(array, kind))
        assert np.array_equal(back.ravel(), array.ravel(), equal_nan=True)


BOX = st.tuples(st.sampled_from([0.0, 1.0]), FINITE, FINITE, FINITE, FINITE)


@given(st.lists(BOX, max_size=4), st.sampled_from(WRITTEN))
def test_boxes_that_were_written_are_read_back_exactly(boxes, kind):
    assert read_boxes("", write_boxes(boxes, kind), images=2) == tuple(boxes)


def test_boxes_as_text_come_under_the_names_of_their_columns():
    assert write_boxes(ONES, "csv").splitlines()[0] == b"batch_index,x1,y1,x2,y2"


@pytest.mark.parametrize(
    "content",
    [
        b'"batch_index";"x1";"y1";"x2";"y2"\r\n0;0;3;7;8\r\n1;1;1;4;4,5',
        b"0 0 3 7 8\n\n1 1 1 4 4.5",
        json.dumps(ONES).encode(),
        json.dumps({"map": [[1]], "boxes": ONES}).encode(),
        npy(np.array(ONES)),
        npz(x=SMALL, rois=np.array(ONES, dtype=np.float32)),
    ],
)
def test_boxes_are_read_by_their_content(content):
    assert read_boxes("boxes.txt", content, images=2) == tuple(map(tuple, ONES))


@pytest.mark.parametrize(
    ("content", "images", "key"),
    [
        (b"1,0,3,7,8", 1, "batch_index"),
        (b"2,0,3,7,8", 2, "batch_index.many"),
        (b"-1,0,3,7,8", 2, "batch_index.many"),
        (npy(np.array([[0.5, 0, 3, 7, 8]])), 2, "batch_index.many"),
        (b"0,3,7,8", 1, "boxes.four"),
        (npy(np.zeros((2, 4))), 2, "boxes.four.many"),
        (b"[[0, 3, 7, 8]]", 2, "boxes.four.many"),
        (npy(np.zeros((2, 6))), 1, "file.boxes"),
        (b"[0, 0, 3, 7, 8]", 1, "file.boxes"),
        (npy(np.zeros(5)), 1, "file.boxes"),
        (npy(np.zeros((1, 2, 5))), 1, "file.boxes"),
        (npy(np.full((1, 5), np.inf)), 1, "paste.not_finite"),
        (b"0,0,3,7,nan", 1, "paste.not_finite"),
        (b"0,0,3,7,8,9", 1, "boxes.columns"),
        (b"0 " * 10**6, 1, "boxes.columns"),
        (b"0,0,3,7,8\n" * (MAX_BOXES + 1), 1, "boxes.too_many"),
        (header((10**9, 5)), 1, "boxes.too_many"),
        (b"", 1, "file.empty"),
        (PNG, 1, "file.picture"),
    ],
)
def test_what_cannot_be_read_as_boxes_is_said(content, images, key):
    with pytest.raises(ReadError) as error:
        read_boxes("boxes.csv", content, images)
    assert sentence(error) == key


def test_a_batch_index_beyond_the_images_says_which_there_are():
    with pytest.raises(ReadError) as error:
        read_boxes("", b"0,0,0,1,1\n3,0,3,7,8", images=3)
    problem = error.value.problem
    assert dict(problem.values) == {"index": "3", "images": 3, "last": 2}
    assert (problem.box, problem.column) == (1, 0)


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (npy(np.float64(1)), "file.rank_of_array"),
        (npy(np.zeros((1,) * 5)), "file.rank_of_array"),
        (npy(np.zeros((3, 0))), "file.empty"),
        (header((10**7,)), "file.too_many"),
        (b"1,x", "paste.not_a_number"),
        (b"[1, null]", "file.not_a_number"),
    ],
)
def test_what_cannot_be_read_as_an_array_is_said(content, key):
    with pytest.raises(ReadError) as error:
        read_array("output.npy", content)
    assert sentence(error) == key


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_an_output_keeps_its_precision(dtype):
    content = npz(x=np.zeros((2, 2)), output=SMALL.astype(dtype))
    assert read_array("", content).dtype == dtype


def test_a_picture_is_known_by_its_content():
    assert is_picture(PNG)
    assert not is_picture(b"1,2\n3,4")
