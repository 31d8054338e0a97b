"""Numbers in text: pasted, or from a file of any dialect."""

import numpy as np
import pytest

from app.exercise.limits import MAX_BOXES
from app.files import ReadError, read_array, typed_boxes, typed_maps
from app.text import LANGUAGES, Text


@pytest.mark.parametrize(
    "text",
    [
        "1,2\n3,4",
        "1\t2\n3\t4\n",
        "1 2\n3  4",
        "1;2\r\n3;4",
        "[[1, 2],\n [3, 4]]",
        "[[1, 2], [3, 4]]",
        "1，2\n3，4",
        "\n1,2\n\n3,4\n",
        "1, 2,\n3, 4,",
        "1,+2.0\n3e0,4.",
    ],
)
def test_numbers_are_read_however_they_are_separated(text):
    assert typed_maps(text).value.tolist() == [[[[1.0, 2.0], [3.0, 4.0]]]]


def test_a_minus_sign_is_a_minus():
    assert typed_maps("−1, -2\n3, 4").value[0, 0, 0].tolist() == [-1.0, -2.0]


@pytest.mark.parametrize(
    ("text", "key", "values"),
    [
        ("", "paste.empty", {}),
        ("  \n ", "paste.empty", {}),
        ("1,2\n3,x", "paste.not_a_number", {"row": 1, "col": 1, "text": "x"}),
        ("hello world", "paste.not_a_number", {"row": 0, "col": 0, "text": "hello"}),
        ("1,2\n3,1_0", "paste.not_a_number", {"row": 1, "col": 1, "text": "1_0"}),
        ("1,nan\n3,4", "paste.not_finite", {"row": 0, "col": 1, "text": "nan"}),
        ("1,2\ninf,4", "paste.not_finite", {"row": 1, "col": 0, "text": "inf"}),
        ("1,,2\n3,4,5", "paste.missing", {"row": 0, "col": 1}),
        ("1\t\n3\t4", "paste.missing", {"row": 0, "col": 1}),
        ("1,2\n3", "paste.ragged", {"row": 1, "count": 1, "first": 2}),
        ("1,2", "paste.too_small", {"rows": 1, "cols": 2, "least": 2}),
        ("1\n2", "paste.too_small", {"rows": 2, "cols": 1, "least": 2}),
        ("1 " * 65 + "\n" + "1 " * 65, "paste.too_large", {"rows": 2, "cols": 65, "most": 64}),
    ],
)
def test_what_is_wrong_with_pasted_numbers_is_named_with_its_place(text, key, values):
    with pytest.raises(ReadError) as raised:
        typed_maps(text)
    assert raised.value.problem.key == key
    assert dict(raised.value.problem.values) == values
    for language in LANGUAGES:
        assert "{" not in raised.value.problem.sentence(Text(language))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("0 3 7 8", "boxes.four"),
        ("0 0 3 7 8\n1 2 3", "boxes.columns"),
        ("1 0 3 7 8", "batch_index"),
        ("x1, y1, x2, y2", "paste.empty"),
        ("0 0 3 7 x", "paste.not_a_number"),
        ("0,0,,7,8", "paste.missing"),
        ("0 0 3 7 8\n" * (MAX_BOXES + 1), "boxes.too_many"),
    ],
)
def test_what_is_wrong_with_pasted_boxes_is_named(text, key):
    with pytest.raises(ReadError) as raised:
        typed_boxes(text)
    assert raised.value.problem.key == key


def test_boxes_are_read_and_no_text_is_no_box():
    assert typed_boxes("[[0, 0, 3, 7, 8],\n [0, 1.5, 1, 4, 4]]").value[1] == (0, 1.5, 1, 4, 4)
    assert typed_boxes(" \n").value == ()


def test_boxes_may_come_with_their_header():
    assert typed_boxes("batch_index, x1, y1, x2, y2\n0, 0, 3, 7, 8").value == ((0, 0, 3, 7, 8),)


@pytest.mark.parametrize(
    ("separator", "word"),
    [
        *((separator, word) for separator in " ,;\t" for word in ("x", "1_0")),
        (";", "1,"),
        ("\t", "1,"),
    ],
)
@pytest.mark.parametrize("place", [0, 999, 1000, 2499])
def test_a_word_among_many_numbers_is_named_by_its_place(separator, place, word):
    fields = ["0.5"] * 2500
    fields[place] = word
    with pytest.raises(ReadError) as raised:
        read_array("", (separator.join(fields) + "\n").encode())
    assert dict(raised.value.problem.values) == {"row": 0, "col": place, "text": word}


@pytest.mark.parametrize("separator", [";", "\t"])
def test_decimal_commas_are_read_beside_points_and_quotes(separator):
    fields = [*["0,5", "1.5", ' "2" ', "-,5", "3,0e1", "nan"] * 400, "7"]
    expected = [*[0.5, 1.5, 2.0, -0.5, 30.0, np.nan] * 400, 7.0]
    found = read_array("", separator.join(fields).encode())
    np.testing.assert_array_equal(found, [expected])
