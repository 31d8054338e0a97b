"""The exercise goes along with the reader: a page opens with what was changed last on another.

Nothing is lost by it: what a page had before is one *undo* away, and each page keeps a start of its
own to go back to.
"""

from collections.abc import Callable

import streamlit as st

from app.exercise.desk import Desk
from app.exercise.record import Exercise
from app.widgets.inputs import chosen_map

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
    origin = _latest()
    there, here = state[origin], state[name]
    if there.turn <= here.turn:
        return
    exercise = settle(state.get(_gives(origin), as_it_is)(there.exercise))
    state[name] = here.bring(exercise, origin, there.turn)
    # What the maps are called goes along with them.
    if chosen_map(origin) in state:
        state[chosen_map(name)] = state[chosen_map(origin)]
    else:
        state.pop(chosen_map(name), None)


def origin_of(name: str) -> str:
    """The page whose exercise this one was brought; "" where it shows its own."""
    desk: Desk | None = st.session_state.get(name)
    return desk.brought if desk and name in PAGES else ""


def _latest() -> str:
    """The page of the last change; not one that it was only brought to."""
    desks: dict[str, Desk] = {
        page: st.session_state[page] for page in PAGES if page in st.session_state
    }
    return max(desks, key=lambda page: (desks[page].turn, not desks[page].brought))


def _gives(name: str) -> str:
    return f"{name}.gives"
