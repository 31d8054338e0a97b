"""Lessons as files: what they may say, and what is said of one that says something else."""

import json
import re

import pytest

from app.lessons import lesson as module
from app.lessons.lesson import LessonError, lessons, read
from app.text import LANGUAGES, Text

ALL = lessons()
NAMES = [lesson.name for lesson in ALL]
ASKED = {"key": "own", "ask": "cut", "mistakes": ["rest_lost"], "skill": "cut"}


def file(tmp_path, *steps, **more):
    path = tmp_path / "07-own.json"
    path.write_text(json.dumps({"minutes": 4, "steps": list(steps)} | more), "utf-8")
    return path


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"ask": "paint"}, "ask is 'paint'; expected one of 'cut', 'pick'"),
        ({"asks": "colour"}, "asks is 'colour'; expected one of 'output', 'shape'"),
        ({"goal": "win"}, "goal is 'win'; expected one of '', 'an_empty_section'"),
        ({"drawn": "all"}, "drawn is 'all'; expected one of 'nothing', 'outline'"),
        ({"mistakes": ["lazy"]}, "mistakes is 'lazy'; expected one of 'end_counted'"),
        ({"mistake": []}, "mistake: expected some of ['alike', 'ask'"),
        ({"on": {"maps": [5, 5]}}, "maps: expected some of ['at', 'boxes'"),
        ({"on": {"at": "above"}}, "at is 'above'; expected one of 'inside', 'past'"),
        ({"on": {"convention": "Kaffe"}}, "Kaffe"),
        ({"on": {"convention": ["article", "Kaffe"]}}, "Kaffe"),
        ({"on": {"fits": "cols"}}, "fits is 'cols'; expected one of '', 'rows', 'box'"),
    ],
)
def test_what_is_unknown_is_told_with_file_step_and_what_was_expected(tmp_path, said, expected):
    path = file(tmp_path, {"key": "before"}, ASKED | said)
    with pytest.raises(LessonError) as told:
        read(path)
    assert all(part in str(told.value) for part in ("07-own.json", "step 'own'", expected))


@pytest.mark.parametrize("missing", ["mistakes", "skill"])
def test_what_a_question_lacks_is_named(tmp_path, missing):
    step = {key: value for key, value in ASKED.items() if key != missing}
    with pytest.raises(LessonError, match=rf"07-own\.json: step 'own': .*{missing}"):
        read(file(tmp_path, step))


def test_a_step_that_only_shows_takes_no_mistakes(tmp_path):
    with pytest.raises(LessonError, match=r"07-own\.json: step 'own': mistakes: expected"):
        read(file(tmp_path, {"key": "own", "mistakes": []}))


def test_a_file_that_is_no_json_is_named(tmp_path):
    path = tmp_path / "07-own.json"
    path.write_text("{", "utf-8")
    with pytest.raises(LessonError, match=r"07-own\.json: Expecting"):
        read(path)


@pytest.mark.parametrize(
    "more", [{"minutes": None}, {"minutes": "soon"}, {"steps": [{"ask": "cut"}]}]
)
def test_a_file_without_what_every_lesson_has_is_named(tmp_path, more):
    with pytest.raises(LessonError, match=r"07-own\.json"):
        read(file(tmp_path, ASKED, **more))


def test_a_lesson_is_read_as_it_is_written(tmp_path):
    lesson = read(file(tmp_path, {"key": "before"}, ASKED))
    assert (lesson.number, lesson.name, lesson.minutes) == (7, "own", 4)
    assert [(step.key, step.ask is None) for step in lesson.steps] == [
        ("before", True),
        ("own", False),
    ]
    assert lesson.mistakes == ("rest_lost",)
    assert lesson.question(2, 1).kind == "cut"
    with pytest.raises(LessonError, match="step 1 of own asks nothing"):
        lesson.question(1, 1)


def test_lessons_count_up_and_each_name_is_there_once():
    assert [lesson.number for lesson in ALL] == sorted({lesson.number for lesson in ALL})
    assert len(set(NAMES)) == len(NAMES)
    files = sorted(module.FOLDER.glob("*.json"))
    assert [file.stem for file in files] == [f"{one.number:02}-{one.name}" for one in ALL]


@pytest.mark.parametrize("lesson", ALL, ids=NAMES)
def test_a_lesson_is_short_and_its_questions_are_answered_in_more_than_one_way(lesson):
    assert 3 <= lesson.minutes <= 8
    assert 4 <= len(lesson.steps) <= 9
    keys = [step.key for step in lesson.steps]
    assert len(set(keys)) == len(keys)
    asked = [step for step in lesson.steps if step.ask]
    assert len({step.ask.kind for step in asked}) >= 2
    assert all(step.skill for step in asked)
    for ask in (step.ask for step in asked):
        # A box that is to be found can be missed in many ways, few of which are misconceptions.
        assert (0 if ask.kind == "box" else 2) <= len(set(ask.mistakes)) <= 6


@pytest.mark.parametrize("lesson", ALL, ids=NAMES)
def test_what_is_alike_is_among_the_mistakes(lesson):
    for step in lesson.steps:
        for group in step.ask.alike if step.ask else ():
            assert len(group) > 1
            assert group <= set(step.ask.mistakes)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lesson", ALL, ids=NAMES)
def test_every_sentence_of_a_lesson_is_there(lesson, language):
    text = Text(language)
    needed = {f"lessons.{lesson.name}.{key}" for key in ("title", "able")}
    needed |= {f"lessons.{lesson.name}.{step.key}" for step in lesson.steps}
    needed |= {f"lessons.skill.{step.skill}" for step in lesson.steps if step.skill}
    needed |= {
        f"lessons.mistake.{key}.{of}" for key in lesson.mistakes for of in ("named", "mended")
    }
    needed |= {f"lessons.rule.{name}" for step in lesson.steps for name in step.model.conventions}
    assert [key for key in sorted(needed) if not text.has(key)] == []
    afters = text.section(f"lessons.{lesson.name}")
    said = {re.sub(r"\.after$", "", key) for key in afters} - {"title", "able"}
    assert said == {step.key for step in lesson.steps}
