"""The widgets of the detector's page: which picture it looks at."""

import secrets

import streamlit as st

from app.detector.sources import (
    FIRST,
    OPENING,
    PHOTOGRAPHS,
    Source,
    made,
    named,
    own,
    photograph,
)
from app.exercise.limits import MAX_MEGABYTES
from app.fast_rcnn.training import HELD_OUT
from app.files import ReadError
from app.files.aside import read_aside
from app.jobs.calls import CallError
from app.text import Text, as_markdown
from app.widgets import uploads
from app.widgets.choosing import choice, number
from app.widgets.looks import is_hidden
from app.widgets.row import row

MADE, OWN = "made", "own"
KINDS = (MADE, *PHOTOGRAPHS, OWN)
# What the address says beside the picture: what of it is looked at.
_VIEW = ("step", "proposal", "channel", "sections", "first")


def source_of(name: str) -> Source | None:
    """The picture that the page of this name looks at, None while it waits for one's own."""
    state = st.session_state
    if f"{name}.picture" not in state:
        _open(name, st.query_params.get("picture", OPENING))
    source: Source | None = state[f"{name}.source"]
    return source


def _open(name: str, asked: str) -> None:
    """Begin with the picture that the address names, or invite to one's own if it was one."""
    state = st.session_state
    source = None if asked == OWN else named(asked) or made(FIRST)
    state[f"{name}.source"] = source
    state[f"{name}.picture"] = (
        OWN if source is None else source.name if source.name in PHOTOGRAPHS else MADE
    )
    if source and source.name not in PHOTOGRAPHS:
        state[f"{name}.number"] = int(source.name.removeprefix("made-"))


def _keep_address() -> None:
    """Say in the address that the page invites: there is no figure that would keep it.

    See assets/figures/detector/address.js for what a figure says there, which Python never hears
    of: so this is written even where it seems to stand there.
    """
    query = st.query_params
    query["picture"] = OWN
    for name in _VIEW:
        if name in query:
            del query[name]
    if is_hidden():
        query["hide"] = "1"


def picture(name: str, text: Text) -> None:
    """A generated one, a photograph, or one's own."""
    chosen, shown = f"{name}.picture", f"{name}.source"
    state = st.session_state

    def put(kind: str) -> None:
        state[chosen] = kind
        if kind == MADE:
            state[shown] = made(state.get(f"{name}.number", FIRST))
        elif kind in PHOTOGRAPHS:
            state[shown] = photograph(kind)
        else:
            # The one that was handed in last, if any was.
            state[shown] = state.get(f"{name}.own")
        if state[shown] is None:
            _keep_address()

    # Whoever comes back from another page has an address without it.
    if source_of(name) is None and st.query_params.get("picture") != OWN:
        _keep_address()
    kind = state[chosen]
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


def invite(text: Text) -> None:
    """What will be seen of one's own picture, as long as there is none."""
    with st.container(border=True):
        st.markdown(f"**{text('detector.invite')}**")
        st.markdown(text("detector.invite.why"))


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

    with row(text("detector.number.label", most=len(HELD_OUT)), key=f"{name}-number"):
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
            state[f"{name}.source"] = state[f"{name}.own"] = read_aside(own, file.getvalue())
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
        kept = "detector.kept" if state[f"{name}.source"] else "detector.none_yet"
        if not uploads.say_problem(key, text, kept) and uploads.handed_in(key) is None:
            st.caption(text("detector.file", most=MAX_MEGABYTES))
