"""Gradient: what arrives at the output goes back to the cells of the maxima, and nowhere else."""

import streamlit as st

from app.exercise.record import article_exercise
from app.stage import mount as stage
from app.story.way_back import way_back
from app.widgets import backend, cases, controls, inputs, opening

NAME = "gradient"

text = controls.current_text()
opening.open_desk(NAME, article_exercise)

computed_by = backend.place()
with st.container(horizontal=True, vertical_alignment="center"):
    st.markdown(f"**{text('gradient.title')}**", width="content")
    cases.show(NAME, text)
with st.container(horizontal=True, vertical_alignment="center"):
    inputs.feature_map(NAME, text)
    controls.output_size(NAME, text)
    controls.convention(NAME, text)
    controls.undo(NAME, text)
    controls.reset(NAME, text)

opening.say_problem(NAME, text)
stage.show(NAME, text, figure=NAME, tell=way_back, picks=True)
with computed_by:
    backend.show(NAME, text)
