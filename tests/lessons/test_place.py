"""Where somebody is in the lessons, and the address that leads there again."""

from dataclasses import replace

import pytest

from app.lessons.exam import TEST_LENGTH
from app.lessons.lesson import lessons
from app.lessons.place import MOST_SEED, Place, place_in
from app.lessons.place import test_at as at_test


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


def test_the_last_seed_is_followed_by_the_first():
    last = Place("lesson", 1, 2, MOST_SEED)
    following = replace(last, seed=last.next_seed)
    assert place_in(following.as_query()) == following != last
