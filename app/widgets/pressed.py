"""A file that is made at a press, in a process beside the app, and handed out after that."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.jobs.calls import CallError, call
from app.text import Text, as_markdown
from app.widgets import downloads


def make(
    key: str, draw: Callable[..., bytes], asked: tuple[Any, ...], said: str, text: Text
) -> None:
    """Make what is asked for, and keep it under a key, in place of what was made before.

    Parameters
    ----------
    draw : makes it of what is asked for; a function of a module, since another process calls it
    said : meanwhile
    """
    with st.spinner(said):
        try:
            made = call("drawing", draw, *asked)
        except CallError as error:
            st.error(as_markdown(error.problem.sentence(text)))
            return
    st.session_state[key] = (asked, made)


def take(
    row: DeltaGenerator, key: str, asked: tuple[Any, ...], label: str, name: str, kind: str
) -> None:
    """A button that hands out what was made, where it is what is asked for now."""
    of, made = st.session_state.get(key, (None, b""))
    if of == asked:
        downloads.button(row, label, name, kind, lambda: made, f"{key}.take.{kind}")
