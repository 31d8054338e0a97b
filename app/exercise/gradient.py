"""The gradient that arrives at the outputs, as a reader sets it: 1 wherever they set nothing."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.exercise.limits import MAX_GRADIENT
from app.exercise.record import Exercise, Gradient


def incoming(exercise: Exercise) -> NDArray[np.float64]:
    """The gradient at the outputs (N, PH, PW): 1, as of a sum of them, where nothing else is set.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from app.exercise.record import article_exercise
    >>> incoming(replace(article_exercise(), gradient=(((0.5, 2.0),),))).tolist()
    [[[0.5, 2.0], [1.0, 1.0]]]
    """
    high, wide = exercise.output_size
    values = np.ones((len(exercise.boxes), high, wide))
    for box, rows in zip(values, exercise.gradient, strict=False):
        for to, row in zip(box, rows, strict=False):
            count = min(wide, len(row))
            to[:count] = row[:count]
    return values


def canonical(values: Sequence[Sequence[Sequence[float]]]) -> Gradient:
    """A gradient [box][row][column] without what says nothing, so that equal ones are equal.

    Examples
    --------
    >>> canonical([[[1, 1], [1, 1]], [[1, 0], [1, 1]], []])
    ((), ((1.0, 0.0), (1.0, 1.0)))
    """
    # 0.0 + x: a zero has no sign here.
    told = [
        tuple(tuple(0.0 + value for value in row) for row in box)
        if any(value != 1 for row in box for value in row)
        else ()
        for box in values
    ]
    while told and not told[-1]:
        told.pop()
    return tuple(told)


def edited(exercise: Exercise, sent: Sequence[Sequence[float] | None] | None) -> Gradient:
    """The gradient after a change on the stage: of each box its values in row-major order.

    None stands for ones. What does not fit the output is left as it was.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> edited(article_exercise(), [[1, 0, 0, 2]]), edited(article_exercise(), [[1, 0]])
    ((((1.0, 0.0), (0.0, 2.0)),), ())
    """
    high, wide = exercise.output_size
    if sent is None:
        return exercise.gradient
    values = [[1.0] * (high * wide) if one is None else one for one in sent]
    if not all(len(one) == high * wide and all(map(is_gradient, one)) for one in values):
        return exercise.gradient
    return canonical([[one[i * wide : (i + 1) * wide] for i in range(high)] for one in values])


def is_gradient(value: Any) -> bool:
    """Whether something is a number that can stand for a gradient here."""
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return number and abs(value) <= MAX_GRADIENT
