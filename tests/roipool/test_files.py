"""Arrays as files with NumPy alone: what is read, what is not, and why."""

import io
import json

import numpy as np
import pytest

from roipool import RoIPoolError
from roipool.files import MAPS, WRITTEN, load, write

ARRAY = np.random.default_rng(0).standard_normal((3, 4))


@pytest.mark.parametrize("kind", WRITTEN)
def test_what_is_written_is_read_to_the_last_bit(kind):
    read = load("x", write(ARRAY, kind), MAPS)
    assert read.dtype == np.float64
    assert read.tobytes() == ARRAY.tobytes()


@pytest.mark.parametrize(
    "text", ["1,2\n3,4", "1 2\n3 4", "1;2;\r\n3;4;", "\ufeff1\t2\n3\t4", "[[1,2],[3,4]]"]
)
def test_rows_of_numbers_are_read_however_they_are_parted(text):
    assert load("x", text.encode(), MAPS).tolist() == [[1, 2], [3, 4]]


def test_of_several_the_first_wanted_is_read():
    both = {"other": [9.0], "cells": [2.0], "x": [1.0]}
    stream = io.BytesIO()
    np.savez(stream, **both)
    for content in (stream.getvalue(), json.dumps(both).encode()):
        assert load("both", content, MAPS).tolist() == [1.0]


def saved(array, **options):
    stream = io.BytesIO()
    np.save(stream, array, **options)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (saved(np.array([{}]), allow_pickle=True), "no array of numbers that NumPy saved: Object"),
        (saved(ARRAY)[:-8], "no array of numbers that NumPy saved"),
        (write(ARRAY, "npz")[:-30], "no array of numbers that NumPy saved"),
        (b"PK\x03\x04", "no array of numbers that NumPy saved"),
        (b"1,2\n3", "no rows of numbers of one length"),
        (b"one,two", "no rows of numbers of one length: could not convert"),
        (b"1,2\n\n3,4", "a blank line parts its channels, which only the app reads"),
        (b"\xff\xfe1", "no rows of numbers of one length"),
        (b"[[1, 2], [3]]", "no rows of numbers of one length"),
        (b'{"a": [1], "b": [2]}', r"holds \['a', 'b'\]; expected one array"),
        (b"[" * 100_000, "no rows of numbers of one length"),
        (b"", "no rows of numbers of one length: it is empty"),
    ],
)
def test_what_is_no_array_is_refused_by_its_name(content, told):
    with pytest.raises(RoIPoolError, match=rf"^given\.file .*{told}"):
        load("given.file", content, MAPS)
