"""Conventions: one box as every framework cuts it, and each choice that they make differently."""

import streamlit as st

from app import backend, choices, controls, multiples, opening, stage
from app.exercise import article_exercise

NAME = "conventions"

text = controls.current_text()
opening.open_desk(NAME, article_exercise)

computed_by = backend.place()
compare, identify = st.tabs(
    [text("conventions.tab.compare"), text("conventions.tab.identify")],
    key=f"{NAME}.tabs",
    on_change="rerun",
)
if compare.open:
    with compare:
        opening.say_problem(NAME, text)
        left, right = st.columns([11, 10], gap="medium")
        with left:
            stage.show(NAME, text, panel="compact")
        with right:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                controls.feature_map(NAME, text)
                controls.output_size(NAME, text)
                controls.undo(NAME, text)
                controls.reset(NAME, text)
            choices.show(NAME, text)
        multiples.show(NAME, text)
with computed_by:
    backend.show(NAME, text)
