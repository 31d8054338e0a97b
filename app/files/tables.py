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

from app.files import commas
from app.files.doubts import Doubts
from app.files.labels import unlabelled
from app.files.lines import DECIMAL_COMMA, count, separator
from app.files.nested import assemble
from app.files.printed import MOST_LINES, rows_unwrapped, unwrapped
from app.files.problems import Place, reject, reject_number
from app.files.shapes import Check

# Of a table that holds nothing else: a spreadsheet keeps the separators of a blank row.
_BLANK = ",; \t"
# A comma that is certainly no decimal one.
_PLAIN_COMMA = re.compile(r",(?!\d)")

# Fields that are read together: one by one they are only where one of them is no number.
_AT_ONCE = 1000


def rows_of(text: str, doubts: Doubts) -> list[str]:
    """The lines of a text that hold something, without brackets and commas within numbers."""
    return [line for line in _lines(commas.settled(text, doubts)) if line.strip(_BLANK)]


def read_table(text: str, check: Check, doubts: Doubts) -> NDArray[np.float64]:
    r"""The array of a text: (H, W), or more axes where blank lines part it.

    As NumPy prints arrays, a blank line parts channels and two part images. Blank lines between
    single rows part nothing: the rows are spaced.

    Examples
    --------
    >>> from app.files.shapes import check_maps
    >>> read_table("1 2\n3 4\n\n5 6\n7 8", check_maps, Doubts()).tolist()
    [[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]
    """
    images = _blocks(commas.settled(text, doubts))
    blocks = [block for image in images for block in image]
    if not blocks[0]:
        raise reject("file.empty")
    if all(len(block) == 1 for block in blocks):
        blocks = [[line for block in blocks for line in block]]
    if len(blocks) == 1:
        return _assemble(unlabelled(blocks[0], doubts), check)
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
    return assemble(nested, check, count, numbers, is_row=lambda item: isinstance(item, str))


def _lines(text: str) -> Iterator[str]:
    lines = text.count("\n") + text.count("\r") - text.count("\r\n")
    if lines > MOST_LINES:
        raise reject("file.lines", count=lines, most=MOST_LINES)
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
    return line.rstrip().removesuffix(",") if separator(line) == "," else line


def numbers(line: str, place: Place) -> Iterator[float]:
    """The numbers of a line; a ReadError names the place of a word or an empty field."""
    sign = separator(line)
    decimal = sign in ("\t", ";") and "," in line
    fields = line.split(sign)
    for start in range(0, len(fields), _AT_ONCE):
        some = fields[start : start + _AT_ONCE]
        try:
            read = list(_together(some, decimal))
        except ValueError:
            yield from _one_by_one(some, decimal, (*place, start))
        else:
            yield from read


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
        if decimal and DECIMAL_COMMA.fullmatch(field):
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
