"""Playground: any map, any boxes, any output size, under any convention."""

import streamlit as st

from app.exercise.record import article_exercise
from app.kernel import panel as thread_panel
from app.stage import mount as stage
from app.takeaway import offer as takeaway
from app.widgets import downloads, inputs, opening, pasting
from app.widgets.exercise_page import exercise_page, usual_controls

NAME = "playground"

with exercise_page(NAME, article_exercise) as text:
    with st.container(horizontal=True, vertical_alignment="center"):
        inputs.feature_map(NAME, text)
        pasting.boxes_as_text(NAME, text)
        usual_controls(NAME, text, redo=True)
        downloads.export(NAME, text, takeaway.show)
    downloads.say_why_off(text)

    opening.say_problem(NAME, text)
    stage.show(NAME, text, panel="boxes", picks=thread_panel.is_open(NAME), stacks=True)
    thread_panel.show(NAME, text)
