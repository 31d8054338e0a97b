"""Practice: what was missed returns, what is known ends, and so does all of it."""

from itertools import pairwise
from random import Random

import pytest

from app.lessons.practice import Asked, Choice, due, is_there

CHOICES = [
    Choice(1, 2, "shape"),
    Choice(1, 3, "shape"),
    Choice(2, 2, "cut"),
    Choice(4, 1, "maximum"),
    Choice(5, 2, "ends"),
]


def practised(knows, seed, most=200):
    """A sitting with somebody who answers rightly where `knows(choice, asked)` says so."""
    asked = []
    while (choice := due(asked, CHOICES, seed)) and len(asked) < most:
        right = knows(choice, asked)
        asked.append(Asked(choice.lesson, choice.step, choice.skill, len(asked), right))
    return asked


def places(asked, one):
    return [k for k, of in enumerate(asked) if (of.lesson, of.step) == (one.lesson, one.step)]


@pytest.mark.parametrize("seed", range(10))
def test_whoever_is_always_right_is_asked_each_skill_twice(seed):
    asked = practised(lambda *_: True, seed)
    assert sorted(one.skill for one in asked) == sorted(2 * [*{one.skill for one in CHOICES}])


@pytest.mark.parametrize("seed", range(10))
def test_a_missed_question_returns_two_questions_later_on_another_seed(seed):
    # The first that is asked is missed, once.
    asked = practised(lambda _, before: bool(before), seed)
    first, again, *_ = places(asked, asked[0])
    assert (first, again) == (0, 3)
    assert asked[again].seed != asked[first].seed


def test_of_several_missed_ones_the_earliest_returns_first():
    missed = [Asked(2, 2, "cut", 0, False), Asked(4, 1, "maximum", 1, False)]
    between = [Asked(5, 2, "ends", 2, True)]
    assert due([*missed, *between], CHOICES, 0) == CHOICES[2]
    again = Asked(2, 2, "cut", 3, True)
    assert due([*missed, *between, again], CHOICES, 0) == CHOICES[3]


def test_what_was_missed_again_returns_again():
    asked = [Asked(2, 2, "cut", 0, False), *(Asked(1, 2, "shape", k, False) for k in (1, 2))]
    asked.append(Asked(2, 2, "cut", 3, False))
    assert due(asked, CHOICES, 0).skill != "cut"
    asked += [Asked(4, 1, "maximum", 4, True), Asked(5, 2, "ends", 5, True)]
    # The shape was missed before it, and is asked before it.
    assert due(asked, CHOICES, 0) == CHOICES[0]
    asked.append(Asked(1, 2, "shape", 6, True))
    assert due(asked, CHOICES, 0) == CHOICES[2]


@pytest.mark.parametrize(
    ("answers", "there"),
    [("", False), ("r", False), ("rr", True), ("rw", False), ("wrr", True), ("rrw", False)],
)
def test_two_right_ones_in_a_row_end_a_skill(answers, there):
    asked = [Asked(2, 2, "cut", k, answer == "r") for k, answer in enumerate(answers)]
    # What is asked between them is no part of the row.
    asked = [one for of in asked for one in (of, Asked(4, 1, "maximum", 0, False))]
    assert is_there(asked, "cut") == there


@pytest.mark.parametrize("seed", range(20))
def test_it_ends_for_whoever_learns_and_nothing_is_asked_of_a_skill_that_is_there(seed):
    random = Random(seed)
    asked = practised(lambda *_: random.random() < 0.7, seed)
    assert due(asked, CHOICES, seed) is None
    assert not any(is_there(asked[:k], one.skill) for k, one in enumerate(asked))
    assert all(is_there(asked, choice.skill) for choice in CHOICES)


def test_it_goes_on_for_whoever_never_learns_and_never_asks_the_same_twice_in_a_row():
    asked = practised(lambda *_: False, 3, most=60)
    assert len(asked) == 60
    same = [(one.lesson, one.step) == (then.lesson, then.step) for one, then in pairwise(asked)]
    assert not any(same)


def test_no_choice_is_no_question():
    assert due([], [], 1) is None
