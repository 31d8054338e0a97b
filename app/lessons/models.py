"""What the exercises of a question are like, and one of them by chance.

Small maps of two decimals, in which no two cells are equal unless ties are the point: numbers that
a person can compare at a glance.
"""

from dataclasses import dataclass, replace
from random import Random

import numpy as np

from app.exercise.coordinates import coordinates
from app.exercise.gradient import canonical
from app.exercise.maps import Maps
from app.exercise.record import Box, Exercise, article_exercise
from app.lessons import ways

Range = tuple[int, int]
"""The least and the most, both included."""

_AMOUNTS = (0.25, 0.5, 0.75, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0)


@dataclass(frozen=True, slots=True)
class Model:
    """What the exercises of a question are like; the article's own where it has no map.

    Attributes
    ----------
    map : (rows, columns); None for the article's exercise
    rows, cols : how many cells the box spans
    divides : whether these are only numbers that the sections divide
    output : (PH, PW), one of these
    convention : a preset's name, or several of which each exercise has one
    stride : units of the boxes per cell; the boxes then lie beside the cells' edges
    fits : which edges of a box do not, but on those of cells: those of its "rows", or of the "box"
    at : where the box lies: on the map, partly "past" it, all "outside", its corners "inverted"
    boxes, images, channels : how many there are
    ties : how many pairs of equal cells the box is given, at its maxima
    gradient : whether amounts other than 1 arrive at the output
    """

    map: tuple[int, int] | None = None
    rows: Range = (2, 6)
    cols: Range = (2, 6)
    divides: bool = False
    output: tuple[tuple[int, int], ...] = ((2, 2),)
    convention: str | tuple[str, ...] = "article"
    stride: int = 1
    fits: str = ""
    at: str = "inside"
    boxes: Range = (1, 1)
    images: Range = (1, 1)
    channels: Range = (1, 1)
    ties: int = 0
    gradient: bool = False

    @property
    def conventions(self) -> tuple[str, ...]:
        """Those that an exercise can have."""
        return (self.convention,) if isinstance(self.convention, str) else self.convention


def exercise_of(model: Model, random: Random) -> Exercise:
    """An exercise by chance; always the article's where the model has no map."""
    if model.map is None:
        return replace(article_exercise(), convention=_convention(model, random))
    exercise = Exercise(
        maps=_maps(model, random),
        boxes=(),
        output_size=random.choice(model.output),
        convention=_convention(model, random),
        spatial_scale=1 / model.stride,
    )
    images = exercise.maps.images
    count = random.randint(*model.boxes)
    # The box that is asked about is the first, on the image that is seen.
    boxes = tuple(
        _box(model, exercise, random, 0 if n == 0 else random.randrange(images))
        for n in range(count)
    )
    exercise = replace(exercise, boxes=boxes)
    if model.ties:
        exercise = _tied(exercise, model.ties, random)
    return _weighed(exercise, random) if model.gradient else exercise


def _convention(model: Model, random: Random) -> str:
    # One alone takes nothing from chance, so that the rest of an instance is as it would be.
    first, *others = model.conventions
    return random.choice(model.conventions) if others else first


def _maps(model: Model, random: Random) -> Maps:
    """Two decimals, all different in a plane as long as there are enough of them."""
    high, wide = model.map or (1, 1)
    shape = (random.randint(*model.images), random.randint(*model.channels), high, wide)
    planes = [_plane(high * wide, random) for _ in range(shape[0] * shape[1])]
    return Maps(np.reshape(planes, shape))


def _plane(count: int, random: Random) -> list[float]:
    return [value / 100 for value in random.sample(range(1, 100), count)]


def _box(model: Model, exercise: Exercise, random: Random, image: int) -> Box:
    high, wide = exercise.size
    rows, cols = (
        _count(model, cells, parts, random)
        for cells, parts in zip((model.rows, model.cols), exercise.output_size, strict=True)
    )
    y1, y2 = _along(model, rows, high, exercise, random, fits=model.fits in ("rows", "box"))
    x1, x2 = _along(model, cols, wide, exercise, random, fits=model.fits == "box")
    if model.at == "inverted":
        # One axis at least runs backwards.
        x1, x2 = x2, x1
        if random.random() < 0.5:
            y1, y2 = y2, y1
    return float(image), x1, y1, x2, y2


def _count(model: Model, cells: Range, parts: int, random: Random) -> int:
    least, most = cells
    if model.divides:
        return parts * random.randint(-(-least // parts), most // parts)
    return random.randint(least, most)


def _along(
    model: Model, count: int, side: int, exercise: Exercise, random: Random, *, fits: bool
) -> tuple[float, float]:
    count = min(count, side)
    first, last = {
        "past": (side - count + 1, side - 1),
        "outside": (side, side + 2),
    }.get(model.at, (0, side - count))
    start = random.randint(max(0, first), max(first, last))
    if model.stride > 1 and not fits:
        # Somewhere within a cell, so that there is something to round.
        reach = model.stride * (start + count)
        near = [
            random.randint(edge - model.stride // 2, edge + model.stride // 2)
            for edge in (model.stride * start, reach)
        ]
        low, high = max(0, near[0]), min(near[1], model.stride * side)
        return float(low), float(high)
    lines = coordinates(max(side, start + count), exercise.rule, exercise.spatial_scale)
    return lines.firsts[start], lines.lasts[start + count]


def _tied(exercise: Exercise, count: int, random: Random) -> Exercise:
    """The exercise with equal maxima in so many of its sections."""
    array = exercise.maps.array.copy()
    taken = list(ways.sections(ways.RIGHT, exercise))
    for one in random.sample(taken, min(count, len(taken))):
        best = ways.place_of_largest(one)
        (top, bottom), (left, right) = one.spans
        others = [
            (row, col)
            for row in range(top, bottom)
            for col in range(left, right)
            if (row, col) != best
        ]
        if best and others:
            array[(exercise.image, exercise.channel, *random.choice(others))] = one.plane[best]
    return replace(exercise, maps=Maps(array))


def _weighed(exercise: Exercise, random: Random) -> Exercise:
    """Amounts that arrive at the outputs, all different and none 1."""
    high, wide = exercise.output_size
    amounts = random.sample(_AMOUNTS, high * wide)
    rows = [amounts[k * wide : (k + 1) * wide] for k in range(high)]
    return replace(exercise, gradient=canonical([rows] * len(exercise.boxes)))
