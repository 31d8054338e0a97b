"""The edge kernel equals roipool.bin_edges, everywhere."""

import dataclasses

import numpy as np
import pytest

from roipool import PRESETS, bin_edges, get_convention
from roipool.backends import cupy as cupy_backend
from tests import sampling
from tests.roipool.cuda.cases import BAD_BOXES, ODD_BOXES, boxes_of, every_choice


def kernel_edges(cp, boxes, output_size, map_size, scale, convention):
    """(y0, y1, x0, x1, image, empty argmax) of the kernel's records, on a batch of two."""
    high, wide = output_size
    records = cupy_backend.bin_edges(cp, boxes, output_size, (2, *map_size), scale, convention)
    ends = np.cumsum([high, high, wide, wide, 1, 1])
    y0, y1, x0, x1, image, empty, _ = np.split(cp.asnumpy(records), ends, axis=1)
    return y0, y1, x0, x1, image[:, 0], empty[:, 0]


def assert_edges_equal(cp, boxes, output_size, map_size, scale, convention):
    bins = bin_edges(boxes, output_size, map_size, scale, convention)
    found = kernel_edges(cp, boxes, output_size, map_size, scale, convention)
    for name, edges in zip(("y0", "y1", "x0", "x1"), found, strict=False):
        np.testing.assert_array_equal(edges, getattr(bins, name), f"{name}, {convention}, {scale}")
    np.testing.assert_array_equal(found[4], boxes[:, 0])
    empty = np.full(len(boxes), convention.empty_argmax)
    if convention.degenerate_argmax is not None:
        empty[bins.degenerate] = convention.degenerate_argmax
    np.testing.assert_array_equal(found[5], empty)


@pytest.mark.parametrize("preset", PRESETS)
def test_every_length_and_every_output_size_is_cut_as_in_python(cp, preset):
    convention = get_convention(preset)
    lengths = np.arange(1, 513.0)
    boxes = np.zeros((512, 5))
    boxes[:, 3] = 3 + lengths - convention.end_offset
    boxes[:, 4] = 5 + lengths - convention.end_offset
    boxes[:, 1], boxes[:, 2] = 3, 5
    for outputs in sampling.of(range(1, 33), 4):
        # Rows and columns at once: the two axes start in different places.
        assert_edges_equal(cp, boxes, (outputs, outputs), (4096, 4096), 1.0, convention)


@pytest.mark.parametrize("preset", PRESETS)
def test_fractional_boxes_and_scales_are_cut_as_in_python(cp, preset):
    convention = get_convention(preset)
    rng = np.random.default_rng(1)
    for scale in (1.0, 0.0625, 0.7, 0.1, 1 / 3, 1e-30, 3e38, 1e-42):
        boxes = boxes_of(400, 2, 40, 60, seed=3)
        boxes[:, 1:] /= max(scale, 1e-4)
        half_way = np.round(rng.uniform(-10, 60, (400, 5)) * 2) / 2 / max(scale, 1e-4)
        half_way[:, 0] = 1
        for table in (boxes, half_way, ODD_BOXES):
            assert_edges_equal(cp, table, (7, 3), (38, 50), scale, convention)


def test_every_combination_of_choices_is_cut_as_in_python(cp):
    boxes = np.concatenate([boxes_of(150, 2, 20, 30, seed=4), ODD_BOXES])
    combinations = list(every_choice(get_convention("fast_rcnn")))
    assert len(combinations) == 2112
    for convention in sampling.of(combinations, 48):
        for scale in (1.0, 0.3):
            assert_edges_equal(cp, boxes, (3, 7), (20, 30), scale, convention)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("coordinate", [1e-45, 1e-40, 1.1754943e-38, 2.0**-127, 3e38, 2.0**30])
def test_floats_at_both_ends_of_their_range_are_rounded_as_in_python(cp, coordinate):
    values = np.array([coordinate, np.nextafter(coordinate, 1), coordinate * 1.5, -coordinate])
    starts, ends = (grid.ravel() for grid in np.meshgrid(values, values * 3))
    boxes = np.column_stack([np.zeros_like(starts), starts, ends, ends, starts])
    for convention in sampling.of(every_choice(get_convention("mmcv")), 12):
        for scale in (1.0, 0.4, 1e10):
            assert_edges_equal(cp, boxes, (3, 2), (9, 9), scale, convention)


@pytest.mark.parametrize("product", ["float32", "float64", "exact"])
@pytest.mark.parametrize("rounding", ["half_away", "none"])
def test_products_are_rounded_as_in_python(cp, rounding, product):
    convention = dataclasses.replace(
        get_convention("fast_rcnn"), rounding=rounding, product=product, min_cells=0
    )
    halves = np.arange(40.0) + 0.5
    for scale in (1.0, 0.7, 1 / 3, 0.1, 1e-30, 1e-300):
        # A last bit before a half, on it and behind it, in float32 and in float64.
        near = halves / max(scale, 1e-4)
        some = [near, np.nextafter(near, 0), np.nextafter(near, 99), np.float32(near), -near]
        some += [np.nextafter(np.float32(near), np.float32(way)) for way in (0, 1e9)]
        first = np.concatenate(some)
        boxes = np.stack([0 * first, first, first[::-1], first + 3, first + 0.3], axis=1)
        if scale > 1e-40:  # as a spatial_scale has to be
            assert_edges_equal(cp, boxes, (3, 2), (40, 40), scale, convention)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_box_that_is_not_a_number_or_names_no_image_has_no_cells(cp, preset):
    convention = get_convention(preset)
    y0, y1, x0, x1, image, _ = kernel_edges(cp, BAD_BOXES, (2, 3), (9, 9), 1.0, convention)
    empty = (y0 >= y1).all(axis=1) | (x0 >= x1).all(axis=1)
    infinite = np.isinf(BAD_BOXES).any(axis=1)
    assert empty[~infinite].all()
    np.testing.assert_array_equal(image, [-1, -1, -1, -1, -1, 0, 0, 0, 0, -1])
