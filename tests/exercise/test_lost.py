"""A session that was lost is brought back, and what was changed meanwhile is changed."""

from dataclasses import replace

import pytest

from app.exercise.feature_maps import make_maps
from app.exercise.limits import MAX_BOXES
from app.exercise.link import encode
from app.exercise.presets import preset_exercise
from app.exercise.record import Exercise, article_exercise
from app.pixels import mount as pixels
from app.pixels.positions import Align
from app.stage import payload as stage
from app.text import Text
from roipool import PRESETS
from tests.exercise.sent import desk_of

EN = Text("en")
ARTICLE = article_exercise()
PIXELS = preset_exercise("a-pixel-further")
OWN = replace(PRESETS["article"], name="custom", inclusive_end=True)


BEFORE = Exercise(make_maps("random", 4, 5, seed=3, channels=2), ((0, 0, 0, 2, 2),), (3, 1), "mmcv")


def lost(*changes, session=7, code=None):
    restore = {"seq": 1, "restore": encode(BEFORE) if code is None else code}
    numbered = [{"seq": seq, **change} for seq, change in enumerate(changes, 2)]
    return {"session": session, "changes": [restore, *numbered]}


def test_a_session_that_was_lost_is_brought_back_and_the_changes_after_it_are_made():
    desk = desk_of().take(lost({"boxes": [[0, 1, 1, 3, 3]]}, {"cells": [[0, 0, 5.0]]}))
    assert desk.exercise.boxes == ((0, 1, 1, 3, 3),)
    assert desk.exercise.cells[0][0] == 5.0
    assert replace(desk.exercise, boxes=BEFORE.boxes, maps=BEFORE.maps) == BEFORE
    assert desk.lost.key == "lost.kept"
    assert stage.payload(desk, EN, "boxes")["saved"]["lost"] == EN("problem.lost.kept")
    # What was done after it can be taken back, and nothing before it is left.
    assert desk.undo().undo().exercise == BEFORE
    assert desk.undo().undo().undo().exercise == BEFORE


def test_that_a_session_was_lost_is_said_until_the_next_change():
    desk = desk_of().take(lost())
    assert desk.lost
    assert desk.take({"changes": [{"seq": 2, "selected": 0}]}).lost is None
    assert desk.put(ARTICLE).lost is None


def test_what_was_meant_for_another_session_is_not_done_in_this_one():
    assert desk_of().take(lost({"boxes": []}, session=8)) == desk_of()


@pytest.mark.parametrize("code", ["1broken", "", "9", "A" * 100_000])
def test_a_code_that_cannot_be_read_is_said_and_the_rest_counts(code):
    desk = desk_of().take(lost({"cells": [[0, 0, 5.0]]}, code=code))
    assert desk.lost.key.startswith("link.")
    assert desk.exercise.maps.size == ARTICLE.size
    assert desk.exercise.cells[0][0] == 5.0
    assert desk.exercise.boxes == ARTICLE.boxes


def test_what_is_too_large_for_a_link_comes_back_by_its_frame_and_its_cells():
    boxes = tuple((0.0, k / 7, k / 9, 40 + k / 3, 41 + k / 7) for k in range(MAX_BOXES))
    gradient = ((tuple(k / 7 for k in range(14)),) * 14,) * MAX_BOXES
    large = Exercise(make_maps("random", 64, 64, seed=5), boxes, (14, 14), OWN, gradient=gradient)
    link = stage.link_of(desk_of(large), EN)
    assert link["code"] is None
    cells = [[i, j, value] for i, row in enumerate(large.cells) for j, value in enumerate(row)]
    flat = [[value for row in box for value in row] for box in large.gradient]
    told = {"seq": 1, "restore": link["frame"], "cells": cells, "plane": [0, 0], "gradient": flat}
    desk = desk_of().take({"session": 7, "changes": [told]})
    assert desk.exercise == large
    assert desk.lost.key == "lost.kept"
    assert desk_of().take({"changes": [{**told, "partly": True}]}).lost.key == "lost.partly"


def test_an_exercise_that_pixels_cannot_show_is_not_brought_back_there():
    desk, _ = pixels.take(desk_of(PIXELS), Align(), lost(code=encode(ARTICLE)))
    assert (desk.exercise, desk.ack) == (PIXELS, 1)


def test_how_roi_align_sampled_is_brought_back():
    change = {"seq": 1, "restore": encode(PIXELS), "ratio": 4, "aligned": False}
    _, align = pixels.take(desk_of(PIXELS), Align(), {"session": 7, "changes": [change]})
    assert align == Align(4, False)
