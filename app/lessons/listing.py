"""The list of lessons: what one will be able to do, how long it takes, how far one is."""

from functools import partial

import streamlit as st

from app.lessons import seat
from app.lessons.exam import TEST_LENGTH
from app.lessons.lesson import Lesson, lessons
from app.lessons.log import as_csv
from app.lessons.place import another_seed, test_at
from app.lessons.sitting import Sitting, skills
from app.lessons.teacher import teacher
from app.text import Text, as_markdown
from app.widgets import downloads
from app.widgets.choosing import several


def listing(sitting: Sitting, text: Text) -> None:
    """All lessons, practice, the test, and what was answered."""
    with st.container(key="lessons-list", gap="small"):
        for lesson in lessons():
            _row(lesson, sitting, text)
    with st.container(horizontal=True, vertical_alignment="center", key="lessons-more"):
        _practice(text)
        _test(sitting, text)
        _taken_away(sitting, text)
    teacher(text)


def _row(lesson: Lesson, sitting: Sitting, text: Text) -> None:
    asked = sum(step.ask is not None for step in lesson.steps)
    done, begun = sitting.done(lesson.number), sitting.begun(lesson.number)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        label = f"**{lesson.number}** {as_markdown(text(f'lessons.{lesson.name}.title'))}"
        st.button(
            label,
            key=f"lessons.open.{lesson.number}",
            type="tertiary",
            on_click=partial(seat.go, begun),
        )
        st.markdown(as_markdown(text(f"lessons.{lesson.name}.able")))
        said = text("lessons.minutes", count=lesson.minutes)
        if done == asked:
            said = text("lessons.done", done=done, of=asked)
        elif sitting.has_tried(lesson.number) or begun.step > 1:
            said = text("lessons.so_far", done=done, of=asked)
        st.markdown(as_markdown(said), width="content")


def _practice(text: Text) -> None:
    with st.popover(text("lessons.practice"), key="lessons.practice"):
        # Of many skills the button stands over them, in sight wherever there is little room.
        over = st.container()
        chosen = several(
            text("lessons.practice.what"),
            list(skills()),
            key="lessons.practice.skills",
            words=lambda skill: text(f"lessons.skill.{skill}"),
        )
        over.button(
            text("lessons.practice.begin"),
            key="lessons.practice.begin",
            on_click=lambda: seat.put(lambda sitting: sitting.begin(_wanted(chosen))),
        )


def _wanted(chosen: list[str]) -> tuple[str, ...]:
    """The skills to practise; none named are all of them, whatever is added to the lessons."""
    return () if len(chosen) == len(skills()) else tuple(chosen)


def _test(sitting: Sitting, text: Text) -> None:
    begun = sitting.test
    label = text("lessons.test")
    if begun:
        label = text("lessons.test.on", number=len(begun.marks) + 1, count=TEST_LENGTH)
    st.button(
        label,
        key="lessons.test",
        on_click=lambda: seat.go(begun or test_at(another_seed(), "")),
        help=text("lessons.test.what"),
    )


def _taken_away(sitting: Sitting, text: Text) -> None:
    if sitting.log:
        place = st.container(width="content")
        downloads.button(
            place,
            text("lessons.csv"),
            "roipool-lessons",
            "csv",
            lambda: as_csv(sitting.log).encode(),
            "lessons.csv",
        )
