"""Sizes: lengths that the sections do not divide, and what each convention makes of the rest."""

import streamlit as st

from app.exercise.limits import MAX_SIDE
from app.exercise.presets import preset_exercise
from app.sizes import controls as size_controls
from app.sizes import heat_map as size_map
from app.sizes import room
from app.sizes.ruler import ruler
from app.stage import mount as stage
from app.widgets import cases, opening
from app.widgets.exercise_page import exercise_page, usual_controls

NAME = "sizes"

with exercise_page(
    NAME,
    lambda: preset_exercise(cases.cases_of(NAME)[0]),
    settle=room.as_brought,
    gives=room.without_room,
) as text:
    cases.show(NAME, text)
    with st.container(horizontal=True, vertical_alignment="center"):
        size_controls.box_size(NAME, text)
        usual_controls(NAME, text, width=256)

    opening.say_problem(NAME, text)
    stage.show(
        NAME, text, figure=NAME, parts={"ruler": ruler}, reach=MAX_SIDE, settle=room.with_room
    )
    size_controls.say_room(NAME, text)
    size_map.show(NAME, text)
