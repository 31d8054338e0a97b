"""Gradient: what arrives at the output goes back to the cells of the maxima, and nowhere else."""

import streamlit as st

from app.exercise.record import article_exercise
from app.stage import mount as stage
from app.story.way_back import way_back
from app.widgets import cases, inputs, opening
from app.widgets.exercise_page import exercise_page, usual_controls

NAME = "gradient"

with exercise_page(NAME, article_exercise) as text:
    cases.show(NAME, text)
    with st.container(horizontal=True, vertical_alignment="center"):
        inputs.feature_map(NAME, text)
        usual_controls(NAME, text)

    opening.say_problem(NAME, text)
    stage.show(NAME, text, figure=NAME, tell=way_back, picks=True)
