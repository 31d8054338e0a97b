"""Inputs that all are given alike, and what is made of their times."""

import numpy as np
import pytest

from roipool.bench import machine, report
from roipool.bench.cases import CASES, Case, make_inputs
from roipool.bench.compare import Entry, Ratio, Row, difference, ratio
from roipool.bench.measure import Spread
from roipool.bench.peers import GRAPH
from tests.roipool.bench.runs import TINY, row


@pytest.mark.parametrize("case", [Case((2, 3, 38, 50), 500, (7, 7)), CASES[TINY]], ids=str)
def test_boxes_are_whole_cells_of_the_map_with_sides_of_5_to_100_percent(case):
    inputs = make_inputs(case)
    _, x1, y1, x2, y2 = inputs.boxes.T
    np.testing.assert_array_equal(inputs.boxes, np.rint(inputs.boxes))
    for start, last, size in ((x1, x2, case.maps[3]), (y1, y2, case.maps[2])):
        assert start.min() >= 0
        assert last.max() < size
        share = (last - start + 1).astype(float) / size
        assert 0.04 <= share.min() <= share.max() <= 1
    images = np.bincount(inputs.boxes[:, 0].astype(int))
    assert len(images) == case.maps[0]
    assert np.ptp(images) == 0


def test_the_same_seed_makes_the_same_inputs():
    case = Case((1, 2, 9, 9), 5, (2, 2))
    one, other = make_inputs(case), make_inputs(case)
    np.testing.assert_array_equal(one.maps, other.maps)
    np.testing.assert_array_equal(one.boxes, other.boxes)


def test_a_ratio_says_how_much_longer_the_peer_took():
    rows = [row("numpy", "values", 2.0), row("openvino", "values", 5.0)]
    assert ratio(rows[0], rows, "openvino") == Ratio(2.5, alike=True)
    assert ratio(rows[1], rows, "numpy") == Ratio(0.4, alike=True)
    assert ratio(rows[0], rows, "numpy") is None


def test_a_peer_is_compared_by_the_same_operation_if_it_has_it():
    ours = row("numpy", "argmax", 2.0)
    rows = [ours, row("torchvision", "argmax", 8.0), row("torchvision", "values", 6.0)]
    assert ratio(ours, rows, "torchvision") == Ratio(4.0, alike=True)


def test_gradients_and_graphs_are_compared_with_their_like_only():
    backward, replay = row("numpy", "backward", 1.0), row("cupy", "values", 1.0, GRAPH)
    rows = [backward, replay, row("openvino", "values", 2.0)]
    assert ratio(backward, rows, "openvino") is None
    assert ratio(replay, rows, "openvino") is None


def test_bandwidth_is_what_must_move_over_the_median():
    case = Case((1, 1, 8, 8), 1, (2, 2))
    timed = Row(Entry("numpy", "argmax"), Spread(2e-6, 0, 0, ()), None, copy_bandwidth=576e6)
    assert timed.bandwidth(case) == pytest.approx(288 / 2e-6)
    assert timed.limit(case) == pytest.approx(0.25)
    assert timed.nanoseconds(case) == pytest.approx(500)


def test_a_difference_names_how_many_numbers_and_by_how_much():
    expected = {"values": np.arange(4.0), "argmax": np.arange(4)}
    assert difference(expected, expected) is None
    found = {"values": np.array([0.0, 1, 2, 3.5]), "argmax": np.array([9, 1, 2, 0])}
    said = difference(found, expected)
    assert said == "1 of 4 values, by up to 0.5; 2 of 4 argmax, by up to 9"


def test_memory_is_that_which_a_call_holds_at_its_worst():
    def call():
        np.ones(4_000_000, dtype=np.uint8)
        return np.ones(1_000_000, dtype=np.uint8)

    assert 4_000_000 <= machine.peak_memory(call) < 4_500_000


def test_a_line_of_the_table_says_how_long_how_near_the_limit_and_against_whom():
    rows = [row("numpy", "values", 0.0175), row("onnxruntime", "values", 1.25)]
    table = report.case_table(report.CaseReport(CASES["1x512x38x50/300"], rows)).splitlines()
    assert table[0].startswith("1×512×38×50, 300 boxes, 7×7 bins. Must move 34 MB for values,")
    assert table[1].index("gives") == table[2].index("values") == table[3].index("values")
    expected = "numpy values 17.50 17.50 – 17.50 2.33 1.94 194% – 71.4"
    assert table[2].split() == expected.split()
