"""The sitting of a reader's session, and the address that says where it is."""

from collections.abc import Callable

import streamlit as st

from app.lessons.place import NAMES, Place, place_in
from app.lessons.sitting import Sitting
from app.widgets import arrival

NAME = "lessons"
_WRITTEN = f"{NAME}.address"


def sitting() -> Sitting:
    """The session's sitting; at first, by a new link and by Back, where the address says."""
    state = st.session_state
    here: Sitting = state.setdefault(NAME, Sitting())
    asked = _asked()
    # Where somebody comes back from another page the address says nothing, and all is as left.
    # Where they were on this one, it is the list that they went back to.
    if asked != state.get(_WRITTEN) and (asked or not arrival.is_new()):
        state[NAME] = here = here.at(place_in(asked))
    return here


def _asked() -> dict[str, str]:
    return {name: st.query_params[name] for name in NAMES if name in st.query_params}


def keep_address() -> None:
    """Let the address say where the reader is, so that a reload and a link lead there."""
    wanted = st.session_state[NAME].place.as_query()
    if _asked() != wanted:
        rest = {name: value for name, value in st.query_params.items() if name not in NAMES}
        st.query_params.from_dict(rest | wanted)
    st.session_state[_WRITTEN] = wanted


def put(change: Callable[[Sitting], Sitting]) -> None:
    """Change the session's sitting, from a callback."""
    st.session_state[NAME] = change(st.session_state[NAME])


def go(place: Place) -> None:
    """Lead the reader there, from a callback."""
    put(lambda sitting: sitting.at(place))
