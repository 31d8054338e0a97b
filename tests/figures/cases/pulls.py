"""Pulls at every handle: where a box comes to lie, worked out by hand, and its pooling there."""

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np

from app.exercise.record import Exercise
from tests.browser.by_hand import INCLUSIVE, pulled
from tests.figures.cases.sent import as_boxes, cut, on_cells, sent, some_map, some_span

HANDLES = ["move", "n", "ne", "e", "se", "s", "sw", "w", "nw"]
OUTPUTS = {8: (2, 2), 32: (5, 13), 64: (14, 7)}


def cases() -> list[dict[str, Any]]:
    """Of each size and convention: what the stage is sent, and pulls at the box of every handle."""
    return [_case(side, convention) for side, convention in product(OUTPUTS, INCLUSIVE)]


def _case(side: int, convention: str) -> dict[str, Any]:
    random = np.random.default_rng(side)
    rows, cols = side, side - 1
    exercise = Exercise(some_map(rows, cols, random), (), OUTPUTS[side], convention)
    boxes = [on_cells(exercise, some_span(rows, random), some_span(cols, random)) for _ in HANDLES]
    # One that reaches over an edge of the map, and one of a single cell.
    boxes[0][1] = -3.0
    boxes[4] = on_cells(exercise, [0, 1], [cols - 1, cols])
    pulls = []
    for handle, k in product(HANDLES, range(len(boxes))):
        far = [2 * side, -2 * side]
        for down, right in [*random.integers(-side, side + 1, (2, 2)).tolist(), far]:
            box = pulled(boxes[k], _name(handle), down, right, (rows, cols), convention)
            pulls.append((k, handle, [down, right], list(map(float, box))))
    shown = replace(exercise, boxes=as_boxes(boxes))
    found = cut(exercise, [numbers for *_, numbers in pulls])
    return {
        "name": f"{convention}, {rows} × {cols}",
        "data": sent(shown),
        "pulls": [
            {"box": k, "handle": handle, "by": by, **to}
            for (k, handle, by, _), to in zip(pulls, found, strict=True)
        ],
    }


def _name(handle: str) -> str:
    return "roi-0" if handle == "move" else f"roi-0-handle-{handle}"
