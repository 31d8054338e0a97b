"""The browser's tables of edges equal `bin_edges` for every box on whole cells."""

import pytest

from app.lookup import edge_table
from roipool import PRESETS, bin_edges, get_convention


def looked_up(table, start, stop, size):
    edges = table["exceptions"].get(f"{start},{stop - start}", table["lengths"][stop - start - 1])
    return [[min(size, max(0, start + edge)) for edge in part] for part in edges]


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
