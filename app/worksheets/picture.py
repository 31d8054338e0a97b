"""The map of a question, with what of its box and its sections may be seen."""

import numpy as np
from numpy.typing import NDArray

from app.exercise.record import pool
from app.lessons import ways
from app.lessons.question import Cell, Cut
from app.text import number
from app.worksheets.grids import AXIS, Grid, Place, cell_of
from app.worksheets.items import Item
from app.worksheets.page import Page

DOTTED = (0, (1, 1.2))


def height(item: Item) -> float:
    """How much of the page it takes."""
    size = item.question.exercise.size
    return AXIS + cell_of(size) * size[0]


def draw(page: Page, at: Place, item: Item, filled: bool) -> None:
    """The map, its first cell's corner at `at`; with the solution where it is filled."""
    exercise, kind, asks = item.question.exercise, item.question.kind, item.question.asks
    grid = Grid(page, *at, exercise.size)
    if kind == "pick" and (filled or item.question.shows_sections):
        i, j = item.question.section or (0, 0)
        grid.lit(item.cut.rows[i], item.cut.cols[j])
    for other in _others(item):
        grid.outline(other, 0.9, DOTTED)
    # What RoIAlign makes of a box has neither cells nor sections of cells.
    is_cut = filled and asks in ("output", "cut")
    if is_cut or item.question.shows_sections:
        grid.sections(item.cut)
    if item.question.shows_outline and not is_cut:
        grid.unrounded(*_unrounded(item))
    if is_cut or item.question.shows_box or (filled and asks == "cells"):
        grid.outline(item.cut)
    places = _places(item) if filled else []
    values = exercise.maps.array[exercise.image, exercise.channel]
    written = {
        (row, col): number(float(values[row, col]))
        for row in range(exercise.size[0])
        for col in range(exercise.size[1])
    }
    grid.values(written, strong=places)
    for place in places:
        grid.ring(*place)


def _unrounded(item: Item) -> tuple[float, float, float, float]:
    """(x1, y1, x2, y2) of the box in cells and parts of them."""
    exercise = item.question.exercise
    _, x1, y1, x2, y2 = (
        side * exercise.spatial_scale for side in exercise.boxes[exercise.selected]
    )
    return x1, y1, x2, y2


def _others(item: Item) -> list[Cut]:
    """The other boxes on the image; those of a question about its cells stay hidden like it."""
    exercise = item.question.exercise
    if not item.question.shows_box:
        return []
    bins = pool(exercise).bins
    return [
        Cut((_span(bins.rows[n]),), (_span(bins.cols[n]),))
        for n, box in enumerate(exercise.boxes)
        if n != exercise.selected and box[0] == exercise.image
    ]


def _span(ends: NDArray[np.integer]) -> tuple[int, int]:
    return int(ends[0]), int(ends[1])


def _places(item: Item) -> list[Cell]:
    """The cells that the answer comes from."""
    question = item.question
    if question.kind == "pick":
        return [item.right] if item.right else []
    reads_none = question.kind == "cut" or (question.kind == "box" and not question.target)
    if reads_none or question.asks != "output":
        return []
    if question.kind == "back":
        return [(row, col) for row, col, _ in item.right]
    taken = ways.sections(ways.RIGHT, item.solved.exercise)
    return [place for one in taken if (place := ways.place_of_largest(one))]
