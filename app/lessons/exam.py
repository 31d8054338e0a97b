"""A test: its questions, and the marks by which an address says what became of them. Pure."""

from random import Random
from string import ascii_lowercase

from app.lessons.diagnose import Verdict
from app.lessons.lesson import question_of
from app.lessons.practice import Choice, choices
from app.lessons.question import Question

TEST_LENGTH = 10


def test_questions(seed: int) -> list[Choice]:
    """The questions of a test, in the order of the lessons; of as many skills as there are.

    Examples
    --------
    >>> test_questions(7) == test_questions(7)
    True
    """
    random = Random(f"test.{seed}")
    drawn = random.sample(choices(), len(choices()))
    firsts = {choice.skill: choice for choice in drawn}
    chosen = list(firsts.values())[:TEST_LENGTH]
    more = [choice for choice in drawn if choice not in chosen]
    # With fewer questions than a test is long some come again.
    every = [*chosen, *more, *drawn * TEST_LENGTH][:TEST_LENGTH]
    return sorted(every, key=lambda choice: (choice.lesson, choice.step))


def test_question(seed: int, k: int) -> Question:
    """The k-th question of a test, from 0."""
    asked = test_questions(seed)[k]
    return question_of(asked.lesson, asked.step, instance_of(seed, k))


def instance_of(seed: int, k: int) -> int:
    """The seed of the instance of a test's k-th question, from 0."""
    return seed * TEST_LENGTH + k


def mark_of(question: Question, verdict: Verdict) -> str:
    """One letter for what became of an answer: 1 right, 0 wrong, a to z by which mistake.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> question = Question("cut", article_exercise(), mistakes=("rest_lost", "swapped_xy"))
    >>> mark_of(question, Verdict(False, ("swapped_xy",)))
    'b'
    """
    if verdict.is_right:
        return "1"
    if not verdict.mistakes:
        return "0"
    return ascii_lowercase[question.mistakes.index(verdict.mistakes[0])]


def mistake_of(question: Question, mark: str) -> str | None:
    """The mistake that a mark names."""
    k = ascii_lowercase.find(mark)
    return question.mistakes[k] if 0 <= k < len(question.mistakes) else None


def marks_of(seed: int, word: str) -> str:
    """As much of the marks as can be: a letter that says nothing ends them."""
    kept = ""
    for mark in word[:TEST_LENGTH]:
        if mark not in "01" and not mistake_of(test_question(seed, len(kept)), mark):
            break
        kept += mark
    return kept
