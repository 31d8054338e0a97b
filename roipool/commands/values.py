"""What stands behind an option: numbers, sizes and files that can be written."""

import argparse
import os
import re
from pathlib import Path

STDIO = "-"
"""A file of this name is the standard input, or output."""


class number:  # noqa: N801  argparse names a type by this
    """A whole number between two bounds.

    Examples
    --------
    >>> number(1, 20)("7")
    7
    """

    def __init__(self, least: int, most: int | None = None) -> None:
        self.least, self.most = least, most

    def __call__(self, text: str) -> int:
        if text.isdecimal() and self.least <= int(text) <= (self.most or int(text)):
            return int(text)
        to = f" to {self.most}" if self.most else ""
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {self.least}{to}")


def size(text: str) -> tuple[int, int]:
    """The bins along the rows and the columns: "2" or "7x5".

    Examples
    --------
    >>> size("2"), size("7x5")
    ((2, 2), (7, 5))
    """
    found = re.fullmatch(r"([1-9]\d*)(?:[x×,]([1-9]\d*))?", text)
    if not found:
        raise argparse.ArgumentTypeError(f"{text!r} is no size: 7, or 7x5 for 7 rows and 5 columns")
    return int(found[1]), int(found[2] or found[1])


def scale(text: str) -> float:
    """Cells per unit of the boxes: "0.0625" or "1/16".

    Examples
    --------
    >>> scale("1/16")
    0.0625
    """
    above, _, below = text.partition("/")
    try:
        return float(above) / float(below or 1)
    except (ValueError, ZeroDivisionError):
        raise argparse.ArgumentTypeError(f"{text!r} is no scale: 0.0625, or 1/16") from None


def writable(text: str) -> Path:
    """A path that can be written: better told before the work than after it."""
    path = Path(text)
    if path.is_dir() or not os.access(path.absolute().parent, os.W_OK):
        raise argparse.ArgumentTypeError(f"{text!r} is no file that can be written")
    return path


def output(text: str) -> Path:
    """A path that can be written, or the standard output.

    Examples
    --------
    >>> output("-").name
    '-'
    """
    return Path(text) if text == STDIO else writable(text)


class ending:  # noqa: N801
    """A path that can be written and ends in one of some suffixes.

    Examples
    --------
    >>> ending((".gif", ".png"))("roipool.GIF").name
    'roipool.GIF'
    """

    def __init__(self, suffixes: tuple[str, ...]) -> None:
        self.suffixes = suffixes

    def __call__(self, text: str) -> Path:
        if Path(text).suffix.lower() not in self.suffixes:
            *others, last = self.suffixes
            raise argparse.ArgumentTypeError(
                f"{text!r} ends in none of {', '.join(others)} and {last}"
                if len(others) > 1
                else f"{text!r} ends in neither {' nor '.join(self.suffixes)}"
            )
        return writable(text)
