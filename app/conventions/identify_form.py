"""The form that asks which convention made an output, and the answer below it."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from app.conventions.answer import show_answer
from app.conventions.asked import FIELDS, OTHER, Given, Refused, pasted
from app.conventions.examples import EXAMPLES, example
from app.conventions.two_outputs import Answer, answered
from app.exercise.edit import Problem
from app.exercise.limits import MAX_MEGABYTES
from app.files import Reading, Ways
from app.jobs.calls import CallError, call
from app.text import Text, as_markdown
from app.widgets import readings
from app.widgets.choosing import number
from app.widgets.uploads import handed_in

# Least and most cells per unit of the boxes.
_SCALES = (0.001, 1000.0)
# How far apart equal values may be.
_TOLERANCES = (0.0, 1000.0)
_ALL = (*FIELDS, OTHER)
_TYPES = ("csv", "tsv", "txt", "json", "npy", "npz", "xml")


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
        number(
            text("identify.tolerance"),
            *_TOLERANCES,
            key=f"{form.key}.tolerance",
            now=form.tolerance,
            put=form.put_tolerance,
            step=0.0001,
            format="%.6g",
            width=240,
            placeholder=text("identify.tolerance.found"),
            help=text("identify.tolerance.help"),
        )
        st.button(text("identify.find"), type="primary", on_click=form.find, key=f"{form.key}.find")
    if form.is_asked:
        with st.spinner(text("identify.busy"), width="content"):
            form.answer()
    with fields:
        for place, field in zip(st.columns([4, 3, 3, 3], gap="medium"), _ALL, strict=True):
            with place:
                _field(form, field, text)
    refused: Problem | None = st.session_state.get(form.refused)
    if refused:
        st.error(as_markdown(refused.sentence(text)))
    said: Answer | None = st.session_state.get(form.found)
    if said:
        show_answer(said, text)


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

    @property
    def tolerance(self) -> float | None:
        """How far apart equal values may be, if that was typed."""
        tolerance: float | None = st.session_state.get(f"{self.key}.tolerance.kept")
        return tolerance

    def put_tolerance(self, tolerance: float) -> None:
        """Another tolerance; 0 is none, and how far apart they may be is found out."""
        st.session_state[f"{self.key}.tolerance.kept"] = tolerance or None
        self.forget()

    @property
    def ways(self) -> dict[str, Ways]:
        """By field, the ways that were chosen to read it in."""
        return {field: readings.ways(f"{self.key}.{field}") for field in _ALL}

    def changed(self, field: str) -> None:
        """Something else stands in a field: nothing is known of it yet."""
        readings.forget(f"{self.key}.{field}")
        self.forget()

    def forget(self) -> None:
        """An answer is about what was asked; once that changes there is none."""
        for said in (self.found, self.problems, self.refused, self._asked):
            st.session_state.pop(said, None)

    def fill(self, name: str) -> None:
        """Put an example into the fields and ask."""
        filled, state = example(name), st.session_state
        for field in _ALL:
            state[f"{self.key}.{field}"] = getattr(filled, field)
            # Another widget, which holds no file.
            state[f"{self.key}.{field}.files"] = state.get(f"{self.key}.{field}.files", 0) + 1
            readings.forget(f"{self.key}.{field}")
        state.pop(f"{self.key}.tolerance.kept", None)
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
        st.session_state[self._asked] = {field: take(field) for field in _ALL}

    @property
    def is_asked(self) -> bool:
        """Whether there is a question that has no answer yet."""
        return self._asked in st.session_state

    def answer(self) -> None:
        """Try what may have made the output, or say why that cannot be done."""
        state: Any = st.session_state
        try:
            asked = state[self._asked], self.scale, self.tolerance, self.ways
            said = call("search", answered, *asked, yields=True)
        except CallError as error:
            state[self.refused] = error.problem
        else:
            state[self.problems if isinstance(said, Refused) else self.found] = said
            for field in _ALL:
                known = said if isinstance(said, Refused) else said.said.asked
                others = known.others.get(field, ())
                how = () if isinstance(said, Refused) else said.said.asked.how.get(field, ())
                readings.keep(f"{self.key}.{field}", Reading(None, how, others), True)
        del state[self._asked]


def _field(form: _Form, field: str, text: Text) -> None:
    st.text_area(
        text(f"identify.{field}"),
        key=f"{form.key}.{field}",
        height=148,
        placeholder=text(f"identify.{field}.example"),
        on_change=form.changed,
        args=(field,),
        persist_state="session",
    )
    st.file_uploader(
        text("identify.file"),
        type=_TYPES,
        key=form.upload(field),
        on_change=form.changed,
        args=(field,),
        max_upload_size=MAX_MEGABYTES,
    )
    problem: Problem | None = st.session_state.get(form.problems, {}).get(field)
    if problem:
        st.error(as_markdown(problem.sentence(text)))
    readings.say(f"{form.key}.{field}", text, True, form.find)
