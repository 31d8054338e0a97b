"""A box made so long, and the map that has room for it."""

from dataclasses import replace

import numpy as np
import pytest

from app.exercise.edit import apply_edit
from app.exercise.feature_maps import make_cells
from app.exercise.limits import MAX_SIDE
from app.exercise.lookup import edge_table
from app.exercise.maps import Maps
from app.exercise.presets import preset_exercise
from app.exercise.received import Change
from app.exercise.record import article_exercise
from app.sizes.cases import COLS, ROWS, length, with_case, with_length
from app.sizes.room import as_brought, with_room, without_room
from app.widgets.cases import cases_of
from roipool import PRESETS, bin_edges
from tests.sizes.cutting import LENGTHS

ARTICLE = article_exercise()
every_convention = pytest.mark.parametrize("convention", sorted(PRESETS))


@every_convention
@pytest.mark.parametrize("axis", [ROWS, COLS])
def test_box_made_so_long_is_cut_as_the_tables_say(convention, axis):
    for n in LENGTHS:
        made = with_length(replace(ARTICLE, convention=convention), axis, n)
        other = 1 - axis
        assert (length(made, axis), length(made, other)) == (
            n,
            length(replace(ARTICLE, convention=convention), other),
        )
        for count in (1, 2, 7, 14):
            bins = bin_edges(made.boxes, count, None, convention=convention)
            starts, stops = (bins.y0, bins.y1) if axis == ROWS else (bins.x0, bins.x1)
            first = (bins.rows, bins.cols)[axis][0, 0]
            table = edge_table(MAX_SIDE, count, convention)
            edges = table["exceptions"].get(f"{first},{n}", table["lengths"][n - 1])
            assert [(starts - first)[0].tolist(), (stops - first)[0].tolist()] == edges


@pytest.mark.sampled(3)
@every_convention
def test_a_case_has_room_for_a_cell_past_its_end(convention):
    for n in LENGTHS:
        made = with_room(with_case(replace(ARTICLE, convention=convention), n, 7))
        assert [length(made, axis) for axis in (ROWS, COLS)] == [n, n]
        assert made.output_size == (7, 7)
        bins = bin_edges(made.boxes, 7, None, convention=convention)
        if n < MAX_SIDE:
            assert bins.y1.max() <= made.size[0]
            assert bins.rows[0, 1] < made.size[0]
        else:
            assert made.size == (MAX_SIDE, MAX_SIDE)
        assert with_room(made) == made


def test_the_map_grows_and_shrinks_round_what_is_seen_and_keeps_edits():
    assert with_room(ARTICLE).size == (9, 8)
    assert with_room(ARTICLE).boxes == ARTICLE.boxes
    cells = [list(row) for row in ARTICLE.cells]
    cells[0][0] = 5.0
    edited = ARTICLE.with_cells(tuple(map(tuple, cells)))
    grown = with_room(with_length(edited, COLS, 40))
    assert grown.size == (9, 41)
    assert grown.cells[0][0] == 5.0
    assert grown.cells[1] == make_cells("continued", 9, 41)[1]
    shrunk = with_room(with_length(grown, COLS, 7))
    assert shrunk.size == (9, 8)
    assert [row[:8] for row in shrunk.cells[:8]] == [tuple(row) for row in cells]


def test_other_images_channels_and_boxes_beyond_every_map_are_kept():
    maps = Maps(np.arange(2 * 3 * 4 * 4.0).reshape(2, 3, 4, 4))
    boxes = ((1.0, 0.0, 0.0, 300.0, 9.0), (0.0, -5.0, -5.0, 0.0, 0.0))
    room = with_room(replace(ARTICLE, maps=maps, boxes=boxes))
    assert room.size == (10, MAX_SIDE)
    assert room.boxes == boxes
    np.testing.assert_array_equal(room.maps.array[..., :4, :4], maps.array)
    assert with_room(replace(ARTICLE, boxes=())).size == (8, 8)


def test_a_length_makes_a_box_where_there_was_none():
    assert with_length(replace(ARTICLE, boxes=()), ROWS, 5).boxes == ((0.0, 0.0, 0.0, 1.0, 5.0),)


def test_every_case_has_its_room():
    assert len(cases_of("sizes")) == 4
    for case in cases_of("sizes"):
        assert with_room(preset_exercise(case)) == preset_exercise(case)


def test_the_reader_s_own_cells_are_never_cut_off():
    own = replace(ARTICLE, maps=Maps(np.random.default_rng(1).random((64, 64))))
    assert with_room(own).maps == own.maps
    grown = with_room(with_length(ARTICLE, ROWS, 20))
    cells = [list(row) for row in grown.cells]
    cells[20][0] = 9.5
    edited = grown.with_cells(tuple(map(tuple, cells)))
    assert with_room(with_length(edited, ROWS, 5)).cells[20][0] == 9.5
    assert with_room(with_length(grown, ROWS, 5)).size == with_room(ARTICLE).size


def test_what_was_brought_keeps_its_size_and_only_what_was_added_to_it_goes_again():
    for rows, cols in ((20, 20), (8, 8), (3, 5)):
        brought = replace(ARTICLE, maps=Maps(make_cells("continued", rows, cols)))
        grown = as_brought(brought)
        assert grown.size >= brought.size
        for changed in (grown, with_room(with_length(grown, ROWS, 40))):
            assert without_room(changed).maps == brought.maps
            assert without_room(changed).boxes == changed.boxes
        shrunk = with_room(with_length(with_length(grown, ROWS, 1), COLS, 1))
        assert without_room(shrunk).maps == brought.maps


def test_a_cell_that_was_set_in_the_room_is_the_reader_s_and_goes_along():
    grown = with_room(with_length(as_brought(ARTICLE), ROWS, 20))
    edited, _ = apply_edit(grown, Change(1, cells=((10, 2, 9.5),)))
    given = without_room(edited)
    assert given.size == (11, 8)
    assert given.cells[10][2] == 9.5
