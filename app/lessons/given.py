"""What a learner's figure sends as an answer, read and checked. Pure; nothing raises."""

import math
from typing import Any

from app.exercise.edit import Problem
from app.files.typed import plain_signs
from app.lessons.question import Answer, Cut, Question, Span

# Nobody means a larger number, and no sum of such overflows.
_LARGEST = 1e15
_MOST_CELLS = 400
_LONGEST = 100
# The largest that is the same number in a browser.
_MOST_TOLD = 2**53 - 1


def read(question: Question, sent: Any) -> Answer | Problem:
    """The answer, or what of it could not be read.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> read(Question("pick", article_exercise(), section=(0, 0)), [3, 0])
    (3, 0)
    >>> read(Question("value", article_exercise()), ["\uff10.\uff18\uff15", "1", "", "2"]).key
    'lessons.blank'
    """
    try:
        return _READ[question.kind](question, sent)
    except (TypeError, ValueError, OverflowError, IndexError, KeyError):
        return Problem("lessons.unread")


def number_of(sent: Any) -> int | None:
    """The number of a message; None where it has none.

    Examples
    --------
    >>> number_of({"ask": "check", "times": 7}), number_of({"times": "7"}), number_of(None)
    (7, None, None)
    """
    number = sent.get("times") if isinstance(sent, dict) else None
    if not isinstance(number, int) or isinstance(number, bool):
        return None
    return number if 0 <= number <= _MOST_TOLD else None


def _cut(question: Question, sent: Any) -> Answer:
    high, wide = question.exercise.output_size
    rows, cols = question.exercise.size
    return Cut(_spans(sent["rows"], high, rows), _spans(sent["cols"], wide, cols))


def _box(question: Question, sent: Any) -> Answer | Problem:
    rows, cols = question.exercise.size
    given = Cut(_spans([sent["rows"]], 1, rows), _spans([sent["cols"]], 1, cols))
    if any(stop <= start for ((start, stop),) in (given.rows, given.cols)):
        return Problem("lessons.unread")
    return given


def _spans(sent: Any, count: int, side: int) -> tuple[Span, ...]:
    spans = tuple((_edge(start, side), _edge(stop, side)) for start, stop in sent)
    if len(spans) != count:
        raise ValueError(count)
    return spans


def _edge(sent: Any, side: int) -> int:
    edge = _whole(sent)
    if not 0 <= edge <= side:
        raise ValueError(edge)
    return edge


def _whole(sent: Any) -> int:
    if isinstance(sent, bool) or int(sent) != sent:
        raise ValueError(sent)
    return int(sent)


def _pick(question: Question, sent: Any) -> Answer:
    rows, cols = question.exercise.size
    row, col = sent
    return _edge(row, rows - 1), _edge(col, cols - 1)


def _value(question: Question, sent: Any) -> Answer | Problem:
    count = 4 if question.asks in ("shape", "cells") else math.prod(question.exercise.output_size)
    words = [str(word) for word in sent]
    if len(words) != count:
        raise ValueError(count)
    values = tuple(map(_number, words))
    return _first_problem(words, values) or values


def _back(question: Question, sent: Any) -> Answer | Problem:
    rows, cols = question.exercise.size
    entries = list(sent)[:_MOST_CELLS]
    cells = [(_edge(row, rows - 1), _edge(col, cols - 1)) for row, col, _ in entries]
    words = [str(word) for _, _, word in entries]
    values = tuple(map(_number, words))
    problem = _first_problem(words, values)
    if problem:
        return problem
    told = {at: value for at, value in zip(cells, values, strict=True) if value}
    return tuple((*at, value) for at, value in sorted(told.items()))


def _number(word: str) -> float:
    if len(word) > _LONGEST:
        return math.nan
    try:
        plain = plain_signs(word).strip().replace("\u2212", "-")
        # A decimal comma, too: it is one number that is asked for.
        value = float(plain if "." in plain else plain.replace(",", ".", 1))
    except ValueError:
        return math.nan
    return value if abs(value) <= _LARGEST else math.nan


def _first_problem(words: list[str], values: tuple[float, ...]) -> Problem | None:
    """The first of the words that is no number; one that is missing where all others are."""
    wrong = [word for word, value in zip(words, values, strict=True) if math.isnan(value)]
    said = next((word for word in wrong if word.strip()), None)
    if said is not None:
        return Problem("lessons.no_number", values=(("value", said),))
    return Problem("lessons.blank", values=(("count", len(wrong)),)) if wrong else None


def _which(question: Question, sent: Any) -> Answer:
    return {letter(k): key for k, key in enumerate(question.options)}[sent]


def letter(k: int) -> str:
    """What the k-th option of a choice is called, from 0."""
    return chr(ord("a") + k)


_READ = {"cut": _cut, "pick": _pick, "value": _value, "box": _box, "back": _back, "which": _which}
