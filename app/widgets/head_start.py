"""Charts come after the figure: it is what the page is about, and must not wait for their code."""

import time

import streamlit as st

# s that the browser takes to put the figure on the page. A chart that came with it would stop that
# for a second, since its code, nearly 5 MB of it, is read as soon as there is a chart.
_HEAD_START = 0.8


def let_the_figure_go_first() -> None:
    """Wait a moment before the first chart of a session is drawn; never again, and in no test."""
    if st.session_state.get("charts.drawn"):
        return
    st.session_state["charts.drawn"] = True
    if st.runtime.exists():
        time.sleep(_HEAD_START)
