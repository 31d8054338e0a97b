"""A lesson as data: its steps from assets/lessons, checked when they are read."""

import json
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, get_args

from app.exercise.record import Exercise
from app.lessons.goals import GOALS
from app.lessons.instances import Ask, instance
from app.lessons.mistakes import MISTAKES
from app.lessons.models import Model
from app.lessons.question import KINDS, Asks, Drawn, Question
from roipool import get_convention

FOLDER = Path(__file__).parents[2] / "assets" / "lessons"


_SAID = {"key", "on", "ask", "asks", "goal", "mistakes", "alike", "options", "drawn", "skill"}

# Where a step does not say: what a question of its kind needs to be one.
_DRAWN = dict.fromkeys(KINDS, "box") | {"pick": "sections", "back": "sections", "box": "nothing"}


class LessonError(ValueError):
    """A lesson's file says something that cannot be asked."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a lesson: something shown, or a question.

    Attributes
    ----------
    key : of its sentences, ``lessons.NAME.KEY``
    ask : the question; None where an exercise is only shown
    model : what is shown is like
    skill : what is exercised, by which practice chooses; empty where nothing is asked
    """

    key: str
    ask: Ask | None
    model: Model
    skill: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson, 3 to 8 minutes.

    Attributes
    ----------
    number : from 1
    name : of its file and its sentences
    minutes : int
    steps : in their order
    """

    number: int
    name: str
    minutes: int
    steps: tuple[Step, ...]

    @property
    def mistakes(self) -> tuple[str, ...]:
        """Every mistake that one of its questions can tell, in their order."""
        told = (key for step in self.steps if step.ask for key in step.ask.mistakes)
        return tuple(dict.fromkeys(told))

    def question(self, step: int, seed: int) -> Question:
        """The question of a step, counted from 1, on the instance of a seed.

        Raises
        ------
        LessonError
            The step only shows something.
        """
        ask = self.steps[step - 1].ask
        if ask is None:
            raise LessonError(f"step {step} of {self.name} asks nothing")
        return instance(ask, f"{self.name}.{step}.{seed}")

    def shown(self, step: int, seed: int) -> Exercise:
        """The exercise of a step that only shows something."""
        ask = Ask("cut", self.steps[step - 1].model)
        return instance(ask, f"{self.name}.{step}.{seed}").exercise


@cache
def lessons() -> tuple[Lesson, ...]:
    """All lessons in their order.

    Examples
    --------
    >>> [lesson.number for lesson in lessons()][:3]
    [1, 2, 3]
    """
    return tuple(read(path) for path in sorted(FOLDER.glob("*.json")))


@lru_cache(maxsize=256)
def question_of(lesson: int, step: int, seed: int) -> Question:
    """`Lesson.question`, remembered: it is looked for by trying."""
    return lessons()[lesson - 1].question(step, seed)


def read(path: Path) -> Lesson:
    """A lesson from its file, NN-name.json.

    Raises
    ------
    LessonError
        Something in it is unknown; the error says where.
    """
    number, _, name = path.stem.partition("-")
    try:
        told = json.loads(path.read_text("utf-8"))
        steps = tuple(_step(step) for step in told["steps"])
        return Lesson(int(number), name, int(told["minutes"]), steps)
    except (KeyError, TypeError, ValueError) as error:
        raise LessonError(f"{path.name}: {error}") from error


def _step(told: dict[str, Any]) -> Step:
    key = told["key"]
    try:
        model = _model(told.get("on", {}))
        if "ask" not in told:
            _no_more(told, {"key", "on"})
            return Step(key, None, model)
        _no_more(told, _SAID)
        ask = Ask(
            kind=_one_of(told["ask"], KINDS, "ask"),
            model=model,
            asks=_one_of(told.get("asks", "output"), get_args(Asks), "asks"),
            goal=_one_of(told.get("goal", ""), ("", *GOALS), "goal"),
            mistakes=tuple(_one_of(name, MISTAKES, "mistakes") for name in told["mistakes"]),
            alike=tuple(frozenset(group) for group in told.get("alike", ())),
            options=int(told.get("options", 4)),
            drawn=_one_of(told.get("drawn", _DRAWN[told["ask"]]), get_args(Drawn), "drawn"),
        )
        return Step(key, ask, model, told["skill"])
    except (KeyError, TypeError, ValueError) as error:
        raise LessonError(f"step {key!r}: {error}") from error


def _model(told: dict[str, Any]) -> Model:
    _no_more(told, {field.name for field in fields(Model)})
    model = Model(**{name: _tupled(value) for name, value in told.items()})
    for convention in model.conventions:
        get_convention(convention)
    _one_of(model.at, ("inside", "past", "outside", "inverted"), "at")
    _one_of(model.fits, ("", "rows", "box"), "fits")
    return model


def _tupled(value: Any) -> Any:
    return tuple(map(_tupled, value)) if isinstance(value, list) else value


def _no_more(told: dict[str, Any], known: set[str]) -> None:
    unknown = told.keys() - known
    if unknown:
        raise LessonError(f"{', '.join(sorted(unknown))}: expected some of {sorted(known)}")


def _one_of(value: Any, allowed: Any, name: str) -> Any:
    if value not in allowed:
        raise LessonError(f"{name} is {value!r}; expected one of {', '.join(map(repr, allowed))}")
    return value
