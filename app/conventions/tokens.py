"""What a convention can choose, and what each choice is called. Pure."""

from typing import Any

from app.text import Text, number
from roipool import Convention
from roipool.conventions import DTYPE_LOWEST

CHOICES: dict[str, dict[str, Any]] = {
    "inclusive_end": {"included": True, "excluded": False},
    "rounding": {token: token for token in ("half_away", "half_even", "floor", "outward", "none")},
    "arithmetic": {token: token for token in ("exact", "float32", "float64", "step", "step_rest")},
    "stop": {token: token for token in ("floor", "ceil", "nearest", "floor_or_one")},
    "min_cells": {"zero": 0, "one": 1},
    "empty_value": {"zero": 0.0, "infinite": float("-inf")},
    "lowest": {"maximum": None, "dtype": DTYPE_LOWEST, "hard_coded": -1e9},
}
"""Fields of `Convention` and what they can be switched to, by the name of each in assets/i18n."""


def token_of(rule: Convention, field: str) -> str:
    """The name of what a convention has chosen; a link may bring a number that is on no list."""
    value = getattr(rule, field)
    for token, listed in CHOICES[field].items():
        if listed == value:
            return token
    return number(value)


def label(field: str, token: str, text: Text) -> str:
    """What a value of a choice is called."""
    if token not in CHOICES[field]:
        return token
    return text(f"conventions.choice.{field}.{token}")
