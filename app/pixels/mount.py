"""Mounts RoIPool beside RoIAlign on a box in image pixels, and takes back its edits."""

from functools import reduce
from typing import Any

import streamlit as st

from app.exercise.desk import Desk
from app.exercise.edit import Problem
from app.exercise.limits import MAX_IMAGE, MAX_STRIDE, MIN_STRIDE
from app.exercise.received import Change
from app.exercise.record import Exercise
from app.pixels.payload import payload
from app.pixels.positions import RATIOS, Align
from app.stage.component import mount
from app.text import Text, plain


def align_of(name: str) -> Align:
    """How RoIAlign samples on the page of this name."""
    align: Align = st.session_state.setdefault(f"{name}.align", Align())
    return align


def problem_of(exercise: Exercise) -> Problem | None:
    """Why an exercise cannot be shown in pixels; None where it can.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> problem_of(article_exercise()).key
    'pixels.stride'
    """
    rows, cols = exercise.size
    unit = exercise.unit
    if abs(unit - round(unit)) > 1e-9 or not MIN_STRIDE <= round(unit) <= MAX_STRIDE:
        limits = {"least": MIN_STRIDE, "most": MAX_STRIDE}
        return _problem("stride", None, stride=plain(round(unit, 3)), **limits)
    high, wide = round(rows * unit), round(cols * unit)
    # The last cells may reach past the image, which they fill up.
    if max(high, wide) - round(unit) >= MAX_IMAGE:
        return _problem("size", None, wide=wide, high=high, most=MAX_IMAGE)
    n = exercise.played
    if n is None:
        return _problem("none", None)
    _, x1, y1, x2, y2 = exercise.boxes[n]
    # The box need not touch whole pixels, but has to cover something, and nothing off the image.
    for name, first, last, most in (("x", x1, x2, wide), ("y", y1, y2, high)):
        values = {"first": f"{name}1", "last": f"{name}2", "most": most}
        if not (0 <= first <= most and 0 <= last <= most):
            return _problem("outside", n, **values)
        if last - first < 1:
            return _problem("backwards", n, **values)
    return None


def _problem(key: str, box: int | None, **values: object) -> Problem:
    return Problem(f"pixels.{key}", box, values=tuple(values.items()))


def take(desk: Desk, align: Align, sent: object) -> tuple[Desk, Align]:
    """The desk and RoIAlign's choices after an edit; what cannot be shown is refused."""
    return desk.take(sent, problem_of), reduce(_chosen, desk.news(sent), align)


def _chosen(align: Align, change: Change) -> Align:
    return Align(
        align.ratio if change.ratio not in RATIOS else change.ratio,
        align.aligned if change.aligned is None else change.aligned,
    )


def show(name: str, text: Text) -> None:
    """Put both views of ``st.session_state[name]``, a Desk, on the page."""
    align = align_of(name)

    def edited(sent: Any) -> None:
        state = st.session_state
        state[name], state[f"{name}.align"] = take(state[name], align_of(name), sent)

    mount(
        "pixels",
        text,
        desk=name,
        key=f"{name}.views",
        data=payload(st.session_state[name], align, text),
        event="edit",
        heard=edited,
        default={"edit": None},
    )
