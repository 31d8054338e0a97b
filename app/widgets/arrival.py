"""Whether a reader has just come to a page, or was there already when it ran before."""

import streamlit as st

_HERE, _BEFORE = "arrival.here", "arrival.before"


def at(page: str) -> None:
    """Note which page runs, before it does."""
    st.session_state[_BEFORE] = st.session_state.get(_HERE)
    st.session_state[_HERE] = page


def is_new() -> bool:
    """Whether another page ran before this one, or none."""
    state = st.session_state
    return state.get(_BEFORE) != state.get(_HERE)
