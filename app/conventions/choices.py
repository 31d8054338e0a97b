"""The choices of a convention, each to be switched alone."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from app.conventions.tokens import CHOICES, label, token_of
from app.exercise.desk import Desk
from app.exercise.edit import Problem
from app.exercise.link import with_name
from app.exercise.record import Exercise
from app.text import Text, as_markdown
from app.widgets.choosing import choice
from app.widgets.looks import is_hidden
from roipool import RoIPoolError


def switch(exercise: Exercise, field: str, value: Any) -> Exercise | Problem:
    """The exercise with one choice of its convention switched; why, where none can be so.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> switch(article_exercise(), "stop", "ceil").rule.name
    'custom'
    >>> switch(article_exercise(), "rounding", "none").key
    'choice.fractional'
    """
    try:
        rule = replace(exercise.rule, **{field: value})
    except RoIPoolError:
        # The one pair that does not go together; each value alone is on the list.
        return Problem("choice.fractional")
    return replace(exercise, convention=with_name(rule))


def show(name: str, text: Text, effect: Callable[[Exercise, str, Text], str]) -> None:
    """For each choice its name, what it can be, and its `effect` on what is on the stage.

    Where the answer is hidden, so is what a choice does to it.
    """
    hidden = is_hidden()
    with st.container(key=f"{name}-choices", gap=None):
        exercise: Exercise = st.session_state[name].exercise
        for field in CHOICES:
            changes = "" if hidden else effect(exercise, field, text)
            none = not changes and not hidden and exercise.played is not None
            _line(name, field, text, none=none)
            if changes:
                st.caption(as_markdown(changes))


def _line(name: str, field: str, text: Text, none: bool) -> None:
    problem_key = f"{name}.choice.problem"
    state = st.session_state
    desk: Desk = state[name]

    def put(token: str) -> None:
        desk: Desk = state[name]
        if token not in CHOICES[field]:
            return
        switched = switch(desk.exercise, field, CHOICES[field][token])
        if isinstance(switched, Problem):
            state[problem_key] = field, switched, desk.exercise
        else:
            state[name] = desk.put(switched)

    now = token_of(desk.exercise.rule, field)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        called = as_markdown(text(f"conventions.choice.{field}"))
        unchanged = text("conventions.effect.none")
        words = text("conventions.choice.unchanged", choice=called, unchanged=unchanged)
        st.markdown(words if none else called, width="stretch")
        choice(
            "segmented_control",
            text(f"conventions.choice.{field}"),
            [*CHOICES[field], *([] if now in CHOICES[field] else [now])],
            key=f"{name}.choice.{field}",
            now=now,
            put=put,
            words=lambda token: label(field, token, text),
            label_visibility="collapsed",
            wrap=True,
        )
    told = state.get(problem_key)
    # It is about the exercise as it was left: whatever is done since ends it.
    if told and told[0] == field and told[2] == desk.exercise:
        st.error(as_markdown(told[1].sentence(text)))
