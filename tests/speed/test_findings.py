"""What follows from times: where lines cross, and how steep they are."""

import numpy as np
import pytest

from app.speed import findings


def test_lines_cross_between_the_points_where_their_order_changes():
    found = findings.crossing([1, 10, 100], [0.01, 0.1, 1.0], [0.2, 0.2, 0.2])
    assert (found.low, found.high) == (10, 100)
    assert found.at == pytest.approx(20)


def test_of_several_crossings_the_last_counts_since_sharing_wins_for_good_only_there():
    found = findings.crossing([1, 2, 4, 8], [3.0, 1.0, 3.0, 9.0], [2.0, 2.0, 2.0, 2.0])
    assert (found.low, found.high) == (2, 4)


def test_what_is_equal_at_a_measured_number_crosses_there():
    assert findings.crossing([1, 2, 4], [1.0, 2.0, 4.0], [2.0, 2.0, 2.0]).at == pytest.approx(2)


@pytest.mark.parametrize("exponent", [0.0, 0.7, 1.0, 2.0])
def test_a_slope_is_found_whatever_the_unit(exponent):
    sizes = np.array([2, 4, 7, 28])
    assert findings.slope(sizes, 3e-3 * sizes**exponent) == pytest.approx(exponent, abs=1e-9)
    assert findings.when_doubled(exponent) == pytest.approx(2**exponent)
