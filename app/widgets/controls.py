"""Streamlit widgets that set the exercise. Each one writes through a callback, before the rerun."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from app.exercise.desk import Desk
from app.exercise.feature_maps import KINDS, MADE, make_maps
from app.exercise.limits import MAX_BINS, MAX_CHANNELS, MAX_IMAGES, MAX_SIDE, MIN_SIDE
from app.exercise.link import CUSTOM
from app.exercise.maps import Maps
from app.text import LANGUAGES, Text, preferred_language
from app.widgets import pasting, uploads
from app.widgets.choosing import choice, kept_choice, number
from roipool import PRESETS

# Numbers that say how large the maps are, and how many: least and most of each.
_SIZES = {
    "rows": (MIN_SIDE, MAX_SIDE),
    "cols": (MIN_SIDE, MAX_SIDE),
    "images": (1, MAX_IMAGES),
    "channels": (1, MAX_CHANNELS),
}
_MOST_SEED = 9999

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
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        width="content",
        gap="xsmall",
        key=f"{name}-output-size",
    ):
        st.markdown(text("controls.output"), width="content")
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
        st.session_state.pop(_chosen_map(name), None)

    st.button(text("controls.reset"), on_click=clicked, key=f"{name}.reset")


def undo(name: str, text: Text) -> None:
    """Take back the last change, as Ctrl+Z does on the stage."""

    def clicked() -> None:
        st.session_state[name] = st.session_state[name].undo()

    st.button(
        text("controls.undo"),
        on_click=clicked,
        key=f"{name}.undo",
        disabled=not st.session_state[name].past,
    )


def _chosen_map(name: str) -> str:
    """Where the session keeps which map was chosen, whatever widget is on the page."""
    return f"{name}.map"


def feature_map(name: str, text: Text) -> None:
    """What the maps hold, how large they are and how many."""
    keys = {field: f"{name}.map.{field}" for field in ("kind", *_SIZES, "seed")}
    chosen = _chosen_map(name)
    state = st.session_state
    maps: Maps = state[name].exercise.maps
    sizes = dict(zip(_SIZES, (*maps.size, maps.images, maps.channels), strict=True))
    seed: int = state.get(f"{chosen}.seed.kept", 0)

    def make(**other: int) -> None:
        wanted = sizes | {"seed": seed} | other
        if state[chosen] in MADE:
            desk: Desk = state[name]
            made = make_maps(state[chosen], **wanted)
            state[name] = desk.put_fitted(desk.exercise.with_maps(made))

    def put_kind(kind: str) -> None:
        state[chosen] = kind
        make()

    def put_size(field: str, count: int) -> None:
        make(**{field: count})

    def put_seed(seed: int) -> None:
        state[f"{chosen}.seed.kept"] = seed
        make(seed=seed)

    kind = state.setdefault(chosen, KINDS[0])
    with st.popover(text("controls.map")):
        choice(
            "selectbox",
            text("controls.map.kind"),
            KINDS,
            key=keys["kind"],
            now=kind,
            put=put_kind,
            words=lambda one: text(f"controls.map.kind.{one}"),
        )
        if kind == "pasted":
            pasting.map_as_text(name, text)
            return
        if kind == "file":
            uploads.map_file(name, text)
            return
        if kind == "article":
            return
        for field, (least, most) in _SIZES.items():
            number(
                text(f"controls.map.{field}"),
                least,
                most,
                key=keys[field],
                now=sizes[field],
                put=partial(put_size, field),
            )
        if kind == "random":
            label = text("controls.map.seed")
            number(label, 0, _MOST_SEED, key=keys["seed"], now=seed, put=put_seed)
