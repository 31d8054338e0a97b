"""Lessons have their sentences: what the data and diagnoses name is said in both languages."""

import string
from dataclasses import replace
from itertools import product

import pytest

from app.exercise.record import article_exercise
from app.lessons import answers
from app.lessons.diagnose import Remark, diagnose
from app.lessons.goals import GOALS
from app.lessons.lesson import lessons
from app.lessons.mistakes import MISTAKES
from app.lessons.question import Cut, Question
from app.text import LANGUAGES, Text, strings

LESSONS = lessons()
SAID = {lang: strings(lang) for lang in LANGUAGES}
ASKED = [(lesson, step) for lesson in LESSONS for step in lesson.steps if step.ask]
OTHER = {"mistake", "off", "rule", "skill"}
ALWAYS = {"box", "rows", "cols", "high", "wide", "count", "images", "channels", "stride"}


def under(lang, group):
    prefix = f"lessons.{group}."
    return {key.removeprefix(prefix) for key in SAID[lang] if key.startswith(prefix)}


def names(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_a_lesson_says_what_it_is_and_what_each_step_asks_and_nothing_else(lang, lesson):
    steps = {step.key for step in lesson.steps}
    assert len(steps) == len(lesson.steps)
    said = under(lang, lesson.name)
    assert {"title", "able"} | steps <= said
    # What is said after an answer may be left out; of what is only shown there is none.
    asked = {f"{step.key}.after" for step in lesson.steps if step.ask}
    assert said <= {"title", "able"} | steps | asked


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sentences_are_of_lessons_that_there_are(lang):
    groups = {key.split(".")[1] for key in SAID[lang] if key.startswith("lessons.")}
    assert groups >= OTHER
    assert {lesson.name for lesson in LESSONS} <= groups
    assert not {lesson.name for lesson in LESSONS} & OTHER


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_mistake_is_named_and_mended(lang):
    assert under(lang, "mistake") == {
        f"{key}.{what}" for key, what in product(MISTAKES, ("named", "mended"))
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_skill_has_a_name(lang):
    assert under(lang, "skill") == {step.skill for _, step in ASKED}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_rule_of_every_question_is_stated(lang):
    named = (step.model.convention for lesson in LESSONS for step in lesson.steps)
    used = {one for names in named for one in ((names,) if isinstance(names, str) else names)}
    assert used | {"align"} == under(lang, "rule")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("lesson", "step"),
    [(lesson, step) for lesson in LESSONS for step in lesson.steps],
    ids=lambda part: getattr(part, "name", None) or part.key,
)
def test_a_step_names_only_what_is_known_and_never_the_answer(lang, lesson, step):
    ask, known = step.ask, set(ALWAYS)
    if ask is None or (ask.kind != "box" and ask.asks != "cells"):
        known |= {"n_rows", "n_cols"}
    if ask and ask.kind == "pick":
        known |= {"i", "j"}
    if ask and ask.goal in ("this_output", "this_box"):
        known |= {"target"}
    if ask and ask.asks == "shape":
        # To see that the box's size plays no part in it is the question.
        known -= {"n_rows", "n_cols"}
    for key in (step.key, f"{step.key}.after"):
        assert names(SAID[lang].get(f"lessons.{lesson.name}.{key}", "")) <= known, key


def article(kind, **more):
    return Question(kind, article_exercise(), **more)


def of_cuts():
    question = article("cut")
    right = answers.right(question)
    for axis, edge, by in product((0, 1), (0, 1), (-2, -1, 1, 2)):
        spans = list(right[axis])
        moved = list(spans[1])
        moved[edge] += by
        spans[1] = tuple(moved)
        yield question, Cut(*(tuple(spans) if k == axis else right[k] for k in (0, 1)))
    yield question, Cut(((0, 1), (1, 2)), ((5, 6), (6, 8)))


def of_picks():
    for at in ((0, 0), (3, 1), (3, 2)):
        yield article("pick", section=(0, 0)), at


def of_values():
    for asks in ("output", "shape", "cells"):
        question = article("value", asks=asks)
        right = answers.right(question)
        yield question, right[:-1]
        for k in range(4):
            yield question, (*right[:k], right[k] + 1, *right[k + 1 :])


def of_boxes():
    even = Cut(((0, 4),), ((0, 4),))
    uneven = Cut(((0, 3),), ((0, 4),))
    for goal in GOALS:
        given = uneven if goal == "sections_alike" else even
        question = article("box", goal=goal, target=(9.0, 9.0, 9.0, 9.0))
        yield question, given


def of_ways_back():
    question = article("back")
    first, *others = answers.right(question)
    yield question, tuple(others)
    yield question, ((0, 0, 1.0), first, *others)
    yield question, ((*first[:2], 9.0), *others)


def of_choices():
    question = article("which", options=("right", "average"), mistakes=("average",))
    yield replace(question, mistakes=()), "average"


def remarks():
    for made in (of_cuts, of_picks, of_values, of_boxes, of_ways_back, of_choices):
        for question, given in made():
            verdict = diagnose(question, given)
            assert not verdict.is_right
            assert verdict.distance
            yield from verdict.distance


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_remark_is_a_sentence_and_gives_the_values_that_it_names(lang):
    made = list(remarks())
    assert under(lang, "off") == {remark.key for remark in made}
    for remark in made:
        sentence = Text(lang)(f"lessons.off.{remark.key}", **dict(remark.values))
        assert "{" not in sentence
        assert sentence


def test_a_remark_that_one_sentence_cannot_say_says_which_it_takes():
    (late,) = diagnose(article("cut"), Cut(((3, 5), (5, 8)), ((0, 3), (4, 7)))).distance
    assert late == Remark("cut.cols.start.late.one", (("section", 1), ("by", 1)))
    (early,) = diagnose(article("cut"), Cut(((3, 5), (5, 6)), ((0, 3), (3, 7)))).distance
    assert early == Remark("cut.rows.stop.early.many", (("section", 1), ("by", 2)))


def test_english_has_the_apostrophes_and_marks_of_print():
    wrong = {
        key: said
        for key, said in SAID["en"].items()
        if key.startswith("lessons.") and any(mark in said for mark in ("'", '"', "...", " - "))
    }
    assert wrong == {}
