"""What a Chinese input method writes is read as the numbers that were meant."""

import pytest

from app.conventions.asked import pasted
from app.files import typed_boxes, typed_maps


@pytest.mark.parametrize(
    "text", ["０。８５，－０．５\n１，２", "0.85、−0.5\n1、2", "０．８５　－0.5\n１　２"]
)
def test_a_map_is_read(text):
    assert typed_maps(text).value.tolist() == [[[[0.85, -0.5], [1, 2]]]]


def test_boxes_are_read():
    assert typed_boxes("０，０，３，７，８").value == ((0, 0, 3, 7, 8),)
    assert typed_boxes("［［0，0，3，7。5，8］］").value == ((0, 0, 3, 7.5, 8),)


def test_what_is_asked_is_read():
    assert pasted("０．５；１") == ("", b"0.5;1")


def test_a_name_keeps_its_marks():
    assert pasted("图。一、二") == ("", "图。一、二".encode())
