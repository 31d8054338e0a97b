"""An example of another convention says so: on its button, and once it is there, beside it."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from app.exercise.desk import Desk
from app.exercise.record import article_exercise
from app.text import Text
from app.widgets import cases
from roipool import get_convention

TEXT = Text("en")
OTHER = {"sizes": "57-in-7", "gradient": "one-cell-two-sections"}


def choice(app, key):
    return next(group for group in app.get("button_group") if group.key.startswith(key))


def opened(name):
    def page(name):
        import streamlit as st

        from app.exercise.desk import Desk
        from app.exercise.record import article_exercise
        from app.text import Text
        from app.widgets import cases

        st.session_state.setdefault(name, Desk(article_exercise()))
        cases.show(name, Text("en"))

    return AppTest.from_function(page, args=(name,)).run()


def said(app):
    return [one.value.replace("\\", "") for one in app.caption]


def note(convention, before):
    return TEXT("cases.sets", convention=convention, before=before)


@pytest.mark.parametrize("name", OTHER)
def test_a_button_names_the_convention_that_is_not_the_articles(name):
    app = opened(name)
    labels = list(app.get("button_group")[0].options)
    named = [
        case
        for case, label in zip(cases.cases_of(name), labels, strict=True)
        if "fast_rcnn" in label
    ]
    assert named == [OTHER[name]]


@pytest.mark.parametrize("name", OTHER)
def test_what_was_before_is_said_and_is_one_click_away(name):
    app = opened(name)
    assert said(app) == []
    choice(app, f"{name}.preset").set_value(OTHER[name]).run()
    assert said(app) == [note("fast_rcnn", "article")]
    app.button(f"{name}.cases.back").click().run()
    exercise = app.session_state[name].exercise
    assert exercise.convention == "article"
    assert exercise.boxes != article_exercise().boxes
    assert said(app) == []


def test_one_of_one_s_own_is_called_by_its_name():
    app = opened("sizes")
    own = replace(get_convention("article"), name="custom", stop="ceil")
    exercise = replace(article_exercise(), convention=own)
    app.session_state["sizes"] = Desk(exercise)
    app.run()
    choice(app, "sizes.preset").set_value(OTHER["sizes"]).run()
    assert said(app) == [note("fast_rcnn", "custom")]
    app.button("sizes.cases.back").click().run()
    assert app.session_state["sizes"].exercise.convention == own


def test_an_example_that_leaves_the_convention_says_nothing_of_it():
    app = opened("gradient")
    choice(app, "gradient.preset").set_value("two-boxes").run()
    assert said(app) == []
    choice(app, "gradient.preset").set_value(OTHER["gradient"]).run()
    choice(app, "gradient.preset").set_value("two-boxes").run()
    assert said(app) == [note("article", "fast_rcnn")]
