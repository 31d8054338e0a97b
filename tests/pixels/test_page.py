"""The page From image to cells: its choices, its links and their undoing."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from app.exercise.desk import Desk
from app.exercise.limits import MAX_IMAGE
from app.pixels.controls import with_stride
from app.pixels.mount import problem_of, take
from app.pixels.positions import Align
from app.pixels.quantise import sentence
from app.text import LANGUAGES, Text
from tests.pixels.boxes import ROOT, START, sent


def run(language="en", query=None):
    app = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60)
    app.session_state["language"] = language
    # The first run knows the pages.
    app.run()
    for name, value in (query or {}).items():
        app.query_params[name] = value
    app.switch_page(str(ROOT / "pages" / "pixels.py")).run()
    assert not app.exception
    return app


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_opens_with_a_box_that_loses_and_takes_in(language):
    data = sent(run(language))
    assert data["language"] == language
    assert (data["now"]["lost"], data["now"]["taken"]) == (1584, 1791)
    assert data["sentence"] == sentence(START, Text(language))


def test_stride_and_convention_follow_their_choices_and_undo_takes_them_back():
    app = run()
    app.selectbox(key="pixels.stride").set_value(8).run()
    data = sent(app)
    assert (data["stride"], data["rows"], data["cols"]) == (8, 20, 24)
    assert data["now"]["numbers"] == [40, 24, 151, 119]
    app.selectbox(key="pixels.convention").set_value("article").run()
    app.button(key="pixels.undo").click().run()
    app.button(key="pixels.undo").click().run()
    assert sent(app)["now"] == sent(run())["now"]


def test_a_stride_that_does_not_divide_the_image_leaves_it_as_it_was_afterwards():
    app = run()
    for stride in (7, 16):
        app.selectbox(key="pixels.stride").set_value(stride).run()
    assert (sent(app)["rows"], sent(app)["cols"]) == (10, 12)


def test_back_to_the_start_undoes_everything():
    app = run()
    app.session_state["pixels.align"] = Align(4, False)
    app.selectbox(key="pixels.stride").set_value(32).run()
    app.button(key="pixels.reset").click().run()
    data = sent(app)
    assert (data["stride"], data["ratio"], data["aligned"]) == (16, 0, True)


def test_an_exercise_without_pixels_is_not_opened_and_the_page_says_why():
    app = run(query={"preset": "article"})
    assert "whole strides from 4 to 32" in app.warning[0].value
    assert sent(app)["stride"] == 16


def test_the_playground_opens_with_the_box_and_its_scale():
    app = run()
    app.button(key="pixels.open").click().run()
    assert not app.exception
    data = sent(app)
    assert data["panel"] == "boxes"
    assert data["rule"]["unit"] == 16
    assert data["boxes"][0]["numbers"] == [0, 40, 24, 151, 119]


@pytest.mark.parametrize("stride", range(4, 33))
def test_no_stride_locks_the_largest_image(stride):
    largest = with_stride(START, 16, (MAX_IMAGE, MAX_IMAGE))
    box = (0.0, 10.0, 10.0, 100.0, 100.0)
    other = with_stride(replace(largest, boxes=(box,)), stride, (MAX_IMAGE, MAX_IMAGE))
    assert problem_of(other) is None


def test_a_change_that_is_refused_takes_no_good_one_along():
    desk = Desk(START)
    good = [0, 10.0, 10.0, 100.0, 100.0]
    changes = [{"seq": 1, "boxes": [good]}, {"seq": 2, "boxes": [[0, 10.0, 10.0, 9999.0, 100.0]]}]
    taken, _ = take(desk, Align(0, True), {"seq": 2, "changes": changes})
    assert list(taken.exercise.boxes[0]) == good
    assert taken.ack == 2
    assert taken.problems
