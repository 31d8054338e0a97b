"""Mounts the small multiples: every convention beside the one that is on the stage."""

from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from app.compared import Case, cases, cut_by, looked_at, same_here, verdict, whose
from app.component import component
from app.exercise import Exercise
from app.scenes import MOST_SPOKEN
from app.share import CUSTOM, with_name
from app.stage import Desk, axis, json_number
from app.text import Text, as_markdown, number
from roipool import PRESETS, Bins, Convention


def show(name: str, text: Text) -> None:
    """Put the multiples of ``st.session_state[name]``, a Desk, on the page; a click is a choice."""
    key = f"{name}.multiples"

    def chosen() -> None:
        wanted = st.session_state[key].get("reference")
        own = _own(name)
        rule = wanted if wanted in PRESETS else own
        if rule is not None:
            desk: Desk = st.session_state[name]
            st.session_state[name] = desk.put(replace(desk.exercise, convention=rule))

    exercise: Exercise = st.session_state[name].exercise
    found = cases(exercise, _own(name))
    st.markdown(said(exercise, found, text))
    component("multiples")(
        key=key,
        data=payload(exercise, found, text),
        width="stretch",
        height="content",
        on_reference_change=chosen,
    )


def _own(name: str) -> Convention | None:
    """The last convention that was put together here; it stays beside the others."""
    key = f"{name}.own"
    rule = st.session_state[name].exercise.rule
    if rule.name == CUSTOM:
        st.session_state[key] = rule
    own: Convention | None = st.session_state.get(key)
    return own


def said(exercise: Exercise, found: list[Case], text: Text) -> str:
    """Who cuts as the stage does, and who does on this box, as Markdown."""
    rule = exercise.rule
    name = text("conventions.own") if isinstance(with_name(rule), Convention) else rule.name
    sentences = (cut_by(rule, text), same_here(found, text))
    words = text.join(*(as_markdown(sentence) for sentence in sentences if sentence))
    return text("conventions.said", name=as_markdown(name), words=words)


def payload(exercise: Exercise, found: list[Case], text: Text) -> dict[str, Any]:
    """Everything that the multiples draw and say, as plain JSON."""
    seen = looked_at(exercise)
    rows, cols = seen.size
    return {
        "rows": rows,
        "cols": cols,
        "cells": [value for row in seen.cells for value in row],
        "outputSize": list(seen.output_size),
        "cards": [_card(case, cols, text) for case in found],
        "text": text.section("multiples"),
    }


def _card(case: Case, cols: int, text: Text) -> dict[str, Any]:
    words = {
        "name": case.rule.name,
        "whose": whose(case.rule, text),
        "verdict": verdict(case, text),
    }
    played = len(case.result.output) > 0
    return {
        **words,
        "label": text("multiples.card", **words, values=_spoken(case)),
        "reference": case.is_reference,
        "differing": int(case.differs.sum()),
        "box": _box(case.result.bins) if played else None,
        "bins": _bins(case, cols) if played else [],
    }


def _spoken(case: Case) -> str:
    values = case.result.output.ravel().tolist()
    return ", ".join(number(value) for value in values) if len(values) <= MOST_SPOKEN else "…"


def _box(bins: Bins) -> dict[str, Any]:
    return {
        "rows": axis(bins.rows[0], bins.y0[0], bins.y1[0]),
        "cols": axis(bins.cols[0], bins.x0[0], bins.x1[0]),
    }


def _bins(case: Case, cols: int) -> list[dict[str, Any]]:
    """The bins in row-major order: their cells, their output and where it comes from."""
    bins, found = case.result.bins, []
    y0, y1, x0, x1 = (edges[0].tolist() for edges in (bins.y0, bins.y1, bins.x0, bins.x1))
    values, places = case.result.output[0].tolist(), case.result.argmax[0].tolist()
    empty, differs = bins.empty[0].tolist(), case.differs.tolist()
    for i, j in np.ndindex(*case.differs.shape):
        place = -1 if empty[i][j] else places[i][j]
        row, col = divmod(place, cols) if place >= 0 else (-1, -1)
        found.append(
            {
                "i": i,
                "j": j,
                "top": y0[i],
                "bottom": y1[i],
                "left": x0[j],
                "right": x1[j],
                "row": row,
                "col": col,
                "value": json_number(values[i][j]),
                "empty": empty[i][j],
                "differs": differs[i][j],
            }
        )
    return found
