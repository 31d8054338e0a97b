"""From image to cells: RoIPool's two roundings on a box in image pixels, beside RoIAlign."""

from functools import partial
from pathlib import Path

import streamlit as st

from app.exercise.presets import preset_exercise
from app.pixels import controls as pixel_controls
from app.pixels import mount as pixels
from app.pixels import position_chart
from app.widgets import controls, opening
from app.widgets.exercise_page import exercise_page

NAME = "pixels"
PLAYGROUND = Path(__file__).with_name("playground.py")

start = partial(preset_exercise, "a-pixel-further")
with exercise_page(NAME, start, pixels.problem_of) as text:
    with st.container(horizontal=True, vertical_alignment="center", key=f"{NAME}-controls"):
        pixel_controls.stride(NAME, text)
        controls.output_size(NAME, text)
        controls.convention(NAME, text)
        controls.undo(NAME, text)
        pixel_controls.reset(NAME, text)
        pixel_controls.playground(NAME, text, str(PLAYGROUND))

    opening.say_problem(NAME, text)
    pixels.show(NAME, text)
    position_chart.show(NAME, text)
