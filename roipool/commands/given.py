"""Arrays that a command is given as files, and what it writes.

NumPy's own files are read as they are, of any size and dtype. Of text the app reads more kinds than
the library does, in the words of its pages; where it is not installed the library's rows of numbers
and JSON will do.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.beside import MissingAppError, the_app
from roipool.commands.command import CommandError
from roipool.commands.values import STDIO
from roipool.errors import RoIPoolError
from roipool.files import BOXES, is_saved, load

Array = NDArray[Any]


def content_of(path: str) -> tuple[str, bytes]:
    """What a file is called, and what is in it; "-" is the standard input."""
    if path == STDIO:
        return "the standard input", sys.stdin.buffer.read()
    return Path(path).name, Path(path).read_bytes()


def read_array(path: str, wanted: Sequence[str], language: str = "en") -> Array:
    """An array of numbers, the first that bears a wanted name where there are several.

    Raises
    ------
    CommandError, RoIPoolError
        It cannot be read.
    """
    name, content = content_of(path)
    if is_saved(content):
        return load(name, content, wanted)
    try:
        with the_app("this"):
            from app.files import ReadError, array_reading
            from app.text import Text
    except MissingAppError:
        return load(name, content, wanted)
    try:
        reading = array_reading(name, content, tuple(wanted))
    except ReadError as error:
        raise CommandError(f"{name}: {error.problem.sentence(Text(language))}") from error
    tell_how(name, reading, Text(language))
    return reading.value


def read_boxes(path: str, maps: Array, scale: float, language: str = "en") -> Array:
    """Rows of numbers, or what annotations and printouts say; (N, 4) or (N, 5)."""
    name, content = content_of(path)
    if is_saved(content):
        return load(name, content, BOXES)
    try:
        with the_app("this"):
            from app.conventions.fields import boxes_of
            from app.files import ReadError
            from app.text import Text
    except MissingAppError:
        return load(name, content, BOXES)
    extent = maps.shape[-2] / scale, maps.shape[-1] / scale
    try:
        reading = boxes_of(name, content, (), len(maps), extent)
    except ReadError as error:
        raise CommandError(f"{name}: {error.problem.sentence(Text(language))}") from error
    tell_how(name, reading, Text(language))
    return np.atleast_2d(reading.value)


def as_maps(array: Array) -> Array:
    """(B, C, H, W) of (H, W) or (C, H, W), which text is."""
    if not 2 <= array.ndim <= 4:
        raise RoIPoolError(f"the map has shape {array.shape}; expected (H, W) to (B, C, H, W).")
    return array.reshape((1,) * (4 - array.ndim) + array.shape)


def tell_how(name: str, reading: Any, text: Any) -> None:
    """Say what had to be interpreted, if anything had to be."""
    for said in reading.how:
        print(f"{name}: {said.sentence(text)}", file=sys.stderr)


def put(content: bytes, path: Path) -> None:
    """Write a file, or to the standard output."""
    if str(path) == STDIO:
        left = memoryview(content)
        # Where PYTHONUNBUFFERED is set a write may take a part and say nothing of the rest.
        while left:
            left = left[sys.stdout.buffer.write(left) :]
        sys.stdout.buffer.flush()
    else:
        path.write_bytes(content)


def check_one_input(*paths: str | None) -> None:
    """Refuse to read the standard input twice."""
    if paths.count(STDIO) > 1:
        raise CommandError("the standard input can be read only once; name a file for the others")
