"""Tables of boxes become boxes: columns by their names, or by what they can hold."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.exercise.limits import MAX_BOXES
from app.exercise.record import Box
from app.files import columns
from app.files.columns import FIVE, Table
from app.files.doubts import Doubts
from app.files.foreign import comments
from app.files.lines import count, fields, is_number
from app.files.problems import reject, reject_number
from app.files.shapes import MAX_COLUMNS, as_checked_boxes, check_finite, reject_four, written
from roipool.boxes import COLUMNS as BOX_COLUMNS

# A line of more fields names no columns.
_MOST_NAMES = 100
_PICTURE = re.compile(r"\.(png|jpe?g|gif|bmp|webp|tiff?)$", re.IGNORECASE)

Extent = tuple[float, float]
"""(rows, columns) of the map in units of the boxes: what fractions are fractions of."""


def of_lines(
    lines: list[str], text: str, images: int, extent: Extent | None, doubts: Doubts
) -> tuple[Box, ...]:
    """The boxes of the lines of a text, after a line of names or none."""
    if not lines:
        return ()
    names = named_by_comment(text, count(lines[0]))
    if count(lines[0]) <= _MOST_NAMES and _is_header(fields(lines[0])):
        names, lines = fields(lines[0]), lines[1:]
        if not lines and names != list(BOX_COLUMNS):
            raise reject("paste.empty")
    if len(lines) > MAX_BOXES:
        raise reject("boxes.too_many", count=len(lines), most=MAX_BOXES)
    held = columns.roles(names)
    wrong = _wrong_count(lines, range(4, _MOST_NAMES) if held else range(4, MAX_COLUMNS + 3))
    if wrong is not None:
        raise reject("boxes.columns", row=wrong, count=count(lines[wrong]))
    rows = [fields(line) for line in lines]
    if held:
        return _of_named(rows, held, images, extent, doubts)
    if names and tuple(names[1:]) != BOX_COLUMNS[1:]:
        doubts.say("header", names=", ".join(names)[:60])
    rows = _without_words(rows, images, doubts)
    if rows and not 4 <= len(rows[0]) <= MAX_COLUMNS:
        raise reject("boxes.columns", row=0, count=len(rows[0]))
    return of_table(_table(rows), images, extent, doubts, "boxes.columns")


def _wrong_count(lines: list[str], usual: range) -> int | None:
    """The first line of an unusual number of fields, or of another than the first."""
    counts = [count(line) for line in lines]
    return next((i for i, one in enumerate(counts) if one != counts[0] or one not in usual), None)


def _table(rows: list[list[str]]) -> Table:
    numbers = [[_number(field, i, j) for j, field in enumerate(row)] for i, row in enumerate(rows)]
    return np.array(numbers)


def of_table(
    read: NDArray[np.floating],
    images: int,
    extent: Extent | None,
    doubts: Doubts,
    refusal: str = "file.boxes",
) -> tuple[Box, ...]:
    """The boxes of a table (N, 4 to 7) without names."""
    if not len(read):
        return ()
    table = read.astype(np.float64)
    check_finite(table)
    width = table.shape[1]
    ways, certain = columns.ways(table, images, extent)
    chosen = doubts.chosen("columns", ways)
    if chosen is None and not certain:
        doubts.offer("columns", (way for way in ways if way != FIVE))
        if width == 4:
            raise reject_four(images)
        if width == 5:
            return _counted_from_one(table, images, doubts)
        if refusal == "boxes.columns":
            raise reject(refusal, row=0, count=width)
        raise reject(refusal, shape=written(table.shape))
    way = doubts.settle("columns", ways)
    if ways == [FIVE] and chosen is None:
        return as_checked_boxes(table, images)
    return _by(table, way, images, extent, doubts)


def _counted_from_one(table: Table, images: int, doubts: Doubts) -> tuple[Box, ...]:
    """Rows of five whose first column names no image, unless it counts from 1, as in MATLAB."""
    if np.all((table[:, 0] == table[:, 0].round()) & (table[:, 0] >= 1)) and (
        table[:, 0].max() <= images
    ):
        if doubts.chosen("origin", ["one"]):
            doubts.say("origin.one")
            return as_checked_boxes(table - 1, images)
        doubts.offer("origin", ["one"])
    return as_checked_boxes(table, images)


def _by(
    table: Table, way: str, images: int, extent: Extent | None, doubts: Doubts
) -> tuple[Box, ...]:
    """The boxes of a table whose columns are known."""
    names, parts = columns.split(way)
    four = columns.geometry(names)
    if four is None:
        raise reject("file.boxes", shape=written(table.shape))
    held = dict(zip(names, table.T, strict=True))
    corners = columns.as_corners(np.stack([held[name] for name in four], axis=1), four)
    if parts and extent is not None:
        corners = _of_map(corners, extent)
    doubts.say(
        f"columns.{_KINDS[four[0]]}{'.fractions' if parts else ''}", columns=", ".join(names)
    )
    unused = [name for name in dict.fromkeys(names) if name in ("class", "score")]
    if unused:
        doubts.say("unused", columns=", ".join(unused))
    index = held.get("batch_index")
    if index is None:
        if images > 1:
            doubts.say("first_image")
        index = np.zeros(len(table))
    return as_checked_boxes(np.column_stack([index, corners]), images)


_KINDS = {"x1": "corners", "x": "size", "cx": "centre"}


def _of_named(
    rows: list[list[str]], held: list[str], images: int, extent: Extent | None, doubts: Doubts
) -> tuple[Box, ...]:
    """The boxes of rows whose columns have names; pandas prints none above its index."""
    if rows and len(rows[0]) == len(held) + 1:
        held = ["", *held]
    for i, row in enumerate(rows):
        if len(row) != len(held):
            raise reject("boxes.columns", row=i, count=len(row))
    if not rows:
        return ()
    names = [name for name in held if name and name not in ("class", "score", "image")]
    where = [held.index(name) for name in names]
    table = _table([[row[j] for j in where] for row in rows])
    check_finite(table)
    if "image" in held:
        at = held.index("image")
        index = image_indices([row[at] for row in rows], images, doubts)
        if "batch_index" not in names:
            names, table = ["batch_index", *names], np.column_stack([index, table])
    four = columns.geometry(names)
    if four and extent is not None:
        part = columns.in_fractions(table[:, [names.index(name) for name in four]])
        if part and doubts.settle("unit", ["fractions", "cells"]) == "fractions":
            return _by(table, ", ".join(names) + "%", images, extent, doubts)
    if names == list(BOX_COLUMNS):
        return as_checked_boxes(table, images)
    return _by(table, ", ".join(names), images, extent, doubts)


def placed(
    index: Table, corners: Table, images: int, extent: Extent | None, doubts: Doubts
) -> tuple[Box, ...]:
    """Boxes of corners on the images of an index; fractions of the map where they can be these."""
    if len(index) > MAX_BOXES:
        raise reject("boxes.too_many", count=len(index), most=MAX_BOXES)
    if extent is not None and columns.in_fractions(corners):
        unit = doubts.settle("unit", ["fractions", "cells"])
        doubts.say(f"unit.{unit}")
        if unit == "fractions":
            corners = _of_map(corners, extent)
    return as_checked_boxes(np.column_stack([index, corners]), images)


def _of_map(fractions: Table, extent: Extent) -> Table:
    """Corners of fractions; what is beyond their six digits or so comes of multiplying."""
    corners: Table = (fractions * np.array([extent[1], extent[0]] * 2)).round(6)
    return corners


def image_indices(named: Sequence[object], images: int, doubts: Doubts) -> list[float]:
    """Which image each row is on, by the picture that it names.

    Names count as indices where all of them are; otherwise the pictures are taken in the order in
    which they come.
    """
    distinct = list(dict.fromkeys(named))
    numbers = [float(str(one)) if is_number(str(one)) else -1.0 for one in distinct]
    if all(one in range(images) for one in numbers):
        return [numbers[distinct.index(one)] for one in named]
    if len(distinct) > images:
        raise reject("boxes.pictures", count=len(distinct), images=images)
    if images > 1:
        doubts.say("pictures", names=", ".join(map(str, distinct))[:60])
    return [float(distinct.index(one)) for one in named]


def _number(field: str, i: int, j: int) -> float:
    if not field:
        raise reject_number("missing", (i, j))
    if not is_number(field):
        raise reject_number("not_a_number", (i, j), text=field)
    return float(field.replace(",", "."))


def _is_header(names: list[str]) -> bool:
    """Whether a first line names columns: words alone, beside the counts of pandas."""
    words = [name for name in names if name]
    return bool(words) and len(names) > 3 and not any(map(is_number, words))


def named_by_comment(text: str, width: int) -> list[str]:
    """The names of so many columns, where the last comment before the numbers gives them."""
    said = comments(text)
    names = said[-1].replace(",", " ").split() if said else []
    return names if len(names) == width and columns.roles(names) else []


def _without_words(rows: list[list[str]], images: int, doubts: Doubts) -> list[list[str]]:
    """Rows without a class or a file's name before the numbers; then one may follow them, too."""
    firsts = [row[0] for row in rows]
    if len(rows[0]) < 5 or not all(first and not is_number(first) for first in firsts):
        return rows
    rest = [row[1:] for row in rows]
    if len(rest[0]) > 4 and not any(is_number(row[-1]) for row in rest):
        rest = [row[:-1] for row in rest]
    if all(_PICTURE.search(first) for first in firsts):
        index = image_indices(firsts, images, doubts)
        return [[str(one), *row] for one, row in zip(index, rest, strict=True)]
    doubts.say("words", word=firsts[0][:40])
    return rest
