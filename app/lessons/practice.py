"""Which question comes next: missed ones return, and two right in a row end a skill. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from app.lessons.lesson import lessons

# A question that was missed comes back when so many others have been asked.
LATER = 2
ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was answered in practice.

    Attributes
    ----------
    lesson, step : which question it was
    skill : of its step
    seed : of its instance
    is_right : bool
    """

    lesson: int
    step: int
    skill: str
    seed: int
    is_right: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A question that can be asked: of which lesson and step, and what it exercises."""

    lesson: int
    step: int
    skill: str


def choices() -> list[Choice]:
    """Every question of every lesson."""
    return [
        Choice(lesson.number, k, step.skill)
        for lesson in lessons()
        for k, step in enumerate(lesson.steps, 1)
        if step.ask and step.model.map
    ]


def due(asked: Sequence[Asked], choices: Sequence[Choice], seed: int) -> Choice | None:
    """The question that comes next; None once every skill is there.

    What was missed returns `LATER` questions later, on another instance. Until then, and without
    that, the skills that are not there yet take turns, the least asked first.

    Examples
    --------
    >>> choices = [Choice(1, 2, "shape"), Choice(2, 2, "cut")]
    >>> due([Asked(1, 2, "shape", 7, False)], choices, 7).skill
    'cut'
    >>> due([], [], 7) is None
    True
    """
    open_ = [choice for choice in choices if not is_there(asked, choice.skill)]
    if not open_:
        return None
    missed = _missed(asked, open_)
    if missed:
        return missed
    times = {choice: sum(_is(one, choice) for one in asked) for choice in open_}
    last = asked[-1] if asked else None
    others = [choice for choice in open_ if last is None or choice.skill != last.skill] or open_
    least = min(times[choice] for choice in others)
    rarest = [choice for choice in others if times[choice] == least]
    return Random(f"{seed}.{len(asked)}").choice(rarest)


def is_there(asked: Sequence[Asked], skill: str) -> bool:
    """Whether the last two questions of a skill were right.

    Examples
    --------
    >>> right = Asked(1, 2, "cut", 7, True)
    >>> is_there([right], "cut"), is_there([right, right], "cut")
    (False, True)
    """
    latest = [one.is_right for one in asked if one.skill == skill][-ENOUGH:]
    return len(latest) == ENOUGH and all(latest)


def _missed(asked: Sequence[Asked], choices: Sequence[Choice]) -> Choice | None:
    """What was missed longest ago, and not asked since; not before its time."""
    for k, one in enumerate(asked):
        again = any(_is(later, one) for later in asked[k + 1 :])
        if not one.is_right and not again and len(asked) - k > LATER:
            return next((choice for choice in choices if _is(one, choice)), None)
    return None


def _is(one: Asked, other: Asked | Choice) -> bool:
    return (one.lesson, one.step) == (other.lesson, other.step)
