"""What cannot be read as a map, or as an array, is said by name."""

import pickle
import zipfile

import numpy as np
import pytest

from app.exercise.limits import MAX_MEGABYTES
from app.files import ReadError, read_array, read_maps
from tests.files.made import PNG, SMALL, archive, header, locked, npy, npz, sentence, written_header

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


@pytest.mark.sampled(4)
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
