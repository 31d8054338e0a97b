"""A page's presets as one click each, so that a teacher can point at them."""

import streamlit as st

from app.desk import Desk
from app.opening import preset_exercise, presets
from app.text import Text


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
    key = f"{name}.preset"
    state = st.session_state
    cases = cases_of(name)

    def chosen() -> None:
        case = state[key]
        # The browser answers with a label, and one of a language that has just been left is none.
        if case in cases:
            state[name] = state[name].restart(preset_exercise(case))

    desk: Desk = state[name]
    now = (case for case in cases if preset_exercise(case) == desk.exercise)
    state[key] = next(now, None)
    st.pills(
        text(f"{name}.presets"),
        cases,
        format_func=lambda case: text(f"{name}.preset.{case}"),
        key=key,
        on_change=chosen,
        label_visibility="collapsed",
    )
