"""Replay: the article's example as it stands in the article, a scene at a time."""

import streamlit as st

from app.exercise.record import article_exercise
from app.stage import mount as stage
from app.widgets import backend, controls, downloads, opening

NAME = "replay"

text = controls.current_text()
opening.open_desk(NAME, article_exercise)

computed_by = backend.place()
with st.container(horizontal=True, vertical_alignment="center"):
    controls.output_size(NAME, text)
    controls.convention(NAME, text)
    controls.undo(NAME, text)
    controls.reset(NAME, text)
    downloads.export(NAME, text)

opening.say_problem(NAME, text)
stage.show(NAME, text, panel="story")
with computed_by:
    backend.show(NAME, text)
