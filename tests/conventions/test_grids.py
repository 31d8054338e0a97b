"""Numbers in the answer are as short as they are exact: 8 where 8 was pasted."""

import numpy as np
import pytest

from app.conventions.grids import grid, notation

NONE = np.zeros((2, 2), bool)


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ([8, 3, 0, -1], ["8", "3", "0", "−1"]),
        # One notation in a table: its points stand under one another.
        ([8, 3.5, 0, -1], ["8.0", "3.5", "0.0", "−1.0"]),
        ([0.85, 3, 0, -1], ["0.85", "3.00", "0.00", "−1.00"]),
        ([0.123, 3, 0, -1], ["0.12", "3.00", "0.00", "−1.00"]),
        ([123456, 3, 0, -1], ["1.2e5", "3.00", "0.00", "−1.00"]),
        ([-0.0, np.inf, np.nan, 1], ["0", "∞", "NaN", "1"]),
    ],
)
def test_a_table_has_as_few_decimals_as_its_numbers_need(values, written):
    table = grid(np.array(values, float).reshape(2, 2), NONE, "")
    assert [cell.partition("<")[0] for cell in table.split("<span>")[1:]] == written


def test_numbers_of_one_comparison_are_written_alike():
    write = notation([8.0, 2.0])
    assert [write(8.0), write(2.0)] == ["8", "2"]
