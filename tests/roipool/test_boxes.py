"""What counts as boxes: every form that is taken, and what is wrong with those that aren't."""

from math import inf, nan

import numpy as np
import pytest

from roipool import RoIPoolError, bin_edges, roi_pool
from tests.common import Tensor

MAPS = np.random.default_rng(3).random((3, 1, 10, 10))
EXPECTED = r"expected \(N, 5\), one row \[batch_index, x1, y1, x2, y2\] a box"
WHOLE_INDEX = r"expected a whole number in \[0, 3\), the image that the box belongs to"


@pytest.mark.parametrize(
    ("boxes", "message"),
    [
        (np.zeros((2, 4)), rf"shape \(2, 4\); {EXPECTED}\. The batch index is missing"),
        ([[0, 3, 7, 8]], r"shape \(1, 4\); .*in front of each row, or .*\(L, 4\) array per image"),
        ([0, 0, 3, 7, 8], r"shape \(5,\); .*single box put the row in a list"),
        (np.zeros((2, 6)), rf"shape \(2, 6\); {EXPECTED}"),
        (np.zeros((0, 6)), rf"shape \(0, 6\); {EXPECTED}"),
        (np.zeros((3, 2, 4)), rf"shape \(3, 2, 4\); {EXPECTED}"),
        (7, rf"shape \(\); {EXPECTED}"),
        (None, rf"shape \(\); {EXPECTED}"),
    ],
)
def test_table_of_a_wrong_shape_is_an_error(boxes, message):
    with pytest.raises(RoIPoolError, match=message):
        roi_pool(MAPS, boxes, 2)


@pytest.mark.parametrize(
    ("boxes", "message"),
    [
        ([[], []], r"a list of 2 arrays; expected 3, one \(L, 4\) array per image"),
        ([np.zeros((1, 4))] * 4, "a list of 4 arrays; expected 3"),
        ([[], np.zeros((2, 5)), []], r"boxes\[1\] has shape \(2, 5\); .*pass one \(N, 5\) array"),
        ([[], [], [[1, 2, 3]]], r"boxes\[2\] has shape \(1, 3\); expected \(L, 4\)"),
        ([[[0, nan, 7, 8]], [], []], "box 0 has y1 = nan; expected a finite number"),
    ],
)
def test_list_that_does_not_hold_one_array_per_image_is_an_error(boxes, message):
    with pytest.raises(RoIPoolError, match=message):
        roi_pool(MAPS, boxes, 2)


@pytest.mark.parametrize(
    "boxes",
    ["boxes", [[0, "zero", 3, 7, 8]], [[0, 0, 3, 7, 8], [0, 0]], {"x1": 0}, [[1j] * 5]],
)
def test_what_is_not_numbers_is_an_error(boxes):
    with pytest.raises(RoIPoolError, match=rf"cannot be read as numbers \(.+\); {EXPECTED}"):
        roi_pool(MAPS, boxes, 2)


@pytest.mark.parametrize("value", [nan, inf, -inf])
@pytest.mark.parametrize("column", range(5))
def test_number_that_is_not_finite_is_named_by_box_and_column(column, value):
    boxes = np.array([[0, 0, 3, 7, 8]] * 3, dtype=float)
    boxes[1, column] = value
    name = ["batch_index", "x1", "y1", "x2", "y2"][column]
    with pytest.raises(RoIPoolError, match=f"box 1 has {name} = {value}; expected a finite number"):
        roi_pool(MAPS, boxes, 2)


@pytest.mark.parametrize("index", [0.5, 2.999, -1, -0.1, 3, 1e300])
def test_batch_index_that_names_no_image_is_an_error(index):
    boxes = [[2, 0, 3, 7, 8], [index, 0, 3, 7, 8]]
    with pytest.raises(RoIPoolError) as caught:
        roi_pool(MAPS, boxes, 2)
    assert caught.match(rf"box 1 has batch_index = {index:g}; ".replace("+", r"\+") + WHOLE_INDEX)


@pytest.mark.parametrize("index", [0.5, -1])
def test_batch_index_is_checked_where_the_number_of_images_is_unknown(index):
    with pytest.raises(RoIPoolError, match="expected a whole number from 0"):
        bin_edges([[index, 0, 3, 7, 8]], 2, (10, 10))
    assert len(bin_edges([[99, 0, 3, 7, 8]], 2, (10, 10)).y0) == 1


@pytest.mark.parametrize(
    "boxes",
    [
        [],
        (),
        np.empty(0),
        np.empty((0, 4)),
        np.empty((0, 5)),
        [[], [], []],
        [np.empty((0, 4)), [], np.empty((0, 4), np.float32)],
    ],
)
def test_no_boxes_are_fine_in_every_form(boxes):
    assert roi_pool(MAPS, boxes, 2).shape == (0, 1, 2, 2)


TABLE = np.array([[0, 0, 3, 7, 8], [2, 1, 1, 4, 4], [2, 0, 0, 9, 9]])


@pytest.mark.parametrize(
    "boxes",
    [
        TABLE.tolist(),
        tuple(map(tuple, TABLE.tolist())),
        list(TABLE),
        TABLE.astype(np.int32),
        TABLE.astype(np.float32),
        np.asfortranarray(TABLE, dtype=float),
        [TABLE[:1, 1:], [], TABLE[1:, 1:]],
        ([[0, 3, 7, 8]], np.empty((0, 4)), ((1, 1, 4, 4), (0, 0, 9, 9))),
    ],
)
def test_every_form_of_the_same_boxes_gives_the_same_result(boxes):
    expected = roi_pool(MAPS, TABLE.astype(float), 2)
    np.testing.assert_array_equal(roi_pool(MAPS, boxes, 2), expected)
    assert len(np.unique(expected)) > 4  # The boxes and images can be told apart.


def test_negative_zero_is_the_first_image():
    expected = roi_pool(MAPS, [[0, 0, 3, 7, 8]], 2)
    np.testing.assert_array_equal(roi_pool(MAPS, [[-0.0, 0, 3, 7, 8]], 2), expected)


@pytest.mark.parametrize("coordinate", ["zero", 10**400, 1j])
def test_a_coordinate_that_is_no_number_of_float64_is_an_error(coordinate):
    with pytest.raises(RoIPoolError, match="cannot be read as numbers"):
        bin_edges([[coordinate, 0, 3, 7, 8]], 2, (8, 8))


def test_boxes_are_taken_through_dlpack():
    boxes = np.array([[0.0, 0, 3, 7, 8]])
    assert bin_edges(Tensor(boxes), 2, (8, 8)).y1.tolist() == [[5, 8]]
