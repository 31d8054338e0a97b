"""The form that asks which convention made an output, and the answer below it."""

from collections.abc import Callable
from html import escape
from typing import Any

import numpy as np
import streamlit as st

from app.conventions.asked import FIELDS, Asked, Given, pasted, too_much
from app.conventions.examples import EXAMPLES, example
from app.conventions.grids import grid
from app.conventions.matches import (
    Explained,
    Finding,
    advice,
    equal_to,
    explained,
    headline,
    names,
    quiet_names,
    settled_by,
    ties,
    used_by,
)
from app.conventions.words import reading_words
from app.exercise.edit import Problem
from app.exercise.limits import MAX_BINS, MAX_MEGABYTES
from app.jobs.calls import CallError, call
from app.text import Text, as_markdown
from app.widgets.choosing import number
from app.widgets.uploads import handed_in

# Of what explains an output equally badly there may be dozens.
_MOST_SHOWN = 8
# Least and most cells per unit of the boxes.
_SCALES = (0.001, 1000.0)
_TYPES = ("csv", "tsv", "txt", "json", "npy", "npz")


def show(name: str, text: Text) -> None:
    """Fields for map, boxes and output, examples to fill them with, and what made the output."""
    form = _Form(name)
    st.caption(as_markdown(text("identify.lead")))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(text("identify.try"), width="content")
        for one in EXAMPLES:
            st.button(
                text(f"identify.example.{one}"),
                on_click=form.fill,
                args=(one,),
                key=f"{form.key}.example.{one}",
            )
    fields = st.container(key="identify-fields")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number(
            text("identify.scale"),
            *_SCALES,
            key=f"{form.key}.scale",
            now=form.scale,
            put=form.put_scale,
            step=0.0625,
            format="%.6g",
            width=240,
        )
        st.button(text("identify.find"), type="primary", on_click=form.find, key=f"{form.key}.find")
    if form.is_asked:
        with st.spinner(text("identify.busy"), width="content"):
            form.answer()
    with fields:
        for place, field in zip(st.columns([3, 2, 2], gap="medium"), FIELDS, strict=True):
            with place:
                _field(form, field, text)
    refused: Problem | None = st.session_state.get(form.refused)
    if refused:
        st.error(as_markdown(refused.sentence(text)))
    said: Explained | None = st.session_state.get(form.found)
    if said:
        _answer(said, text)


class _Form:
    """Where the session keeps what is in the form, and what has come of it."""

    def __init__(self, name: str) -> None:
        self.key = f"{name}.identify"
        self.found = f"{self.key}.found"
        self.problems = f"{self.key}.problems"
        self.refused = f"{self.key}.refused"
        self._asked = f"{self.key}.asked"

    @property
    def scale(self) -> float:
        """Cells per unit of the boxes, as it was typed."""
        scale: float = st.session_state.get(f"{self.key}.scale.kept", 1.0)
        return scale

    def put_scale(self, scale: float) -> None:
        """Another scale, which is another question."""
        st.session_state[f"{self.key}.scale.kept"] = scale
        self.forget()

    def forget(self) -> None:
        """An answer is about what was asked; once that changes there is none."""
        for said in (self.found, self.problems, self.refused, self._asked):
            st.session_state.pop(said, None)

    def fill(self, name: str) -> None:
        """Put an example into the fields and ask."""
        filled, state = example(name), st.session_state
        for field in FIELDS:
            state[f"{self.key}.{field}"] = getattr(filled, field)
            # Another widget, which holds no file.
            state[f"{self.key}.{field}.files"] = state.get(f"{self.key}.{field}.files", 0) + 1
        self.put_scale(filled.spatial_scale)
        self.find(given=lambda field: pasted(getattr(filled, field)))

    def given(self, field: str) -> Given:
        """The file of a field, or else its text."""
        uploaded = handed_in(self.upload(field))
        if uploaded is not None:
            return uploaded.name, uploaded.getvalue()
        return pasted(st.session_state.get(f"{self.key}.{field}") or "")

    def upload(self, field: str) -> str:
        """The key of the widget that takes the field's file."""
        return f"{self.key}.{field}.file.{st.session_state.get(f'{self.key}.{field}.files', 0)}"

    def find(self, given: Callable[[str], Given] | None = None) -> None:
        """Ask with what is in the fields; the page answers."""
        self.forget()
        take = given or self.given
        st.session_state[self._asked] = {field: take(field) for field in FIELDS}

    @property
    def is_asked(self) -> bool:
        """Whether there is a question that has no answer yet."""
        return self._asked in st.session_state

    def answer(self) -> None:
        """Try what may have made the output, or say why that cannot be done."""
        state: Any = st.session_state
        try:
            said = call("search", explained, state[self._asked], self.scale, yields=True)
        except CallError as error:
            state[self.refused] = error.problem
        else:
            state[self.problems if isinstance(said, dict) else self.found] = said
        del state[self._asked]


def _field(form: _Form, field: str, text: Text) -> None:
    st.text_area(
        text(f"identify.{field}"),
        key=f"{form.key}.{field}",
        height=148,
        placeholder=text(f"identify.{field}.example"),
        on_change=form.forget,
        persist_state="session",
    )
    st.file_uploader(
        text("identify.file"),
        type=_TYPES,
        key=form.upload(field),
        on_change=form.forget,
        max_upload_size=MAX_MEGABYTES,
    )
    problem: Problem | None = st.session_state.get(form.problems, {}).get(field)
    if problem:
        st.error(as_markdown(problem.sentence(text)))


def _answer(said: Explained, text: Text) -> None:
    asked, found = said.asked, said.found
    best = found[0]
    with st.container(key="identify-answer"):
        st.markdown(f"**{as_markdown(headline(found, text))}**")
        if digits := equal_to(said.format, text):
            st.caption(as_markdown(digits))
        if untried := too_much(said.undecided, text):
            st.info(as_markdown(untried))
        if next_box := settled_by(said, text):
            st.caption(as_markdown(next_box))
        if quiet := quiet_names(found, text):
            st.caption(as_markdown(quiet))
        if several := ties(found, text):
            st.markdown("\n".join(f"1. {as_markdown(one)}" for one in several[:_MOST_SHOWN]))
            st.markdown(as_markdown(text("identify.ties.first")))
        for sentence in advice(best, text):
            st.markdown(sentence)
        st.html(_table(asked, found[:_MOST_SHOWN], text))
        if len(found) > _MOST_SHOWN:
            st.caption(text("identify.more", count=len(found) - _MOST_SHOWN))


def _table(asked: Asked, found: list[Finding], text: Text) -> str:
    heads = ("differ", "where", "rule", "reading", "frameworks")
    head = "".join(f"<th>{escape(text(f'identify.column.{one}'))}</th>" for one in heads)
    rows = "".join(_row(asked, finding, text) for finding in found)
    return f'<table class="findings"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _row(asked: Asked, finding: Finding, text: Text) -> str:
    match = finding.first
    differ = text("identify.differ", count=match.differing, cells=match.cells)
    words = (names(finding, text), reading_words(match, text), used_by(finding, text) or "–")
    cells = "".join(f"<td>{escape(word)}</td>" for word in words)
    kind = "" if match.differing else ' class="exact"'
    picture = _picture(asked, finding, text)
    return f"<tr{kind}><td>{escape(differ)}</td><td>{picture}</td>{cells}</tr>"


def _picture(asked: Asked, finding: Finding, text: Text) -> str:
    """The plane of the output where most differs, those cells marked."""
    output, where = asked.output, finding.where
    if max(output.shape[2:]) > MAX_BINS:
        return ""
    box, channel = np.unravel_index(np.argmax(where.sum(axis=(2, 3))), where.shape[:2])
    title = (
        text("identify.plane", box=box, channel=channel) if where[0, 0].size < where.size else ""
    )
    return grid(output[box, channel], where[box, channel], title)
