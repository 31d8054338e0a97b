"""Exercises, and what the stage is sent of them."""

from dataclasses import replace
from typing import Any

import numpy as np

from app.exercise.coordinates import coordinates
from app.exercise.desk import Desk
from app.exercise.maps import Maps
from app.exercise.record import Box, Exercise, as_box, pool
from app.stage.payload import axis, json_numbers, payload
from app.story.told import Tell, forward
from app.text import Text
from roipool import bin_edges

EN = Text("en")
Random = np.random.Generator


def some_map(rows: int, cols: int, random: Random, images: int = 1) -> Maps:
    """Whole numbers on both sides of 0, few enough that a section holds its largest one twice."""
    return Maps(random.integers(-6, 4, (images, 1, rows, cols)).astype(float))


def sent(exercise: Exercise, tell: Tell = forward, **of_desk: Any) -> dict[str, Any]:
    """What the stage of such a story is sent, in a session that is always the same."""
    return payload(Desk(exercise, **{"session": 1, **of_desk}), EN, tell=tell)


def some_span(size: int, random: Random) -> list[int]:
    """[start, stop) of some cells out of so many."""
    return sorted(random.choice(size + 1, 2, replace=False).tolist())


def on_cells(exercise: Exercise, rows: list[int], cols: list[int], image: int = 0) -> list[float]:
    """The numbers of a box on these cells."""
    down, across = (coordinates(n, exercise.rule, exercise.spatial_scale) for n in exercise.size)
    corners = (
        across.firsts[cols[0]],
        down.firsts[rows[0]],
        across.lasts[cols[1]],
        down.lasts[rows[1]],
    )
    return [float(image), *corners]


def as_boxes(boxes: list[list[float]]) -> tuple[Box, ...]:
    """Boxes as an exercise has them."""
    return tuple(map(as_box, boxes))


def cut(exercise: Exercise, boxes: list[list[float]]) -> list[dict[str, Any]]:
    """What the library makes of each box: its edges, on the map and before that; its output."""
    found = replace(exercise, boxes=as_boxes(boxes))
    result = pool(found)
    bins, rows, cols = result.bins, result.bins.rows, result.bins.cols
    free = bin_edges(boxes, exercise.output_size, None, exercise.spatial_scale, exercise.rule)
    return [
        {
            "numbers": box,
            "rows": axis(rows[n], bins.y0[n], bins.y1[n]),
            "cols": axis(cols[n], bins.x0[n], bins.x1[n]),
            "edges": {
                "rows": [(edge[n] - rows[n, 0]).tolist() for edge in (free.y0, free.y1)],
                "cols": [(edge[n] - cols[n, 0]).tolist() for edge in (free.x0, free.x1)],
            },
            "empty": empty.ravel().tolist(),
            "values": json_numbers(result.output[n]),
            "places": result.argmax[n].ravel().tolist(),
        }
        for n, (box, empty) in enumerate(zip(boxes, bins.empty, strict=True))
    ]
