"""Boxes on whole cells and of any numbers, and how the library cuts and pools them."""

from typing import Any

import numpy as np

from app.exercise.record import Exercise
from roipool import PRESETS
from tests.figures.cases.sent import Random, as_boxes, cut, on_cells, sent, some_map, some_span

# Rows, columns, output size, stride.
SHAPES = [(8, 8, (2, 2), 1), (9, 13, (3, 5), 16), (5, 6, (7, 9), 7), (64, 64, (14, 11), 1)]


def cases() -> list[dict[str, Any]]:
    """Of every convention and shape: what the stage is sent, and boxes with their pooling."""
    return [
        _case(convention, *shape, np.random.default_rng(k))
        for convention in PRESETS
        for k, shape in enumerate(SHAPES)
    ]


def _case(
    convention: str, rows: int, cols: int, size: tuple[int, int], stride: int, random: Random
) -> dict[str, Any]:
    exercise = Exercise(
        some_map(rows, cols, random), (), size, convention, spatial_scale=1 / stride
    )
    corners = random.uniform(-stride, (1 + max(rows, cols)) * stride, (20, 4)).round(2)
    # Half of them the right way round, the others as they come.
    corners[:10] = np.sort(corners[:10].reshape(-1, 2, 2), axis=1).reshape(-1, 4)
    corners[5:10] = corners[5:10].round() // stride * stride
    any_box = [[0.0, *box] for box in corners.tolist()]
    data = sent(Exercise(exercise.maps, as_boxes(any_box), size, convention, 0, 1 / stride))
    spans = [(some_span(rows, random), some_span(cols, random)) for _ in range(30)]
    # Those that a rounding of floats makes different from all others of their length.
    for key in list(data["edges"]["cols"]["exceptions"])[:20]:
        start, length = map(int, key.split(","))
        spans.append((some_span(rows, random), [start, start + length]))
    on = cut(exercise, [on_cells(exercise, *span) for span in spans])
    return {
        "name": f"{convention}, {rows} × {cols} in {size[0]} × {size[1]}",
        "data": data,
        "onCells": [{"place": span, **found} for span, found in zip(spans, on, strict=True)],
        "boxes": cut(exercise, any_box),
    }
