"""A choice has instances too: what differs is what its options show."""

from itertools import combinations

import pytest

from app.lessons import answers
from app.lessons.diagnose import diagnose
from app.lessons.instances import Ask, instance
from app.lessons.models import Model


@pytest.mark.parametrize("asks", ["output", "cut"])
def test_a_choice_shows_the_right_one_among_others_that_all_differ(asks):
    model = Model(map=(6, 6), rows=(5, 5), cols=(4, 5))
    mistakes = ("rest_lost", "rounded_up", "stops_rounded_up", "end_counted")
    question = instance(Ask("which", model, asks=asks, mistakes=mistakes, options=3), "1")
    assert len(question.options) == 3
    shown = [answers.option(question, key) for key in question.options]
    assert all(one != other for one, other in combinations(shown, 2))
    assert answers.right(question) == "right"
    (wrong, _) = (key for key in question.options if key != "right")
    assert diagnose(question, wrong).mistakes == (wrong,)


def test_numbers_of_a_box_are_read_as_a_mistake_reads_them():
    model = Model(map=(7, 7), rows=(2, 4), cols=(2, 4))
    mistakes = ("swapped_xy", "xywh", "end_counted")
    question = instance(Ask("box", model, goal="this_box", mistakes=mistakes), "1")
    x1, y1, x2, y2 = (int(number) for number in question.target)
    assert answers.right(question) == (((y1, y2),), ((x1, x2),))
    assert not answers.reaches(question, answers.RIGHT, (((x1, x2),), ((y1, y2),)))
    assert diagnose(question, (((x1, x2),), ((y1, y2),))).mistakes == ("swapped_xy",)
    assert diagnose(question, (((y1, y2 + 1),), ((x1, x2 + 1),))).mistakes == ("end_counted",)


def test_a_box_that_divides_has_sections_of_one_size():
    model = Model(map=(8, 8), rows=(4, 6), cols=(3, 8), divides=True, output=((2, 3),))
    question = instance(Ask("cut", model, mistakes=("end_counted",)), "1")
    for spans in answers.right(question):
        assert len({stop - start for start, stop in spans}) == 1


@pytest.mark.parametrize("asks", ["output", "cut"])
def test_of_the_options_of_a_choice_only_one_is_right(asks):
    model = Model(map=(6, 6), rows=(5, 5), cols=(5, 5), output=((3, 3),))
    mistakes = ("rest_lost", "rest_to_last", "rounded_up")
    question = instance(Ask("which", model, asks=asks, mistakes=mistakes), "1")
    assert sorted(question.options) == sorted(("right", *mistakes))
    verdicts = {key: diagnose(question, key) for key in question.options}
    assert [key for key, verdict in verdicts.items() if verdict.is_right] == ["right"]
    assert all(verdicts[key].mistakes == (key,) for key in mistakes)
