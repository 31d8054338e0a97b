"""What a learner does in the lessons, one after the other; what was answered, and what is said."""

from dataclasses import dataclass, field, replace
from typing import Any

from app.exercise.edit import Problem
from app.lessons import answers, given
from app.lessons.diagnose import Verdict, diagnose
from app.lessons.exam import mark_of
from app.lessons.lesson import lessons
from app.lessons.place import Place, test_at
from app.lessons.practice import Asked, Choice, choices, due
from app.lessons.question import Answer, Kind, Question

# A session that lasts for days keeps what was answered last.
MOST_ENTRIES = 2000


@dataclass(frozen=True, slots=True)
class Entry:
    """A question that was answered, or whose answer was asked for; `given` is None then.

    What was asked and what is right are kept: to find the instance again takes long.
    """

    place: Place
    kind: Kind
    given: Answer | None
    right: Answer
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Sitting:
    """Where a learner is, what they have answered here, and all that they answered before.

    Attributes
    ----------
    place : where they are
    given : the answer to the question here; None where there is none, or it was shown unasked
    verdict : what is said of it; None while the question is open
    tried : what is said of a first answer that was wrong; the question stays open for a second
    problem : what of an answer could not be read; the question stays open
    log : everything that was answered in this session, the latest last
    since : how much of the log was there when practice began
    left : where each lesson, and the test, was left
    """

    place: Place = field(default_factory=Place)
    given: Answer | None = None
    verdict: Verdict | None = None
    tried: Verdict | None = None
    problem: Problem | None = None
    log: tuple[Entry, ...] = ()
    since: int = 0
    left: tuple[Place, ...] = ()

    def at(self, place: Place) -> "Sitting":
        """The learner somewhere else, or at the same place anew."""
        left = self.left
        if place.mode in ("lesson", "test"):
            left = (*(one for one in left if not _is_of_the_same(one, place)), place)
        return Sitting(place, log=self.log, since=self.since, left=left)

    def begun(self, lesson: int) -> Place:
        """Where a lesson goes on; its first step where it was not begun, or ended."""
        left = (one for one in self.left if one.mode == "lesson" and one.lesson == lesson)
        place = next(left, Place("lesson", lesson, 1))
        return Place("lesson", lesson, 1, place.seed) if place.is_end else place

    @property
    def test(self) -> Place | None:
        """The test that was begun and not ended."""
        left = (one for one in self.left if one.mode == "test")
        place = next(left, None)
        return place if place and place.marks and not place.is_end else None

    def hears(self, sent: Any) -> "Sitting":
        """The sitting after what the figure has said; what is not understood changes nothing."""
        if not isinstance(sent, dict) or sent.get("id") != self.place.key:
            return self
        match sent.get("ask"):
            case "check":
                return self._check(sent.get("answer"))
            case "reveal":
                return self._reveal()
            case "another":
                return self.another()
            case "next":
                return self.next()
            case "back":
                return self.back()
            case _:
                return self

    def _check(self, sent: Any) -> "Sitting":
        question = self.place.question
        if question is None or self.verdict:
            return self
        answer = given.read(question, sent)
        if isinstance(answer, Problem):
            return replace(self, problem=answer)
        verdict = diagnose(question, answer)
        if verdict.is_right or self.tried or self.place.mode == "test":
            return self._judged(question, answer, verdict)
        log = self._noted(question, answer, verdict)
        return replace(self, given=answer, tried=verdict, problem=None, log=log)

    def _reveal(self) -> "Sitting":
        question = self.place.question
        if question is None or self.verdict or self.place.mode == "test":
            return self
        shown = self._judged(question, None, Verdict(False))
        # Whoever has tried sees the own answer beside the right one.
        return replace(shown, given=self.given, verdict=self.tried) if self.tried else shown

    def _judged(self, question: Question, answer: Answer | None, verdict: Verdict) -> "Sitting":
        place = self.place
        log = self._noted(question, answer, verdict)
        judged = replace(self, given=answer, verdict=verdict, tried=None, problem=None, log=log)
        if place.mode != "test":
            return judged
        # In a test nothing is said before its end.
        return judged.at(test_at(place.seed, place.marks + mark_of(question, verdict)))

    def _noted(
        self, question: Question, answer: Answer | None, verdict: Verdict
    ) -> tuple[Entry, ...]:
        entry = Entry(self.place, question.kind, answer, answers.right(question), verdict)
        return (*self.log, entry)[-MOST_ENTRIES:]

    def another(self) -> "Sitting":
        """The same question on the next instance."""
        place = self.place
        if place.question is None or place.mode == "test":
            return self
        return self.at(replace(place, seed=place.next_seed))

    def next(self) -> "Sitting":
        """The next step of the lesson, or the next question of practice."""
        place = self.place
        if place.mode == "practice":
            return self.practise(place.skills)
        if place.mode != "lesson" or place.is_end:
            return self
        return self.at(replace(place, step=place.step + 1))

    def back(self) -> "Sitting":
        """The step before."""
        place = self.place
        if place.mode != "lesson" or place.step <= 1:
            return self
        return self.at(replace(place, step=place.step - 1))

    def begin(self, chosen: tuple[str, ...]) -> "Sitting":
        """Practice from its start: whatever was practised before is to be shown anew."""
        return replace(self, since=len(self.log)).practise(chosen)

    def practise(self, chosen: tuple[str, ...]) -> "Sitting":
        """The first question of practice on some skills, and the next once one is answered.

        Without any it is on everything. The list of lessons comes once every skill is there.
        """
        open_ = [choice for choice in choices() if not chosen or choice.skill in chosen]
        since = self.log[self.since :]
        # What was mended at the second try was missed all the same.
        firsts = {entry.place.key: entry for entry in reversed(since)}
        asked = [_asked(one) for one in reversed(firsts.values()) if one.place.mode == "practice"]
        following = due(asked, open_, self.place.seed)
        if following is None:
            return self.at(Place())
        return self.at(
            Place("practice", following.lesson, following.step, self.place.next_seed, skills=chosen)
        )

    def has_tried(self, lesson: int) -> bool:
        """Whether a question of a lesson was answered, or its answer asked for."""
        return any(entry.place.lesson == lesson for entry in self.log)

    def done(self, lesson: int) -> int:
        """How many of a lesson's questions were answered right at least once."""
        return len(self._right(lesson))

    def missed(self, lesson: int) -> list[int]:
        """The steps of a lesson whose questions were never answered right."""
        asked = (n for n, step in enumerate(lessons()[lesson - 1].steps, 1) if step.ask)
        return sorted(set(asked) - self._right(lesson))

    def _right(self, lesson: int) -> set[int]:
        log = (entry for entry in self.log if entry.place.lesson == lesson)
        return {entry.place.step for entry in log if entry.verdict.is_right}


def _is_of_the_same(one: Place, other: Place) -> bool:
    """Whether two places are in one lesson, or in the test; there is one test at a time."""
    return one.mode == other.mode and (one.mode == "test" or one.lesson == other.lesson)


def _asked(entry: Entry) -> Asked:
    place = entry.place
    skill = lessons()[place.lesson - 1].steps[place.step - 1].skill
    return Asked(place.lesson, place.step, skill, place.seed, entry.verdict.is_right)


def skills() -> dict[str, list[Choice]]:
    """Every skill, in the order of the lessons, with its questions."""
    found: dict[str, list[Choice]] = {}
    for choice in choices():
        found.setdefault(choice.skill, []).append(choice)
    return found
