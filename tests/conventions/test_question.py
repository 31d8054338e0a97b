"""The form takes the map and boxes from the page, loses nothing, and answers what is in it now."""

from dataclasses import replace

import numpy as np
import pytest

from app.conventions.asked import pasted, read
from app.conventions.examples import example, of_exercise
from app.exercise.desk import Desk
from app.exercise.maps import Maps
from app.exercise.record import article_exercise
from app.text import LANGUAGES, Text, as_markdown
from tests.conventions.asking import MAP

from .test_page import NAME, find, identify

KEY = f"{NAME}.identify"
PAIR = {"output": "0.85 0.96\n0.97 0.91", "other": "0.85 0.84\n0.97 0.96"}


def press(app, name):
    app.button(key=f"{KEY}.{name}").click().run()
    assert not app.exception
    return app


def fields(app):
    names = ("map", "boxes", "output", "other")
    return {name: app.text_area(key=f"{KEY}.{name}").value for name in names}


def is_answered(app):
    return any("differ" in one.value and one.value.startswith("**") for one in app.markdown)


def offers(app):
    return [one.key for one in app.button if one.key.startswith(f"{KEY}.use")]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_outputs_alone_are_answered_by_one_press_of_what_the_refusal_offers(language):
    app = find(identify(language), **PAIR)
    assert len(app.error) == 2
    button = app.button(key=f"{KEY}.use.missing")
    assert button.label == Text(language)("identify.use.article")
    press(app, "use.missing")
    assert not app.error
    page = of_exercise(article_exercise())
    assert fields(app) == {"map": page.map, "boxes": "0, 0, 3, 7, 8"} | PAIR
    assert any(one.value.startswith("**") for one in app.markdown)


def test_only_what_is_missing_is_taken_by_the_refusal_s_way_out():
    app = press(find(identify(), map=MAP, **PAIR), "use.missing")
    assert (fields(app)["map"], fields(app)["boxes"]) == (MAP, "0, 0, 3, 7, 8")


def test_what_is_on_the_page_is_taken_and_said_to_be_the_page_s():
    app = identify()
    maps = np.arange(12.0).reshape(3, 4)
    mine = replace(article_exercise(), maps=Maps(maps), boxes=((0, 0, 0, 8, 6),), spatial_scale=0.5)
    app.session_state[NAME] = Desk(mine)
    app.run()
    assert app.button(key=f"{KEY}.use").label == Text("en")("identify.use.page")
    press(app, "use")
    assert fields(app)["boxes"] == "0, 0, 0, 8, 6"
    assert app.number_input(key=f"{KEY}.scale").value == 0.5
    # Without an output there is nothing to ask about yet.
    assert not app.error


@pytest.mark.parametrize("shape", [(1, 1, 3, 4), (2, 3, 3, 4)])
def test_maps_of_the_page_are_read_as_they_are(shape):
    maps = np.random.default_rng(1).normal(size=shape)
    maps[0, 0, 0, :2] = np.nan, np.inf
    exercise = replace(
        article_exercise(), maps=Maps(maps), boxes=((0, 0, 0, 3, 2), (0, 0, 0, 1, 1))
    )
    taken, planes = of_exercise(exercise), 2 * shape[1]
    output = str(np.ones((planes, 2, 2)).tolist())
    given = {"map": pasted(taken.map), "boxes": pasted(taken.boxes), "output": pasted(output)}
    asked = read(given, 1.0)
    np.testing.assert_array_equal(asked.maps, maps)
    assert asked.boxes.tolist() == [list(box) for box in exercise.boxes]


def test_what_is_no_text_to_be_read_is_not_offered():
    large = replace(article_exercise(), maps=Maps(np.zeros((1, 1, 101, 100))))
    assert of_exercise(large) is None
    assert of_exercise(replace(article_exercise(), boxes=())) is None


def test_what_an_example_replaced_is_brought_back_by_one_press():
    app = identify()
    app.number_input(key=f"{KEY}.scale").set_value(0.5).run()
    for field, text in PAIR.items():
        app.text_area(key=f"{KEY}.{field}").set_value(text).run()
    mine = fields(app)
    # Of one example after the other nothing was anybody's own.
    press(press(app, "example.two"), "example.swapped")
    press(app, "back")
    assert fields(app) == mine
    assert app.number_input(key=f"{KEY}.scale").value == 0.5
    assert not any(one.key == f"{KEY}.back" for one in app.button)


def test_a_file_that_an_example_replaced_is_brought_back_and_asked_about():
    app = identify()
    content = b"0.85, 0.96\n0.97, 0.91"
    app.file_uploader(key=f"{KEY}.output.file.0").upload("made.csv", content).run()
    press(press(app, "example.two"), "back")
    brought = as_markdown(Text("en")("identify.brought", name="made.csv"))
    assert brought in [one.value for one in app.caption]
    press(app, "use")
    assert any("All 4 values agree with torchvision" in one.value for one in app.markdown)
    # What is typed takes its place.
    app.text_area(key=f"{KEY}.output").set_value("1 2\n3 4").run()
    assert brought not in [one.value for one in app.caption]


def test_what_is_typed_after_an_example_is_kept_when_what_was_before_is_brought_back():
    app = identify()
    app.text_area(key=f"{KEY}.output").set_value("1 2").run()
    press(app, "example.swapped")
    app.text_area(key=f"{KEY}.output").set_value("3 4").run()
    assert fields(press(app, "back"))["output"] == "1 2"
    assert fields(press(app, "back"))["output"] == "3 4"


def test_outputs_that_were_given_the_page_s_map_are_still_one_s_own():
    app = press(find(identify(), **PAIR), "use.missing")
    # Nothing has been replaced yet.
    assert not any(one.key == f"{KEY}.back" for one in app.button)
    mine = fields(app)
    assert fields(press(press(app, "example.two"), "back")) == mine


def test_an_empty_form_has_nothing_to_bring_back():
    app = press(identify(), "example.swapped")
    assert not any(one.key == f"{KEY}.back" for one in app.button)
    assert fields(app)["output"] == example("swapped").output


def test_an_answer_stands_only_under_what_it_was_found_for():
    app = press(identify(), "example.two")
    assert is_answered(app)
    # However something else has come into a field: nobody was told of this.
    app.session_state[f"{KEY}.other"] = "1 2\n3 4"
    app.run()
    assert not is_answered(app)
