"""How what was handed in was read, said beside its control, with a click for every other way.

A reading is said as long as what it gave is on screen; of what was refused, until something else
is handed in.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from app.files import ReadError, Reading, Way, Ways, taking
from app.jobs.calls import CallError
from app.text import Text, as_markdown


def ways(key: str) -> Ways:
    """The ways that a reader has chosen for what was handed in under a key."""
    chosen: Ways = st.session_state.get(f"{key}.ways", ())
    return chosen


def forget(key: str) -> None:
    """Something else is handed in under a key: nothing is known of it yet."""
    for kept in ("problem", "reading", "ways"):
        st.session_state.pop(f"{key}.{kept}", None)


def keep(key: str, reading: Reading[Any], given: object) -> None:
    """Keep how it was read, with what of the exercise it gave."""
    st.session_state.pop(f"{key}.problem", None)
    st.session_state[f"{key}.reading"] = (reading.how, reading.others, given)


def refuse(key: str, error: ReadError | CallError) -> None:
    """Keep why it cannot be used, and how it might be after all."""
    others = error.others if isinstance(error, ReadError) else ()
    st.session_state[f"{key}.problem"] = error.problem
    st.session_state[f"{key}.reading"] = ((), others, None)


def say(key: str, text: Text, shown: object, again: Callable[[], None]) -> None:
    """The sentences of what was read under a key, and buttons that read it otherwise.

    Parameters
    ----------
    shown : what is on screen of the kind that was read
    again : reads it in the ways that were chosen
    """
    state = st.session_state
    how, others, given = state.get(f"{key}.reading", ((), (), None))
    if f"{key}.problem" not in state and given != shown:
        return

    def clicked(way: Way) -> None:
        state[f"{key}.ways"] = taking(ways(key), way)
        again()

    if how:
        sentences = text.join(*(said.sentence(text) for said in how))
        st.caption(as_markdown(sentences))
    if others:
        with st.container(horizontal=True, gap="xsmall", key=f"{key.replace('.', '-')}-ways"):
            for i, way in enumerate(others):
                label = as_markdown(way.sentence(text))
                st.button(label, key=f"{key}.way.{i}", on_click=clicked, args=(way,))
