"""Tables of boxes of all kinds: columns are known by their names, or by what they can be."""

import json

import numpy as np
import pytest

from app.files import ReadError, Way, typed_boxes
from tests.files.made_boxes import (
    BOXES,
    CENTRES,
    CORNERS,
    EXTENT,
    PARTS,
    SIZES,
    check_read,
    lines,
)

READ = {
    "five columns": (lines(BOXES), []),
    "five columns with commas at the ends": (lines(BOXES, ", ", after=","), []),
    "five columns and a mark of UTF-8": ("\ufeff" + lines(BOXES, "\t", end="\r\n"), []),
    "five columns with decimal commas": (lines(BOXES, ";").replace(".", ","), ["comma.decimal"]),
    "MATLAB": (f"boxes = [{lines(BOXES, ' ', end='; ')}];", []),
    "MATLAB with commas": (f"[{lines(BOXES, ', ', end=';')}]", []),
    "C": (json.dumps(BOXES).replace("[", "{").replace("]", "}") + ";", []),
    "NumPy": (repr(np.array(BOXES)), []),
    "Paddle": (f"Tensor(shape=[2, 5], dtype=float32, place=Place(cpu),\n {json.dumps(BOXES)})", []),
    "names": (lines(BOXES, ",", head="batch_index,x1,y1,x2,y2"), []),
    "names in a comment": (lines(BOXES, head="# batch_index x1 y1 x2 y2"), []),
    "names and the index of pandas": (
        ",batch_index,x1,y1,x2,y2\n0,0,0,3,7,8\n1,0,1,1,4,4.5\n",
        [],
    ),
    "pandas print": (
        "   batch_index  x1  y1  x2   y2\n0            0   0   3   7  8.0\n"
        "1            0   1   1   4  4.5\n",
        [],
    ),
    "names of corners alone": (lines(CORNERS, ",", head="x1,y1,x2,y2"), ["columns.corners"]),
    "names of corners and a score": (
        lines(CORNERS, ";", after=";0,9", head="xmin;ymin;xmax;ymax;score").replace(".", ","),
        ["comma.decimal", "columns.corners"],
    ),
    "names of a corner and the size": (lines(SIZES, "\t", head="x\ty\tw\th"), ["columns.size"]),
    "names as TensorFlow's": (
        lines(
            CORNERS,
            ",",
            before="a.jpg,20,10,cat,",
            head="filename,width,height,class,xmin,ymin,xmax,ymax",
        ),
        [],
    ),
    "names as Open Images'": (
        "ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax\n"
        "a1,xclick,/m/01,1,0,0.35,0.3,0.8\na1,xclick,/m/01,1,0.05,0.2,0.1,0.45\n",
        ["columns.corners.fractions"],
    ),
    "YOLO": (lines(CENTRES, before="15 "), ["columns.centre.fractions", "unused"]),
    "YOLO of Windows": (
        lines(CENTRES, before="0 ", end="\r\n"),
        ["columns.centre.fractions", "unused"],
    ),
    "YOLO with confidence": (
        lines(CENTRES, before="2 ", after=" 0.91"),
        ["columns.centre.fractions", "unused"],
    ),
    "corners and a score": (lines(CORNERS, ",", after=",0.9"), ["columns.corners", "unused"]),
    "corners, a score and a class": (
        lines(CORNERS, after=" 0.25 17"),
        ["columns.corners", "unused"],
    ),
    "a score and corners": (lines(CORNERS, before="0.98 "), ["columns.corners", "unused"]),
    "a word, a score and corners": (
        lines(CORNERS, before="cat 0.98 "),
        ["words", "columns.corners", "unused"],
    ),
    "an index, corners and a score": (
        lines(BOXES, after=" .5"),
        ["columns.corners", "unused"],
    ),
    "a picture, corners and a word": (lines(CORNERS, ",", before="a/1.jpg,", after=",cat"), []),
    "seven columns of ONNX": (
        lines(BOXES, after=" 3 0.75"),
        ["columns.corners", "unused"],
    ),
    "seven columns with the class last": (
        lines(BOXES, after=" 0.75 3"),
        ["columns.corners", "unused"],
    ),
    "rows of Python under a name": (f"boxes = np.array({json.dumps(BOXES)})", []),
    "tuples": (str(BOXES), []),
    "one pair of brackets over lines": (f"[{lines(BOXES).strip()}]", []),
    "seven columns of SSD": (
        lines(PARTS, before="0 15 0.75 "),
        ["columns.corners.fractions", "unused"],
    ),
}


@pytest.mark.parametrize(("text", "said"), READ.values(), ids=READ)
def test_a_table_of_boxes_is_read_and_said_how(text, said):
    check_read(text, said)


@pytest.mark.parametrize(
    ("rows", "way"),
    [
        (CORNERS, Way("columns", "x1, y1, x2, y2")),
        (SIZES, Way("columns", "x, y, w, h")),
        (CENTRES, Way("columns", "cx, cy, w, h%")),
        (PARTS, Way("columns", "x1, y1, x2, y2%")),
        ([[1, *(value + 1 for value in row)] for row in CORNERS], Way("origin", "one")),
        ([[*row, 3] for row in CORNERS], Way("columns", "x1, y1, x2, y2, class")),
    ],
)
def test_rows_that_are_refused_can_be_read_by_a_click(rows, way):
    with pytest.raises(ReadError) as error:
        typed_boxes(lines(rows), 1, EXTENT)
    assert way in error.value.others
    assert np.allclose(typed_boxes(lines(rows), 1, EXTENT, (way,)).value, BOXES)


def test_the_index_may_come_last():
    text = "0 3 7 8 1\n1 1 4 4.5 0"
    way = Way("columns", "x1, y1, x2, y2, batch_index")
    assert way in typed_boxes(text, 2).others
    assert typed_boxes(text, 2, ways=(way,)).value == ((1, 0, 3, 7, 8), (0, 1, 1, 4, 4.5))


def test_boxes_that_end_before_they_begin_are_said_to_be_read_so():
    reading = typed_boxes("0 2 3 1 2", 1, EXTENT)
    assert reading.value == ((0, 2, 3, 1, 2),)
    assert [said.key for said in reading.how] == ["columns.corners"]
    way = Way("columns", "batch_index, x, y, w, h")
    assert reading.others == (way,)
    assert typed_boxes("0 2 3 1 2", 1, EXTENT, (way,)).value == ((0, 2, 3, 3, 5),)


def test_without_a_map_nothing_is_a_fraction_of_it():
    reading = typed_boxes(lines(PARTS, before="0 "))
    assert reading.value == tuple((0, *row) for row in PARTS)
    assert reading.others == ()


@pytest.mark.parametrize("rows", ["0 3 7 8 98", "0 3 7 8 98\n1 1 4 5 87\n", "0,0,3,7,12"])
def test_rows_of_five_that_leave_the_map_may_end_in_a_class_or_a_percentage(rows):
    reading = typed_boxes(rows, 2, EXTENT)
    assert [said.key for said in reading.how] == ["columns.corners"]
    assert Way("columns", "x1, y1, x2, y2, class") in reading.others
    first = [float(number) for number in rows.split("\n")[0].replace(",", " ").split()]
    assert reading.value[0] == tuple(first)
    (way,) = (way for way in reading.others if way.name.endswith("class"))
    chosen = typed_boxes(rows, 2, EXTENT, (way,))
    assert chosen.value[0] == (0.0, *first[:4])


def test_rows_of_five_on_the_map_are_silent():
    assert typed_boxes("0 0 3 7 8", 1, EXTENT).how == ()
