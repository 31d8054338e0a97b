"""From a seed an exercise on which the right answer and every mistake of a question differ.

The same seed gives the same instance on every machine.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from random import Random

from app.exercise.record import Exercise
from app.lessons import answers, ways
from app.lessons.mistakes import MISTAKES
from app.lessons.models import Model, exercise_of
from app.lessons.question import Answer, Asks, Drawn, Kind, Question

MOST_TRIES = 400


class NoInstanceError(ValueError):
    """No exercise was found on which the mistakes of a question can be told apart."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question whose exercise is still open.

    Attributes
    ----------
    kind, asks, goal, mistakes, drawn : as `Question` has them
    model : what its exercises are like
    alike : sets of mistakes that no exercise of the model tells apart
    options : of a choice, how many it has at most, the right one among them
    """

    kind: Kind
    model: Model
    asks: Asks = "output"
    goal: str = ""
    mistakes: tuple[str, ...] = ()
    alike: tuple[frozenset[str], ...] = ()
    options: int = 4
    drawn: Drawn = "box"


def instance(ask: Ask, seed: str) -> Question:
    """The question of a seed: the first of its exercises that tells all mistakes apart.

    Raises
    ------
    NoInstanceError
        There is none among the first few hundred.

    Examples
    --------
    >>> model = Model(map=(6, 6), output=((3, 3),))
    >>> ask = Ask("cut", model, mistakes=("rest_lost", "rest_to_last"))
    >>> question = instance(ask, "1")
    >>> question == instance(ask, "1"), question.exercise.size
    (True, (6, 6))
    """
    for attempt in range(MOST_TRIES):
        random = Random(f"{seed}.{attempt}")
        question = _question(ask, exercise_of(ask.model, random), random)
        if question and tells_apart(question, ask.alike):
            return _with_options(question, ask.options, random) if ask.kind == "which" else question
        if ask.model.map is None and ask.kind != "pick":
            break
    raise NoInstanceError(f"no exercise of {ask} tells its mistakes apart")


def tells_apart(question: Question, alike: tuple[frozenset[str], ...] = ()) -> bool:
    """Whether the right answer and those of the mistakes all differ, but for the sets `alike`."""
    question = _of_options(question)
    given: dict[str, Answer] = {}
    for key, answer in _answers(question):
        if answer is None:
            return False
        given[key] = answer
    if question.kind == "box" and question.goal != "this_box":
        # A box that a mistake leads to may do for another, too; it is never right.
        return True
    return not any(
        answers.same(question, given[one], given[other])
        for one, other in combinations(given, 2)
        if not any({one, other} <= group for group in alike)
    ) and not any(answers.is_right(question, given[key]) for key in question.mistakes)


def _of_options(question: Question) -> Question:
    """Of a choice the question whose answers its options are, which have to differ.

    Of cuts one of which made the output that is told, it is the outputs that have to.
    """
    if question.kind != "which":
        return question
    is_of_cuts = question.asks == "cut" and not question.target
    return replace(question, kind="cut" if is_of_cuts else "value")


def _answers(question: Question) -> Iterator[tuple[str, Answer | None]]:
    yield "right", answers.answer(question, ways.RIGHT)
    for key in question.mistakes:
        yield key, answers.answer(question, MISTAKES[key])


def _question(ask: Ask, exercise: Exercise, random: Random) -> Question | None:
    # Whose rule it is by, is no mistake.
    own = f"as_{exercise.rule.name}"
    mistakes = tuple(key for key in ask.mistakes if key != own)
    question = Question(
        ask.kind, exercise, asks=ask.asks, goal=ask.goal, mistakes=mistakes, drawn=ask.drawn
    )
    high, wide = exercise.output_size
    if ask.kind == "pick":
        return replace(question, section=(random.randrange(high), random.randrange(wide)))
    if ask.goal == "this_output":
        target = tuple(float(value) for value in ways.output(ways.RIGHT, exercise).flat)
        question = replace(question, target=target)
        return _elsewhere(question, random) if ask.kind == "box" else question
    if ask.goal == "this_box":
        return _elsewhere(replace(question, target=exercise.boxes[0][1:]), random)
    return question


def _elsewhere(question: Question, random: Random) -> Question:
    """The question with its box away from where it is to be put."""
    high, wide = question.exercise.size
    start = ((0, min(2, high)),), ((0, min(2, wide)),)
    moved = answers.with_box(question, start)
    if answers.reaches(question, ways.RIGHT, start):
        return answers.with_box(question, (((high - 2, high),), ((wide - 2, wide),)))
    return moved


def _with_options(question: Question, most: int, random: Random) -> Question:
    """The right option among those of some mistakes, in any order."""
    wrong = random.sample(question.mistakes, min(most - 1, len(question.mistakes)))
    keys = ["right", *wrong]
    random.shuffle(keys)
    return replace(question, options=tuple(keys), mistakes=tuple(wrong))
