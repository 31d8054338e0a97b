"""Instances: the same of a seed in every process, small, and without ties that are not meant."""

import os
import subprocess
import sys

import numpy as np
import pytest

from app.lessons.instances import Ask, NoInstanceError, instance
from app.lessons.models import Model
from tests.lessons import asked

every = pytest.mark.parametrize(("lesson", "step"), asked.EVERY, ids=asked.NAMES)
ONE = asked.EVERY[1 :: max(1, len(asked.EVERY) // 6)]
TOLD = """
from app.lessons.lesson import lessons
for name, step in {which}:
    lesson = next(one for one in lessons() if one.name == name)
    print(sorted(vars_of(lesson.question(step, 3)).items()))
"""
HEAD = """
def vars_of(question):
    of = {{name: getattr(question, name) for name in question.__slots__}}
    exercise = of.pop("exercise")
    own = {{name: getattr(exercise, name) for name in exercise.__slots__}}
    return of | own | {{"maps": exercise.maps.array.tolist()}}
"""


def told(hash_seed):
    code = (HEAD + TOLD).format(which=[(lesson.name, step) for lesson, step in ONE])
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    run = [sys.executable, "-c", code]
    return subprocess.run(run, env=environment, check=True, capture_output=True, text=True).stdout


def test_a_seed_makes_the_same_question_in_another_process():
    own = told("1")
    assert own
    assert own == told("2")


@every
def test_a_seed_makes_the_same_question_again_and_another_seed_another(lesson, step):
    first, *_ = seeds = asked.seeds(lesson, step)
    assert lesson.question(step, first) == asked.question(lesson, step, first)
    if lesson.steps[step - 1].model.map:  # the article's exercise is always the same
        assert len({asked.question(lesson, step, seed) for seed in seeds}) == len(seeds)


@every
def test_maps_are_small_of_two_decimals_and_without_ties_but_those_that_are_the_point(lesson, step):
    model = lesson.steps[step - 1].model
    if model.map is None:
        pytest.skip("the article's own map, in which some values are there twice")
    for question in asked.questions(lesson, step):
        exercise = question.exercise
        assert max(exercise.size) <= 8
        for image, planes in enumerate(exercise.maps.array):
            for channel, plane in enumerate(planes):
                assert (plane == np.round(plane, 2)).all()
                seen = (image, channel) == (exercise.image, exercise.channel)
                equal = plane.size - len(np.unique(plane))
                assert equal <= (model.ties if seen else 0)


@every
def test_the_box_that_is_asked_about_lies_on_the_image_that_is_seen(lesson, step):
    for question in asked.questions(lesson, step):
        assert question.exercise.selected == 0
        assert question.exercise.played == 0
        assert {box[0] for box in question.exercise.boxes} <= set(
            range(question.exercise.maps.images)
        )


def test_mistakes_that_cannot_be_told_apart_are_said_to_be_so():
    # Of two sections the last one gets the rest, which is what is right.
    ask = Ask("cut", Model(map=(5, 5), rows=(5, 5)), mistakes=("rest_to_last",))
    with pytest.raises(NoInstanceError, match="tells its mistakes apart"):
        instance(ask, "1")
