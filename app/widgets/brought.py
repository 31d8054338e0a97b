"""The exercise goes along with the reader: a page opens with what was changed last on another.

Nothing is lost by it: what a page had before is one *undo* away, and each page keeps a start of its
own to go back to.
"""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from app.exercise.desk import Desk
from app.exercise.record import Exercise
from app.widgets.inputs import choose_map, map_choice

Change = Callable[[Exercise], Exercise]
"""What a page makes of an exercise that it gets, or gives."""

PAGES = ("replay", "playground", "sizes", "conventions", "gradient")
"""The pages that the exercise goes to and comes from.

*Image to cells* is not among them: its boxes are in pixels of a picture, which a map has not.
"""


def as_it_is(exercise: Exercise) -> Exercise:
    """For a page that takes and gives an exercise as it stands."""
    return exercise


def bring(name: str, settle: Change, gives: Change) -> None:
    """Put what was changed last on the desk of this page, if that was on another one.

    Parameters
    ----------
    settle : what this page adds to every exercise
    gives : what of its exercise it gives to other pages
    """
    if name not in PAGES:
        return
    state = st.session_state
    state[_gives(name)] = gives
    _bring_exercise(name, settle)
    _bring_choice_of_box(name, settle)


def _bring_exercise(name: str, settle: Change) -> None:
    state = st.session_state
    here: Desk = state[name]
    origin = _latest(lambda desk: desk.turn)
    there: Desk = state[origin]
    if there.turn <= max(here.turn, here.seen):
        _put_back_kind(name, here)
        return
    before = here.exercise.maps, map_choice(name)
    state[name] = here = here.bring(_given(origin, settle), origin, there.turn)
    # What the maps are called goes along with them, and is again what it was where they go again.
    choose_map(name, map_choice(origin))
    if here.exercise.maps != before[0]:
        state[_before(name)] = before


def _bring_choice_of_box(name: str, settle: Change) -> None:
    """Take the box that was chosen last on another page, where the boxes are the same."""
    here: Desk = st.session_state[name]
    origin = _latest(_last_look)
    looked = _last_look(st.session_state[origin])
    if looked <= _last_look(here):
        return
    exercise = _given(origin, settle)
    if exercise == replace(here.exercise, selected=exercise.selected):
        st.session_state[name] = here.look(exercise.selected, looked)


def _put_back_kind(name: str, here: Desk) -> None:
    """What the maps were called that stood here before others were brought, once they do again."""
    before = st.session_state.get(_before(name))
    if before and not here.brought and here.exercise.maps == before[0]:
        choose_map(name, before[1])
        del st.session_state[_before(name)]


def _given(origin: str, settle: Change) -> Exercise:
    """The exercise of another page as it comes to this one."""
    state = st.session_state
    gives: Change = state.get(_gives(origin), as_it_is)
    return settle(gives(state[origin].exercise))


def origin_of(name: str) -> str:
    """The page whose exercise this one was brought; "" where it shows its own."""
    desk: Desk | None = st.session_state.get(name)
    return desk.brought if desk and name in PAGES else ""


def _latest(number: Callable[[Desk], int]) -> str:
    """The page whose desk has the highest of such numbers."""
    return max(
        (page for page in PAGES if page in st.session_state),
        key=lambda page: number(st.session_state[page]),
    )


def _last_look(desk: Desk) -> int:
    """When it was said last which box is looked at: a change says it too."""
    return max(desk.turn, desk.looked)


def _gives(name: str) -> str:
    return f"{name}.gives"


def _before(name: str) -> str:
    return f"{name}.map.before"
