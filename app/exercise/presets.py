"""Exercises that are asked for by name, or by the query of an address."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from app.exercise.edit import Problem
from app.exercise.feature_maps import make_cells
from app.exercise.gradient import canonical
from app.exercise.link import LinkError, decode
from app.exercise.maps import Maps
from app.exercise.record import Exercise, as_box

_PRESETS = Path(__file__).parents[2] / "assets" / "presets.json"


@cache
def presets() -> dict[str, dict[str, Any]]:
    """The presets by name, as assets/presets.json lists them: a page and an exercise each."""
    listed: dict[str, dict[str, Any]] = json.loads(_PRESETS.read_text("utf-8"))
    return listed


@cache
def preset_exercise(name: str) -> Exercise:
    """The exercise of a preset.

    Examples
    --------
    >>> preset_exercise("article").output_size
    (2, 2)
    """
    told = presets()[name]
    high, wide = told["output_size"]
    cells = np.array(make_cells(told["map"], *told.get("size", (8, 8))))
    for row, col, value in told.get("changed", ()):
        cells[row, col] = value
    return Exercise(
        maps=Maps(cells),
        boxes=tuple(as_box(row) for row in told["boxes"]),
        output_size=(high, wide),
        convention=told.get("convention", "article"),
        spatial_scale=1 / told.get("stride", 1),
        gradient=canonical(told.get("gradient", ())),
    )


def opened(query: Mapping[str, str], start: Exercise) -> tuple[Exercise, Problem | None]:
    """The exercise that an address asks for; the page's own start, and why, where it can't be had.

    Examples
    --------
    >>> start = preset_exercise("article")
    >>> opened({"preset": "57-in-7"}, start)[0].output_size
    (7, 7)
    >>> opened({"x": "1broken"}, start)[1].key
    'link.broken'
    """
    if "x" in query:
        try:
            return decode(query["x"]), None
        except LinkError as error:
            return start, error.problem
    name = query.get("preset")
    if name is None:
        return start, None
    if name not in presets():
        return start, Problem("link.preset", values=(("name", name),))
    return preset_exercise(name), None
