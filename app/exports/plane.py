"""What is drawn of an exercise: one map, its boxes and the bins of the selected one.

The only module of the exports that knows how Exercise, Result and Bins are built. Spans of cells
are (top, bottom, left, right), half-open and clipped to the map.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from app.exercise.record import Exercise, Result
from app.story.scenes import Scene

Span = tuple[int, int, int, int]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Bin:
    """A section (i, j), the cells it holds, what it puts out, and where its maximum stands."""

    i: int
    j: int
    span: Span
    empty: bool
    value: float
    place: Place | None


@dataclass(frozen=True, slots=True)
class Plane:
    """The map that is looked at and what pooling makes of the selected box.

    Attributes
    ----------
    values : (H, W)
    box : cells of the selected box; None where there is none on the image
    others : cells of the other boxes on the image
    bins : of the selected box, row-major
    output_size : (PH, PW)
    """

    values: NDArray[np.float64]
    box: Span | None
    others: tuple[Span, ...]
    bins: tuple[Bin, ...]
    output_size: tuple[int, int]

    @property
    def tiles(self) -> bool:
        """Whether the bins lie side by side: none is empty, and none shares a cell."""
        return not any(bin_.empty for bin_ in self.bins) and not self.shared()

    def shared(self) -> list[Span]:
        """The cells that a bin has in common with the next one, as bands across the box."""
        if not self.bins:
            return []
        rows = [bin_.span[:2] for bin_ in self.bins if bin_.j == 0]
        cols = [bin_.span[2:] for bin_ in self.bins if bin_.i == 0]
        (top, bottom), (left, right) = (
            (min(start for start, _ in axis), max(stop for _, stop in axis))
            for axis in (rows, cols)
        )
        if top >= bottom or left >= right:
            return []
        bands: list[Span] = [(*row, left, right) for row in _shares(rows)]
        return bands + [(top, bottom, *col) for col in _shares(cols)]

    def maxima(self, scene: Scene) -> list[Place]:
        """The cells that are marked in a scene: what is found, and the running maximum."""
        places = self.found(scene)
        if scene.best is not None and scene.best not in places:
            places.append(scene.best)
        return places

    def found(self, scene: Scene) -> list[Place]:
        """The maxima of the sections that are done in a scene."""
        done: Sequence[Bin] = self.bins if scene.kind == "maxima" else ()
        if scene.section is not None:
            i, j = scene.section
            done = self.bins[: i * self.output_size[1] + j]
        # A cell may be the maximum of two sections.
        return list(dict.fromkeys(bin_.place for bin_ in done if bin_.place is not None))


def plane(exercise: Exercise, result: Result) -> Plane:
    """What there is to draw of an exercise."""
    values = np.array(exercise.cells, dtype=np.float64)
    n = exercise.played
    if n is None:
        return Plane(values, None, (), (), exercise.output_size)
    box = _inside(result, n, values.shape)
    here = [k for k, other in enumerate(exercise.boxes) if other[0] == exercise.image and k != n]
    others = tuple(_inside(result, k, values.shape) for k in here)
    return Plane(values, box, others, _bins(result, n, values.shape[1]), exercise.output_size)


def _inside(result: Result, n: int, size: tuple[int, ...]) -> Span:
    """The part of a box inside the map; a side without a cell has no length."""
    (top, bottom), (left, right) = (
        np.clip(span[n], 0, limit).tolist()
        for span, limit in zip((result.bins.rows, result.bins.cols), size, strict=True)
    )
    return top, max(top, bottom), left, max(left, right)


def _bins(result: Result, n: int, wide: int) -> tuple[Bin, ...]:
    bins = result.bins
    y0, y1, x0, x1 = (edges[n].tolist() for edges in (bins.y0, bins.y1, bins.x0, bins.x1))
    empty, values, argmax = (
        array[n].tolist() for array in (bins.empty, result.output, result.argmax)
    )
    return tuple(
        Bin(
            i,
            j,
            (y0[i], y1[i], x0[j], x1[j]),
            empty[i][j],
            values[i][j],
            # Where a convention says 0 for nothing found, the bin is empty.
            divmod(argmax[i][j], wide) if argmax[i][j] >= 0 and not empty[i][j] else None,
        )
        for i in range(len(y0))
        for j in range(len(x0))
    )


def _shares(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where a span of an axis overlaps the next one."""
    shares = [(max(a[0], b[0]), min(a[1], b[1])) for a, b in pairwise(spans)]
    return [(start, stop) for start, stop in shares if start < stop]
