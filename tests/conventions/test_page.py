"""The page Conventions runs in both languages, and its controls set what is compared."""

import pytest

from app.text import LANGUAGES, Text
from roipool import PRESETS
from tests.pages.test_pages import run, sent

NAME = "conventions"


def multiples(app):
    return sent(app, 1)


def listed(app):
    """Each convention that is named on a card, with the card."""
    return [(one, card) for card in multiples(app)["cards"] for one in card["names"]]


def reference(app):
    return next(one["name"] for one, _ in listed(app) if one["reference"])


def differing(app):
    return {one["name"]: card["differing"] for one, card in listed(app)}


def choose(app, field, token):
    app.segmented_control(key=f"{NAME}.choice.{field}").set_value(token).run()
    assert not app.exception
    return app


def identify(language="en"):
    app = run(NAME, language)
    app.segmented_control(key=f"{NAME}.view.switch").set_value("identify").run()
    assert not app.exception
    return app


def find(app, **typed):
    for field, text in typed.items():
        app.text_area(key=f"{NAME}.identify.{field}").set_value(text).run()
    app.button(key=f"{NAME}.identify.find").click().run()
    assert not app.exception
    return app


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_article_s_example_is_the_reference_at_first(language):
    app = run(NAME, language)
    assert sent(app)["panel"] == "compact"
    assert reference(app) == "article"
    assert differing(app).keys() == PRESETS.keys()
    assert differing(app)["fast_rcnn"] == 2
    assert multiples(app)["invitation"]


def test_a_choice_switched_makes_a_card_of_its_own_which_stays():
    app = choose(run(NAME), "stop", "ceil")
    assert reference(app) == "custom"
    assert multiples(app)["invitation"] == ""
    # Back to the preset's choice it is the preset again, and the other stands beside it.
    app = choose(app, "stop", "floor")
    assert reference(app) == "article"
    assert differing(app)["custom"] == 1


def test_a_choice_that_cannot_be_is_explained_and_nothing_changes():
    app = run(NAME)
    before = sent(app)
    app = choose(app, "rounding", "none")
    assert "float32" in app.error[0].value
    assert sent(app) == before
    assert app.segmented_control(key=f"{NAME}.choice.rounding").value == "half_away"
    # Done as it says, it goes, and the message with it.
    app = choose(choose(app, "arithmetic", "float32"), "rounding", "none")
    assert not app.error
    assert reference(app) == "custom"


def test_the_op_of_the_article_comes_onto_the_stage_with_its_box():
    app = run(NAME)
    app.button(key=f"{NAME}.op").click().run()
    assert sent(app)["output"] == [0.85, 0.96, 0.97, 0.96]
    assert sent(app)["boxes"][0]["numbers"] == [0, 0, 3, 6, 7]
    assert reference(app) == "deepsense"


@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["swapped", "scale", "align"])
def test_an_example_fills_the_form_and_is_answered(name, language):
    app = identify(language)
    app.button(key=f"{NAME}.identify.example.{name}").click().run()
    assert not app.exception
    assert app.text_area(key=f"{NAME}.identify.output").value
    assert any(one.value.startswith("**") for one in app.markdown)
    assert not app.error


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_form_says_what_is_missing_at_each_field(language):
    app = find(identify(language))
    assert len(app.error) == 3


def test_malformed_input_is_kept_and_explained_and_its_correction_is_answered():
    app = find(identify(), map="1 2\n3 *x*", boxes="0 0 0 2 2", output="3")
    assert r"“\*x\*”" in app.error[0].value
    assert app.text_area(key=f"{NAME}.identify.map").value == "1 2\n3 *x*"
    app = find(app, map="1 2\n3 4", output="4")
    assert not app.error
    assert any("All 1 values agree with" in one.value for one in app.markdown)


def test_an_answer_goes_when_the_question_changes():
    app = identify()
    app.button(key=f"{NAME}.identify.example.swapped").click().run()
    said = Text("en")("identify.advice.swapped_xy")
    assert said in [one.value for one in app.markdown]
    app.text_area(key=f"{NAME}.identify.output").set_value("1 2").run()
    assert said not in [one.value for one in app.markdown]


def test_what_was_typed_survives_a_look_at_the_other_view():
    app = find(identify(), map="1 2\n3 4")
    for view in ("compare", "identify"):
        app.segmented_control(key=f"{NAME}.view.switch").set_value(view).run()
    assert app.text_area(key=f"{NAME}.identify.map").value == "1 2\n3 4"
