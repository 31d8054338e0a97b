"""Small multiples: what the cards are sent, and what the library makes of the same box."""

from dataclasses import replace
from typing import Any

import numpy as np

from app.conventions.compared import cases as compared
from app.conventions.multiples import payload
from app.exercise.record import Exercise
from tests.figures.cases.sent import EN, as_boxes, cut, some_map, some_span


def cases() -> list[dict[str, Any]]:
    """Of some boxes: the cards, and each convention's own cut, by its name."""
    random = np.random.default_rng(6)
    return [_case(random, size) for size in [(2, 2), (3, 5), (7, 6)] for _ in range(4)]


def _case(random: np.random.Generator, size: tuple[int, int]) -> dict[str, Any]:
    (y1, y2), (x1, x2) = some_span(8, random), some_span(9, random)
    box = [0.0, *map(float, (x1, y1, x2, y2))]
    exercise = Exercise(some_map(8, 9, random), as_boxes([box]), size)
    found = compared(exercise, None)
    cuts = {
        case.rule.name: cut(replace(exercise, convention=case.rule), [box])[0] for case in found
    }
    return {"data": payload(exercise, found, EN), "cuts": cuts}
