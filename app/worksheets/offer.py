"""Paper to take away from the page of lessons, drawn in a process beside the app."""

from functools import partial
from typing import TypeVar

import streamlit as st

from app.lessons.place import MOST_SEED, Place
from app.text import Text
from app.widgets import pressed
from app.widgets.choosing import kept_choice, number
from app.worksheets.order import PAPERS, Order, Paper, lesson_of

KINDS = ("pdf", "xlsx")
# Of as many as can be made, what a server draws for everybody.
MOST_SHEETS = 40
_KEY, _COUNT = "lessons.sheet.made", "lessons.sheet.count"
Option = TypeVar("Option", bound=str)


def offer(place: Place, text: Text) -> None:
    """A button that opens what a worksheet of this lesson can be."""
    lesson = lesson_of(place.lesson)
    with st.popover(text("lessons.sheet"), key="lessons.sheet"):
        kind = _one("kind", KINDS, text)
        paper = _one("paper", PAPERS, text) if kind == "pdf" else PAPERS[0]
        count = _count(text)
        filled = st.toggle(text(f"lessons.sheet.filled.{kind}"), key="lessons.sheet.filled")
        # The last sheet, too, has a seed that a link can name.
        seed = min(place.seed, MOST_SEED + 1 - count)
        order = Order(lesson, seed, count, text.language, paper, filled, _address())
        asked = f".{kind}", order
        row = st.container(horizontal=True, vertical_alignment="center")
        if row.button(text("lessons.sheet.make"), key="lessons.sheet.make"):
            pressed.make(_KEY, _drawn, asked, text("lessons.sheet.drawing"), text)
        name = f"roipool-lesson-{place.lesson}-{seed}"
        pressed.take(row, _KEY, asked, _label(kind, text), name, kind)


def offer_result(place: Place, text: Text) -> None:
    """A button that draws the result of a test, and then hands it out."""
    asked = place, text.language, PAPERS[0], _address()
    row = st.container(horizontal=True, width="content")
    if row.button(text("lessons.test.paper"), key="lessons.test.paper"):
        pressed.make(_KEY, _result, asked, text("lessons.sheet.drawing"), text)
    pressed.take(row, _KEY, asked, _label("pdf", text), f"roipool-test-{place.seed}", "pdf")


def _label(kind: str, text: Text) -> str:
    return text("lessons.sheet.take", kind=kind.upper())


def _count(text: Text) -> int:
    state, now = st.session_state, f"{_COUNT}.now"
    count: int = state.setdefault(now, 4)
    put = partial(state.__setitem__, now)
    number(text(_COUNT), 1, MOST_SHEETS, key=_COUNT, now=count, put=put)
    return count


def _one(name: str, options: tuple[Option, ...], text: Text) -> Option:
    return kept_choice(
        "segmented_control",
        text(f"lessons.sheet.{name}"),
        options,
        key=f"lessons.sheet.{name}.switch",
        start=options[0],
        words=lambda one: one.upper() if name == "kind" else one,
    )


def _address() -> str:
    """Of the page of lessons, for the codes on the paper."""
    return (st.context.url or "").partition("?")[0]


def _drawn(kind: str, order: Order) -> bytes:
    from app.worksheets.command import make

    return make(kind, order)


def _result(place: Place, language: str, paper: Paper, address: str) -> bytes:
    from app.worksheets.result import result

    return result(place, Text(language), paper, address)
