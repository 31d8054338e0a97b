"""The controls of the page of sizes: cases worth a look, and how many cells the box spans."""

import streamlit as st

from app.desk import Desk
from app.limits import MAX_SIDE
from app.opening import preset_exercise, presets
from app.sizes import COLS, ROWS, length, with_length
from app.text import Text

CASES = tuple(name for name, told in presets().items() if told["page"] == "sizes")


def cases(name: str, text: Text) -> None:
    """One click to each preset of the page; the one that is on screen is lit."""
    key = f"{name}.preset"
    state = st.session_state

    def chosen() -> None:
        case = state[key]
        # The browser answers with a label, and one of a language that has just been left is none.
        if case in CASES:
            state[name] = state[name].restart(preset_exercise(case))

    desk: Desk = state[name]
    now = (case for case in CASES if preset_exercise(case) == desk.exercise)
    state[key] = next(now, None)
    st.pills(
        text("sizes.presets"),
        CASES,
        format_func=lambda case: text(f"sizes.preset.{case}"),
        key=key,
        on_change=chosen,
        label_visibility="collapsed",
    )


def box_size(name: str, text: Text) -> None:
    """Cells of the box, by two sliders."""
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        width="content",
        gap="small",
        key=f"{name}-box-size",
    ):
        st.markdown(text("sizes.box"), width="content")
        _slider(name, f"{name}.box.rows", text("sizes.box.rows"), ROWS)
        st.markdown("×", width="content")
        _slider(name, f"{name}.box.cols", text("sizes.box.cols"), COLS)


def _slider(name: str, key: str, label: str, axis: int) -> None:
    state = st.session_state

    def changed() -> None:
        desk: Desk = state[name]
        state[name] = desk.put(with_length(desk.exercise, axis, int(state[key])))

    state[key] = length(state[name].exercise, axis)
    st.slider(
        label, 1, MAX_SIDE, key=key, on_change=changed, label_visibility="collapsed", width=120
    )
