"""Maps to choose from."""

from dataclasses import replace

import pytest

from app.exercise.feature_maps import MADE, make_cells
from app.exercise.record import article_exercise


@pytest.mark.parametrize("kind", [kind for kind in MADE if kind != "article"])
@pytest.mark.parametrize("size", [(2, 2), (5, 9), (64, 64)])
def test_every_kind_comes_in_every_size_with_values_from_0_to_1(kind, size):
    cells = make_cells(kind, *size)
    assert (len(cells), len(cells[0])) == size
    values = {value for row in cells for value in row}
    assert min(values) >= 0
    assert max(values) <= 1
    assert len(values) > 1


def test_a_seed_names_a_random_map():
    assert make_cells("random", 8, 8, 1) == make_cells("random", 8, 8, 1)
    assert make_cells("random", 8, 8, 1) != make_cells("random", 8, 8, 2)


def test_boxes_outside_a_map_keep_their_numbers_while_its_size_stays():
    outside = replace(article_exercise(), boxes=((0, 0, 3, 12, 8),))
    assert outside.with_cells(make_cells("random", 8, 8)).boxes == outside.boxes


def test_a_box_that_no_longer_fits_is_cut_to_the_new_map():
    small = article_exercise().with_cells(make_cells("gradient", 4, 4))
    assert small.boxes == ((0, 0, 3, 4, 4),)


def test_a_box_that_fits_keeps_its_numbers():
    large = article_exercise().with_cells(make_cells("gradient", 20, 9))
    assert large.boxes == article_exercise().boxes
