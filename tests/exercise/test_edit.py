"""Edits of the stage applied to an exercise: pure, and nothing of the reader's is lost."""

import math
from dataclasses import replace

import numpy as np
import pytest

from app.exercise.desk import MOST_KEPT, Desk
from app.exercise.edit import apply_edit as apply_change
from app.exercise.feature_maps import make_maps
from app.exercise.limits import MAX_BOXES
from app.exercise.received import read_change
from app.exercise.record import article_exercise, pool
from app.story.scenes import scenes
from app.text import Text

ARTICLE = article_exercise()


def apply_edit(exercise, told):
    """The exercise after what a figure tells of a change."""
    return apply_change(exercise, read_change(told))


def test_an_edit_replaces_boxes_cells_and_selection():
    edit = {"boxes": [[0, 0, 0, 2, 2], [0, 1, 1, 4, 4]], "cells": [[7, 7, 2.5]], "selected": 1}
    edited, problems = apply_edit(ARTICLE, edit)
    assert problems == ()
    assert edited.boxes == ((0, 0, 0, 2, 2), (0, 1, 1, 4, 4))
    assert edited.cells[7][7] == 2.5
    assert edited.selected == 1
    assert edited.cells[:7] == ARTICLE.cells[:7]


def test_an_empty_edit_changes_nothing():
    assert apply_edit(ARTICLE, {}) == (ARTICLE, ())


def test_the_same_edit_twice_is_the_edit_once():
    edit = {"boxes": [[0, 1, 1, 4, 4]], "cells": [[0, 0, 0.0]], "selected": 0}
    once, _ = apply_edit(ARTICLE, edit)
    assert apply_edit(once, edit)[0] == once


@pytest.mark.parametrize(
    ("row", "key", "column"),
    [
        ([0, 0, 3, 7], "box_columns", None),
        ([0, 0, 3, 7, math.nan], "not_a_number", 4),
        ([0, 0, math.inf, 7, 8], "not_a_number", 2),
        ([0, "a", 3, 7, 8], "not_a_number", 1),
        ([0, True, 3, 7, 8], "not_a_number", 1),
        ([0, 0, 3, 7, 10**400], "not_a_number", 4),
        ([0, 0, 3, 7, [8]], "not_a_number", 4),
        ("junk", "box_columns", None),
        ([1, 0, 3, 7, 8], "batch_index", 0),
        ([0.5, 0, 3, 7, 8], "batch_index", 0),
    ],
)
def test_a_bad_row_is_named_and_the_box_stays_as_it_was(row, key, column):
    edited, (problem,) = apply_edit(ARTICLE, {"boxes": [row]})
    assert edited.boxes == ARTICLE.boxes
    assert (problem.key, problem.box, problem.column) == (key, 0, column)


def test_boxes_past_the_limit_are_left_out_and_said():
    edited, problems = apply_edit(ARTICLE, {"boxes": [[0, 0, 0, 1, 1]] * (MAX_BOXES + 3)})
    assert len(edited.boxes) == MAX_BOXES
    assert [problem.key for problem in problems] == ["too_many_boxes"]


@pytest.mark.parametrize(
    "change", [[8, 0, 1.0], [-1, 0, 1.0], [0, 8, 1.0], [0, 0, math.nan], [0, 0, "x"]]
)
def test_cells_outside_the_map_and_values_that_are_no_number_are_ignored(change):
    assert apply_edit(ARTICLE, {"cells": [change]})[0] == ARTICLE


def test_the_selection_stays_inside_the_boxes():
    assert apply_edit(ARTICLE, {"selected": 9})[0].selected == 0
    assert apply_edit(ARTICLE, {"boxes": [], "selected": 3})[0].selected == 0


def sent(*changes):
    """What the stage sends: changes numbered from 1, all that have no answer."""
    numbered = [{"seq": seq, **change} for seq, change in enumerate(changes, 1)]
    return {"seq": len(changes), "changes": numbered}


PAINT = [{"cells": [[0, 0, float(value)]]} for value in range(1, 5)]
UNDO = {"undo": True}


def test_a_desk_acknowledges_the_edit_it_took():
    desk = Desk(ARTICLE).take(sent({"boxes": [[2, 0, 3, 7, 8]]}))
    assert desk.ack == 1
    assert desk.exercise == ARTICLE
    assert [problem.key for problem in desk.problems] == ["batch_index"]
    assert desk.put(ARTICLE).problems == ()
    assert desk.put_back().epoch != desk.epoch


def test_undo_takes_back_one_change_after_the_other_and_then_rests():
    desk = Desk(ARTICLE).take(sent({"cells": [[0, 0, 9.0]]}, {"boxes": [[0, 0, 0, 2, 2]]}))
    assert desk.undo().exercise.cells[0][0] == 9.0
    assert desk.undo().exercise.boxes == ARTICLE.boxes
    assert desk.undo().undo() == desk.undo().undo().undo()
    assert desk.undo().undo().exercise == ARTICLE


def test_changes_that_come_again_are_applied_once():
    story = [*PAINT, UNDO, UNDO, {"boxes": [[0, 1, 1, 4, 4]]}, UNDO]
    at_once = Desk(ARTICLE).take(sent(*story))
    one_by_one = Desk(ARTICLE)
    for end in range(1, len(story) + 1):
        one_by_one = one_by_one.take(sent(*story[:end]))
    assert one_by_one.exercise == at_once.exercise
    assert at_once.exercise.cells[0][0] == 2.0
    assert at_once.exercise.boxes == ARTICLE.boxes


def test_a_change_after_an_undo_stays():
    desk = Desk(ARTICLE).take(sent(PAINT[0], UNDO, {"boxes": [[0, 1, 1, 4, 4]]}))
    assert desk.exercise.cells == ARTICLE.cells
    assert desk.exercise.boxes == ((0, 1, 1, 4, 4),)


def test_looking_at_another_box_is_no_change_to_undo():
    two = {"boxes": [[0, 0, 3, 7, 8], [0, 1, 1, 4, 4]]}
    looked = Desk(ARTICLE).take(sent(two, {**two, "selected": 1}))
    assert looked.exercise.selected == 1
    assert looked.undo().exercise == ARTICLE


def test_every_session_is_another_to_the_stage_and_a_new_start_is_not():
    desk = Desk(ARTICLE)
    assert desk.session != Desk(ARTICLE).session
    assert desk.put_back().session == desk.session


BATCH = ARTICLE.with_maps(make_maps("random", 8, 8, images=3, channels=2)).with_boxes(
    ((0, 0, 3, 7, 8), (1, 1, 1, 4, 4), (1, 0, 0, 2, 2))
)


def test_cells_change_in_the_plane_that_was_looked_at():
    edit = {"image": 1, "channel": 1, "cells": [[0, 0, 5.0]], "selected": 1}
    edited, problems = apply_edit(BATCH, edit)
    assert problems == ()
    changed = edited.maps.array != BATCH.maps.array
    assert changed.sum() == 1
    assert edited.maps.array[1, 1, 0, 0] == 5.0
    assert (edited.image, edited.channel, edited.played) == (1, 1, 1)


@pytest.mark.parametrize("sent", [{"image": 3}, {"image": -1}, {"channel": 2}, {"channel": True}])
def test_a_plane_that_is_not_there_is_not_looked_at(sent):
    assert apply_edit(BATCH, sent) == (BATCH, ())


def test_looking_at_another_image_plays_its_first_box_and_none_where_it_has_none():
    assert apply_edit(BATCH, {"image": 1})[0].played == 1
    nowhere = apply_edit(BATCH, {"image": 2})[0]
    assert (nowhere.image, nowhere.played) == (2, None)
    assert [scene.kind for scene in scenes(nowhere, pool(nowhere), Text("en"))] == ["input"]


def test_the_look_follows_the_selected_box_to_its_new_image():
    boxes = [[2, *BATCH.boxes[0][1:]], *map(list, BATCH.boxes[1:])]
    edited, problems = apply_edit(BATCH, {"boxes": boxes, "image": 0, "selected": 0})
    assert problems == ()
    assert (edited.image, edited.played) == (2, 0)


def test_a_batch_index_that_names_no_image_of_several_says_how_many_there_are():
    _, (problem,) = apply_edit(BATCH, {"boxes": [[3, 0, 0, 1, 1]]})
    assert problem.sentence(Text("en")).endswith("There are 3 here, 0 to 2.")


def test_a_batch_cut_to_one_image_keeps_its_boxes_on_that_image():
    alone = BATCH.looking_at(1).with_cells(ARTICLE.cells)
    assert alone.maps.images == 3
    small = BATCH.looking_at(1).with_cells(((1.0, 2.0), (3.0, 4.0)))
    assert (small.maps.images, small.image) == (1, 0)
    assert {box[0] for box in small.boxes} == {0.0}


def test_large_maps_are_kept_for_fewer_steps_and_moves_of_boxes_cost_nothing():
    large = make_maps("random", 64, 64, images=8, channels=64)
    desk = Desk(ARTICLE.with_maps(large))
    for k in range(8):
        desk = desk.put(desk.exercise.with_boxes(((0, 0, 0, 2, k + 1.0),)))
    assert len(desk.past) == 8
    for k in range(8):
        desk = desk.take({"seq": k + 1, "changes": [{"seq": k + 1, "cells": [[0, 0, -1.0 - k]]}]})
    kept = {id(past.maps): past.maps.array.nbytes for past in desk.past}
    assert sum(kept.values()) <= MOST_KEPT
    assert desk.undo().exercise.cells[0][0] == -7.0


def test_cells_stay_in_the_plane_they_were_painted_on_though_the_look_goes_on():
    edit = {"plane": [0, 1], "cells": [[0, 0, 5.0]], "image": 1, "channel": 0}
    edited, _ = apply_edit(BATCH, edit)
    assert np.argwhere(edited.maps.array != BATCH.maps.array).tolist() == [[0, 1, 0, 0]]
    assert (edited.image, edited.channel) == (1, 0)
    gone, _ = apply_edit(ARTICLE, edit)
    assert gone.maps == ARTICLE.maps


def test_the_look_stays_when_the_last_box_of_its_image_is_removed():
    rest = [list(box) for box in BATCH.boxes[1:]]
    edited, _ = apply_edit(BATCH, {"boxes": rest, "selected": 0, "image": 0})
    assert (edited.image, edited.played) == (0, None)


def test_boxes_that_are_pasted_are_looked_at():
    assert BATCH.looking_at(1).with_boxes(((0, 0, 0, 2, 2),), 0).played == 0


def test_boxes_that_a_smaller_map_cuts_are_counted_and_come_back():
    desk = Desk(BATCH).put_fitted(BATCH.with_maps(make_maps("peak", 4, 4, images=3)))
    (problem,) = desk.problems
    assert problem.sentence(Text("en")) == "Boxes cut to fit this map: 1. Undo brings them back."
    assert desk.undo().exercise.boxes == BATCH.boxes
    assert Desk(BATCH).put_fitted(BATCH.with_maps(make_maps("peak", 9, 9, images=3))).problems == ()


def test_redo_goes_on_to_what_was_taken_back_until_something_else_is_changed():
    desk = Desk(ARTICLE)
    changed = [replace(ARTICLE, output_size=(n, n)) for n in (3, 4, 5)]
    for exercise in changed:
        desk = desk.put(exercise)
    back = desk.undo().undo()
    assert back.redo().exercise == changed[1]
    assert back.redo().redo().exercise == changed[2]
    assert back.redo().redo().redo() == back.redo().redo()
    assert back.redo().undo().exercise == changed[0]
    other = back.put(replace(ARTICLE, output_size=(7, 7)))
    assert other.redo() == other
