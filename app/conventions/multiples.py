"""Mounts the small multiples: every convention beside the one that is on the stage."""

from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from app.conventions.compared import (
    Case,
    alike,
    cases,
    cut_by,
    looked_at,
    same_here,
    verdict,
    whose,
)
from app.exercise.desk import Desk
from app.exercise.link import CUSTOM, with_name
from app.exercise.record import Exercise
from app.stage.component import mount
from app.stage.payload import axis, json_numbers
from app.story.scenes import MOST_SPOKEN
from app.text import Text, as_markdown, number
from roipool import PRESETS, Bins, Convention


def show(name: str, text: Text) -> None:
    """Put the multiples of ``st.session_state[name]``, a Desk, on the page; a click is a choice."""

    def chosen(sent: Any) -> None:
        st.session_state[name] = take(st.session_state[name], _own(name), sent)

    exercise: Exercise = st.session_state[name].exercise
    found = cases(exercise, _own(name))
    mount(
        "multiples",
        text,
        desk=name,
        key=f"{name}.multiples",
        data=payload(exercise, found, text),
        event="reference",
        heard=chosen,
    )


def show_said(name: str, text: Text) -> None:
    """Who cuts as the stage does."""
    exercise: Exercise = st.session_state[name].exercise
    with st.container(key=f"{name}-said"):
        st.markdown(said(exercise, cases(exercise, _own(name)), text))


def take(desk: Desk, own: Convention | None, sent: object) -> Desk:
    """The desk under the convention whose card was clicked, a preset's or one's own."""
    if isinstance(sent, str) and sent in PRESETS:
        return desk.put(replace(desk.exercise, convention=sent))
    if own is not None and sent == own.name:
        return desk.put(replace(desk.exercise, convention=own))
    return desk


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
        "cards": [_card(group, text) for group in alike(found)],
        # Where one's own convention will stand.
        "invitation": "" if len(found) > len(PRESETS) else text("multiples.invitation"),
        "label": text("multiples.described"),
        "hiddenLabel": text("multiples.hidden"),
        "text": text.looks(),
    }


def _card(group: list[Case], text: Text) -> dict[str, Any]:
    """What the conventions of a group make of the box, who they are, and which is on the stage."""
    case = next((case for case in group if case.is_reference), group[0])
    said = verdict(case, text)
    played = len(case.result.output) > 0
    return {
        "names": [
            {
                "name": one.rule.name,
                "whose": whose(one.rule, text),
                "reference": one.is_reference,
            }
            for one in group
        ],
        "verdict": said,
        "label": text("multiples.card", verdict=said, values=_spoken(case, text)),
        "reference": case.is_reference,
        "differing": int(case.differs.sum()),
        "box": _box(case.result.bins) if played else None,
        "bins": _bins(case) if played else None,
    }


def _spoken(case: Case, text: Text) -> str:
    values = case.result.output.ravel().tolist()
    if len(values) > MOST_SPOKEN:
        return "…"
    return text("stage.list").join(number(value) for value in values)


def _box(bins: Bins) -> dict[str, Any]:
    return {
        "rows": axis(bins.rows[0], bins.y0[0], bins.y1[0]),
        "cols": axis(bins.cols[0], bins.x0[0], bins.x1[0]),
    }


def _bins(case: Case) -> dict[str, Any]:
    """The bins in row-major order: their output, where it comes from, and what is odd about it."""
    result = case.result
    empty = result.bins.empty[0]
    return {
        "values": json_numbers(result.output[0]),
        "places": np.where(empty, -1, result.argmax[0]).ravel().tolist(),
        "empty": empty.ravel().tolist(),
        "differs": case.differs.ravel().tolist(),
    }
