"""Where in the lessons somebody is, as an address says it. Pure."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from app.lessons.exam import TEST_LENGTH, instance_of, marks_of, test_questions
from app.lessons.lesson import Lesson, lessons, question_of
from app.lessons.practice import choices
from app.lessons.question import Question

Mode = Literal["list", "lesson", "practice", "test"]

MOST_SEED = 999_999
# Each question of a test has an instance of its own, which an address can name.
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
    marks : of a test, one letter for each question that was answered: see `exam.mark_of`
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
        return test_at(seed, marks_of(seed, query.get("marks", "")))
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


def test_at(seed: int, marks: str) -> Place:
    """A test in which so many questions have been answered; each has a seed of its own."""
    k = len(marks)
    if k >= TEST_LENGTH:
        return Place("test", seed=seed, marks=marks[:TEST_LENGTH])
    asked = test_questions(seed)[k]
    return Place("test", asked.lesson, asked.step, seed, marks)


def another_seed() -> int:
    """A seed by chance, short enough to be read out."""
    return 1 + secrets.randbelow(9999)
