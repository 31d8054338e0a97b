"""Mounts the stage: sends it an exercise as plain JSON and takes back its edits."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from app.exercise.desk import Desk
from app.exercise.received import part
from app.exercise.record import Exercise
from app.stage.component import mount
from app.stage.payload import NOTHING, Panel, Parts, payload
from app.story.told import Tell, forward
from app.text import Text
from app.widgets.backend import chosen
from app.widgets.controls import language_in_address


def show(
    name: str,
    text: Text,
    panel: Panel = "boxes",
    *,
    figure: str = "stage",
    tell: Tell = forward,
    parts: Parts = NOTHING,
    picks: bool = False,
    stacks: bool = False,
    reach: int = 0,
    settle: Callable[[Exercise], Exercise] | None = None,
    onward: str | None = None,
) -> None:
    """Put the stage of ``st.session_state[name]``, a Desk, on the page.

    The `figure` that draws it is sent the story that the page has to `tell` and the page's own
    `parts` beside what every stage is sent. Where it `picks`, one cell of the output is marked and
    the reader can choose another; where it `stacks`, the outputs of all boxes stand side by
    side. Boxes can be pulled past the map up to the length `reach`. What
    the page adds to every exercise, whatever it came from, is done by `settle`; it is no step to
    undo. At its end the story leads `onward` to another page, by its file.
    """
    if settle:
        desk: Desk = st.session_state[name]
        st.session_state[name] = replace(desk, exercise=settle(desk.exercise))

    def edited(sent: Any) -> None:
        st.session_state[name] = st.session_state[name].take(sent)

    mount(
        figure,
        text,
        desk=name,
        key=f"{name}.stage",
        data=payload(
            st.session_state[name],
            text,
            panel,
            chosen(),
            figure=figure,
            tell=tell,
            parts=parts,
            picks=picks,
            stacks=stacks,
            reach=reach,
            language=language_in_address(text),
        )
        | ({"onward": text("story.onward")} if onward else {}),
        event="edit",
        heard=edited,
        default={"edit": None},
        on_onward_change=lambda: None,
    )
    # A callback cannot change the page itself.
    if onward and part(st.session_state.get(f"{name}.stage"), "onward"):
        st.switch_page(onward)
