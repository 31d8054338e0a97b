"""Streamlit widgets that set the exercise. Each one writes through a callback, before the rerun."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from app.exercise.desk import Desk
from app.exercise.limits import MAX_BINS
from app.exercise.link import CUSTOM
from app.text import LANGUAGES, Text, preferred_language
from app.widgets.choosing import choice, kept_choice, number
from app.widgets.inputs import chosen_map
from app.widgets.row import row
from roipool import PRESETS

# px that the longest name of a convention takes with what is said of it.
ROOM = 290


def current_text() -> Text:
    """The strings of the chosen language; at first that of the address, or the browser's."""
    if "language" not in st.session_state:
        asked = st.query_params.get("lang")
        known = asked if asked in LANGUAGES else preferred_language(st.context.locale)
        st.session_state.language = known
    return Text(st.session_state.language)


def language_in_address(text: Text) -> str | None:
    """The language where it is not the one that the browser asks for: a reload asks again."""
    return text.language if text.language != preferred_language(st.context.locale) else None


def keep_language(text: Text) -> None:
    """Name the language in the address of a page without a stage, which does so by itself."""
    wanted, there = language_in_address(text), st.query_params.get("lang")
    if wanted and wanted != there:
        st.query_params["lang"] = wanted
    elif there and not wanted:
        del st.query_params["lang"]


def language_switch(text: Text) -> None:
    """English or 简体中文, each by its own name; assets/page/frame.css puts it into the top bar."""

    def chosen(language: str) -> None:
        st.session_state.language = language

    with st.container(key="language", width="content"):
        choice(
            "segmented_control",
            text("language"),
            list(LANGUAGES),
            key="language.switch",
            now=text.language,
            put=chosen,
            words=LANGUAGES.__getitem__,
            label_visibility="collapsed",
        )


def view(name: str, text: Text, views: Sequence[str]) -> str:
    """Which part of a page is open; the first, until another is chosen."""
    return kept_choice(
        "segmented_control",
        text(f"{name}.view"),
        list(views),
        key=f"{name}.view.switch",
        start=views[0],
        words=lambda one: text(f"{name}.view.{one}"),
        label_visibility="collapsed",
        wrap=True,
    )


def output_size(name: str, text: Text) -> None:
    """Rows and columns of the output."""
    with row(text("controls.output"), key=f"{name}-output-size", gap="xsmall"):
        _bins_input(name, text, 0, f"{name}.output.rows", text("controls.output.rows"))
        st.markdown("×", width="content")
        _bins_input(name, text, 1, f"{name}.output.cols", text("controls.output.cols"))


def _bins_input(name: str, text: Text, axis: int, key: str, label: str) -> None:
    desk: Desk = st.session_state[name]

    def put(count: int) -> None:
        desk: Desk = st.session_state[name]
        size = list(desk.exercise.output_size)
        size[axis] = count
        st.session_state[name] = desk.put(replace(desk.exercise, output_size=(size[0], size[1])))

    now = desk.exercise.output_size[axis]
    number(
        label,
        1,
        MAX_BINS,
        key=key,
        now=now,
        put=put,
        label_visibility="collapsed",
        width=124,
    )


def convention(name: str, text: Text, width: int = ROOM) -> None:
    """Whose bins are cut."""
    rule = st.session_state[name].exercise.rule
    now = rule.name if PRESETS.get(rule.name) == rule else CUSTOM

    def put(chosen: str) -> None:
        desk: Desk = st.session_state[name]
        if chosen in PRESETS:
            st.session_state[name] = desk.put(replace(desk.exercise, convention=chosen))

    choice(
        "selectbox",
        text("controls.convention"),
        # One that somebody put together from single choices is on the list while it is in use.
        [*PRESETS] if now in PRESETS else [*PRESETS, CUSTOM],
        key=f"{name}.convention",
        now=now,
        put=put,
        # What cuts that way is said where there is room for it.
        words=lambda preset: text(f"convention.{preset}") if width >= ROOM else preset,
        label_visibility="collapsed",
        width=width,
    )


def reset(name: str, text: Text) -> None:
    """One click back to what the page starts with."""

    def clicked() -> None:
        st.session_state[name] = st.session_state[name].put_back()
        st.session_state.pop(chosen_map(name), None)

    st.button(text("controls.reset"), on_click=clicked, key=f"{name}.reset")


def undo(name: str, text: Text) -> None:
    """Take back the last change, as Ctrl+Z does on the stage."""
    _stepper(name, text, "undo", Desk.undo, any_left=bool(st.session_state[name].past))


def redo(name: str, text: Text) -> None:
    """Do again what was taken back last, as Ctrl+Shift+Z does on the stage."""
    _stepper(name, text, "redo", Desk.redo, any_left=bool(st.session_state[name].future))


def _stepper(
    name: str, text: Text, which: str, step: Callable[[Desk], Desk], *, any_left: bool
) -> None:
    def clicked() -> None:
        st.session_state[name] = step(st.session_state[name])

    st.button(
        text(f"controls.{which}"), on_click=clicked, key=f"{name}.{which}", disabled=not any_left
    )
