"""A page's presets as one click each, so that a teacher can point at them."""

import streamlit as st

from app.exercise.desk import Desk
from app.exercise.presets import preset_exercise, presets
from app.text import Text
from app.widgets.choosing import choice


def cases_of(page: str) -> tuple[str, ...]:
    """The names of a page's presets.

    Examples
    --------
    >>> cases_of("pixels")
    ('a-pixel-further',)
    """
    return tuple(name for name, told in presets().items() if told["page"] == page)


def show(name: str, text: Text) -> None:
    """One click to each preset of the page; the one that is on screen is lit."""
    state = st.session_state
    cases = cases_of(name)
    desk: Desk = state[name]
    now = next((case for case in cases if preset_exercise(case) == desk.exercise), None)
    lit, count = f"{name}.lit", f"{name}.lit.count"
    # Every message of the browser holds what it believes to be lit. One from before it knew that an
    # edit had put that out would look like a click, and take the edit back: so what goes out, or
    # on, without a click is another widget, and the one before has no say any more.
    if now != state.get(lit):
        state[count] = state.get(count, 0) + 1
    state[lit] = now
    turn = state.get(count, 0)

    def put(case: str) -> None:
        if turn == state.get(count, 0):
            state[name] = state[name].restart(preset_exercise(case))
            state[lit] = case

    choice(
        "pills",
        text(f"{name}.presets"),
        cases,
        key=f"{name}.preset.{turn}",
        now=now,
        put=put,
        words=lambda case: text(f"{name}.preset.{case}"),
        label_visibility="collapsed",
    )
