"""A heat map over every length and every number of sections; a click loads the case."""

from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from app.exercise.desk import Desk
from app.exercise.limits import MAX_BINS, MAX_SIDE
from app.exercise.record import Exercise
from app.sizes.cases import COLS, ROWS, length, with_case
from app.sizes.metrics import QUESTIONS, metrics, told
from app.stage.component import mount
from app.text import Text, number
from app.widgets.choosing import kept_choice
from roipool import Convention


def show(name: str, text: Text) -> None:
    """The heat map of what the reader asks, under the desk's convention."""
    exercise: Exercise = st.session_state[name].exercise
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"## {text('sizes.map.title')}", width="content")
        question = _asked(f"{name}.question", text)
    notes = [text("sizes.map.note", convention=exercise.rule.name)]
    if question == "ratio":
        notes.append(text("sizes.map.note.ratio"))
    st.caption(text.join(*notes))

    def chosen(sent: Any) -> None:
        if case := as_case(sent):
            desk: Desk = st.session_state[name]
            st.session_state[name] = desk.put(with_case(desk.exercise, *case))

    mount(
        "heatmap",
        text,
        desk=name,
        key=f"{name}.chart",
        data=payload(question, exercise, text),
        event="case",
        heard=chosen,
    )


def _asked(key: str, text: Text) -> str:
    """What the reader wants to see, kept while other pages are visited."""
    return kept_choice(
        "segmented_control",
        text("sizes.map.ask"),
        QUESTIONS,
        key=key,
        start=QUESTIONS[0],
        words=lambda question: text(f"sizes.map.{question}"),
        label_visibility="collapsed",
        wrap=True,
    )


def as_case(sent: Any) -> tuple[int, int] | None:
    """(cells, sections) of a case that the browser names, if there is such a one.

    Examples
    --------
    >>> as_case([57, 7]), as_case([65, 7]), as_case([True, 1]), as_case("57")
    ((57, 7), None, None, None)
    """
    if not isinstance(sent, list) or [type(part) for part in sent] != [int, int]:
        return None
    cells, count = sent
    return (cells, count) if 1 <= cells <= MAX_SIDE and 1 <= count <= MAX_BINS else None


def payload(question: str, exercise: Exercise, text: Text) -> dict[str, Any]:
    """Everything that the figure draws and says, as plain JSON."""
    rule, (high, wide) = exercise.rule, exercise.output_size
    here = {(length(exercise, ROWS), high), (length(exercise, COLS), wide)}
    asked = {"asked": text(f"sizes.map.{question}"), "convention": rule.name}
    return _answers(question, rule, text.language) | {
        "here": sorted(map(list, here)),
        "label": text("sizes.map.alt", **asked, n=MAX_SIDE, p=MAX_BINS),
    }


@lru_cache(maxsize=64)
def _answers(question: str, rule: Convention, language: str) -> dict[str, Any]:
    """The values with a sentence for each, and which of them is that of a case (P, n)."""
    text = Text(language)
    values, which = np.unique(metrics(rule)[question], return_inverse=True)
    finite = values[np.isfinite(values)]
    least = 1 if question == "ratio" else 0
    high = max(float(finite.max()), least + 1.0)
    return {
        "values": [value if np.isfinite(value) else None for value in values.tolist()],
        "told": [told(question, value, text) for value in values.tolist()],
        "cells": which.ravel().tolist(),
        "longest": MAX_SIDE,
        "most": MAX_BINS,
        "range": {"low": least, "high": high},
        "text": {
            "case": text.section("sizes.map")["case"],
            "x": text("sizes.map.x"),
            "y": text("sizes.map.y"),
            "bar": text(f"sizes.map.{question}.bar"),
            "high": number(high) if question == "ratio" else str(int(high)),
        },
    }
