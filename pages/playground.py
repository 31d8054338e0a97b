"""Playground: any map, any boxes, any output size, under any convention."""

import streamlit as st

from app.exercise.record import article_exercise
from app.kernel import panel as thread_panel
from app.stage import mount as stage
from app.widgets import backend, controls, downloads, opening, pasting

NAME = "playground"

text = controls.current_text()
opening.open_desk(NAME, article_exercise)

computed_by = backend.place()
with st.container(horizontal=True, vertical_alignment="center"):
    controls.feature_map(NAME, text)
    pasting.boxes_as_text(NAME, text)
    controls.output_size(NAME, text)
    controls.convention(NAME, text)
    controls.undo(NAME, text)
    controls.reset(NAME, text)
    downloads.export(NAME, text)

opening.say_problem(NAME, text)
stage.show(NAME, text, panel="boxes", picks=thread_panel.is_open(NAME))
thread_panel.show(NAME, text)
with computed_by:
    backend.show(NAME, text)
