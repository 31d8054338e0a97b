"""Numbers in text: pasted, or in a CSV or TSV file of any dialect. The only place that reads them.

A line is a row. Fields are parted by tabs, semicolons, commas or spaces, whichever of these a line
holds first in that order; beside tabs and semicolons a comma may be the decimal point. Lines may
stand in brackets, as programs print lists.
"""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.exercise.limits import MAX_BOXES
from app.exercise.maps import Cells, as_cells
from app.exercise.record import Box
from app.files.nested import assemble
from app.files.printed import MOST_LINES, rows_unwrapped, unwrapped
from app.files.problems import Place, reject, reject_number
from app.files.shapes import (
    Check,
    as_checked_boxes,
    check_finite,
    check_least,
    check_maps,
    reject_four,
)
from roipool.boxes import COLUMNS as BOX_COLUMNS

# What a person types for a minus, a comma and a semicolon.
_SIGNS = (("−", "-"), ("，", ","), ("；", ";"))
# Of a table that holds nothing else: a spreadsheet keeps the separators of a blank row.
_BLANK = ",; \t"
_DECIMAL_COMMA = re.compile(r"\s*[+-]?\d*,\d+([eE][+-]?\d+)?\s*")
# A comma that is certainly no decimal one.
_PLAIN_COMMA = re.compile(r",(?!\d)")

# Fields that are read together: one by one they are only where one of them is no number.
_AT_ONCE = 1000


def parse_cells(text: str) -> Cells:
    r"""The cells of pasted text: a row a line, separated by commas, semicolons, tabs or spaces.

    Raises
    ------
    ReadError
        Empty cells, words, NaN, rows of unequal length, too few or too many cells. The problem
        counts rows and columns from 0, as the stage does.

    Examples
    --------
    >>> parse_cells("1, 2\n3\t4")
    ((1.0, 2.0), (3.0, 4.0))
    """
    lines = [line for line in _lines(text) if line.strip(_BLANK)]
    if not lines:
        raise reject("paste.empty")
    cells = _assemble(lines, check_maps)
    check_least(cells.shape)
    check_finite(cells)
    return as_cells(cells)


def parse_boxes(text: str, images: int = 1) -> tuple[Box, ...]:
    """The boxes of a text: five numbers a line, after a header or none. No text is no box.

    Raises
    ------
    ReadError
        Rows of another length (four numbers lack the batch index), words, NaN, a batch index
        that none of so many images has, too many boxes.

    Examples
    --------
    >>> parse_boxes("0 0 3 7 8")
    ((0.0, 0.0, 3.0, 7.0, 8.0),)
    """
    lines = [line for line in _lines(text) if line.strip(_BLANK)]
    header = _names(lines[0]) if lines and _count(lines[0]) <= len(BOX_COLUMNS) else []
    if header[-4:] == list(BOX_COLUMNS[1:]):
        # A table copied with its header.
        lines = lines[1:]
        if not lines and header != list(BOX_COLUMNS):
            raise reject("paste.empty")
    if len(lines) > MAX_BOXES:
        raise reject("boxes.too_many", count=len(lines), most=MAX_BOXES)
    counts = [_count(line) for line in lines]
    if lines and set(counts) == {4}:
        raise reject_four(images)
    for i, count in enumerate(counts):
        if count != len(BOX_COLUMNS):
            raise reject("boxes.columns", row=i, count=count)
    table = [list(_numbers(line, (i,))) for i, line in enumerate(lines)]
    return as_checked_boxes(np.array(table), images)


def read_table(text: str, check: Check) -> NDArray[np.float64]:
    r"""The array of a text: (H, W), or more axes where blank lines part it.

    As NumPy prints arrays, a blank line parts channels and two part images. Blank lines between
    single rows part nothing: the rows are spaced.

    Examples
    --------
    >>> read_table("1 2\n3 4\n\n5 6\n7 8", check_maps).tolist()
    [[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]
    """
    images = _blocks(text)
    blocks = [block for image in images for block in image]
    if not blocks[0]:
        raise reject("file.empty")
    if all(len(block) == 1 for block in blocks):
        return _assemble([line for block in blocks for line in block], check)
    if len(blocks) == 1:
        return _assemble(blocks[0], check)
    return _assemble(blocks if len(images) == 1 else images, check)


def _blocks(text: str) -> list[list[list[str]]]:
    images: list[list[list[str]]] = [[[]]]
    blank = 0
    for line in _lines(text):
        if not line.strip(_BLANK):
            blank += 1
            continue
        if blank and images[-1][-1]:
            if blank == 1:
                images[-1].append([])
            else:
                images.append([[]])
        blank = 0
        images[-1][-1].append(line)
    return images


def _assemble(nested: Any, check: Check) -> NDArray[np.float64]:
    return assemble(nested, check, _count, _numbers, is_row=lambda item: isinstance(item, str))


def _lines(text: str) -> Iterator[str]:
    for typed, meant in _SIGNS:
        text = text.replace(typed, meant)
    count = text.count("\n") + text.count("\r") - text.count("\r\n")
    if count > MOST_LINES:
        raise reject("file.lines", count=count, most=MOST_LINES)
    # Brackets are how programs print lists, in one line or several.
    text = rows_unwrapped(unwrapped(text))
    text = re.sub(r"\]\s*,\s*\[", "\n", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return map(_bare, text.split("\n"))


def _bare(line: str) -> str:
    """A line without its brackets, and without the comma that many programs put at its end."""
    line = line.lstrip(" [")
    bare = line.rstrip("], ")
    if "]" in line[len(bare) :]:
        return bare
    return line.rstrip().removesuffix(",") if _separator(line) == "," else line


def _separator(line: str) -> str | None:
    return next((sign for sign in "\t;," if sign in line), None)


def _count(line: str) -> int:
    """How many fields a line has."""
    separator = _separator(line)
    return len(line.split()) if separator is None else line.count(separator) + 1


def _names(line: str) -> list[str]:
    return [field.strip(' "') for field in line.split(_separator(line))]


def _numbers(line: str, place: Place) -> Iterator[float]:
    separator = _separator(line)
    decimal = separator in ("\t", ";") and "," in line
    fields = line.split(separator)
    for start in range(0, len(fields), _AT_ONCE):
        some = fields[start : start + _AT_ONCE]
        try:
            numbers = list(_together(some, decimal))
        except ValueError:
            yield from _one_by_one(some, decimal, (*place, start))
        else:
            yield from numbers


def _together(fields: list[str], decimal: bool) -> Iterator[float]:
    """The numbers of fields that are nothing else, or a ValueError."""
    joined = ";".join(fields)
    if "_" in joined or (decimal and _PLAIN_COMMA.search(joined)):
        raise ValueError("not all are numbers")
    return map(float, joined.replace(",", ".").split(";") if decimal else fields)


def _one_by_one(fields: list[str], decimal: bool, place: Place) -> Iterator[float]:
    *row, start = place
    for i, field in enumerate(fields, start):
        text = field
        # An empty field between two separators is noticed, for each line has one of its own.
        if decimal and _DECIMAL_COMMA.fullmatch(field):
            text = field.replace(",", ".")
        yield _number(text.strip(' "'), (*row, i))


def _number(text: str, place: Place) -> float:
    if not text:
        raise reject_number("missing", place)
    try:
        # float() would also take "1_000".
        value = float(text) if "_" not in text else None
    except ValueError:
        value = None
    if value is None:
        raise reject_number("not_a_number", place, text=text)
    return value
