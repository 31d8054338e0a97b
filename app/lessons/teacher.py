"""For whoever teaches with the lessons: a plan of 45 minutes, and what each question can tell."""

import streamlit as st

from app.lessons.lesson import Lesson, lessons
from app.lessons.place import Place
from app.lessons.plan import plan
from app.text import Text, as_markdown

# Each question's link opens the same instance for everybody who follows it.
SEED = 7


def teacher(text: Text) -> None:
    """The plan, and a table of the questions, each with its link; made once they are opened."""
    panel = st.expander(text("lessons.teacher"), key="lessons-teacher", on_change="rerun")
    if not panel.open:
        return
    with panel:
        # Wherever the page is, the others lie beside it.
        st.markdown(plan(text.language, "."))
        st.markdown(f"### {as_markdown(text('lessons.tells'))}")
        for lesson in lessons():
            st.markdown(told(lesson, text))


def told(lesson: Lesson, text: Text) -> str:
    """A lesson's questions as a table: the link to each, and the mistakes that it can tell.

    Examples
    --------
    >>> "?lesson=1&step=" in told(lessons()[0], Text("en"))
    True
    """
    title = text(f"lessons.{lesson.name}.title")
    heads = " | ".join(as_markdown(text(f"lessons.tells.{name}")) for name in ("step", "mistakes"))
    lines = [f"**{lesson.number} {as_markdown(title)}**", "", f"| {heads} |", "|:--|:--|"]
    for k, step in enumerate(lesson.steps, 1):
        if step.ask is None:
            continue
        place = Place("lesson", lesson.number, k, SEED).as_query()
        link = "?" + "&".join(f"{name}={value}" for name, value in place.items())
        named = as_markdown(text("lessons.step.named", number=k))
        mistakes = " · ".join(
            as_markdown(text(f"lessons.mistake.{key}.named")) for key in step.ask.mistakes
        )
        lines.append(f"| [{named}]({link}) | {mistakes} |")
    return "\n".join(lines)
