"""Boxes are read by what is in a file, and what cannot be is said."""

import json

import numpy as np
import pytest

from app.exercise.limits import MAX_BOXES
from app.files import ReadError, read_boxes
from tests.files.made import ONES, PNG, SMALL, header, npy, npz, sentence


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
