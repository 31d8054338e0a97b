"""Bin edges: what holds for every box under a convention, and where conventions part."""

import re
from math import ceil, inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roipool import PRESETS, RoIPoolError, bin_edges, get_convention

every_convention = st.sampled_from(sorted(PRESETS))
rounding_convention = st.sampled_from(sorted({*PRESETS} - {"mmcv"}))  # It cuts fractional boxes.
counts = st.integers(1, 40)
coordinates = st.floats(-60, 120, width=32)
relaxed = settings(deadline=None)


def cut(first, last, count, convention, size=None, scale=1.0):
    """Edges of the rows of a box that spans y1, y2 = first, last: (starts, stops)."""
    map_size = None if size is None else (size, 8)
    bins = bin_edges([[0, 0, first, 1, last]], (count, 1), map_size, scale, convention)
    return bins.y0[0].tolist(), bins.y1[0].tolist()


def last_coordinate(start, length, convention):
    """y2 of a box of so many whole cells."""
    return start + length - get_convention(convention).end_offset


@relaxed
@given(start=st.integers(-20, 60), length=st.integers(0, 60), count=counts, size=st.integers(1, 50))
def test_article_bins_tile_the_part_of_the_roi_on_the_map(start, length, count, size):
    starts, stops = cut(start, start + length, count, "article", size)
    assert starts[0] == min(max(start, 0), size)
    assert stops[-1] == min(max(start + length, 0), size)
    assert stops[:-1] == starts[1:]


@relaxed
@given(start=st.integers(-20, 60), length=st.integers(0, 200), count=counts)
def test_article_bins_differ_by_at_most_a_cell(start, length, count):
    starts, stops = cut(start, start + length, count, "article")
    sizes = {stop - start for start, stop in zip(starts, stops, strict=True)}
    assert sizes <= {length // count, ceil(length / count)}


@relaxed
@given(every_convention, st.integers(0, 60), st.integers(1, 200), counts)
def test_bins_cover_the_roi_and_neighbours_overlap_by_at_most_a_cell(name, start, length, count):
    starts, stops = cut(start, last_coordinate(start, length, name), count, name)
    overshoot = 0 if PRESETS[name].arithmetic == "exact" else 1
    assert starts[0] == start
    assert 0 <= stops[-1] - (start + length) <= overshoot
    overlaps = {stop - start for stop, start in zip(stops, starts[1:], strict=False)}
    assert overlaps <= ({0, 1} if PRESETS[name].stop == "ceil" else {0})


@relaxed
@given(every_convention, st.integers(0, 60), st.integers(1, 40), st.integers(0, 160))
def test_no_bin_is_empty_while_there_are_no_more_bins_than_cells(name, start, count, spare):
    length = count + spare
    last = last_coordinate(start, length, name)
    starts, stops = cut(start, last, count, name, size=start + length)
    assert all(start < stop for start, stop in zip(starts, stops, strict=True))


@relaxed
@given(every_convention, coordinates, coordinates, counts, st.integers(1, 60))
def test_edges_on_a_map_are_the_formulas_clipped_to_it(name, first, last, count, size):
    free, clipped = cut(first, last, count, name), cut(first, last, count, name, size)
    assert clipped == tuple([min(max(edge, 0), size) for edge in edges] for edges in free)


@relaxed
@given(rounding_convention, st.integers(-9, 60), st.integers(-9, 60), counts, st.integers(-99, 99))
def test_bins_move_with_a_box_of_whole_cells(name, first, last, count, shift):
    there, here = (cut(first + by, last + by, count, name) for by in (shift, 0))
    assert there == tuple([edge + shift for edge in edges] for edges in here)


@relaxed
@given(every_convention, st.tuples(*[coordinates] * 4), counts, counts)
def test_columns_are_cut_as_rows_are(name, box, high, wide):
    x1, y1, x2, y2 = box
    one = bin_edges([[0, x1, y1, x2, y2]], (high, wide), (50, 30), convention=name)
    other = bin_edges([[0, y1, x1, y2, x2]], (wide, high), (30, 50), convention=name)
    for field, twin in (("x0", "y0"), ("x1", "y1"), ("y0", "x0"), ("cols", "rows")):
        np.testing.assert_array_equal(getattr(one, field), getattr(other, twin), strict=True)
    np.testing.assert_array_equal(one.empty, other.empty.swapaxes(1, 2))


@pytest.mark.parametrize(
    ("convention", "length", "stop"),
    [
        ("fast_rcnn", 57, 58),
        ("chainer_roi_pooling_2d", 57, 57),
        ("paddle_gpu", 57, 57),
        ("fast_rcnn", 29, 29),
        ("chainer_roi_pooling_2d", 29, 30),
        ("chainer_roi_max_pooling_2d", 29, 30),
    ],
)
def test_seventh_part_of_some_lengths_overshoots_in_floats_alone(convention, length, stop):
    _, stops = cut(0, last_coordinate(0, length, convention), 7, convention, size=60)
    assert stops[-1] == stop


@pytest.mark.parametrize(
    ("coordinate", "away", "even"),
    [
        (0.5, 1, 0),
        (2.5, 3, 2),
        (-0.5, -1, 0),
        (-2.5, -3, -2),
        (0.49999997, 0, 0),
        (-0.49999997, 0, 0),
        (8388609, 8388609, 8388609),
    ],
)
@pytest.mark.parametrize("convention", ["article", "fast_rcnn", "chainer_roi_pooling_2d"])
def test_half_a_cell_is_rounded_as_the_convention_has_it(convention, coordinate, away, even):
    bins = bin_edges([[0, coordinate, 0, 10**7, 9]], 1, (8, 8), convention=convention)
    assert bins.cols[0, 0] == (even if convention.startswith("chainer") else away)


@pytest.mark.parametrize("convention", PRESETS)
def test_inverted_box_is_empty_or_the_one_cell_it_starts_in(convention):
    cells = 0 if convention in ("article", "mmcv") else 1
    bins = bin_edges([[0, 5, 6, 2, 1]], 2, (8, 8), convention=convention)
    assert (bins.y1 - bins.y0).tolist() == (bins.x1 - bins.x0).tolist() == [[cells, cells]]
    assert bins.empty.all() == (cells == 0)
    assert bins.degenerate.tolist() == [convention == "mmcv"]
    if cells:
        assert (bins.x0.tolist(), bins.y0.tolist()) == ([[5, 5]], [[6, 6]])


@pytest.mark.parametrize("convention", PRESETS)
@pytest.mark.parametrize("box", [[20, 0, 25, 7], [0, 20, 7, 25], [-9, 0, -3, 7], [0, -9, 7, -3]])
def test_every_bin_of_a_box_beside_the_map_is_empty(box, convention):
    bins = bin_edges([[0, *box]], (2, 3), (8, 8), convention=convention)
    assert bins.empty.shape == (1, 2, 3)
    assert bins.empty.all()


# The largest float32 is 3.4e38; times 16 it overflows.
@pytest.mark.parametrize(("huge", "scale"), [(1e30, 1 / 16), (1e30, 1), (3e38, 16), (1e300, 1)])
@pytest.mark.parametrize("convention", PRESETS)
def test_huge_coordinates_cover_the_map_or_miss_it(convention, huge, scale):
    boxes = [[0, -huge, -huge, huge, huge], [0, huge, huge, huge, huge]]
    bins = bin_edges(boxes, 1, (8, 9), scale, convention)
    edges = [edge.ravel().tolist() for edge in (bins.y0, bins.y1, bins.x0, bins.x1)]
    assert edges == [[0, 8], [8, 8], [0, 9], [9, 9]]


@pytest.mark.parametrize(
    ("convention", "first", "last", "scale", "rows"),
    [
        ("article", 48, 128, 1 / 16, (3, 8)),
        ("fast_rcnn", 48, 112, 1 / 16, (3, 8)),
        # (y2 + 1) * scale: the last pixel of the image's row 127 ends cell 7.
        ("mmcv", 48, 127, 1 / 16, (3, 8)),
        # 1.5 and 6.5 cells: rounded after the scaling, not before.
        ("article", 24, 104, 1 / 16, (2, 7)),
        ("chainer_roi_max_pooling_2d", 24, 104, 1 / 16, (2, 6)),
        # 25 * 0.1 is 2.5 as a float32 product, a little more as a float64 one.
        ("chainer_roi_max_pooling_2d", 25, 80, 0.1, (2, 8)),
    ],
)
def test_scaled_coordinates_become_cells(convention, first, last, scale, rows):
    starts, stops = cut(first, last, 1, convention, size=20, scale=scale)
    assert (starts, stops) == ([rows[0]], [rows[1]])


@pytest.mark.parametrize(("convention", "end"), [("article", 12), ("fast_rcnn", 13), ("mmcv", 14)])
def test_rows_are_all_cells_that_the_roi_touches_on_the_map_and_off_it(convention, end):
    bins = bin_edges([[0, 0, -2.75, 5, 12.25]], 4, (8, 8), convention=convention)
    assert bins.rows.tolist() == [[-3, end]]


WRONG = {
    "output_size": [0, -1, 2.0, "7", None, (2, 0), (2, 2.0), (1, 2, 3)],
    "map_size": [8, "88", (0, 8), (8, -1), (8, 8.0), (1, 8, 8)],
    # 1e39 and 1e-50 leave the range of float32, in which the product is taken.
    "spatial_scale": [0, -0.5, nan, inf, None, "half", 1e39, 1e-50, 10**400],
}
ALLOWED = {
    "output_size": r"an int or \(PH, PW\) of whole numbers from 1",
    "map_size": r"\(H, W\) of whole numbers from 1",
    "spatial_scale": "a positive number that float32 can hold, the cells per unit of",
}


@pytest.mark.parametrize(("name", "value"), [(name, v) for name in WRONG for v in WRONG[name]])
def test_size_or_scale_that_cuts_nothing_is_an_error(name, value):
    right = {"boxes": [[0, 0, 3, 7, 8]], "output_size": 2, "map_size": (8, 8)}
    message = f"^{name} is .*{re.escape(repr(value))}.*; expected {ALLOWED[name]}"
    with pytest.raises(RoIPoolError, match=message):
        bin_edges(**{**right, name: value})
