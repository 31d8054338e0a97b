"""Boxes dragged on the way back, and what the library's backward pass makes of them."""

from dataclasses import replace
from typing import Any

import numpy as np

from app.exercise.gradient import edited
from app.exercise.maps import Maps
from app.exercise.record import Exercise, as_box, pool
from app.story.backward import send_back, ties
from app.story.way_back import way_back
from roipool import PRESETS, get_convention
from tests.figures.cases.sent import Random, as_boxes, on_cells, sent, some_map, some_span

SHAPES = [(8, 8, (2, 2)), (6, 9, (3, 4)), (4, 5, (7, 6))]


def cases() -> list[dict[str, Any]]:
    """Of every convention: what the stage is sent, and drags of one of its three boxes."""
    told = [
        _case(convention, *shape, np.random.default_rng(7 * k))
        for convention in PRESETS
        for k, shape in enumerate(SHAPES)
    ]
    return told + [_low(name) for name in PRESETS if get_convention(name).lowest is not None]


def _case(
    convention: str, rows: int, cols: int, size: tuple[int, int], random: Random
) -> dict[str, Any]:
    maps = some_map(rows, cols, random, images=2)
    exercise = Exercise(maps, (), size, convention)
    # The second reaches out of the map, where its sections are empty.
    over = [0.0, -4.0, -3.0, cols - 2.0, rows - 2.0]
    boxes = [_box(exercise, random), over, _box(exercise, random, image=1)]
    return _told(exercise, boxes, random)


def _low(convention: str) -> dict[str, Any]:
    """On a map of which hardly a cell is above what the scan starts from."""
    random = np.random.default_rng(1)
    lows = [-1e9, -np.finfo(float).max, -1e9 - 1, -5.0]
    cells = random.choice(lows, (2, 1, 6, 6), p=[0.5, 0.3, 0.15, 0.05])
    exercise = Exercise(Maps(cells), (), (3, 3), convention)
    return _told(exercise, [_box(exercise, random, image) for image in (0, 0, 1)], random)


def _told(exercise: Exercise, boxes: list[list[float]], random: Random) -> dict[str, Any]:
    (rows, cols), size = exercise.size, exercise.output_size
    count = size[0] * size[1]
    gradient = random.integers(-20, 21, (3, count)) / 10
    gradient[1] = 1
    exercise = replace(exercise, boxes=as_boxes(boxes))
    exercise = replace(exercise, gradient=edited(exercise, gradient.tolist()))
    return {
        "name": f"{exercise.rule.name}, {rows} × {cols} in {size[0]} × {size[1]}",
        "data": sent(exercise, way_back),
        "first": _arrived(exercise, 0),
        "drags": [_drag(exercise, 1 - k % 2, random) for k in range(8)],
    }


def _box(exercise: Exercise, random: Random, image: int = 0) -> list[float]:
    rows, cols = (some_span(size, random) for size in exercise.size)
    return on_cells(exercise, rows, cols, image)


def _drag(exercise: Exercise, box: int, random: Random) -> dict[str, Any]:
    rows, cols = (some_span(size, random) for size in exercise.size)
    boxes = [*exercise.boxes]
    boxes[box] = as_box(on_cells(exercise, rows, cols))
    moved = replace(exercise, boxes=tuple(boxes), selected=box)
    return {"box": box, "rows": rows, "cols": cols, **_arrived(moved, box)}


def _arrived(exercise: Exercise, box: int) -> dict[str, Any]:
    """The gradient of the map, who sent it, and the cells that are tied with a maximum of a box."""
    backward, result = send_back(exercise), pool(exercise)
    cols = exercise.size[1]
    tied = {
        place
        for section in np.ndindex(exercise.output_size)
        for place in ties(exercise, result, box, section)
    }
    firsts = {divmod(place, cols) for place in backward.argmax[box].ravel().tolist()}
    return {
        "gradient": backward.gradient.ravel().tolist(),
        "places": backward.argmax[box].ravel().tolist(),
        "shares": sorted(
            [place[0] * cols + place[1], [[one.box, *one.section, one.value] for one in shares]]
            for place, shares in backward.received.items()
        ),
        "tied": sorted(map(list, tied - firsts)),
    }
