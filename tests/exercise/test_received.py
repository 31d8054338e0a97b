"""What anybody can send in a figure's place: what is well formed counts, and nothing else does."""

import json
import math
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.conventions import multiples
from app.detector.payload import as_look
from app.exercise.edit import apply_edit
from app.exercise.limits import MAX_BOXES
from app.exercise.link import decode, encode
from app.exercise.presets import preset_exercise
from app.exercise.received import MOST_CHANGES, Change, part, read_change, read_changes
from app.exercise.record import article_exercise
from app.pixels import mount as pixels
from app.pixels.payload import payload as pixel_payload
from app.pixels.positions import Align
from app.stage import payload as stage
from app.story.way_back import way_back
from app.text import Text
from roipool import PRESETS
from tests import sampling
from tests.exercise.sent import desk_of

EN = Text("en")
ARTICLE = article_exercise()
PIXELS = preset_exercise("a-pixel-further")
OWN = replace(PRESETS["article"], name="custom", inclusive_end=True)

NAMES = [name for name in Change.__dataclass_fields__ if name != "seq"]
ODD = [10**400, -(10**400), 2**63, -1, 0.5, 1e308, math.nan, math.inf, True, None, "", "x", -0.0]
SCALARS = st.one_of(
    st.sampled_from(ODD), st.integers(-3, 9), st.floats(), st.text(max_size=3), st.booleans()
)
JUNK = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)
# What is nearly right reaches further than what is not.
ROWS = st.lists(SCALARS | st.integers(0, 8), min_size=4, max_size=6)
NEARLY = {
    "boxes": st.lists(ROWS | JUNK, max_size=4),
    "cells": st.lists(st.lists(SCALARS, min_size=2, max_size=4) | JUNK, max_size=4),
    "plane": st.lists(SCALARS, max_size=3),
    "cell": st.lists(SCALARS, max_size=3),
    "gradient": st.lists(st.lists(SCALARS, min_size=4, max_size=4) | JUNK, max_size=3),
    "restore": st.sampled_from([encode(ARTICLE), encode(PIXELS), "1broken", "9", ""]),
}
CHANGES = st.fixed_dictionaries(
    {"seq": st.integers(-1, 9) | SCALARS},
    optional={name: NEARLY.get(name, SCALARS) | JUNK for name in NAMES},
)

MESSAGES = JUNK | st.fixed_dictionaries(
    {"changes": st.lists(CHANGES | JUNK, max_size=4) | JUNK},
    optional={"session": st.just(7) | JUNK, "seq": JUNK},
)


def is_sound(exercise):
    """Whether an exercise holds what a link may hold, and nothing else."""
    return all(map(math.isfinite, exercise.maps.array.ravel().tolist())) and (
        decode(encode(exercise)) == exercise
    )


@settings(max_examples=sampling.examples(120), deadline=None)
@given(MESSAGES)
@example({"changes": [{"seq": 10**400, "boxes": [[0, 0, 0, 10**400, 1]]}]})
@example({"changes": [{"seq": 1, "cells": [[0, 0, 10**400]], "plane": ["0", []]}]})
@example({"changes": {"seq": 1}})
def test_whatever_is_sent_leaves_a_desk_that_can_be_shown_and_shared(message):
    desk = desk_of().take(message)
    assert is_sound(desk.exercise)
    assert 0 <= desk.ack <= 10_000
    assert len(desk.past) <= MOST_CHANGES
    json.dumps(stage.payload(desk, EN, tell=way_back, picks=True), allow_nan=False)


@settings(max_examples=sampling.examples(60), deadline=None)
@given(MESSAGES)
def test_whatever_is_sent_leaves_a_box_in_pixels_that_can_be_shown(message):
    desk, align = pixels.take(desk_of(PIXELS), Align(), message)
    assert pixels.problem_of(desk.exercise) is None
    json.dumps(pixel_payload(desk, align, EN), allow_nan=False)


@settings(max_examples=sampling.examples(150), deadline=None)
@given(MESSAGES)
def test_a_message_comes_to_what_its_well_formed_changes_say_one_by_one(message):
    expected, ack = ARTICLE, 0
    past = []
    for change in read_changes(message, 7, 0):
        assert change.seq > ack
        ack, before = change.seq, expected
        if change.undo:
            expected = past.pop() if past else expected
        elif change.restore is None:
            expected, _ = apply_edit(expected, change)
            if before != replace(expected, selected=before.selected):
                past.append(before)
        else:
            return
    taken = desk_of().take(message)
    assert (taken.exercise, taken.ack) == (expected, ack)


GOOD = {"seq": 2, "boxes": [[0, 1, 1, 4, 4]], "cells": [[0, 0, 0.5]], "selected": 0}
BAD = [None, 7, "x", [], {}, {"seq": "2"}, {"seq": True}, {"seq": 2.0}, {"seq": -1}, {"seq": 2**60}]


@pytest.mark.parametrize("bad", BAD)
def test_a_good_change_counts_between_bad_ones(bad):
    desk = desk_of().take({"session": 7, "changes": [bad, GOOD, bad]})
    assert desk.exercise.boxes == ((0, 1, 1, 4, 4),)
    assert desk.exercise.cells[0][0] == 0.5
    assert desk.ack == 2


def test_what_is_good_in_a_change_counts_beside_what_is_not():
    change = read_change({"boxes": 7, "cells": [[0, 0], [1, 1, 0.5], "x"], "selected": "0"})
    assert change == Change(0, cells=((1, 1, 0.5),))


@pytest.mark.parametrize("seq", [2**60, 10**400, 10_001])
def test_no_number_makes_later_edits_count_for_nothing(seq):
    forged = desk_of().take({"changes": [{"seq": seq, "cells": [[0, 0, 9.0]]}]})
    assert forged == desk_of()
    # As far ahead as it is believed, the figure goes on from there.
    ahead = desk_of().take({"changes": [{"seq": 10_000}]})
    later = ahead.take({"changes": [{"seq": ahead.ack + 1, "cells": [[0, 0, 9.0]]}]})
    assert later.exercise.cells[0][0] == 9.0


def test_of_very_many_changes_the_first_are_taken_and_the_others_with_the_next_message():
    many = [{"seq": k, "cells": [[0, 0, float(k)]]} for k in range(1, 2 * MOST_CHANGES + 1)]
    junk = [None] * 1_000_000
    desk = desk_of().take({"changes": many + junk})
    assert desk.ack == MOST_CHANGES
    assert desk.take({"changes": many}).exercise.cells[0][0] == 2 * MOST_CHANGES


def test_lists_without_end_are_cut():
    change = read_change({"boxes": [[0] * 1000] * 10_000, "cells": [[0, 0, 1]] * 1_000_000})
    assert len(change.boxes) == MAX_BOXES + 1
    assert {len(row) for row in change.boxes} == {6}
    assert len(change.cells) == 64 * 64


@given(JUNK)
def test_no_card_but_those_on_the_page_is_chosen(sent):
    assert multiples.take(desk_of(), OWN, sent) == desk_of()


def test_a_card_that_is_clicked_is_the_convention():
    assert multiples.take(desk_of(), None, "mmcv").exercise.convention == "mmcv"
    assert multiples.take(desk_of(), OWN, "custom").exercise.convention == OWN
    assert multiples.take(desk_of(), None, "custom") == desk_of()


class NothingSeen:
    """A picture without proposals: nothing on it can be looked at."""

    proposals = ()

    class detections:  # noqa: N801
        class features:  # noqa: N801
            shape = (1, 4, 2, 2)


@given(JUNK | st.fixed_dictionaries(dict.fromkeys(("proposal", "channel", "sections"), SCALARS)))
def test_nothing_is_looked_at_that_is_not_there(sent):
    assert as_look(sent, NothingSeen) is None


@given(JUNK)
def test_a_state_that_is_none_has_no_parts(sent):
    assert part(sent, "edit") is None
