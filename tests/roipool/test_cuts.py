"""Other cuts of a box: equal steps, the nearest cells, a cell at least; and who cuts so."""

import math
from dataclasses import replace

import numpy as np
import pytest

from roipool import PRESETS, RoIPoolError, bin_edges, get_convention, identify, roi_pool
from roipool.ports import PORTS
from tests.roipool.test_match_pool import instance

# Edges of section i of P of n cells, counted from the first.
CUTS = {
    ("arithmetic", "step"): lambda i, n, p: (i * (n // p), (i + 1) * (n // p)),
    ("arithmetic", "step_rest"): lambda i, n, p: (
        i * (n // p),
        n if i == p - 1 else (i + 1) * (n // p),
    ),
    ("stop", "nearest"): lambda i, n, p: (
        math.floor(i * n / p + 0.5),
        math.floor((i + 1) * n / p + 0.5),
    ),
    ("stop", "floor_or_one"): lambda i, n, p: (
        i * n // p,
        max(i * n // p + 1, (i + 1) * n // p),
    ),
}


@pytest.mark.parametrize("choice", CUTS)
@pytest.mark.parametrize("count", [1, 2, 3, 6, 7])
def test_sections_are_cut_as_the_choice_says(choice, count):
    rule = replace(get_convention("article"), name="other", **dict([choice]))
    lengths = np.arange(1, 41)
    boxes = np.stack([0 * lengths, 0 * lengths + 2, 0 * lengths + 3, 2 + lengths, 3 + lengths], 1)
    bins = bin_edges(boxes, count, None, 1.0, rule)
    for n in lengths.tolist():
        edges = [CUTS[choice](i, n, count) for i in range(count)]
        assert bins.x0[n - 1].tolist() == [2 + start for start, _ in edges]
        assert bins.y1[n - 1].tolist() == [3 + stop for _, stop in edges]


@pytest.mark.parametrize("arithmetic", ["step", "step_rest"])
def test_steps_of_cells_cannot_cut_a_box_that_is_not_rounded(arithmetic):
    with pytest.raises(RoIPoolError, match=f'arithmetic="{arithmetic}" cannot cut'):
        replace(get_convention("mmcv"), arithmetic=arithmetic)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("choice", CUTS)
@pytest.mark.parametrize("preset", ["article", "fast_rcnn"])
def test_another_cut_is_named_and_pools_on(preset, choice):
    convention = replace(get_convention(preset), name="other", **dict([choice]))
    maps, boxes = instance(21, size=(30, 34))
    matches = identify(maps, boxes, roi_pool(maps, boxes, 5, convention=convention))
    assert matches[0].differing == 0
    others, more = instance(22, size=(30, 34))
    expected = roi_pool(others, more, 5, convention=convention)
    np.testing.assert_array_equal(matches[0].pool(others, more, 5), expected)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("port", PORTS)
@pytest.mark.parametrize("swapped", [False, True])
def test_a_port_is_named_and_pools_on(port, swapped):
    maps, boxes = instance(23, size=(30, 34))
    given = boxes[:, [0, 2, 1, 4, 3]] if swapped else boxes
    matches = identify(maps, given, roi_pool(maps, boxes, 7, convention=port))
    best = [(m.name, m.reading.key, m.differing) for m in matches if m.rank == 1]
    assert (port, "swapped_xy" if swapped else "as_given", 0) in best
    assert get_convention(port) is PORTS[port]
    assert port not in PRESETS


def test_keras_cvs_pooler_reads_as_few_cells_as_its_own_test_says():
    """A box of 7.857 columns of 8, of a map that counts: its last column is not reached."""
    maps = np.arange(64.0).reshape(1, 1, 8, 8)
    output = roi_pool(maps, [[0, 0, 0, 220, 224]], 2, 8 / 224, convention="keras_cv")
    assert output.ravel().tolist() == [26, 30, 58, 62]
