"""The pictures that the detector learns from: shapes of several classes on a cluttered ground."""

from dataclasses import dataclass
from math import atan2, cos, hypot, pi, sin

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

CLASSES = ("disc", "square", "triangle", "star", "cross")
SIDE = 128

# Drawn larger and scaled down, so that edges are smooth.
_FINER = 2
_SIZES = (18, 60)  # pixels across
_LEAST_SEEN = 0.6  # of a shape's area: what is hidden further is no object to find
_LEAST_CONTRAST = 70  # between colours, as a distance in RGB

_MOST_TURNED = 0.3  # radians from upright, either way

Points = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and the objects in it.

    Attributes
    ----------
    pixels : (SIDE, SIDE, 3) uint8
    boxes : (M, 4) float32, ``[x1, y1, x2, y2]`` in pixels, the last ones inside
    labels : (M,) int64, 1 for the first of `CLASSES`; 0 is the background's
    """

    pixels: NDArray[np.uint8]
    boxes: NDArray[np.float32]
    labels: NDArray[np.int64]


def picture(seed: int) -> Picture:
    """The picture of a seed, always the same: two to six shapes of any class, size and colour.

    Shapes may overlap; each object shows more than half of its area.

    Examples
    --------
    >>> made = picture(7)
    >>> made.pixels.shape, made.boxes.shape, [CLASSES[label - 1] for label in made.labels]
    ((128, 128, 3), (2, 4), ['cross', 'triangle'])
    """
    rng = np.random.default_rng(seed)
    ground = _ground(rng)
    image, owner = ground.copy(), np.full((SIDE, SIDE), -1)
    masks, labels = [], []
    for n in range(int(rng.integers(2, 7))):
        label = int(rng.integers(len(CLASSES)))
        mask = _mask(_outline(CLASSES[label], rng))
        colour = _colour(rng, ground[mask > 0.5].mean(axis=0))
        image = image * (1 - mask[..., None]) + colour * mask[..., None]
        owner[mask > 0.5] = n
        masks.append(mask > 0.5)
        labels.append(1 + label)
    image += rng.normal(0, rng.uniform(2, 8), image.shape)
    seen = [n for n, mask in enumerate(masks) if (owner == n).sum() >= _LEAST_SEEN * mask.sum()]
    return Picture(
        np.clip(np.rint(image), 0, 255).astype(np.uint8),
        np.array([_box(masks[n]) for n in seen], np.float32).reshape(-1, 4),
        np.array([labels[n] for n in seen], np.int64),
    )


def _ground(rng: np.random.Generator) -> NDArray[np.float64]:
    """A muted colour in patches that run into each other, and lines of clutter."""
    muted = rng.uniform(50, 215) + rng.normal(0, 18, 3)
    coarse = muted + rng.normal(0, rng.uniform(5, 30), (5, 5, 3))
    image = Image.fromarray(np.clip(coarse, 0, 255).astype(np.uint8)).resize(
        (SIDE, SIDE), Image.Resampling.BICUBIC
    )
    draw = ImageDraw.Draw(image)
    for _ in range(int(rng.integers(0, 9))):
        ends = [tuple(place) for place in rng.uniform(0, SIDE, (2, 2)).tolist()]
        colour = tuple(int(value) for value in rng.integers(0, 256, 3))
        draw.line(ends, fill=colour, width=int(rng.integers(1, 4)))
    return np.asarray(image, np.float64)


def _colour(rng: np.random.Generator, ground: NDArray[np.float64]) -> NDArray[np.float64]:
    while True:
        colour: NDArray[np.float64] = rng.uniform(0, 255, 3)
        if np.linalg.norm(colour - ground) >= _LEAST_CONTRAST:
            return colour


def _outline(name: str, rng: np.random.Generator) -> Points:
    """The corners of a shape of some size, somewhere in the picture and turned by some angle."""
    radius = rng.uniform(*_SIZES) / 2
    turn = rng.uniform(-_MOST_TURNED, _MOST_TURNED)
    centre_x, centre_y = rng.uniform(radius, SIDE - radius, 2)
    return [
        (
            centre_x + radius * length * cos(angle + turn),
            centre_y + radius * length * sin(angle + turn),
        )
        for length, angle in _SHAPES[name]
    ]


def _ring(*lengths: float, corners: int, first: float = -pi / 2) -> Points:
    """(length, angle) of corners around a centre, whose lengths take turns; the first is on top."""
    return [(lengths[n % len(lengths)], first + 2 * pi * n / corners) for n in range(corners)]


def _cross(arm: float) -> Points:
    """A plus sign whose arms are so wide, in parts of their length."""
    right = [(1.0, -arm), (1.0, arm), (arm, arm)]
    points = []
    for _ in range(4):
        points += right
        right = [(-y, x) for x, y in right]
    return [(hypot(x, y), atan2(y, x)) for x, y in points]


_SHAPES: dict[str, Points] = {
    "disc": _ring(1.0, corners=40),
    "square": _ring(1.0, corners=4, first=pi / 4),
    "triangle": _ring(1.0, corners=3),
    "star": _ring(1.0, 0.45, corners=10),
    "cross": _cross(0.33),
}


def _mask(outline: Points) -> NDArray[np.float64]:
    """How much of each pixel lies inside."""
    image = Image.new("L", (SIDE * _FINER, SIDE * _FINER))
    ImageDraw.Draw(image).polygon([(x * _FINER, y * _FINER) for x, y in outline], fill=255)
    return np.asarray(image.reduce(_FINER), np.float64) / 255


def _box(mask: NDArray[np.bool_]) -> list[int]:
    rows, cols = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return [int(cols[0]), int(rows[0]), int(cols[-1]), int(rows[-1])]
