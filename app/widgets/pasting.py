"""Where people paste numbers: maps and boxes as text."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from app.exercise.maps import Maps
from app.exercise.record import Exercise
from app.files import ReadError, Reading, Ways, typed_boxes, typed_maps
from app.files.aside import read_aside
from app.jobs.calls import CallError
from app.text import Text, plain
from app.widgets import readings, uploads

Use = Callable[[Exercise, str, Ways], tuple[Exercise, Reading[Any]]]
"""Makes an exercise of one and of text, read in the ways that were chosen."""


def map_as_text(name: str, text: Text) -> None:
    """Feature maps as pasted text."""
    maps: Maps = st.session_state[name].exercise.maps
    key = f"{name}.map.text"
    _area(name, text, key, "controls.map.paste", "controls.map.paste.use", _with_maps, maps)


def boxes_as_text(name: str, text: Text) -> None:
    """The N×5 table as text, to paste from elsewhere or copy out."""
    key = f"{name}.boxes.text"
    boxes = st.session_state[name].exercise.boxes
    shown = "\n".join(", ".join(plain(value) for value in box) for box in boxes)
    # What was typed and could not be used stays; otherwise the text follows the stage.
    if f"{key}.problem" not in st.session_state and st.session_state.get(f"{key}.shown") != shown:
        st.session_state[key] = st.session_state[f"{key}.shown"] = shown
    with st.popover(text("controls.boxes")):
        _area(name, text, key, "controls.boxes.paste", "controls.boxes.use", _with_boxes, boxes)
        uploads.boxes_file(name, text)


def _with_maps(exercise: Exercise, typed: str, ways: Ways) -> tuple[Exercise, Reading[Any]]:
    reading = read_aside(typed_maps, typed, ways)
    maps = Maps(reading.value)
    if maps.images == maps.channels == 1:
        return exercise.with_cells(maps.plane(0, 0)), reading
    return exercise.with_maps(maps), reading


def _with_boxes(exercise: Exercise, typed: str, ways: Ways) -> tuple[Exercise, Reading[Any]]:
    extent = uploads.extent(exercise)
    reading = read_aside(typed_boxes, typed, exercise.maps.images, extent, ways)
    return exercise.with_boxes(reading.value, 0), reading


def _area(name: str, text: Text, key: str, label: str, button: str, use: Use, shown: Any) -> None:
    state = st.session_state

    def used() -> None:
        readings.forget(key)
        # Once it is used, a text of boxes is written as all are.
        state[f"{key}.given"] = state.get(key, "")
        again()

    def again() -> None:
        desk = state[name]
        try:
            exercise, reading = use(
                desk.exercise, state.get(f"{key}.given", ""), readings.ways(key)
            )
        except (ReadError, CallError) as error:
            readings.refuse(key, error)
            return
        state[name] = desk.put_fitted(exercise)
        gave = exercise.maps if isinstance(shown, Maps) else exercise.boxes
        readings.keep(key, reading, gave)

    st.text_area(
        text(label),
        key=key,
        height=180,
        placeholder=text(f"{label}.example"),
        persist_state="session",
    )
    uploads.say_problem(key, text)
    readings.say(key, text, shown, again)
    st.button(text(button), on_click=used, key=f"{key}.use")
