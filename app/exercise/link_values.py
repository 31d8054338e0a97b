"""Values of a link's JSON, each checked as what a stranger sends; what is wrong is a ValueError."""

import math
from typing import Any

from app.exercise.limits import MAX_SIDE, MIN_SIDE


def items(told: Any, least: int, most: int) -> list[Any]:
    if not isinstance(told, list) or not least <= len(told) <= most:
        raise ValueError("no such list")
    return told


def side(told: Any) -> int:
    return whole(told, MIN_SIDE, MAX_SIDE)


def whole(told: Any, least: int, most: int) -> int:
    if not isinstance(told, int) or isinstance(told, bool) or not least <= told <= most:
        raise ValueError("no such number")
    return told


def finite(told: Any) -> float:
    if not isinstance(told, (int, float)) or isinstance(told, bool) or not math.isfinite(told):
        raise ValueError("no number")
    return float(told)


def is_infinite(value: Any) -> bool:
    return isinstance(value, float) and math.isinf(value)


def short(value: float) -> float | int:
    """A number that JSON writes in as few characters as can be, and reads back as the same."""
    is_whole = float(value).is_integer() and abs(value) < 1e15
    is_minus_zero = value == 0 and math.copysign(1, value) < 0
    return int(value) if is_whole and not is_minus_zero else value
