"""Lessons to take along from their page, worked out in a process beside the app."""

import streamlit as st

from app.lessons.lesson import lessons
from app.lessons.place import Place
from app.text import Text
from app.widgets import pressed
from app.widgets.choosing import kept_choice

KINDS = ("html", "zip")
_KEY = "lessons.taken"
_MADE = f"{_KEY}.made"


def offer(place: Place, text: Text) -> None:
    """A button that opens what can be taken along: this lesson or all, as a page or a package."""
    with st.popover(text("exports.lessons"), key=_KEY):
        st.caption(text("exports.lessons.what"))
        which = _one("which", ("this", "all"), text)
        kind = _one("kind", KINDS, text)
        numbers = tuple(lesson.number for lesson in lessons())
        asked = kind, numbers if which == "all" else (place.lesson,), text.language
        row = st.container(horizontal=True, vertical_alignment="center")
        if row.button(text("exports.lessons.make"), key=f"{_KEY}.make"):
            pressed.make(_MADE, _made, asked, text("exports.lessons.making"), text)
        name = "roipool-lessons" if which == "all" else f"roipool-lesson-{place.lesson}"
        pressed.take(row, _MADE, asked, text("exports.lessons.take"), name, kind)


def _one(name: str, options: tuple[str, ...], text: Text) -> str:
    within = f"exports.lessons.{name}" if name == "kind" else "exports.lessons"
    return kept_choice(
        "segmented_control",
        text(f"exports.lessons.{name}"),
        options,
        key=f"{_KEY}.{name}.switch",
        start=options[0],
        words=lambda one: text(f"{within}.{one}"),
    )


def _made(kind: str, numbers: tuple[int, ...], language: str) -> bytes:
    from app.takeaway.made import lessons_as

    return lessons_as(kind, numbers, Text(language))
