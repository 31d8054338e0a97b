"""The widgets of the detector's page: which picture it looks at."""

import secrets

import streamlit as st

from app.detector.sources import PHOTOGRAPHS, Source, made, own, photograph
from app.exercise.limits import MAX_MEGABYTES
from app.fast_rcnn.training import HELD_OUT
from app.files import ReadError, read_aside
from app.jobs.calls import CallError
from app.text import Text, as_markdown
from app.widgets import uploads
from app.widgets.choosing import choice, number

MADE, OWN = "made", "own"
KINDS = (MADE, *PHOTOGRAPHS, OWN)
# The picture that the page opens with: several classes, and room between them.
FIRST = 51


def source_of(name: str) -> Source:
    """The picture that the page of this name looks at."""
    source: Source = st.session_state.setdefault(f"{name}.source", made(FIRST))
    return source


def picture(name: str, text: Text) -> None:
    """A generated one, a photograph, or one's own, until whose arrival the last one stays."""
    chosen, shown = f"{name}.picture", f"{name}.source"
    state = st.session_state

    def put(kind: str) -> None:
        state[chosen] = kind
        if kind == MADE:
            state[shown] = made(state.get(f"{name}.number", FIRST))
        elif kind in PHOTOGRAPHS:
            state[shown] = photograph(kind)

    source_of(name)
    kind = state.setdefault(chosen, MADE)
    choice(
        "segmented_control",
        text("detector.picture"),
        KINDS,
        key=f"{name}.picture.switch",
        now=kind,
        put=put,
        words=lambda one: text(f"detector.picture.{one}"),
        label_visibility="collapsed",
        wrap=True,
    )
    if kind == MADE:
        _number(name, text)
        return
    if kind == OWN:
        _file(name, text)
    else:
        st.caption(as_markdown(text(f"detector.licence.{kind}")), width="content")
    # In place of the button, which would stay while the next picture is searched.
    st.empty()


def _number(name: str, text: Text) -> None:
    """Which of the held-out pictures."""
    kept = f"{name}.number"
    state = st.session_state

    def put(number: int) -> None:
        state[kept] = number
        state[f"{name}.source"] = made(number)

    def another() -> None:
        # Any of the others.
        step = 1 + secrets.randbelow(len(HELD_OUT) - 1)
        put(1 + (state[kept] - 1 + step) % len(HELD_OUT))

    number(
        text("detector.number", most=len(HELD_OUT)),
        1,
        len(HELD_OUT),
        key=f"{name}.number.input",
        now=state.setdefault(kept, FIRST),
        put=put,
        label_visibility="collapsed",
        width=132,
    )
    st.button(text("detector.another"), on_click=another, key=f"{name}.another")


def _file(name: str, text: Text) -> None:
    """A picture of one's own, and why it could not be used."""
    key = f"{name}.file"
    state = st.session_state

    def changed() -> None:
        file = uploads.handed_in(key)
        state.pop(f"{key}.problem", None)
        if file is None:
            return
        try:
            state[f"{name}.source"] = read_aside(own, file.getvalue())
        except (ReadError, CallError) as error:
            state[f"{key}.problem"] = error.problem

    with st.container(key=f"{name}-file", width=340):
        st.file_uploader(
            text("detector.file", most=MAX_MEGABYTES),
            key=key,
            on_change=changed,
            max_upload_size=MAX_MEGABYTES,
            label_visibility="collapsed",
        )
    with st.container(key=f"{name}-said"):
        if not uploads.say_problem(key, text, "detector.kept") and uploads.handed_in(key) is None:
            st.caption(text("detector.file", most=MAX_MEGABYTES))
