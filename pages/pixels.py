"""From image to cells: RoIPool's two roundings on a box in image pixels, beside RoIAlign."""

from functools import partial
from pathlib import Path

import streamlit as st

from app.pixels import controls as pixel_controls
from app.pixels import mount as pixels
from app.pixels import position_chart
from app.widgets import backend, controls, opening

NAME = "pixels"
PLAYGROUND = Path(__file__).with_name("playground.py")

text = controls.current_text()
start = partial(opening.preset_exercise, "a-pixel-further")
opening.open_desk(NAME, start, pixels.problem_of)

computed_by = backend.place()
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
with computed_by:
    backend.show(NAME, text)
