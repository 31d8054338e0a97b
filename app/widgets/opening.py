"""What a page opens with: the exercise of its link, a teacher's preset, or its own start."""

from collections.abc import Callable

import streamlit as st

from app.exercise.desk import Desk
from app.exercise.edit import Problem
from app.exercise.presets import opened
from app.exercise.record import Exercise, article_exercise
from app.text import Text, as_markdown

# What of an address asks for an exercise.
_ASKING = ("x", "preset")


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
