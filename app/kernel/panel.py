"""Which thread computes a cell of the output: a question under the stage, for whoever asks."""

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.exercise.desk import Desk
from app.exercise.record import pool
from app.kernel import source as kernel
from app.text import Text, as_markdown
from app.widgets import looks
from app.widgets.backend import chosen

# Both sources as high as the longer one, unless that is higher than half a screen.
SOURCE_HEIGHT = 480


def is_open(name: str) -> bool:
    """Whether somebody asks, so that the stage lets them choose a cell."""
    return bool(st.session_state.get(f"{name}.thread"))


def show(name: str, text: Text) -> None:
    """The question, and below it, once it is opened, the answer for the chosen cell."""
    panel = st.expander(
        text("thread.title"), key=f"{name}.thread", type="compact", on_change="rerun"
    )
    # What is closed is not sent: the sources and their colouring weigh as much as the stage.
    if not panel.open:
        return
    if looks.is_hidden():
        panel.caption(text("hidden"))
        return
    desk: Desk = st.session_state[name]
    result = pool(desk.exercise, chosen())
    thread = kernel.thread_of(desk.exercise, result, desk.output_cell)
    does, number = kernel.sentences(thread, text)
    with panel:
        st.markdown(f"**{as_markdown(does)}**")
        if thread is not None:
            st.caption(as_markdown(number))
            st.html(_as_list(kernel.variables(thread)))
        st.caption(as_markdown(text("thread.hint")))
        left, right = st.columns(2)
        _source(left, text("thread.kernel", name=kernel.KERNEL), kernel.kernel_source(), "cpp")
        _source(
            right, text("thread.twin", name=kernel.TWIN.__name__), kernel.twin_source(), "python"
        )


def _source(place: DeltaGenerator, title: str, code: str, language: str) -> None:
    place.caption(as_markdown(title))
    place.code(code, language, line_numbers=True, height=SOURCE_HEIGHT)


def _as_list(values: dict[str, str]) -> str:
    pairs = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        for name, value in values.items()
    )
    return f'<dl class="variables">{pairs}</dl>'
