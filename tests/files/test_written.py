"""What is written is read back exactly."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.files import WRITTEN, read_array, read_boxes, read_maps, write, write_boxes
from tests.files.made import ONES

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


# As a centre and a size it has a corner that no float holds.
@example([(0.0, 0.0, -1.7976931348623157e308, 0.0, 2e292)], "json")
@given(st.lists(BOX, max_size=4), st.sampled_from(WRITTEN))
def test_boxes_that_were_written_are_read_back_exactly(boxes, kind):
    """Where no names go along, corners in their order: others may be read as a score, or a size."""
    if kind not in ("csv", "tsv"):
        boxes = [(i, min(a, c), min(b, d), max(a, c), max(b, d)) for i, a, b, c, d in boxes]
    assert read_boxes("", write_boxes(boxes, kind), images=2) == tuple(boxes)


def test_boxes_as_text_come_under_the_names_of_their_columns():
    assert write_boxes(ONES, "csv").splitlines()[0] == b"batch_index,x1,y1,x2,y2"
