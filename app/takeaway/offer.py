"""What of an exercise can be taken along as a page: the file, a course's package, a frame."""

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from app.exercise.record import Exercise
from app.takeaway.document import page
from app.takeaway.scorm import package
from app.text import Text
from app.widgets.choosing import several
from app.widgets.downloads import button
from roipool import PRESETS

FILE = "roipool"
# px, in which the figure, its timeline and what is said of a step have room.
_HEIGHT = 820


def show(name: str, exercise: Exercise, text: Text) -> None:
    """Choice of conventions, two downloads, and the code that shows the file within a page."""
    key = f"{name}.export.page"
    own = exercise.rule.name
    conventions = several(
        text("exports.page.conventions"),
        [preset for preset in PRESETS if preset != own],
        key=f"{key}.conventions",
    )
    if exercise.maps.images * exercise.maps.channels > 1:
        st.caption(text("exports.page.plane"))
    place = st.container(horizontal=True)
    made = partial(_page, exercise, text, conventions)
    button(place, text("exports.page.file"), FILE, "html", made, f"{key}.file")
    made = partial(_course, exercise, text, conventions)
    button(place, text("exports.page.course"), f"{FILE}-scorm", "zip", made, f"{key}.course")
    st.caption(text("exports.page.embed"))
    st.code(frame(text), language=None, wrap_lines=True)


def _page(exercise: Exercise, text: Text, conventions: Sequence[str]) -> bytes:
    return page(exercise, text, conventions).encode()


def _course(exercise: Exercise, text: Text, conventions: Sequence[str]) -> bytes:
    return package(page(exercise, text, conventions), text("takeaway.title"))


def frame(text: Text) -> str:
    """Code that shows the file within a page beside it.

    Examples
    --------
    >>> frame(Text("en")).partition(" width")[0]
    '<iframe src="roipool.html" title="RoI pooling, step by step"'
    """
    title = escape(text("takeaway.title"))
    look = f'width="100%" height="{_HEIGHT}" style="border: 0"'
    return f'<iframe src="{FILE}.html" title="{title}" {look}></iframe>'
