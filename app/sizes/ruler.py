"""What the stage's ruler shows beside the edges: boundaries before rounding, and what changes."""

from typing import Any

from app.exercise.limits import MAX_SIDE
from app.exercise.lookup import boundary_table
from app.exercise.record import Exercise
from app.sizes.cases import COLS, ROWS, differences
from app.text import Text


def ruler(exercise: Exercise, text: Text) -> dict[str, Any]:
    """Tables for every length that the ruler can be pulled to, as plain JSON."""
    rule = exercise.rule
    return {
        "most": MAX_SIDE,
        "arithmetic": rule.arithmetic,
        **{
            name: {
                "boundaries": boundary_table(MAX_SIDE, count, rule, exercise.spatial_scale),
                "differences": differences(axis, count, text),
            }
            for name, axis, count in zip(
                ("rows", "cols"), (ROWS, COLS), exercise.output_size, strict=True
            )
        },
    }
