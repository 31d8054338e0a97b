"""What the browser looks up is what the library computes."""

from dataclasses import replace

import numpy as np
import pytest

from app.pixels.controls import with_stride
from app.pixels.tables import grid_table, tables
from roipool import align_samples, bin_edges
from tests.pixels.boxes import ROUNDING, START


def every_box(last):
    """Every x1 < x2 of an axis of so many pixels, as boxes (N, 5)."""
    start, stop = np.triu_indices(last + 1, k=1)
    zero = np.zeros_like(start)
    return start, stop, np.stack([zero, start, zero, stop, zero + last], axis=1).astype(float)


@pytest.mark.parametrize("convention", ROUNDING)
@pytest.mark.parametrize(
    ("stride", "cells", "count"), [(16, 6, 2), (7, 9, 3), (4, 12, 7), (32, 3, 5)]
)
def test_looked_up_bins_are_the_library_s_for_every_box_on_whole_pixels(
    convention, stride, cells, count
):
    exercise = replace(
        with_stride(START, stride, (stride, cells * stride)),
        output_size=(1, count),
        convention=convention,
    )
    table = tables(exercise, 0, True)["x"]
    start, stop, boxes = every_box(cells * stride)
    bins = bin_edges(boxes, (1, count), exercise.size, 1 / stride, convention)
    first = np.array(table["starts"])[start]
    last = np.maximum(np.array(table["stops"])[stop], first + exercise.rule.min_cells)
    assert np.array_equal(np.stack([first, last], axis=1), bins.cols)
    edges = np.array(table["lengths"])[last - first] + first[:, None, None]
    assert np.array_equal(np.clip(edges, 0, cells), np.stack([bins.x0, bins.x1], axis=1))


@pytest.mark.parametrize("stride", [16, 8])
def test_looked_up_cells_are_the_library_s_for_a_box_that_is_not_rounded(stride):
    exercise = replace(with_stride(START, stride, (stride, 64)), convention="mmcv")
    table = tables(exercise, 0, True)["x"]
    start, stop, boxes = every_box(64)
    bins = bin_edges(boxes, exercise.output_size, exercise.size, 1 / stride, "mmcv")
    found = np.stack([np.array(table["starts"])[start], np.array(table["stops"])[stop]], axis=1)
    assert np.array_equal(found, bins.cols)
    # Its bins depend on where the box lies between the cells: no table of lengths has them.
    assert table["lengths"] is None


@pytest.mark.parametrize("aligned", [True, False])
@pytest.mark.parametrize(("stride", "count"), [(16, 2), (7, 2), (5, 3)])
def test_looked_up_grids_are_the_library_s_for_every_box_on_whole_pixels(stride, count, aligned):
    table = grid_table(8, count, stride, 0, aligned)
    start, stop, boxes = every_box(8 * stride)
    samples = align_samples(boxes, (1, count), (1, 8), 1 / stride, 0, aligned)
    for a, b, found in zip(start, stop, samples, strict=True):
        grid = table["exceptions"].get(f"{a},{b - a}", table["lengths"][b - a])
        assert grid == found.x.grid


def test_a_sampling_ratio_is_the_grid_of_every_length():
    assert set(grid_table(8, 2, 16, 4, True)["lengths"]) == {4}
