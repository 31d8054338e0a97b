"""Where somebody is in the lessons, and the address that leads there again."""

from dataclasses import replace

import pytest

from app.lessons.answers import answer, right
from app.lessons.diagnose import diagnose
from app.lessons.lesson import lessons
from app.lessons.mistakes import MISTAKES
from app.lessons.place import (
    MOST_SEED,
    TEST_LENGTH,
    Place,
    instance_of,
    mark_of,
    mistake_of,
    place_in,
)
from app.lessons.place import (
    test_at as at_test,
)
from app.lessons.place import (
    test_question as question_in_test,
)
from app.lessons.place import (
    test_questions as questions_in_test,
)


@pytest.mark.parametrize(
    "place",
    [
        Place(),
        Place("lesson", 1, 1, 1),
        Place("lesson", len(lessons()), 2, 99),
        Place("lesson", 2, len(lessons()[1].steps) + 1, 7),
        at_test(7, ""),
        at_test(7, "10"),
        at_test(7, "1" * TEST_LENGTH),
    ],
)
def test_an_address_leads_to_the_same_place(place):
    again = place_in(place.as_query())
    assert again == place or (place.mode == "list" and again.mode == "list")


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ({}, "list.0.0.1.0"),
        ({"lesson": "0"}, "lesson.1.1.1.0"),
        ({"lesson": "many"}, "list.0.0.1.0"),
        ({"lesson": "9" * 30}, "list.0.0.1.0"),
        ({"lesson": "1", "step": "-3", "seed": "x"}, "lesson.1.1.1.0"),
        ({"lesson": "1", "step": "999"}, f"lesson.1.{len(lessons()[0].steps) + 1}.1.0"),
        ({"lesson": "\uff11"}, "list.0.0.1.0"),
    ],
)
def test_whatever_an_address_says_leads_somewhere(query, key):
    assert place_in(query).key == key


def test_marks_that_say_nothing_end_a_test_where_they_stand():
    assert place_in({"test": "7", "marks": "1?111"}).marks == "1"
    assert place_in({"test": "7", "marks": "1" * 99}).is_end


def test_a_test_is_the_same_for_everybody_and_another_for_another_seed():
    assert questions_in_test(7) == questions_in_test(7)
    assert questions_in_test(7) != questions_in_test(8)
    assert len(questions_in_test(7)) == TEST_LENGTH
    skills = [choice.skill for choice in questions_in_test(7)]
    assert len(set(skills)) == TEST_LENGTH


def test_the_questions_of_a_test_have_instances_of_their_own():
    seeds = {at_test(seed, "1" * k).instance for seed in (7, 8) for k in range(TEST_LENGTH)}
    assert len(seeds) == 2 * TEST_LENGTH


def test_a_mark_names_the_mistake():
    for k in range(TEST_LENGTH):
        question = question_in_test(7, k)
        assert mark_of(question, diagnose(question, right(question))) == "1"
        for key in question.mistakes:
            verdict = diagnose(question, answer(question, MISTAKES[key]))
            assert mistake_of(question, mark_of(question, verdict)) in verdict.mistakes


def test_every_instance_of_a_test_has_a_link_of_its_own():
    test = place_in({"test": "999999999"})
    for k in range(TEST_LENGTH):
        linked = Place("lesson", test.lesson, test.step, instance_of(test.seed, k))
        assert place_in(linked.as_query()) == linked


def test_the_last_seed_is_followed_by_the_first():
    last = Place("lesson", 1, 2, MOST_SEED)
    following = replace(last, seed=last.next_seed)
    assert place_in(following.as_query()) == following != last
