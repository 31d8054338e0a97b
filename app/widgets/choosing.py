"""Widgets of which one thing is chosen. Only here is a widget's answer looked at.

What comes from a browser need not be what was offered there: Streamlit hands on whatever label it
is sent, and one of a language that has just been left is none. So every answer is looked up among
what was offered, and where it isn't, nothing happens. State holds values, and never labels.

Each widget shows what the page says is so `now` and hands on what is chosen to `put`, so that a
page keeps its state where it likes, and whatever else changes it is seen.
"""

from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar

import streamlit as st

Value = TypeVar("Value")
Kind = Literal["selectbox", "segmented_control", "pills", "select_slider"]


def choice(
    kind: Kind,
    label: str,
    options: Sequence[Value],
    *,
    key: str,
    now: Value | None,
    put: Callable[[Value], None],
    words: Callable[[Value], str] = str,
    **look: Any,
) -> None:
    """One of several.

    Parameters
    ----------
    kind : the name of Streamlit's widget
    options : what is offered; `words` names each
    now : the one that is chosen; None for none
    put : is called with the one that the reader chooses, before the page runs again
    look : the widget's other arguments
    """
    state = st.session_state

    def changed() -> None:
        chosen = state.get(key)
        if chosen is not None and chosen in options:
            put(chosen)

    # Buttons that are pressed again would otherwise choose nothing.
    if kind == "segmented_control":
        look.setdefault("required", True)
    state[key] = now
    widget: Callable[..., Any] = getattr(st, kind)
    widget(label, options, format_func=words, key=key, on_change=changed, **look)


def kept_choice(
    kind: Kind,
    label: str,
    options: Sequence[Value],
    *,
    key: str,
    start: Value,
    words: Callable[[Value], str] = str,
    then: Callable[[], None] = lambda: None,
    **look: Any,
) -> Value:
    """One of several that the session keeps by itself, on other pages too; see `kept`.

    `then` is called when another one has been chosen.
    """

    def put(value: Value) -> None:
        st.session_state[_kept(key)] = value
        then()

    now = kept(key, options, start)
    choice(kind, label, options, key=key, now=now, put=put, words=words, **look)
    return now


def several(
    label: str,
    options: Sequence[Value],
    *,
    key: str,
    words: Callable[[Value], str] = str,
    **look: Any,
) -> list[Value]:
    """Any number of several, which the session keeps; all of them at first."""
    state = st.session_state

    def changed() -> None:
        chosen = state.get(key)
        if isinstance(chosen, list) and all(one in options for one in chosen):
            state[_kept(key)] = chosen

    now = [one for one in state.get(_kept(key), options) if one in options]
    state[key] = now
    look |= {"selection_mode": "multi", "format_func": words, "on_change": changed}
    st.pills(label, options, key=key, **look)
    return now


def kept(key: str, options: Sequence[Value], start: Value) -> Value:
    """What the reader last chose by `kept_choice` under a key, if it is still offered."""
    chosen: Value = st.session_state.get(_kept(key), start)
    return chosen if chosen in options else start


def _kept(key: str) -> str:
    return f"{key}.kept"


def number(
    label: str,
    least: float,
    most: float,
    *,
    key: str,
    now: float | None,
    put: Callable[[Any], None],
    kind: Literal["number_input", "slider"] = "number_input",
    **look: Any,
) -> None:
    """A number from `least` to `most`, whole ones if these are; `now` None for an empty field."""
    state = st.session_state
    whole = isinstance(least, int)

    def changed() -> None:
        chosen = state.get(key)
        if isinstance(chosen, (int, float)) and least <= chosen <= most:
            if not whole:
                put(chosen)
            elif chosen == int(chosen):
                put(int(chosen))

    if whole and kind == "number_input":
        # Streamlit makes whole numbers of what it is sent, and fails for ever at one that is none.
        least, most, now = float(least), float(most), None if now is None else float(now)
        look |= {"step": 1.0, "format": "%.0f"}
    state[key] = now
    widget: Callable[..., Any] = getattr(st, kind)
    widget(label, least, most, key=key, on_change=changed, **look)
