"""Choices: an instance is found, and only the right option is right."""

import pytest

from app.lessons.diagnose import diagnose
from app.lessons.instances import Ask, instance
from app.lessons.models import Model

MODEL = Model(map=(6, 6), rows=(5, 5), cols=(5, 5), output=((3, 3),))
MISTAKES = ("rest_lost", "rest_to_last", "rounded_up")


@pytest.mark.parametrize("asks", ["output", "cut"])
def test_of_the_options_of_a_choice_only_one_is_right(asks):
    question = instance(Ask("which", MODEL, asks=asks, mistakes=MISTAKES), "1")
    assert sorted(question.options) == sorted(("right", *MISTAKES))
    verdicts = {key: diagnose(question, key) for key in question.options}
    assert [key for key, verdict in verdicts.items() if verdict.is_right] == ["right"]
    assert all(verdicts[key].mistakes == (key,) for key in MISTAKES)
