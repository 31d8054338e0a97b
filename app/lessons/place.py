"""Where in the lessons somebody is, as an address says it. Pure."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random
from string import ascii_lowercase
from typing import Literal

from app.lessons.diagnose import Verdict
from app.lessons.lesson import Lesson, lessons
from app.lessons.practice import Choice
from app.lessons.question import Question

Mode = Literal["list", "lesson", "practice", "test"]

TEST_LENGTH = 10
MOST_SEED = 999_999
# Each of its questions has an instance of its own, which an address can name.
MOST_TEST_SEED = MOST_SEED // TEST_LENGTH - 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the lessons somebody is.

    Attributes
    ----------
    mode : the list of all, a lesson, practice, or a test
    lesson : its number; 0 in the list
    step : of the lesson, from 1; one more than there are is its end
    seed : of the instances
    marks : of a test, one letter for each question that was answered: see `mark_of`
    skills : of practice, what is practised; everything where it is empty
    """

    mode: Mode = "list"
    lesson: int = 0
    step: int = 0
    seed: int = 1
    marks: str = ""
    skills: tuple[str, ...] = ()

    @property
    def of(self) -> Lesson | None:
        """The lesson; None in the list, and at the end of a test."""
        return lessons()[self.lesson - 1] if self.lesson else None

    @property
    def is_end(self) -> bool:
        """Whether the lesson, or the test, is over."""
        if self.mode == "test":
            return len(self.marks) >= TEST_LENGTH
        return self.of is not None and self.step > len(self.of.steps)

    @property
    def question(self) -> Question | None:
        """What is asked here; None where nothing is."""
        if self.of is None or self.is_end or self.of.steps[self.step - 1].ask is None:
            return None
        return question_of(self.lesson, self.step, self.instance)

    @property
    def instance(self) -> int:
        """The seed of the instance; each question of a test has one of its own."""
        return instance_of(self.seed, len(self.marks)) if self.mode == "test" else self.seed

    @property
    def key(self) -> str:
        """Another one for each question."""
        return f"{self.mode}.{self.lesson}.{self.step}.{self.seed}.{len(self.marks)}"

    @property
    def next_seed(self) -> int:
        """The one after it; after the last the first."""
        return self.seed % MOST_SEED + 1

    def as_query(self) -> dict[str, str]:
        """What the address says of it.

        Examples
        --------
        >>> Place("lesson", 3, 2, 7).as_query()
        {'lesson': '3', 'step': '2', 'seed': '7'}
        """
        if self.mode == "test":
            return {"test": str(self.seed), "marks": self.marks}
        if self.mode == "list":
            return {}
        told = {"lesson": str(self.lesson), "step": str(self.step), "seed": str(self.seed)}
        if self.mode == "practice":
            return told | {"practice": _JOIN.join(self.skills) or _EVERYTHING}
        return told


# In an address, between the skills that are practised, and for all of them.
_JOIN, _EVERYTHING = ".", "all"

NAMES = ("lesson", "step", "seed", "practice", "test", "marks")
"""What of an address belongs to a place."""


def place_in(query: Mapping[str, str]) -> Place:
    """The place that an address names, or the nearest that there is.

    Examples
    --------
    >>> place_in({"lesson": "1", "step": "2", "seed": "7"}).key
    'lesson.1.2.7.0'
    >>> place_in({"lesson": "many"}).mode
    'list'
    """
    if "test" in query:
        seed = _number(query["test"], 1, MOST_TEST_SEED, 1)
        return test_at(seed, _marks(seed, query.get("marks", "")))
    number = _number(query.get("lesson", ""), 1, len(lessons()), 0)
    if not number:
        return Place()
    lesson = lessons()[number - 1]
    mode: Mode = "practice" if query.get("practice") else "lesson"
    step = _number(query.get("step", ""), 1, len(lesson.steps) + 1, 1)
    seed = _number(query.get("seed", ""), 0, MOST_SEED, 1)
    place = Place(mode, number, step, seed)
    if mode == "lesson":
        return place
    known = {choice.skill for choice in choices()}
    asked = tuple(skill for skill in query["practice"].split(_JOIN) if skill in known)
    return replace(place, skills=asked) if place.question else replace(place, mode="lesson")


def _number(word: str, least: int, most: int, otherwise: int) -> int:
    if not word.isascii() or not word.isdigit() or len(word) > 9:
        return otherwise
    return max(least, min(int(word), most))


@lru_cache(maxsize=256)
def question_of(lesson: int, step: int, seed: int) -> Question:
    """`Lesson.question`, remembered: it is looked for by trying."""
    return lessons()[lesson - 1].question(step, seed)


def choices() -> list[Choice]:
    """Every question of every lesson."""
    return [
        Choice(lesson.number, k, step.skill)
        for lesson in lessons()
        for k, step in enumerate(lesson.steps, 1)
        if step.ask and step.model.map
    ]


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


def test_at(seed: int, marks: str) -> Place:
    """A test in which so many questions have been answered; each has a seed of its own."""
    k = len(marks)
    if k >= TEST_LENGTH:
        return Place("test", seed=seed, marks=marks[:TEST_LENGTH])
    asked = test_questions(seed)[k]
    return Place("test", asked.lesson, asked.step, seed, marks)


def test_question(seed: int, k: int) -> Question:
    """The k-th question of a test, from 0."""
    asked = test_questions(seed)[k]
    return question_of(asked.lesson, asked.step, instance_of(seed, k))


def instance_of(seed: int, k: int) -> int:
    """The seed of the instance of a test's k-th question, from 0."""
    return seed * TEST_LENGTH + k


def another_seed() -> int:
    """A seed by chance, short enough to be read out."""
    return 1 + secrets.randbelow(9999)


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


def _marks(seed: int, word: str) -> str:
    """As much of the marks as can be: a letter that says nothing ends them."""
    kept = ""
    for mark in word[:TEST_LENGTH]:
        if mark not in "01" and not mistake_of(test_question(seed, len(kept)), mark):
            break
        kept += mark
    return kept
