"""Conventions: one box as every framework cuts it, and each choice that they make differently."""

import streamlit as st

from app.conventions import choices, identify_form, multiples, own_op
from app.conventions.effects import effect_of
from app.exercise.record import article_exercise
from app.stage import mount as stage
from app.widgets import controls, inputs, opening
from app.widgets.exercise_page import exercise_page

NAME = "conventions"

with exercise_page(NAME, article_exercise) as text:
    with st.container(horizontal=True, vertical_alignment="center"):
        view = controls.view(NAME, text, ("compare", "identify"))
        if view == "compare":
            inputs.feature_map(NAME, text)
            controls.output_size(NAME, text)
            controls.undo(NAME, text)
            controls.reset(NAME, text)

    if view == "compare":
        opening.say_problem(NAME, text)
        own_op.show(NAME, text)
        left, right = st.columns([11, 10], gap="medium")
        with left:
            stage.show(NAME, text, panel="compact")
            multiples.show_said(NAME, text)
        with right:
            choices.show(NAME, text, effect_of)
        multiples.show(NAME, text)
    else:
        identify_form.show(NAME, text)
