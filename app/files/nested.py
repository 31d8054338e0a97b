"""Nested lists become an array; JSON is where they come from."""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.files.contents import pick
from app.files.doubts import Doubts
from app.files.printed import lists
from app.files.problems import Place, reject, reject_length, reject_number
from app.files.shapes import Check, Shape


def assemble(
    nested: Any,
    check: Check,
    count: Callable[[Any], int],
    read: Callable[[Any, Place], Iterable[float]],
    is_row: Callable[[Any], bool],
) -> NDArray[np.float64]:
    """The array of lists in lists of rows, read row by row once `check` has allowed its shape.

    The shape is that of the first of every kind, and all others must agree. `count` says how many
    numbers a row holds without reading it.
    """
    shape: Shape = ()
    inner = nested
    while not is_row(inner) and len(shape) < 5:
        shape += (len(inner),)
        inner = inner[0]
    shape += (count(inner),) if is_row(inner) else ()
    check(shape)
    array = np.empty(shape)

    def fill(item: Any, place: Place) -> None:
        *lists, columns = shape
        if len(place) == len(lists):
            if count(item) != columns:
                raise reject_length(place, len(shape), count(item), columns)
            array[place] = list(read(item, place))
            return
        length = len(item) if isinstance(item, list) else 0
        if length != lists[len(place)]:
            raise reject_length(place, len(shape), length, lists[len(place)])
        for i, one in enumerate(item):
            fill(one, (*place, i))

    fill(nested, ())
    return array


def is_json(text: str) -> bool:
    """Whether a text is JSON: it begins with a bracket, and NumPy did not print it.

    NumPy puts no commas between the lists, and then lines and blank lines say as much.
    """
    if text.lstrip()[:1] not in ("[", "{"):
        return False
    lists_touch = re.search(r"\]\s*\[", text) and not re.search(r"\]\s*,", text)
    return not lists_touch or text.count("[") != text.count("]")


def read_json(
    text: str, wanted: tuple[str, ...], check: Check, doubts: Doubts
) -> NDArray[np.float64]:
    """The array of a JSON text: nested lists, or an object that holds them under a known name."""
    data = load(text)
    if isinstance(data, dict):
        data = data[pick(list(data), wanted, doubts)]
    return as_array(data, check)


def as_array(data: Any, check: Check) -> NDArray[np.float64]:
    """The array of nested lists of numbers."""
    if not isinstance(data, list):
        raise reject("file.json_lists")
    return assemble(data, check, count=_count, read=_numbers, is_row=_is_row)


def load(text: str) -> Any:
    """What a JSON text holds, all numbers as floats; or the lists that a program printed."""
    try:
        # As floats, integers of any length are read at once, and too large ones are infinite.
        return json.loads(text, parse_int=float)
    except RecursionError as error:
        raise reject("file.nested") from error
    except json.JSONDecodeError as error:
        try:
            # What looks like JSON may be how NumPy or PyTorch print an array.
            return lists(text)
        except ValueError:
            raise reject("file.json", line=error.lineno, column=error.colno) from error


def _is_row(item: Any) -> bool:
    return not (isinstance(item, list) and item and isinstance(item[0], list))


def _count(row: Any) -> int:
    return len(row) if isinstance(row, list) else 0


def _numbers(row: list[Any], place: Place) -> Iterable[float]:
    if set(map(type, row)) <= {float, bool}:
        return row
    return _one_by_one(row, place)


def _one_by_one(row: list[Any], place: Place) -> Iterable[float]:
    for i, value in enumerate(row):
        if not isinstance(value, (bool, float)):
            raise reject_number("not_a_number", (*place, i), text=_shown(value))
        yield value


def _shown(value: Any) -> str:
    if isinstance(value, (list, dict)):
        return "[…]" if isinstance(value, list) else "{…}"
    return value if isinstance(value, str) else json.dumps(value)
