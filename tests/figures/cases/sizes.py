"""Lengths along the ruler: how the library cuts them, and where they would be cut unrounded."""

from typing import Any

import numpy as np

from app.exercise.desk import Desk
from app.exercise.limits import MAX_SIDE
from app.exercise.lookup import boundary_table
from app.exercise.record import Exercise
from app.sizes.cases import sections, shared_cells
from app.sizes.ruler import ruler
from app.stage.payload import payload
from roipool import PRESETS
from tests.figures.cases.sent import EN, as_boxes, cut, on_cells, some_map

SIZE = (7, 14)


def cases() -> list[dict[str, Any]]:
    """Of every convention: what the stage over a ruler is sent, and spans of rows and columns."""
    return [_case(convention, SIZE) for convention in PRESETS]


def _case(convention: str, size: tuple[int, int]) -> dict[str, Any]:
    random = np.random.default_rng(size[0])
    exercise = Exercise(some_map(MAX_SIDE, MAX_SIDE, random), (), size, convention)
    spans = [[start, start + n] for n in (1, 2, 3, 5, 13, 57, 63) for start in (0, 1, MAX_SIDE - n)]
    boxes = [on_cells(exercise, span, span) for span in spans]
    shown = Exercise(exercise.maps, as_boxes(boxes), size, convention)
    found = cut(exercise, boxes)
    return {
        "name": f"{convention}, {size[0]} and {size[1]} sections",
        "data": payload(Desk(shown), EN, figure="sizes", parts={"ruler": ruler}, reach=MAX_SIDE),
        "spans": [
            {
                "span": span,
                "edges": box["edges"],
                "boundaries": {
                    name: _looked_up(boundary_table(MAX_SIDE, count, convention), *span)
                    for name, count in zip(("rows", "cols"), size, strict=True)
                },
                "shared": {
                    name: shared_cells(sections(span[1] - span[0], count, convention))
                    for name, count in zip(("rows", "cols"), size, strict=True)
                },
            }
            for span, box in zip(spans, found, strict=True)
        ],
    }


def _looked_up(table: dict[str, Any], start: int, stop: int) -> list[str]:
    found: list[str] = table["exceptions"].get(
        f"{start},{stop - start}", table["lengths"][stop - start - 1]
    )
    return found
