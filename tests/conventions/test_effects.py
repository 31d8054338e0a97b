"""What is said that a choice changes is what switching it changes."""

from dataclasses import replace

import pytest

from app.conventions.choices import switch
from app.conventions.compared import looked_at
from app.conventions.effects import effect_of, effects
from app.conventions.tokens import CHOICES, label
from app.exercise.edit import Problem
from app.exercise.presets import preset_exercise
from app.exercise.record import article_exercise, pool
from app.text import LANGUAGES, Text
from roipool import PRESETS

ARTICLE = article_exercise()
EXERCISES = [ARTICLE, preset_exercise("57-in-7"), preset_exercise("3-in-7")]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_count_is_that_of_the_values_that_switching_changes(exercise):
    for convention in PRESETS:
        here = replace(exercise, convention=convention)
        for field in CHOICES:
            for effect in effects(looked_at(here), field):
                other = switch(here, field, CHOICES[field][effect.token])
                changed = pool(other).output[0] != pool(here).output[0]
                assert effect.count == changed.sum(), (convention, field, effect.token)


def test_what_cannot_be_chosen_has_no_effect():
    assert isinstance(switch(ARTICLE, "rounding", "none"), Problem)
    tokens = [effect.token for effect in effects(looked_at(ARTICLE), "rounding")]
    assert tokens == ["half_even", "floor", "outward"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_names_what_changes_something_and_nothing_else(language):
    text = Text(language)
    said = effect_of(ARTICLE, "stop", text)
    assert label("stop", "ceil", text) in said
    assert label("stop", "floor_or_one", text) not in said
    assert effect_of(ARTICLE, "lowest", text) == ""


def test_without_a_box_nothing_is_said():
    assert [effect_of(ARTICLE.with_boxes(()), field, Text("en")) for field in CHOICES] == [""] * 7
