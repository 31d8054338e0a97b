"""The pictures that the detector's page can look at: made ones, photographs, people's own."""

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.exercise.limits import MAX_DETECTED, MAX_SEARCHED, MIN_DETECTED
from app.fast_rcnn.boxes import Boxes
from app.fast_rcnn.pictures import picture
from app.fast_rcnn.training import HELD_OUT
from app.files import picture_pixels

FOLDER = Path(__file__).parents[2] / "assets" / "images" / "photos"

# In the order of FOLDER/LICENCES.md, which says where each comes from.
PHOTOGRAPHS = ("cat", "coffee", "astronaut", "rocket")


# The generated picture that the page opens with: several classes, and room between them.
FIRST = 51
OPENING = f"made-{FIRST}"


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A picture to detect things in.

    Attributes
    ----------
    name : another one for each picture: "made-3", "cat", or "own-" and a digest
    pixels : (H, W, 3) uint8, no side longer than `MAX_SEARCHED`
    size : (rows, columns) that the picture had before it was scaled down
    objects, labels : what is in it, (M, 4) in its pixels and (M,); None where nobody knows
    """

    name: str
    pixels: NDArray[np.uint8]
    size: tuple[int, int]
    objects: Boxes | None = None
    labels: NDArray[np.int64] | None = None


@cache
def made(number: int) -> Source:
    """A generated picture, of those that no training has seen; numbers from 1.

    Examples
    --------
    >>> source = made(1)
    >>> source.name, source.pixels.shape, source.objects.shape
    ('made-1', (128, 128, 3), (3, 4))
    """
    made = picture(HELD_OUT[number - 1])
    rows, cols = made.pixels.shape[:2]
    return Source(f"made-{number}", made.pixels, (rows, cols), made.boxes, made.labels)


@cache
def photograph(name: str) -> Source:
    """One of `PHOTOGRAPHS`."""
    pixels, size = _read((FOLDER / f"{name}.jpg").read_bytes())
    return Source(name, pixels, size)


def own(content: bytes) -> Source:
    """A picture that somebody hands in.

    Raises
    ------
    ReadError
        As `picture_pixels` does.
    """
    pixels, size = _read(content)
    return Source(f"own-{sha256(content).hexdigest()[:16]}", pixels, size)


def named(name: str) -> Source | None:
    """The picture of a name, None where there is no such picture, or it is its owner's alone.

    Examples
    --------
    >>> [found and found.name for found in map(named, ("cat", "made-3", "made-0", "own"))]
    ['cat', 'made-3', None, None]
    """
    if name in PHOTOGRAPHS:
        return photograph(name)
    known = re.fullmatch(r"made-([1-9]\d{0,4})", name, re.ASCII)
    number = int(known[1]) if known else 0
    return made(number) if 1 <= number <= len(HELD_OUT) else None


def _read(content: bytes) -> tuple[NDArray[np.uint8], tuple[int, int]]:
    return picture_pixels(content, MAX_SEARCHED, MIN_DETECTED, at=MAX_DETECTED)
