"""Maps as programs of all kinds write them: each is read and said how, or refused by name."""

import json

import numpy as np
import pytest

from app.files import ReadError, Way, maps_reading, typed_maps
from app.text import LANGUAGES, Text
from tests.files.made import npy, npz, sentence

ROWS = [[0.5, 1.5, 2.5], [3.5, 4.5, 5.5], [-6.5, 7.25, 80.0]]
TWO = [ROWS, [[-value for value in row] for row in ROWS]]


def table(separator, *, comma=False, quote="", end="\n", last=""):
    rows = [[f"{quote}{value}{quote}" for value in row] for row in ROWS]
    text = "".join(separator.join(row) + last + end for row in rows)
    return text.replace(".", ",") if comma else text


PLAIN = table(",")
PADDLE = (
    "Tensor(shape=[1, 1, 3, 3], dtype=float32, place=Place(gpu:0), stop_gradient=True,\n"
    f"       [[{np.array(ROWS).tolist()}]])"
)
MATLAB = "0.5 1.5 2.5; 3.5 4.5 5.5; -6.5 7.25 80"
BRACES = json.dumps(ROWS).replace("[", "{").replace("]", "}")
PANDAS = "     0     1     2\n0  0.5  1.5   2.5\n1  3.5  4.5   5.5\n2 -6.5  7.25  80.0\n"
R_PRINT = "     [,1] [,2] [,3]\n[1,]  0.5 1.5 2.5\n[2,]  3.5 4.5 5.5\n[3,] -6.5 7.25 80\n"

READ = {
    "commas": (PLAIN, []),
    "commas and a mark of UTF-8": ("\ufeff" + PLAIN, []),
    "commas at the ends": (table(",", last=","), []),
    "semicolons at the ends": (table(";", last=";"), []),
    "tabs at the ends of Windows": (table("\t", last="\t", end="\r\n"), []),
    "ends of old Macs": (table("\t", end="\r"), []),
    "quoted points": (table(",", quote='"'), []),
    "quoted decimal commas": (table(",", quote='"', comma=True).replace('","', '","'), ["comma"]),
    "quoted decimal commas between semicolons": (table(";", quote='"', comma=True), ["comma"]),
    "decimal commas between tabs": (table("\t", comma=True), ["comma"]),
    "decimal commas between spaces": (table(" ", comma=True), ["comma"]),
    "Excel's line of a semicolon": ("sep=;\r\n" + table(";", comma=True, end="\r\n"), ["comma"]),
    "Excel's line of a bar": ("SEP=|\n" + table("|"), []),
    "Excel's line of a comma in quotes": ('"sep=,"\n' + PLAIN, []),
    "comments of savetxt": ("# feature map\n# 3 x 3\n" + table(" "), []),
    "comments at the end": (table(" ") + "# mean 11.5\n", []),
    "comments behind rows": (table(" ", last="  # row"), []),
    "comments of MATLAB": ("% map\n" + table(" "), []),
    "Markdown": ("| " + table(" | ", last=" |", end="\n| ").rstrip("| \n") + " |", []),
    "pandas to_csv": (
        ",0,1,2\n" + "".join(f"{i},{r}\n" for i, r in enumerate(PLAIN.split())),
        ["labels"],
    ),
    "pandas to_csv of a sheet": (
        ";a;b;c\r\n"
        + "".join(f"r{i};{r}\r\n" for i, r in enumerate(table(";", comma=True).split())),
        ["comma", "labels"],
    ),
    "pandas to_csv without its index": ("a,b,c\n" + PLAIN, ["labels"]),
    "pandas to_csv without its index, counted": ("0,1,2\n" + PLAIN, ["labels"]),
    "pandas print": (PANDAS, ["labels"]),
    "R's write.csv": (
        '"","V1","V2","V3"\n'
        + "".join(f'"{i + 1}",{row}\n' for i, row in enumerate(PLAIN.split())),
        ["labels"],
    ),
    "R's write.table": (
        '"V1" "V2" "V3"\n'
        + "".join(f'"{i + 1}" {row}\n' for i, row in enumerate(table(" ").strip().split("\n"))),
        ["labels"],
    ),
    "R's print": (R_PRINT, []),
    "names of rows": ("".join(f"row{i},{r}\n" for i, r in enumerate(PLAIN.split())), ["labels"]),
    "MXNet's print": (f"\n{np.array(ROWS)}\n<NDArray 3x3 @gpu(0)>", []),
    "Paddle's print": (PADDLE, []),
    "MindSpore's print": (f"Tensor(shape=[3, 3], dtype=Float32, value=\n{ROWS})", []),
    "JAX's print": (f"Array({ROWS}, dtype=float32)", []),
    "MATLAB's brackets": (f"x = [{MATLAB}];", []),
    "MATLAB's brackets with commas": (f"[{MATLAB.replace(' ', ', ').replace(';,', ';')}]", []),
    "MATLAB's brackets over lines": (f"x = [{MATLAB.replace(';', '; ...' + chr(10))}]", []),
    "MATLAB's print": ("x =\n\n" + table("   "), []),
    "an assignment of Python": (f"x = {ROWS}", []),
    "Python's tuples": (str(tuple(map(tuple, ROWS))), []),
    "a tuple a line": ("".join(f"({', '.join(map(str, row))})\n" for row in ROWS), []),
    "Julia's rows": (f"[{'; '.join(map(str, ROWS))}]", []),
    "one pair of brackets over lines": (f"[{table(' ').strip()}]", []),
    "comments of C": ("// map\n" + PLAIN, []),
    "a column that pandas once called so": (
        "Unnamed: 0,0,1,2\n" + "".join(f"{i},{r}\n" for i, r in enumerate(PLAIN.split())),
        ["labels"],
    ),
    "Mathematica": (BRACES, []),
    "C": (f"float x = {BRACES};", []),
    "JSON under a name": (json.dumps({"data": ROWS}), []),
}


@pytest.mark.parametrize(("text", "said"), READ.values(), ids=READ)
def test_a_map_is_read_and_said_how(text, said):
    for reading in (maps_reading("x", text.encode()), typed_maps(text)):
        assert reading.value.tolist() == [[ROWS]]
        assert [one.key.split(".")[0] for one in reading.how] == said
        for language in LANGUAGES:
            for words in (*reading.how, *reading.others):
                assert "{" not in words.sentence(Text(language))


@pytest.mark.parametrize("mark", ["# New slice\n", "\n", "\n# channel 1\n\n"])
def test_slices_that_a_comment_or_a_blank_line_parts_are_channels(mark):
    first, second = ("".join(" ".join(map(str, row)) + "\n" for row in channel) for channel in TWO)
    reading = maps_reading("x.txt", f"# Array shape: (2, 3, 3)\n{first}{mark}{second}".encode())
    assert reading.value.tolist() == [TWO]


REFUSED = {
    "commas that part and decide": ('"1,5","1,234.5"\n"2,5","3,5"', "file.commas"),
    "a header without rows": ("a,b,c", "paste.not_a_number"),
    "a word among the cells": (PLAIN.replace("4.5", "high"), "paste.not_a_number"),
    "a unit": (PLAIN.replace("4.5", "4.5px"), "paste.not_a_number"),
    "a missing cell": (PLAIN.replace("4.5", ""), "paste.missing"),
    "rows that end early": (table(",").replace(",2.5", ""), "paste.ragged"),
    "a scale before MATLAB's numbers": ("x =\n\n   1.0e+03 *\n\n" + table(" "), "file.factor"),
    "columns of MATLAB in parts": ("x =\n\n  Columns 1 through 8\n\n 1 2\n", "file.parts"),
    "a printout with dots": (f"\n{np.zeros((99, 99))}\n<NDArray 99x99 @cpu(0)>", "file.elided"),
    "XML": ("<?xml version='1.0'?><annotation/>", "file.markup"),
    "an annotation": ("<annotation><object/></annotation>", "file.markup"),
}


@pytest.mark.parametrize(("text", "key"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_map_is_refused_by_name(text, key):
    with pytest.raises(ReadError) as error:
        maps_reading("x", text.encode())
    assert sentence(error) == key


@pytest.mark.parametrize(
    ("text", "way", "first", "other"),
    [
        ('"1,234","5,678"\n"1,000","2,000"', Way("comma", "thousands"), 1.234, 1234),
        ("1,234;5,678\n1,000;2,000", Way("comma", "thousands"), 1.234, 1234),
        ("0,88,0,44\n0,19,0,45", Way("comma", "apart"), 0.88, 0),
        ("0,1\n.5,1.5\n2.5,3.5", Way("labels", "none"), 0.5, 0),
    ],
)
def test_what_may_be_read_in_two_ways_is_read_in_either(text, way, first, other):
    reading = typed_maps(text)
    assert (reading.value[0, 0, 0, 0], reading.others) == (first, (way,))
    again = typed_maps(text, (way,))
    assert again.value[0, 0, 0, 0] == other
    assert len(again.others) == 1
    assert again.others[0].kind == way.kind


def test_commas_of_millions_or_before_a_point_part_thousands():
    reading = typed_maps('"1,234,567","2,000.5"\n"1,000","2,000"')
    assert reading.value[0, 0].tolist() == [[1234567, 2000.5], [1000, 2000]]
    assert reading.others == ()


@pytest.mark.parametrize(
    ("shape", "order"),
    [
        ((64, 14, 14), "chw"),
        ((7, 7, 32), "hwc"),
        ((32, 40, 3), "hwc"),
        ((3, 32, 40), "chw"),
        ((1, 7, 7, 16), "bhwc"),
        ((2, 16, 7, 7), "bchw"),
        ((30, 20, 1), "hwc"),
        ((3, 4, 5), "chw"),
    ],
)
def test_which_axis_was_taken_is_said_and_can_be_changed(shape, order):
    array = np.random.default_rng(1).random(shape)
    moved = np.moveaxis(array, -1, -3) if order.endswith("hwc") else array
    reading = maps_reading("", npy(array))
    assert np.array_equal(reading.value, moved.reshape(reading.value.shape))
    assert [said.key for said in reading.how] == [f"axes.{order}"]
    for way in reading.others:
        again = maps_reading("", npy(array), (way,))
        assert again.value.shape != reading.value.shape


def test_an_array_of_an_archive_is_chosen_by_its_name():
    content = npz(feat=np.array(ROWS), conv4=-np.array(ROWS), boxes=np.zeros((1, 5)))
    with pytest.raises(ReadError) as error:
        maps_reading("", content)
    assert sentence(error) == "file.members"
    assert error.value.others == tuple(Way("member", name) for name in ("feat", "conv4", "boxes"))
    reading = maps_reading("", content, (Way("member", "conv4"),))
    assert reading.value[0, 0, 0, 0] == -0.5
    assert Way("member", "feat") in reading.others
    assert [said.sentence(Text("en")) for said in reading.how] == [
        "“conv4” is read of what the file holds."
    ]


def test_a_list_of_an_object_is_chosen_by_its_name():
    text = json.dumps({"layer1": ROWS, "layer2": [[0, 0], [0, 0]]})
    with pytest.raises(ReadError) as error:
        typed_maps(text)
    assert typed_maps(text, error.value.others[:1]).value.tolist() == [[ROWS]]
