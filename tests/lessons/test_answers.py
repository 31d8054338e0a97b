"""Every question there is: its right answer a second way, its mistakes, and any other answer."""

from dataclasses import replace
from random import Random

import pytest

from app.exercise.maps import Maps
from app.exercise.record import Exercise
from app.lessons import answers
from app.lessons.diagnose import diagnose
from app.lessons.goals import GOALS
from app.lessons.instances import Ask, instance
from app.lessons.mistakes import MISTAKES
from app.lessons.models import Model
from app.lessons.question import Cut, Question
from tests.lessons import asked, by_hand

every = pytest.mark.parametrize(("lesson", "step"), asked.EVERY, ids=asked.NAMES)


def of_kind(*kinds):
    cases = zip(asked.EVERY, asked.NAMES, strict=True)
    found = [(of, name) for of, name in cases if of[0].steps[of[1] - 1].ask.kind in kinds]
    return pytest.mark.parametrize(
        ("lesson", "step"), [of for of, _ in found], ids=[name for _, name in found]
    )


def made(question, exercise):
    """What a question asks for, by hand."""
    asks = question.asks
    if question.kind == "cut" or (question.kind == "which" and asks == "cut"):
        return Cut(*by_hand.cut_of(exercise))
    if question.kind in ("value", "which"):
        return by_hand.VALUES[asks](exercise)
    if question.kind == "back":
        received = by_hand.gradient(exercise).items()
        return tuple((*place, amount) for place, amount in sorted(received) if amount)
    (i, j), wide = question.section, exercise.output_size[1]
    return by_hand.maxima(exercise)[i * wide + j][0]


@of_kind("cut", "pick", "value", "back")
def test_what_is_worked_out_by_hand_is_right(lesson, step):
    for question in asked.questions(lesson, step):
        answer = made(question, question.exercise)
        assert answers.same(question, answer, answers.right(question))
        verdict = diagnose(question, answer)
        assert verdict.is_right
        assert verdict.mistakes == verdict.distance == ()


@of_kind("which")
def test_one_option_is_what_is_worked_out_by_hand(lesson, step):
    for question in asked.questions(lesson, step):
        answer = made(question, question.exercise)
        like = replace(question, kind="cut" if question.asks == "cut" else "value")
        alike = [
            key
            for key in question.options
            if answers.same(like, answers.option(question, key), answer)
        ]
        assert alike == ["right"]
        assert diagnose(question, "right").is_right
        if question.target:
            # The output that is shown is made by that cut, and by no other.
            maxima = tuple(value for _, value in by_hand.maxima(question.exercise))
            assert question.target == maxima


@of_kind("box")
def test_a_box_is_right_where_it_does_by_hand_what_is_asked_for(lesson, step):
    for question in asked.questions(lesson, step):
        boxes_are_judged_as_by_hand(question, Random(step))


# Sections that tile share no cell, and those that are rounded up are never empty on the map.
REACHED = [(goal, "article") for goal in GOALS if goal != "a_shared_cell"]
REACHED += [(goal, "fast_rcnn") for goal in GOALS if goal != "an_empty_section"]


@pytest.mark.parametrize(("goal", "convention"), REACHED)
def test_a_box_reaches_each_goal_where_it_does_by_hand(goal, convention):
    model = Model(map=(6, 6), output=((2, 3), (3, 2)), convention=convention)
    boxes_are_judged_as_by_hand(instance(Ask("box", model, goal=goal), "1"), Random(1))


def boxes_are_judged_as_by_hand(question, random):
    given = answers.right(question)
    assert diagnose(question, given).is_right
    for box in (given, *(any_box(question, random) for _ in range(6))):
        placed = answers.with_box(question, box).exercise
        rows, cols = ((start, start + length) for start, length in by_hand.box_in_cells(placed))
        assert ((rows,), (cols,)) == box
        does = by_hand.does(question.goal, placed, question.target)
        assert diagnose(question, box).is_right == does


@every
def test_a_mistake_is_diagnosed_as_itself_or_as_those_that_nobody_can_tell_from_it(lesson, step):
    ask = lesson.steps[step - 1].ask
    for question in asked.questions(lesson, step):
        for key in question.mistakes:
            verdict = diagnose(question, answers.answer(question, MISTAKES[key]))
            assert not verdict.is_right
            assert verdict.distance == ()
            told = set(verdict.mistakes)
            if question.kind == "box":
                # One box may do what several mistakes lead to.
                assert key in told
            else:
                groups = [group & set(question.mistakes) for group in ask.alike if key in group]
                assert told in groups or told == {key}


@every
def test_what_no_mistake_explains_is_told_how_far_off_it_is(lesson, step):
    random = Random(step)
    for question in asked.questions(lesson, step):
        held = [answers.answer(question, MISTAKES[key]) for key in question.mistakes]
        for _ in range(4):
            given = other(question, random)
            if (
                given is None
                or answers.is_right(question, given)
                or explained(question, given, held)
            ):
                continue
            verdict = diagnose(question, given)
            assert not verdict.is_right
            assert verdict.mistakes == ()
            assert verdict.distance


def explained(question, given, held):
    if question.kind == "cut":
        # A mistake may be made along one axis only.
        mine, true, *others = map(without_empty, (given, answers.right(question), *held))
        return any(
            all(spans in ends for spans, *ends in zip(mine, one, true, strict=True))
            for one in others
        )
    if question.kind != "box":
        return any(answers.same(question, given, one) for one in held)
    return any(answers.reaches(question, MISTAKES[key], given) for key in question.mistakes)


def without_empty(cut):
    return [[span if span[0] < span[1] else () for span in spans] for spans in cut]


def other(question, random):
    """An answer that somebody might give by chance; None where each is somebody's mistake."""
    if question.kind == "which":
        return None
    if question.kind == "pick":
        return tuple(random.randrange(side) for side in question.exercise.size)
    if question.kind == "box":
        return any_box(question, random)
    right = answers.right(question)
    if question.kind == "cut":
        spans = [list(along) for along in right]
        moved = random.choice(spans)
        k = random.randrange(len(moved))
        start, stop = moved[k]
        moved[k] = (
            (start + random.choice((-1, 1)), stop) if random.random() < 0.5 else (start, stop + 1)
        )
        return Cut(*map(tuple, spans))
    if question.kind == "back":
        return (*right[1:], (0, 0, 7.25)) if random.random() < 0.5 else right[:-1]
    k = random.randrange(len(right))
    return (*right[:k], right[k] + random.choice((-3.37, 0.51, 2.18)), *right[k + 1 :])


def any_box(question, random):
    sides = (sorted(random.sample(range(side + 1), 2)) for side in question.exercise.size)
    return Cut(*(((start, stop),) for start, stop in sides))


@of_kind("value")
def test_numbers_are_right_as_they_are_shown_and_in_full(lesson, step):
    for question in asked.questions(lesson, step):
        right = answers.right(question)
        assert diagnose(question, tuple(round(value, 2) for value in right)).is_right
        assert diagnose(question, right).is_right
        off = (*right[:-1], right[-1] + 0.02)
        assert not diagnose(question, off).is_right
        assert not diagnose(question, right[:-1]).is_right


def test_of_equal_cells_each_is_picked_rightly_and_one_beside_the_section_is_not():
    ask = Ask(
        "pick", Model(map=(6, 6), rows=(4, 6), cols=(4, 6), ties=4), mistakes=("box_maximum",)
    )
    tied = 0
    for seed in range(8):
        question = instance(ask, f"{seed}")
        i, j = question.section
        rows, cols = (
            spans[k] for spans, k in zip(by_hand.cut_of(question.exercise), (i, j), strict=True)
        )
        _, best = by_hand.first_largest(question.exercise, rows, cols)
        equal = [
            (r, c)
            for r in range(*rows)
            for c in range(*cols)
            if question.exercise.cells[r][c] == best
        ]
        tied += len(equal) > 1
        assert all(diagnose(question, place).is_right for place in equal)
        smaller = {(r, c) for r in range(6) for c in range(6)} - set(equal)
        assert not any(diagnose(question, place).is_right for place in smaller)
    assert tied


def test_an_equal_value_in_another_section_is_no_right_pick():
    cells = ((0.5, 0.1, 0.2, 0.5), (0.3, 0.4, 0.25, 0.35))
    exercise = Exercise(maps=Maps(cells), boxes=((0, 0, 0, 4, 2),), output_size=(1, 2))
    question = Question("pick", exercise, section=(0, 0), mistakes=("first_cell",))
    assert diagnose(question, (0, 0)).is_right
    assert diagnose(question, (0, 3)).distance[0].key == "pick.outside"
