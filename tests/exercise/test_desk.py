"""What is brought to a desk, and how it goes again."""

from dataclasses import replace

import pytest

from app.exercise.desk import Desk
from app.exercise.feature_maps import make_cells
from app.exercise.maps import Maps
from app.exercise.record import article_exercise

START = article_exercise()


def rows(count):
    return replace(START, output_size=(count, 2))


def changed(*counts):
    """A desk with a change for each number of rows."""
    desk = Desk(START)
    for count in counts:
        desk = desk.put(rows(count))
    return desk


def test_taking_back_what_was_brought_is_no_change_that_another_page_would_get():
    there, here = changed(3), changed(5)
    here = here.bring(there.exercise, "playground", there.turn + 2)
    assert here.brought == "playground"
    back = here.undo()
    assert (back.exercise, back.brought) == (rows(5), "")
    assert (back.turn, back.seen) == (here.turn, there.turn + 2)
    # What is taken back after it is this desk's own.
    assert back.undo().turn > back.turn


def test_what_was_taken_back_here_is_not_lost_when_another_exercise_is_brought():
    desk = changed(3, 4, 5).undo().undo().bring(rows(9), "replay", 10**9)
    told = []
    while desk.past:
        desk = desk.undo()
        told.append(desk.exercise.output_size[0])
    assert told == [3, 4, 5, 2]


@pytest.mark.parametrize(
    ("other", "begins"),
    [
        (replace(START, convention="fast_rcnn"), 0),
        (replace(START, boxes=((0.0, 1.0, 1.0, 5.0, 5.0),)), 0),
        (rows(3), 1),
        (replace(START, maps=Maps(make_cells("continued", 9, 8))), 1),
    ],
)
def test_the_story_begins_anew_only_where_the_map_or_the_output_has_another_size(other, begins):
    desk = replace(Desk(START), place=(1, 1))
    brought = desk.bring(other, "playground", 1)
    assert brought.epoch == desk.epoch + begins
    assert brought.place == ((0, 0) if begins else (1, 1))


def test_another_box_chosen_is_no_change_but_is_known_to_be_the_newer_choice():
    two = replace(START, boxes=(*START.boxes, (0.0, 0.0, 0.0, 2.0, 2.0)))
    first, second = Desk(two), Desk(two).put(replace(two, convention="fast_rcnn"))
    chosen = first.put(replace(two, selected=1))
    assert (chosen.turn, chosen.past) == (0, ())
    assert chosen.looked > second.turn
    assert chosen.put(replace(two, selected=1)).looked == chosen.looked
