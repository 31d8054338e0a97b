"""Long work that a reader asks for, and what is said while the machine has other such work."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from app.jobs import jobs
from app.text import Text

_LOOK_AGAIN = 2.0  # s
_ROUND = 5  # s, to which a time that is only guessed is said

Work = TypeVar("Work")


def start(name: str, begin: Callable[[], Work]) -> Work | None:
    """Begin long work; None where the machine is busy, which `say` then tells.

    Parameters
    ----------
    name : of the place that asks
    begin : starts the work, or raises `jobs.BusyError`
    """
    st.session_state.pop(_refused(name), None)
    try:
        return begin()
    except jobs.BusyError:
        st.session_state[_refused(name)] = True
        return None


def say(name: str, text: Text) -> None:
    """Why nothing has begun, and for how long yet; it goes when the machine is free."""
    if not st.session_state.get(_refused(name)):
        return

    @st.fragment(run_every=_LOOK_AGAIN)
    def waiting() -> None:
        busy = jobs.busy()
        if not busy:
            st.session_state.pop(_refused(name), None)
            st.rerun()
        elif busy.left is None:
            st.info(text("busy.begun"))
        else:
            left = max(_ROUND, _ROUND * round(busy.left / _ROUND))
            st.info(text("busy.left", seconds=left))

    waiting()


def _refused(name: str) -> str:
    return f"{name}.refused"
