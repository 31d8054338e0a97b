"""Replay: the article's example as it stands in the article, a scene at a time."""

from pathlib import Path

import streamlit as st

from app.exercise.record import article_exercise
from app.frame.photo import photo
from app.stage import mount as stage
from app.takeaway import offer as takeaway
from app.widgets import downloads, opening
from app.widgets.exercise_page import exercise_page, usual_controls

NAME = "replay"
GRADIENT = Path(__file__).with_name("gradient.py")

with exercise_page(NAME, article_exercise) as text:
    with st.container(horizontal=True, vertical_alignment="center"):
        usual_controls(NAME, text)
        downloads.export(NAME, text, takeaway.show)
    downloads.say_why_off(text)

    opening.say_problem(NAME, text)
    stage.show(NAME, text, panel="story", parts={"photo": photo}, onward=str(GRADIENT))
