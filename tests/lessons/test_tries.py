"""A second try: a wrong answer is told why, and the right one stays unknown until the next."""

import csv
import io
import json

import pytest

from app.lessons.answers import answer, right
from app.lessons.log import as_csv
from app.lessons.mistakes import MISTAKES
from app.lessons.payload import payload
from app.lessons.place import Place
from app.lessons.question import KINDS
from app.lessons.sitting import Sitting, skills
from app.text import Text

from .learner import checked, said
from .telling import notations, told
from .test_sitting import ASKED

TEXT = Text("en")


def wrongly(question):
    return answer(question, MISTAKES[question.mistakes[0]])


def missed(sitting):
    return checked(sitting, wrongly(sitting.place.question))


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_answer_may_be_mended_once(kind):
    tried = missed(Sitting(ASKED[kind]))
    assert tried.verdict is None
    question = tried.place.question
    mended = checked(tried, right(question))
    assert mended.verdict.is_right
    again = missed(tried)
    assert again.verdict is not None
    assert not again.verdict.is_right


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "which"])
def test_what_is_said_of_the_first_try_does_not_tell_the_answer(kind):
    asked, after = Sitting(ASKED[kind]), missed(Sitting(ASKED[kind]))
    before, sent = payload(asked, TEXT), payload(after, TEXT)
    wanted = notations(asked.place.question, right(asked.place.question))
    # The learner's own answer is repeated, and that alone.
    said_of_it = {name: one for name, one in sent.pop("tried").items() if name != "given"}
    assert before.pop("tried") is None
    assert sent == before
    assert told(said_of_it, wanted) == set()


def test_what_the_first_try_was_wrong_in_is_said_and_marked():
    sitting = Sitting(ASKED["value"])
    question = sitting.place.question
    first, *rest = right(question)
    tried = payload(checked(sitting, (first + 1, *rest)), TEXT)["tried"]
    assert tried["off"] == [0]
    assert tried["sentences"]
    assert payload(sitting, TEXT)["tried"] is None


def test_each_try_is_in_what_is_taken_away():
    tried = missed(Sitting(ASKED["pick"]))
    question = tried.place.question
    rows = list(csv.DictReader(io.StringIO(as_csv(checked(tried, right(question)).log))))
    assert [row["right"] for row in rows] == ["0", "1"]
    assert json.loads(rows[0]["given"]) != json.loads(rows[1]["given"])


def test_whoever_is_shown_the_answer_after_a_try_sees_the_own_one_beside_it():
    tried = missed(Sitting(ASKED["pick"]))
    shown = said(tried, "reveal")
    assert (shown.given, shown.verdict, shown.tried) == (tried.given, tried.tried, None)
    judged = payload(shown, TEXT)["verdict"]
    assert judged["given"] != judged["answer"]
    assert judged["sentences"]
    # In what is taken away are the try and that it was shown.
    assert [entry.given for entry in shown.log] == [tried.given, None]
    assert shown.done(shown.place.lesson) == 0


@pytest.mark.parametrize("ask", ["another", "next", "back"])
def test_whoever_goes_on_after_a_try_leaves_it_behind(ask):
    sitting = missed(Sitting(ASKED["value"]))
    assert said(sitting, ask).place != sitting.place
    assert said(sitting, ask).tried is None


def test_practice_counts_the_first_try():
    (skill,) = [*skills()][:1]
    sitting = Sitting().begin((skill,))
    for _ in range(2):
        sitting = missed(sitting)
        sitting = said(checked(sitting, right(sitting.place.question)), "next")
    # Two that were mended do not end a skill.
    assert sitting.place.mode == "practice"
    for _ in range(2):
        sitting = said(checked(sitting, right(sitting.place.question)), "next")
    assert sitting.place == Place()
