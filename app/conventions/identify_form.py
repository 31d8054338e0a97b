"""The form that asks which convention made an output, and the answer below it."""

from html import escape

import streamlit as st

from app.conventions.answer import show_answer
from app.conventions.examples import EXAMPLES, Example, example, is_article, of_exercise
from app.conventions.question import ALL, Question
from app.exercise.edit import Problem
from app.exercise.limits import MAX_MEGABYTES
from app.exercise.record import Exercise
from app.text import Text, as_markdown
from app.widgets import readings
from app.widgets.choosing import number

# Least and most cells per unit of the boxes.
_SCALES = (0.001, 1000.0)
# How far apart equal values may be.
_TOLERANCES = (0.0, 1000.0)
# What the exercise of the page has too.
_OF_PAGE = ("map", "boxes")
_TYPES = ("csv", "tsv", "txt", "json", "npy", "npz", "xml")


def show(name: str, text: Text) -> None:
    """Fields for map, boxes and output, examples to fill them with, and what made the output."""
    form = Question(name)
    exercise: Exercise = st.session_state[name].exercise
    st.caption(as_markdown(text("identify.lead")))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(text("identify.try"), width="content")
        for one in EXAMPLES:
            key = f"{form.key}.example.{one}"
            label = text(f"identify.example.{one}")
            st.button(label, on_click=form.fill, args=(example(one),), key=key)
        page = of_exercise(exercise)
        if page is not None:
            st.markdown(text("identify.only"), width="content")
            _use(form, page, _OF_PAGE, exercise, text)
        if form.has_replaced:
            key = f"{form.key}.back"
            st.button(text("identify.back"), on_click=form.bring_back, key=key, type="primary")
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
        for place, field in zip(st.columns([4, 3, 3, 3], gap="medium"), ALL, strict=True):
            with place:
                _field(form, field, text)
    if page is not None and (missing := _missing(form)):
        # By the button that was pressed: on a phone the fields are out of sight.
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(text("identify.missing"), width="content")
            _use(form, page, missing, exercise, text, ".missing")
    refused: Problem | None = st.session_state.get(form.refused)
    if refused:
        st.error(as_markdown(refused.sentence(text)))
    if said := form.found:
        with st.container(key="identify-said"):
            # Shown by the style sheet as long as somebody types what nobody has been told yet.
            st.html(f'<p class="before">{escape(text("identify.before"))}</p>')
            show_answer(said, text)
            # Last, so that all of the answer is there when the page hears of it.
            st.html(f'<span class="unseen" data-answer="{form.answers}"></span>')


def _missing(form: Question) -> tuple[str, ...]:
    """What was asked without, and the page has."""
    problems = {field: form.problem(field) for field in _OF_PAGE}
    return tuple(
        field
        for field, problem in problems.items()
        if problem and problem.key == f"identify.none.{field}"
    )


def _use(
    form: Question,
    page: Example,
    fields: tuple[str, ...],
    exercise: Exercise,
    text: Text,
    where: str = "",
) -> None:
    """A button that takes these fields from the page."""
    whose = "article" if is_article(exercise) else "page"
    which = "" if fields == _OF_PAGE else f".{fields[0]}"
    label = text(f"identify.use.{whose}{which}")
    key = f"{form.key}.use{where}"
    st.button(label, on_click=form.fill_some, args=(page, *fields), key=key)


def _field(form: Question, field: str, text: Text) -> None:
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
    if file := form.brought(field):
        st.caption(as_markdown(text("identify.brought", name=file[0])))
    if problem := form.problem(field):
        st.error(as_markdown(problem.sentence(text)))
    readings.say(f"{form.key}.{field}", text, True, form.find)
