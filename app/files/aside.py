"""Files are read in a process beside the app, since nobody knows what is in them."""

from collections.abc import Callable
from typing import Any, TypeVar

from app.files.contents import kind_of
from app.jobs.calls import call

Read = TypeVar("Read")

# Text of so many bytes is read while others wait, which takes a few milliseconds.
_AT_ONCE = 20_000


def read_aside(function: Callable[..., Read], *arguments: Any) -> Read:
    """What a function of `app.files` reads, with a limit on its time and its memory.

    Raises
    ------
    CallError
        If that is not enough.
    ReadError
        As the function does.

    Examples
    --------
    >>> from app.files import read_array
    >>> read_aside(read_array, "map.csv", b"1,2").tolist()
    [[1.0, 2.0]]
    """
    if all(_is_small(argument) for argument in arguments):
        return function(*arguments)
    return call("files", function, *arguments)


def _is_small(argument: Any) -> bool:
    if isinstance(argument, str):
        return len(argument) <= _AT_ONCE
    if isinstance(argument, bytes):
        return len(argument) <= _AT_ONCE and kind_of(argument) == "text"
    return True
