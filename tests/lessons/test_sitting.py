"""What a learner does, one after the other: checked, shown, another, next, a test."""

import csv
import io
import json
from dataclasses import replace

import pytest

from app.exercise.record import article_exercise
from app.lessons.answers import answer, right
from app.lessons.exam import TEST_LENGTH
from app.lessons.lesson import lessons
from app.lessons.log import as_csv
from app.lessons.mistakes import MISTAKES
from app.lessons.payload import payload
from app.lessons.place import MOST_SEED, Place, place_in
from app.lessons.place import test_at as at_test
from app.lessons.question import KINDS, Question
from app.lessons.sitting import Sitting, skills
from app.text import Text
from tests.lessons.learner import checked, insisted, said

from .asked import EVERY

TEXT = Text("en")
ASKED = {
    kind: next(
        Place("lesson", lesson.number, k, 3)
        for lesson in lessons()
        for k, step in enumerate(lesson.steps, 1)
        if step.ask and step.ask.kind == kind
    )
    for kind in KINDS
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_right_answer_is_right_and_each_mistake_is_told(kind):
    sitting = Sitting(ASKED[kind])
    question = sitting.place.question
    assert checked(sitting, right(question)).verdict.is_right
    for key in question.mistakes:
        judged = insisted(sitting, answer(question, MISTAKES[key]))
        assert key in judged.verdict.mistakes
        told = payload(judged, TEXT)["verdict"]["sentences"]
        assert TEXT(f"lessons.mistake.{key}.named") in told
        assert TEXT(f"lessons.mistake.{key}.mended") in told


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_is_sent_breaks_anything(kind):
    sitting = Sitting(ASKED[kind])
    huge = float("inf")
    spans = {"rows": [[huge, 0]] * 2, "cols": [[huge, 0]] * 2}
    for sent in (
        *(None, 7, "x", [], {}, [None] * 4, {"rows": 3}, [[1]], "a" * 10_000, [["", 0, 1]]),
        # What JSON can say and no cell can be: 1e400 is read as infinite.
        *([huge, 0], [-huge, 0], [0, 1e308], [huge] * 4, [[huge, 0, "1"]], spans),
        {"rows": [0, huge], "cols": [0, 1]},
    ):
        judged = said(sitting, "check", sent)
        assert judged.verdict is None or not judged.verdict.is_right
        assert judged.place == sitting.place
    for message in (None, [], "check", {"ask": "check"}, {"id": "other", "ask": "next"}):
        assert sitting.hears(message) == sitting


def test_the_handles_of_a_cut_do_not_stand_on_the_answer(monkeypatch):
    box = replace(article_exercise(), boxes=((0, 3, 2, 5, 4),), output_size=(2, 2))
    question = Question("cut", box, mistakes=("rest_lost",))
    monkeypatch.setattr("app.lessons.place.question_of", lambda *of: question)
    # A cell each, one after the other, is right here.
    start = payload(Sitting(ASKED["cut"]), TEXT)["start"]
    assert start == {"rows": [[2, 3]] * 2, "cols": [[3, 4]] * 2}


def test_what_is_no_number_is_said_and_the_question_stays_open():
    sitting = Sitting(ASKED["value"])
    count = len(right(sitting.place.question))
    judged = said(sitting, "check", ["o.8", *["1"] * (count - 1)])
    assert judged.verdict is None
    assert "o.8" in payload(judged, TEXT)["problem"]
    assert "1" in payload(said(sitting, "check", ["", *["1"] * (count - 1)]), TEXT)["problem"]


def test_numbers_are_understood_as_they_are_typed():
    sitting = Sitting(ASKED["value"])
    full = str.maketrans(
        "0123456789.-", "".join(map(chr, [*range(0xFF10, 0xFF1A), 0xFF0E, 0xFF0D]))
    )
    values = right(sitting.place.question)
    for written in (f"{value:.2f}" for value in values), (repr(value) for value in values):
        words = list(written)
        assert said(sitting, "check", words).verdict.is_right
        commas = [word.replace(".", ",") for word in words]
        assert said(sitting, "check", commas).verdict.is_right
        assert said(sitting, "check", [word.translate(full) for word in words]).verdict.is_right


def test_an_answer_that_is_shown_is_none_that_was_given():
    shown = said(Sitting(ASKED["cut"]), "reveal")
    assert (shown.given, shown.verdict.is_right) == (None, False)
    assert payload(shown, TEXT)["verdict"]["revealed"]
    assert shown.done(shown.place.lesson) == 0
    # It cannot be answered any more.
    assert checked(shown, right(shown.place.question)) == shown


def test_a_box_that_is_shown_is_drawn_where_it_is_said_to_be():
    # Where a box begins, the question's own exercise has another than the answer.
    for lesson, k in (at for at in EVERY if at[0].steps[at[1] - 1].ask.kind == "box"):
        shown = said(Sitting(Place("lesson", lesson.number, k, 3)), "reveal")
        verdict = payload(shown, TEXT)["verdict"]
        assert verdict["box"] == verdict["answer"]


def test_another_is_the_same_step_on_other_numbers():
    sitting = Sitting(ASKED["pick"])
    other = said(sitting, "another")
    assert (other.place.step, other.place.seed) == (sitting.place.step, sitting.place.seed + 1)
    assert other.place.question.exercise != sitting.place.question.exercise
    last = Sitting(Place("lesson", 1, sitting.place.step, MOST_SEED))
    assert said(last, "another").place.seed <= MOST_SEED


def test_a_lesson_is_walked_from_its_first_step_to_its_end():
    for lesson in lessons():
        sitting = Sitting(Place("lesson", lesson.number, 1, 5))
        for _ in lesson.steps:
            assert not sitting.place.is_end
            question = sitting.place.question
            if question:
                assert sitting.missed(lesson.number)[0] == sitting.place.step
                sitting = checked(sitting, right(question))
                assert sitting.verdict.is_right, lesson.name
            sitting = sitting.next()
        assert sitting.place.is_end
        assert sitting.missed(lesson.number) == []
        assert sitting.done(lesson.number) == sum(step.ask is not None for step in lesson.steps)
        assert sitting.next() == sitting
        assert sitting.back().place.step == len(lesson.steps)


def test_a_test_says_nothing_before_its_end_and_its_link_is_its_result():
    sitting = Sitting(at_test(7, ""))
    marks = ""
    for k in range(TEST_LENGTH):
        assert payload(sitting, TEXT)["reveals"] is False
        assert said(sitting, "reveal") == said(sitting, "another") == sitting
        question = sitting.place.question
        key = question.mistakes[0]
        wrong = k % 2
        sitting = checked(sitting, answer(question, MISTAKES[key]) if wrong else right(question))
        marks += "a" if wrong else "1"
        assert sitting.verdict is None
        assert sitting.place.marks == marks
    assert sitting.place.is_end
    assert place_in(sitting.place.as_query()) == sitting.place


def test_practice_goes_on_until_every_skill_is_there():
    wanted = tuple(skills())[:2]
    sitting = Sitting().begin(wanted)
    seen = []
    while sitting.place.mode == "practice":
        question = sitting.place.question
        seen.append(question.exercise)
        assert place_in(sitting.place.as_query()) == sitting.place
        sitting = said(checked(sitting, right(question)), "next")
        assert len(seen) < 20
    assert sitting.place.mode == "list"
    assert len(seen) >= 2 * len(wanted)
    assert len(set(seen)) == len(seen)


def test_what_agrees_as_it_is_shown_is_marked_nowhere():
    sitting = Sitting(ASKED["back"])
    (row, col, amount), *others = right(sitting.place.question)
    for by, off in (0.004, []), (0.5, [[row, col]]):
        judged = insisted(sitting, ((row, col, amount + by), *others))
        assert judged.verdict.is_right is (not off)
        assert payload(judged, TEXT)["verdict"]["off"] == off


def test_nothing_is_worked_out_again_to_be_taken_away(monkeypatch):
    sitting = said(Sitting(ASKED["pick"]), "reveal")
    monkeypatch.setattr("app.lessons.place.question_of", None)
    assert len(as_csv(sitting.log).splitlines()) == 2


def test_what_was_answered_can_be_taken_away():
    sitting = Sitting(ASKED["pick"])
    question = sitting.place.question
    sitting = checked(sitting, answer(question, MISTAKES[question.mistakes[0]]))
    sitting = said(sitting, "another")
    sitting = said(sitting, "reveal")
    rows = list(csv.DictReader(io.StringIO(as_csv(sitting.log))))
    assert [row["right"] for row in rows] == ["0", "0"]
    assert question.mistakes[0] in rows[0]["mistakes"].split()
    assert json.loads(rows[0]["answer"]) == list(right(question))
    assert rows[1]["given"] == ""
    assert [int(row["seed"]) for row in rows] == [3, 4]


def test_of_a_box_that_only_one_answers_that_one_is_shown():
    place = next(
        Place("lesson", lesson.number, k, 3)
        for lesson in lessons()
        for k, step in enumerate(lesson.steps, 1)
        if step.ask and step.ask.goal == "this_box"
    )
    question = place.question
    wrong = answer(question, MISTAKES[question.mistakes[0]])
    told = payload(insisted(Sitting(place), wrong), TEXT)["verdict"]
    ((rows,), (cols,)) = right(question)
    assert told["box"] == {"rows": list(rows), "cols": list(cols)}
    assert told["given"] != told["box"]
