"""The browser's tables of edges equal `bin_edges` for every box on whole cells."""

from itertools import product

import numpy as np
import pytest

from app.exercise.coordinates import coordinates
from app.exercise.limits import MAX_SIDE
from app.exercise.lookup import edge_table
from roipool import PRESETS, Convention, bin_edges, get_convention


def looked_up(table, start, stop, size):
    edges = table["exceptions"].get(f"{start},{stop - start}", table["lengths"][stop - start - 1])
    return [[min(size, max(0, start + edge)) for edge in part] for part in edges]


@pytest.mark.sampled(4)
@pytest.mark.parametrize("convention", PRESETS)
@pytest.mark.parametrize("count", [1, 2, 3, 7, 14])
@pytest.mark.parametrize("size", [2, 9, 64])
def test_every_span_has_the_edges_of_the_library(convention, count, size):
    table = edge_table(size, count, convention)
    end = get_convention(convention).end_offset
    spans = [(a, b) for a in range(size) for b in range(a + 1, size + 1)]
    boxes = [[0, 0, a, 0, b - end] for a, b in spans]
    bins = bin_edges(boxes, (count, 1), (size, size), convention=convention)
    for k, (start, stop) in enumerate(spans):
        expected = [bins.y0[k].tolist(), bins.y1[k].tolist()]
        assert looked_up(table, start, stop, size) == expected


def test_a_dragged_box_covers_the_cells_under_the_hand():
    for convention in PRESETS:
        end = get_convention(convention).end_offset
        bins = bin_edges([[0, 2, 3, 5 - end, 7 - end]], 2, (8, 8), convention=convention)
        assert (bins.cols.tolist(), bins.rows.tolist()) == ([[2, 5]], [[3, 7]])


def test_only_fractional_arithmetic_depends_on_where_a_box_starts():
    with_exceptions = {
        name for name in PRESETS for p in range(1, 15) if edge_table(64, p, name)["exceptions"]
    }
    assert with_exceptions == {"mmcv"}


def every_rule():
    """Every combination of choices that can be made."""
    choices = product(
        [True, False],
        ["half_away", "half_even", "floor", "outward", "none"],
        ["exact", "float32", "float64", "step", "step_rest"],
        ["floor", "ceil", "nearest", "floor_or_one"],
        [0, 1],
        [None, 0],
    )
    for inclusive, rounding, arithmetic, stop, least, degenerate in choices:
        if rounding != "none" or arithmetic.startswith("float"):
            yield Convention(
                name="any",
                inclusive_end=inclusive,
                rounding=rounding,
                arithmetic=arithmetic,
                stop=stop,
                min_cells=least,
                degenerate_argmax=degenerate,
            )


@pytest.mark.sampled(3)
@pytest.mark.parametrize("scale", [1.0, 1 / 7, 1 / 16])
def test_every_choice_of_a_convention_has_its_edges_and_its_coordinates(scale):
    size, count = 9, 4
    for rule in every_rule():
        # Who rounds nothing and makes the least box a whole cell may have no box that is one.
        least = 2 if rule.rounding == "none" and rule.min_cells else 1
        spans = [(a, b) for a in range(size) for b in range(a + least, size + 1)]
        table = edge_table(size, count, rule, scale)
        lines = coordinates(size, rule, scale)
        boxes = [
            [0, lines.firsts[2], lines.firsts[a], lines.lasts[5], lines.lasts[b]] for a, b in spans
        ]
        bins = bin_edges(boxes, (count, 1), (size, size), scale, rule)
        assert bins.rows.tolist() == [list(span) for span in spans], rule
        assert not bins.degenerate.any()
        for k, (start, stop) in enumerate(spans):
            expected = [bins.y0[k].tolist(), bins.y1[k].tolist()]
            assert looked_up(table, start, stop, size) == expected, rule


@pytest.mark.sampled(8)
@pytest.mark.parametrize("convention", PRESETS)
@pytest.mark.parametrize("scale", [*(1 / stride for stride in range(1, 33)), 0.7, 0.3, 0.001, 1000])
def test_a_box_on_whole_cells_has_numbers_that_give_these_cells(convention, scale):
    rule = get_convention(convention)
    lines = coordinates(MAX_SIDE, rule, scale)
    a, b = np.triu_indices(MAX_SIDE + 1, k=1)
    firsts, lasts = np.array(lines.firsts)[a], np.array(lines.lasts)[b]
    boxes = np.column_stack([np.zeros(len(a)), firsts, firsts, lasts, lasts])
    bins = bin_edges(boxes, 1, None, scale, rule)
    np.testing.assert_array_equal(bins.rows, np.column_stack([a, b]))
    np.testing.assert_array_equal(bins.cols, bins.rows)
