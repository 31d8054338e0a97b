"""What a page opens with: the exercise of its link, a teacher's preset, or its own start."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from app.exercise.desk import Desk
from app.exercise.edit import Problem
from app.exercise.feature_maps import make_cells
from app.exercise.gradient import canonical
from app.exercise.link import LinkError, decode
from app.exercise.maps import Maps
from app.exercise.record import Exercise, article_exercise, as_box
from app.text import Text, as_markdown

# What of an address asks for an exercise.
_ASKING = ("x", "preset")
_PRESETS = Path(__file__).parents[2] / "assets" / "presets.json"


@cache
def presets() -> dict[str, dict[str, Any]]:
    """The presets by name, as assets/presets.json lists them: a page and an exercise each."""
    listed: dict[str, dict[str, Any]] = json.loads(_PRESETS.read_text("utf-8"))
    return listed


@cache
def preset_exercise(name: str) -> Exercise:
    """The exercise of a preset.

    Examples
    --------
    >>> preset_exercise("article").output_size
    (2, 2)
    """
    told = presets()[name]
    high, wide = told["output_size"]
    cells = np.array(make_cells(told["map"], *told.get("size", (8, 8))))
    for row, col, value in told.get("changed", ()):
        cells[row, col] = value
    return Exercise(
        maps=Maps(cells),
        boxes=tuple(as_box(row) for row in told["boxes"]),
        output_size=(high, wide),
        convention=told.get("convention", "article"),
        spatial_scale=1 / told.get("stride", 1),
        gradient=canonical(told.get("gradient", ())),
    )


def opened(query: Mapping[str, str], start: Exercise) -> tuple[Exercise, Problem | None]:
    """The exercise that an address asks for; the page's own start, and why, where it can't be had.

    Examples
    --------
    >>> start = preset_exercise("article")
    >>> opened({"preset": "57-in-7"}, start)[0].output_size
    (7, 7)
    >>> opened({"x": "1broken"}, start)[1].key
    'link.broken'
    """
    if "x" in query:
        try:
            return decode(query["x"]), None
        except LinkError as error:
            return start, error.problem
    name = query.get("preset")
    if name is None:
        return start, None
    if name not in presets():
        return start, Problem("link.preset", values=(("name", name),))
    return preset_exercise(name), None


def open_desk(
    name: str,
    start: Callable[[], Exercise],
    refused: Callable[[Exercise], Problem | None] = lambda exercise: None,
) -> None:
    """Put a page's desk into the session, unless the reader has one there already.

    An exercise that the page has `refused`, with the reason why, gives way to the page's start.
    """
    if name in st.session_state:
        return
    first = start()
    exercise, problem = opened(st.query_params, first)
    if problem is None:
        problem = refused(exercise)
        exercise = first if problem else exercise
    desk = Desk(first, start=first)
    asked = problem is None and not st.query_params.keys().isdisjoint(_ASKING)
    st.session_state[name] = desk.opened(exercise) if asked else desk
    st.session_state[_key(name)] = problem


def hand_over(exercise: Exercise) -> None:
    """Put an exercise on the playground's desk, where a step back leads to what was there."""
    desk: Desk | None = st.session_state.get("playground")
    st.session_state["playground"] = (
        desk.restart(exercise) if desk else Desk(article_exercise()).opened(exercise)
    )


def say_problem(name: str, text: Text) -> None:
    """Why the page's link could not be opened, until something is done on the page."""
    problem: Problem | None = st.session_state.get(_key(name))
    desk: Desk = st.session_state[name]
    if problem and desk.exercise == desk.start and not desk.past:
        st.warning(as_markdown(problem.sentence(text)))


def _key(name: str) -> str:
    return f"{name}.link.problem"
