"""What the figure is sent, and what it may send back."""

import json
from dataclasses import replace

import pytest

from app.exercise.desk import Desk
from app.exercise.record import article_exercise
from app.pixels.controls import with_stride
from app.pixels.mount import problem_of, take
from app.pixels.payload import payload
from app.pixels.positions import Align
from app.text import LANGUAGES, Text
from roipool import PRESETS
from tests.pixels.boxes import EN, IMAGE, START, boxed


@pytest.mark.parametrize("stride", range(4, 33))
def test_every_stride_keeps_the_box_and_the_image(stride):
    exercise = with_stride(START, stride, IMAGE)
    rows, cols = exercise.size
    assert exercise.boxes == START.boxes
    assert 0 <= rows * stride - IMAGE[0] < stride
    assert 0 <= cols * stride - IMAGE[1] < stride
    assert problem_of(exercise) is None


def test_what_reached_into_the_filling_is_cut_off():
    filled = with_stride(START, 7, IMAGE)
    reaching = replace(filled, boxes=((0, 195, 0, 196, 161),))
    assert with_stride(reaching, 16, IMAGE).boxes == ((0, 191, 0, 192, 160),)


@pytest.mark.parametrize(
    ("exercise", "key"),
    [
        (article_exercise(), "stride"),
        (replace(START, spatial_scale=1 / 32), "size"),
        (replace(START, boxes=()), "none"),
        (boxed(-1, 0, 20, 20), "outside"),
        (boxed(0, 0, 193, 20), "outside"),
        (boxed(20, 0, 20.5, 20), "backwards"),
    ],
)
def test_what_cannot_be_shown_in_pixels_is_refused_with_a_reason(exercise, key):
    problem = problem_of(exercise)
    assert problem.key == f"pixels.{key}"
    for language in LANGUAGES:
        assert problem.sentence(Text(language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("convention", PRESETS)
@pytest.mark.parametrize("box", [(40, 24, 151, 119), (0, 0, 192, 160), (1, 1, 2, 2.5)])
def test_the_payload_is_strict_json(box, convention, language):
    desk = Desk(boxed(*box, convention=convention))
    sent = payload(desk, Align(), Text(language))
    again = json.loads(json.dumps(sent, allow_nan=False))
    assert again["now"]["numbers"] == list(box)


def test_the_largest_payload_stays_small():
    exercise = replace(with_stride(START, 4, (256, 256)), output_size=(14, 14))
    assert len(json.dumps(payload(Desk(exercise), Align(4), EN))) < 120_000


def test_a_fractional_box_is_dragged_from_the_whole_pixels_near_it():
    sent = payload(Desk(boxed(0.25, 3.75, 1.25, 159.5)), Align(), EN)
    assert sent["now"]["whole"] == [0, 4, 1, 160]


def test_an_edit_sets_the_box_and_how_roi_align_samples_once():
    edit = {"seq": 1, "changes": [{"seq": 1, "boxes": [[0, 1, 2, 30, 40]], "ratio": 4}]}
    desk, align = take(Desk(START), Align(), edit)
    assert desk.exercise.boxes == ((0, 1, 2, 30, 40),)
    assert align == Align(4, True)
    later = {"seq": 2, "changes": [*edit["changes"], {"seq": 2, "aligned": False}]}
    desk, align = take(desk, replace(align, ratio=1), later)
    assert (desk.ack, align) == (2, Align(1, False))


@pytest.mark.parametrize("sent", [{"ratio": 3}, {"ratio": True}, {"aligned": 1}, {"ratio": "2"}])
def test_a_choice_that_is_not_offered_changes_nothing(sent):
    assert take(Desk(START), Align(), {"seq": 1, "changes": [{"seq": 1} | sent]})[1] == Align()


def test_a_box_off_the_image_is_refused_and_the_one_before_stays():
    edit = {"seq": 1, "changes": [{"seq": 1, "boxes": [[0, 1, 2, 300, 40]]}]}
    desk, _ = take(Desk(START), Align(), edit)
    assert (desk.exercise, desk.ack) == (START, 1)
    sent = payload(desk, Align(), EN)
    assert sent["problem"] == "x1 and x2 have to lie in the image, between 0 and 192."
