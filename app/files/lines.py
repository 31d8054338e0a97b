"""A line of a table: how its fields are parted, and which of them are numbers."""

import re

DECIMAL_COMMA = re.compile(r"\s*[+-]?\d*,\d+([eE][+-]?\d+)?\s*")


def separator(line: str) -> str | None:
    """Tab, semicolon or comma, whichever a line holds first in that order; None for spaces."""
    return next((sign for sign in "\t;," if sign in line), None)


def count(line: str) -> int:
    """How many fields a line has."""
    sign = separator(line)
    return len(line.split()) if sign is None else line.count(sign) + 1


def fields(line: str) -> list[str]:
    """The fields of a line without the quotes around them.

    Examples
    --------
    >>> fields('"x1"; 2,5')
    ['x1', '2,5']
    """
    return [field.strip(" \"'") for field in line.split(separator(line))]


def is_number(field: str) -> bool:
    """Whether a field is a number, with a point or a comma.

    Examples
    --------
    >>> [is_number(field) for field in ("2,5", "nan", "x1", "1_0", "")]
    [True, True, False, False, False]
    """
    try:
        float(field.replace(",", ".") if DECIMAL_COMMA.fullmatch(field) else field)
    except ValueError:
        return False
    return "_" not in field
