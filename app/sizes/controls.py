"""The controls of the page of sizes: how many cells the box spans."""

import streamlit as st

from app.exercise.desk import Desk
from app.exercise.limits import MAX_SIDE
from app.sizes.cases import COLS, ROWS, length, with_length
from app.sizes.room import added
from app.text import Text
from app.widgets.choosing import number
from app.widgets.row import row


def box_size(name: str, text: Text) -> None:
    """Cells of the box, by two sliders."""
    with row(text("sizes.box"), key=f"{name}-box-size"):
        _slider(name, f"{name}.box.rows", text("sizes.box.rows"), ROWS)
        st.markdown("×", width="content")
        _slider(name, f"{name}.box.cols", text("sizes.box.cols"), COLS)


def say_room(name: str, text: Text) -> None:
    """Which rows and columns of the map are this page's own, where some are."""
    if lines := added(st.session_state[name].exercise, text):
        st.caption(text("sizes.room", lines=lines))


def _slider(name: str, key: str, label: str, axis: int) -> None:
    state = st.session_state

    def put(cells: int) -> None:
        desk: Desk = state[name]
        state[name] = desk.put(with_length(desk.exercise, axis, cells))

    now = length(state[name].exercise, axis)
    number(
        label,
        1,
        MAX_SIDE,
        kind="slider",
        key=key,
        now=now,
        put=put,
        label_visibility="collapsed",
        width=120,
    )
