"""Boxes in image pixels: what Python answers where the hand has put them."""

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np

from app.exercise.desk import Desk
from app.exercise.record import Exercise
from app.pixels.payload import payload
from app.pixels.positions import Align
from roipool import PRESETS
from tests.figures.cases.sent import EN, as_boxes, some_map, some_span

ALIGNS = [Align(), Align(0, False), Align(3, True), Align(1, False)]
# Rows, columns, stride, output size.
SHAPES = [(6, 8, 16, (2, 2)), (7, 6, 5, (3, 4))]


def cases() -> list[dict[str, Any]]:
    """Of every convention: what the page is sent, and what for boxes on whole pixels elsewhere."""
    chosen = [
        (name, ALIGNS[k % 4], shape) for k, (name, shape) in enumerate(product(PRESETS, SHAPES))
    ]
    return [_case(*one, np.random.default_rng(k)) for k, one in enumerate(chosen)]


def _case(convention: str, align: Align, shape: tuple[Any, ...], random: Any) -> dict[str, Any]:
    rows, cols, stride, size = shape
    maps = some_map(rows, cols, random)
    start = (0.0, 0.5, 0.25, 2.5 * stride, 3.0 * stride)
    if random.integers(2):
        # Up to the edges of the image, where a sample has fewer cells beside it.
        start = (0.0, 0.0, 0.0, float(cols * stride), float(rows * stride))
    exercise = Exercise(maps, (start,), size, convention, spatial_scale=1 / stride)
    # A last bit of the arithmetic gives this one another number of samples where the stride is 5.
    moved = [[0.0, 4.0, 2.0, 24.0, 17.0]]
    for k in range(5):
        y1, y2 = some_span(rows * stride, random)
        x1, x2 = some_span(cols * stride, random)
        # Some of a few pixels, which rounding may leave without a cell.
        if k < 2:
            y2, x2 = min(y2, y1 + 1 + k), min(x2, x1 + 3)
        moved.append([0.0, *map(float, (x1, y1, x2, y2))])
    return {
        "name": f"{convention}, stride {stride}, {align}",
        "data": _sent(exercise, align),
        "moved": [_answer(replace(exercise, boxes=as_boxes([box])), align) for box in moved],
    }


def _answer(exercise: Exercise, align: Align) -> dict[str, Any]:
    data = _sent(exercise, align)
    return {name: data[name] for name in ("now", "curve", "sentence")}


def _sent(exercise: Exercise, align: Align) -> dict[str, Any]:
    return payload(Desk(exercise, session=1), align, EN)
