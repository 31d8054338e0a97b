"""What a box is to reach: a box in plain numbers, an output in decimals."""

import pytest

from app.lessons.lesson import lessons
from app.lessons.wording import sentence
from app.text import Text, number, plain

ASKED = [
    pytest.param(lesson, k, id=f"{lesson.name}-{step.key}")
    for lesson in lessons()
    for k, step in enumerate(lesson.steps, 1)
    if step.ask and step.ask.goal in ("this_box", "this_output")
]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("lesson", "step"), ASKED)
def test_a_target_is_written_as_what_it_is(lesson, step, language):
    question = lesson.question(step, 7)
    text = Text(language)
    write = plain if question.goal == "this_box" else number
    assert text("stage.list").join(map(write, question.target)) in sentence(
        lesson, step, question, text
    )
