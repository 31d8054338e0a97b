"""What readers take away: the animation, the steps as slides or pictures, and the numbers."""

from collections.abc import Callable
from functools import partial
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.exercise.desk import Desk
from app.exercise.record import Exercise, Result, pool
from app.exports.drawing import animation, slides, still, stills
from app.exports.steps import step_name
from app.files import WRITTEN, write, write_boxes
from app.jobs.calls import CallError
from app.story.scenes import scenes
from app.text import Text, as_markdown
from app.widgets.backend import chosen
from app.widgets.choosing import kept_choice
from app.widgets.looks import is_hidden

_MIMES = {
    "gif": "image/gif",
    "png": "image/png",
    "svg": "image/svg+xml",
    "json": "application/json",
    "csv": "text/csv",
    "html": "text/html",
    "zip": "application/zip",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}

More = Callable[[str, Exercise, Text], None]
"""What else a page offers of its exercise, by the page's name."""


def export(name: str, text: Text, more: More = lambda name, exercise, text: None) -> None:
    """A button that opens everything there is to take away, with `more` below it."""
    # They hold what comes out.
    hidden = is_hidden()
    menu = st.popover(
        text("exports.title"),
        key=f"{name}.export",
        disabled=hidden,
        on_change="rerun",
    )
    # What is closed is not sent: a third of all that the page has.
    if hidden or not menu.open:
        return
    desk: Desk = st.session_state[name]
    exercise, result = desk.exercise, pool(desk.exercise, chosen())
    with menu:
        _animation(name, exercise, result, text)
        _slides(name, exercise, text)
        _step(name, exercise, result, text)
        _numbers(name, exercise, result, text)
        more(name, exercise, text)


def say_why_off(text: Text) -> None:
    """Why nothing can be taken away, under the row of the button that is off."""
    if is_hidden():
        with st.container(key="why-off"):
            st.caption(as_markdown(text("exports.hidden")))


def _animation(name: str, exercise: Exercise, result: Result, text: Text) -> None:
    key = f"{name}.export.gif"
    scan = st.toggle(text("exports.scan"), key=f"{key}.scan", persist_state="session")
    place = st.container(horizontal=True, vertical_alignment="center")
    asked = place.button(text("exports.make"), key=f"{key}.make", disabled=exercise.played is None)
    if asked:
        bar = st.progress(0.0, text("exports.drawing"))

        def progress(share: float) -> None:
            bar.progress(share, text("exports.drawing"))

        try:
            made = animation(exercise, result, text, scan, progress)
        except CallError as error:
            st.error(as_markdown(error.problem.sentence(text)))
        else:
            st.session_state[key] = (exercise, scan, text.language, made)
        bar.empty()
    *of, made = st.session_state.get(key, (None, None, None, b""))
    if made and of == [exercise, scan, text.language]:
        button(place, text("exports.gif"), "roipool", "gif", lambda: made, f"{key}.take")


def _slides(name: str, exercise: Exercise, text: Text) -> None:
    key = f"{name}.export"
    place = st.container(horizontal=True)
    made = partial(slides, exercise, text)
    button(place, text("exports.slides"), "roipool", "pptx", made, f"{key}.slides")
    made = partial(stills, exercise, text)
    button(place, text("exports.stills"), "roipool-stills", "zip", made, f"{key}.stills")


def _step(name: str, exercise: Exercise, result: Result, text: Text) -> None:
    key = f"{name}.export.step"
    steps = [scene for scene in scenes(exercise, result, text) if scene.stop]
    at = kept_choice(
        "selectbox",
        text("exports.step"),
        range(len(steps)),
        key=key,
        # Another box has other steps, and the one that was chosen is perhaps not among them.
        start=len(steps) - 1,
        words=lambda k: step_name(steps[k], text),
    )

    section = "".join(f"-{part}" for part in steps[at].section or ())
    file = f"roipool-{steps[at].kind}{section}"
    place = st.container(horizontal=True)
    kinds: tuple[Literal["png", "svg"], ...] = ("png", "svg")
    for kind in kinds:
        label = text("exports.as", kind=kind.upper())
        maker = partial(still, exercise, result, steps[at], text, kind)
        button(place, label, file, kind, maker, f"{key}.{kind}")


def _numbers(name: str, exercise: Exercise, result: Result, text: Text) -> None:
    key = f"{name}.export.numbers"
    kind = kept_choice(
        "segmented_control",
        text("exports.numbers"),
        WRITTEN,
        key=key,
        start=WRITTEN[0],
        words=str.upper,
    )
    makers: dict[str, Callable[[], bytes]] = {
        "map": partial(write, exercise.maps.array, kind, "x"),
        "boxes": partial(write_boxes, exercise.boxes, kind),
        "output": partial(write, result.outputs, kind, "output"),
    }
    place = st.container(horizontal=True)
    for what, maker in makers.items():
        label = text(f"exports.numbers.{what}")
        empty = what != "map" and not exercise.boxes
        button(place, label, what, kind, maker, f"{key}.{what}", disabled=empty)


def button(
    place: DeltaGenerator,
    label: str,
    file: str,
    kind: str,
    maker: Callable[[], bytes],
    key: str,
    *,
    disabled: bool = False,
) -> None:
    """A download that is made when it is asked for, and runs nothing else."""
    place.download_button(
        label,
        maker,
        f"{file}.{kind}",
        _MIMES.get(kind, "application/octet-stream"),
        key=key,
        on_click="ignore",
        disabled=disabled,
    )
