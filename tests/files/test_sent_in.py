"""Files as people sent them in: each gives its right answer, and what was interpreted is said."""

from pathlib import Path

import numpy as np
import pytest

from app.files import ReadError, Way, boxes_reading, maps_reading, picture_map
from tests.files.made import npy

CASES = Path(__file__).parent / "cases"
MAP = [[0.88, 0.44, 0.14], [0.19, 0.45, 0.57], [0.66, 0.26, 0.82]]
BOX = (0.0, 0.0, 3.0, 7.0, 8.0)


def keys(reading):
    return [said.key for said in reading.how]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("F3_x.csv", ["comma.decimal"]),
        ("F4_x.csv", ["comma.decimal"]),
        ("F7_x.csv", ["labels.both"]),
        ("F8_x.csv", []),
        ("F9b_x.csv", []),
    ],
)
def test_a_map_of_another_program_is_its_numbers(name, said):
    reading = maps_reading(name, (CASES / name).read_bytes())
    assert (reading.value[0, 0].tolist(), keys(reading)) == (MAP, said)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("B4_b.json", ["coco.size"]),
        ("B5_b.xml", ["voc.from_zero"]),
        ("B7_b.txt", ["instances"]),
    ],
)
def test_a_box_of_another_program_is_its_corners(name, said):
    reading = boxes_reading(name, (CASES / name).read_bytes(), 1, (8, 8))
    assert (reading.value, keys(reading)) == ((BOX,), said)


def test_yolos_rows_are_centres_and_sizes_in_fractions_of_the_map():
    content = (CASES / "B1_b.txt").read_bytes()
    reading = boxes_reading("B1_b.txt", content, 1, (480, 640))
    assert np.allclose(
        reading.value,
        [[0, 72, 291.749760, 542.000320, 459.749760], [0, 58, 305.25, 237, 456.75]],
        atol=0.001,
    )
    assert keys(reading) == ["columns.centre.fractions", "unused"]
    other = Way("columns", "batch_index, x1, y1, x2, y2")
    assert other in reading.others
    again = boxes_reading("B1_b.txt", content, 1, (480, 640), (other,))
    assert again.value[0] == (0, 0.479688, 0.782812, 0.734375, 0.35)


def test_a_score_behind_corners_is_no_corner():
    content = (CASES / "B2b_b.txt").read_bytes()
    reading = boxes_reading("B2b_b.txt", content, 1, (8, 8))
    assert reading.value == ((0, 0, 0, 5, 7), (0, 0, 2, 6, 8))
    assert keys(reading) == ["columns.corners", "unused"]
    assert reading.others == (Way("columns", "batch_index, x1, y1, x2, y2"),)


def test_channels_that_come_last_are_said_to():
    array = np.random.default_rng(0).random((14, 14, 64))
    reading = maps_reading("m.npy", npy(array))
    assert np.array_equal(reading.value[0], array.transpose(2, 0, 1))
    assert keys(reading) == ["axes.hwc"]
    again = maps_reading("m.npy", npy(array), reading.others)
    assert np.array_equal(again.value[0], array)
    assert (keys(again), again.others) == (["axes.chw"], (Way("axes", "hwc"),))


def test_sixteen_bits_of_which_eight_are_used_are_no_black_picture():
    maps, scaling = picture_map((CASES / "ramp16_8.png").read_bytes(), "grey", 8)
    ramp = [0, 0.09, 0.18, 0.27, 0.36, 0.45, 0.54, 0.64, 0.73, 0.82, 0.91, 1]
    assert maps[0, 0].tolist() == [ramp] * 8
    assert scaling.values == (0, 255)


TRACK = (
    '<annotations><track id="0" label="cat">'
    '<box frame="0" outside="0" xtl="0" ytl="3" xbr="7" ybr="8"/>'
    '<box frame="1" outside="{outside}" xtl="1" ytl="3" xbr="7" ybr="8"/></track></annotations>'
)


def test_what_is_outside_of_a_frame_of_a_video_has_no_box_there():
    seen = boxes_reading("v.xml", TRACK.format(outside=1).encode(), 1, (8, 8))
    assert seen.value == ((0, 0, 3, 7, 8),)
    both = boxes_reading("v.xml", TRACK.format(outside=0).encode(), 2, (8, 8))
    assert both.value == ((0, 0, 3, 7, 8), (1, 1, 3, 7, 8))
    with pytest.raises(ReadError):
        boxes_reading("v.xml", TRACK.format(outside=0).encode(), 1, (8, 8))


@pytest.mark.parametrize(
    "text",
    [
        "%%MatrixMarket matrix coordinate real general\n3 3 2\n1 1 0.88\n2 3 0.57\n",
        "%%MatrixMarket matrix array real general\n2 2\n0.88\n0.19\n0.66\n0.44\n",
        "# Created by Octave 8.4\n# name: x\n# type: matrix\n# ndims: 3\n 2 2 1\n 1\n 2\n 3\n 4\n",
    ],
)
def test_numbers_that_stand_column_by_column_are_refused_by_name(text):
    with pytest.raises(ReadError) as refused:
        maps_reading("m.txt", text.encode())
    assert refused.value.problem.key == "file.by_columns"
