"""A lesson, practice or a test on the page: where one is, what is asked, and the ways on."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.exercise.record import Exercise
from app.lessons import asked, seat
from app.lessons.exam import (
    TEST_LENGTH,
    instance_of,
    mistake_of,
    test_question,
    test_questions,
)
from app.lessons.lesson import Lesson, lessons
from app.lessons.place import Place, another_seed, test_at
from app.lessons.sitting import Sitting
from app.lessons.wording import sentence
from app.text import Text, as_markdown
from app.widgets.opening import hand_over

# By its whole path: another is read from where the app's entry lies.
PLAYGROUND = Path(__file__).parents[2] / "pages/playground.py"
# How a test's question ended, for an eye; the words beside it say the same.
_SIGNS = {
    True: (":green[:material/check_circle:]", "lessons.right"),
    False: (":red[:material/cancel:]", "lessons.wrong"),
}


def course(sitting: Sitting, text: Text) -> None:
    """Whatever is to be done at a place that is not the list."""
    place, lesson = sitting.place, sitting.place.of
    if place.mode == "test" and place.is_end:
        _result(place, text)
    elif lesson is None:
        return
    elif place.is_end:
        _end(lesson, sitting, text)
    elif place.question is None:
        _shown(lesson, place, text)
    else:
        asked.question(sitting, text)
        exercise = asked.answered(sitting)
        if exercise:
            with st.container(key="lessons-replay"):
                st.markdown(f"## {as_markdown(text('lessons.replay'))}")
                asked.replay(exercise, place.key, text)


def bar(sitting: Sitting, text: Text) -> DeltaGenerator:
    """Back to the list, past this step, and away with its exercise; gives the place beside it."""
    place = sitting.place
    row = st.container(horizontal=True, vertical_alignment="center", key="lessons-bar")
    with row:
        st.button(
            text("lessons.all"),
            key="lessons.all",
            type="tertiary",
            icon=":material/arrow_back:",
            on_click=partial(seat.go, Place(seed=place.seed)),
        )
        exercise = _at_hand(sitting)
        if exercise is None or place.mode == "test":
            return row
        _explore(exercise, text)
        if place.question and not (sitting.verdict or sitting.tried):
            st.button(
                text("lessons.skip"),
                key="lessons.skip",
                type="tertiary",
                on_click=partial(seat.put, Sitting.next),
            )
    return row


def _at_hand(sitting: Sitting) -> Exercise | None:
    """The exercise that is seen here."""
    place, lesson = sitting.place, sitting.place.of
    if lesson is None or place.is_end:
        return None
    question = place.question
    return question.exercise if question else lesson.shown(place.step, place.seed)


def _explore(exercise: Exercise, text: Text) -> None:
    """Away to the playground with it; the top bar's *Lessons* leads back to the same step."""
    if st.button(text("lessons.explore"), key="lessons.explore", help=text("lessons.explore.why")):
        hand_over(exercise)
        st.switch_page(PLAYGROUND)


def _shown(lesson: Lesson, place: Place, text: Text) -> None:
    """A step that asks nothing: what it is about, over a replay."""
    exercise = lesson.shown(place.step, place.seed)
    with st.container(key="lessons-said", gap="small"):
        step = text("lessons.step", number=place.step, count=len(lesson.steps))
        title = text(f"lessons.{lesson.name}.title")
        st.markdown(f"## {as_markdown(title)} :gray[{as_markdown(step)}]")
        if place.step == 1:
            able = text(f"lessons.{lesson.name}.able")
            st.markdown(as_markdown(text("lessons.able", able=able)))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(as_markdown(sentence(lesson, place.step, exercise, text)))
            if place.step > 1:
                _onward("before", Sitting.back, text, kind="secondary")
            _onward("next", Sitting.next, text, kind="primary")
    asked.replay(exercise, place.key, text)


def _onward(
    name: str,
    change: Callable[[Sitting], Sitting],
    text: Text,
    kind: Literal["primary", "secondary"],
) -> None:
    st.button(
        text(f"lessons.{name}"),
        key=f"lessons.{name}",
        type=kind,
        on_click=partial(seat.put, change),
    )


def _end(lesson: Lesson, sitting: Sitting, text: Text) -> None:
    """What was done, and what comes next."""
    number = sum(step.ask is not None for step in lesson.steps)
    done = sitting.done(lesson.number)
    title = text(f"lessons.{lesson.name}.title")
    st.markdown(f"## {as_markdown(text('lessons.end', title=title))}")
    st.markdown(as_markdown(text("lessons.so_far", done=done, of=number)))
    with st.container(key="lessons-missed", gap="small"):
        for step in sitting.missed(lesson.number):
            _missed(replace(sitting.place, step=step, seed=sitting.place.next_seed), text)
    with st.container(horizontal=True):
        if lesson.number < len(lessons()):
            following = lessons()[lesson.number]
            st.button(
                text("lessons.following", title=text(f"lessons.{following.name}.title")),
                key="lessons.following",
                type="primary",
                on_click=partial(seat.go, Place("lesson", following.number, 1)),
            )
        st.button(
            text("lessons.once_more"),
            key="lessons.once_more",
            on_click=partial(seat.go, replace(sitting.place, step=1, seed=sitting.place.next_seed)),
        )


def _missed(place: Place, text: Text) -> None:
    """The way back to a question that was not answered right, on other numbers."""
    skill = text(f"lessons.skill.{lessons()[place.lesson - 1].steps[place.step - 1].skill}")
    st.button(
        as_markdown(text("lessons.missed", number=place.step, skill=skill)),
        key=f"lessons.missed.{place.step}",
        type="tertiary",
        icon=":material/replay:",
        on_click=partial(seat.go, place),
    )


def _result(place: Place, text: Text) -> None:
    """Of each question of a test what became of it; the address is the result's link."""
    right = place.marks.count("1")
    st.markdown(f"## {as_markdown(text('lessons.test.result', right=right, count=TEST_LENGTH))}")
    st.markdown(as_markdown(text("lessons.test.link")))
    with st.container(key="lessons-result", gap="small"):
        for k, choice in enumerate(test_questions(place.seed)):
            _marked(place, k, choice.lesson, choice.step, text)
    st.button(
        text("lessons.test.again"),
        key="lessons.test.again",
        on_click=lambda: seat.go(test_at(another_seed(), "")),
    )


def _marked(place: Place, k: int, number: int, step: int, text: Text) -> None:
    mark, lesson = place.marks[k], lessons()[number - 1]
    # Only a mistake is named by its question, whose instance has to be found.
    mistake = mistake_of(test_question(place.seed, k), mark) if mark not in "01" else None
    sign, key = _SIGNS[mark == "1"]
    said = text(key)
    if mistake:
        said = text.join(said, text(f"lessons.mistake.{mistake}.named"))
    with st.container(horizontal=True, vertical_alignment="center"):
        skill = text(f"lessons.skill.{lesson.steps[step - 1].skill}")
        st.button(
            f"**{k + 1}** {as_markdown(skill)}",
            key=f"lessons.result.{k}",
            type="tertiary",
            on_click=partial(
                seat.go,
                Place("lesson", number, step, instance_of(place.seed, k)),
            ),
        )
        st.markdown(f"{sign} {as_markdown(said)}")
