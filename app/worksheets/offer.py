"""Paper to take away from the page of lessons, drawn in a process beside the app."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.jobs.calls import CallError, call
from app.lessons.place import MOST_SEED, Place
from app.text import Text, as_markdown
from app.widgets import downloads
from app.widgets.choosing import kept_choice, number

PAPERS = ("A4", "Letter")
KINDS = ("pdf", "xlsx")
MOST_SHEETS = 40
_KEY, _COUNT = "lessons.sheet.made", "lessons.sheet.count"


def offer(place: Place, text: Text) -> None:
    """A button that opens what a worksheet of this lesson can be."""
    with st.popover(text("lessons.sheet"), key="lessons.sheet"):
        kind = _one("kind", KINDS, text)
        paper = _one("paper", PAPERS, text) if kind == "pdf" else PAPERS[0]
        count = _count(text)
        filled = st.toggle(text(f"lessons.sheet.filled.{kind}"), key="lessons.sheet.filled")
        # The last sheet, too, has a seed that a link can name.
        seed = min(place.seed, MOST_SEED + 1 - count)
        asked = (f".{kind}", place.lesson, seed, count, text.language, paper, filled)
        row = st.container(horizontal=True, vertical_alignment="center")
        if row.button(text("lessons.sheet.make"), key="lessons.sheet.make"):
            _make(_drawn, asked, text)
        _take(row, asked, f"roipool-lesson-{place.lesson}-{seed}", kind, text)


def offer_result(place: Place, text: Text) -> None:
    """A button that draws the result of a test, and then hands it out."""
    asked = place, text, PAPERS[0]
    row = st.container(horizontal=True, width="content")
    if row.button(text("lessons.test.paper"), key="lessons.test.paper"):
        _make(_result, asked, text)
    _take(row, asked, f"roipool-test-{place.seed}", "pdf", text)


def _take(row: DeltaGenerator, asked: tuple[Any, ...], name: str, kind: str, text: Text) -> None:
    """What was drawn, where it is what is asked for now."""
    of, made = st.session_state.get(_KEY, (None, b""))
    if of == _key(asked):
        label = text("lessons.sheet.take", kind=kind.upper())
        downloads.button(row, label, name, kind, lambda: made, f"lessons.take.{kind}")


def _key(asked: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(one.language if isinstance(one, Text) else one for one in asked)


def _count(text: Text) -> int:
    state, now = st.session_state, f"{_COUNT}.now"
    count: int = state.setdefault(now, 4)
    put = partial(state.__setitem__, now)
    number(text(_COUNT), 1, MOST_SHEETS, key=_COUNT, now=count, put=put)
    return count


def _one(name: str, options: tuple[str, ...], text: Text) -> str:
    return kept_choice(
        "segmented_control",
        text(f"lessons.sheet.{name}"),
        options,
        key=f"lessons.sheet.{name}.switch",
        start=options[0],
        words=lambda one: one.upper() if name == "kind" else one,
    )


def _make(draw: Callable[..., bytes], asked: tuple[Any, ...], text: Text) -> None:
    with st.spinner(text("lessons.sheet.drawing")):
        try:
            made = call("drawing", draw, *asked, _address())
        except CallError as error:
            st.error(as_markdown(error.problem.sentence(text)))
            return
    st.session_state[_KEY] = (_key(asked), made)


def _address() -> str:
    """Of the page of lessons, for the codes on the paper."""
    return (st.context.url or "").partition("?")[0]


def _drawn(
    kind: str,
    number: int,
    seed: int,
    count: int,
    language: str,
    paper: Any,
    filled: bool,
    address: str,
) -> bytes:
    from app.worksheets.command import make

    return make(
        kind, number, seed, count, language=language, paper=paper, filled=filled, address=address
    )


def _result(place: Place, text: Text, paper: Any, address: str) -> bytes:
    from app.worksheets.result import result

    return result(place, text, paper, address)
