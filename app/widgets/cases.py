"""A page's presets as one click each, so that a teacher can point at them."""

from dataclasses import replace

import streamlit as st

from app.exercise.desk import Desk
from app.exercise.presets import preset_exercise, presets
from app.exercise.record import Exercise, article_exercise
from app.text import Text, as_markdown
from app.widgets.choosing import choice
from roipool import get_convention


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
            state[_before(name)] = state[name].exercise.convention
            state[name] = state[name].restart(preset_exercise(case))
            state[lit] = case

    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"{name}-cases"
    ):
        choice(
            "pills",
            text(f"{name}.presets"),
            cases,
            key=f"{name}.preset.{turn}",
            now=now,
            put=put,
            words=lambda case: _called(name, case, text),
            label_visibility="collapsed",
            wrap=True,
        )
        if now is not None:
            _say_convention(name, preset_exercise(now), text)


def _called(name: str, case: str, text: Text) -> str:
    """What a preset is called, and how it is cut where that is not as on every page at first."""
    said, convention = text(f"{name}.preset.{case}"), preset_exercise(case).convention
    usual = article_exercise().convention
    return said if convention == usual else text("cases.by", case=said, convention=convention)


def _say_convention(name: str, exercise: Exercise, text: Text) -> None:
    """That a preset has set the convention, which it was before, and the way back to that."""
    before = st.session_state.get(_before(name), exercise.convention)
    if before == exercise.convention:
        return

    def back() -> None:
        desk: Desk = st.session_state[name]
        st.session_state[name] = desk.put(replace(desk.exercise, convention=before))

    called = get_convention(before).name
    told = text("cases.sets", convention=exercise.rule.name, before=called)
    st.caption(as_markdown(told), width="content")
    key = f"{name}.cases.back"
    st.button(text("cases.back", before=called), key=key, type="tertiary", on_click=back)


def _before(name: str) -> str:
    """Where the session keeps the convention that was in use before a preset was chosen."""
    return f"{name}.cases.before"
