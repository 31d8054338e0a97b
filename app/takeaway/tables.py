"""How every box that a page without Python can come to is cut, worked out beforehand.

A browser never rounds. So the file carries, for each convention, what becomes of every pair of
numbers along an axis that a box can have there: those that dragging gives it under any of the
conventions, and those that it comes with. Nearly always a pair is a span of whole cells, cut by the
table of edges of that length; the others bring edges of their own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.exercise.coordinates import Coordinates, coordinates
from app.exercise.limits import MAX_BINS
from app.exercise.lookup import edge_table, own_edges
from app.exercise.record import Box, Exercise
from roipool import Bins, Convention, bin_edges, get_convention

Pair = tuple[float, float]

_COUNTS = range(1, MAX_BINS + 1)
# The first character of packed numbers: after it only the backslash has to be escaped in JSON.
_ZERO = ord("?")


@dataclass(frozen=True, slots=True)
class Along:
    """The pairs of numbers that a box can have along an axis of so many cells.

    Attributes
    ----------
    size : cells of the map
    lines : what dragging gives: for each convention the numbers of the lines between cells
    own : what boxes come with
    """

    size: int
    lines: tuple[Coordinates, ...]
    own: tuple[Pair, ...]

    @property
    def dragged(self) -> tuple[Pair, ...]:
        """The pairs that dragging gives, in the order in which the page counts them."""
        return _pairs(self.size, self.lines)


def along(exercise: Exercise, conventions: Sequence[str | Convention]) -> list[Along]:
    """Rows and columns of an exercise; one entry where both are as many, which then serves both."""
    rules = [get_convention(convention) for convention in conventions]
    scale = exercise.spatial_scale
    own: dict[int, dict[Pair, None]] = {}
    for _, x1, y1, x2, y2 in exercise.boxes:
        for size, pair in zip(exercise.size, ((y1, y2), (x1, x2)), strict=True):
            own.setdefault(size, {})[pair] = None
    return [
        Along(
            size,
            _distinct(coordinates(size, rule, scale) for rule in rules),
            tuple(own.get(size, ())),
        )
        for size in dict.fromkeys(exercise.size)
    ]


def table(axis: Along, convention: str | Convention, spatial_scale: float) -> dict[str, Any]:
    """How a convention cuts every pair along an axis, as plain JSON.

    Returns
    -------
    dict
        ``spans``, the cells from start to stop of the pairs that dragging gives, packed, and
        ``own`` those of the others; ``none``, the numbers of the pairs that the convention skips;
        ``edges``, by the count of bins, `edge_table` with its lengths packed; ``cuts``, by the
        number of a pair that these do not cut, whether its cells are whole and its edges for
        every count of bins, clipped to the map and packed; of whole ones that are longer than
        the map the `own_edges` too.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> (axis,) = along(article_exercise(), ["article"])
    >>> table(axis, "article", 1.0)["own"]
    [[3, 8], [0, 7]]
    """
    rule, size = get_convention(convention), axis.size
    dragged = _cuts(axis.dragged, size, rule, spatial_scale)
    own = _cuts(axis.own, size, rule, spatial_scale)
    after = len(dragged.spans)
    return {
        "spans": packed(dragged.spans + 2),
        "own": own.spans.tolist(),
        "none": [*dragged.none, *(after + k for k in own.none)],
        "edges": [_packed_table(edge_table(size, n, rule, spatial_scale)) for n in _COUNTS],
        "cuts": {str(k): cut for k, cut in dragged.cuts.items()}
        | {str(after + k): cut for k, cut in own.cuts.items()},
    }


@dataclass(frozen=True, slots=True)
class _Cuts:
    """How pairs are cut: their cells, which are skipped, and the edges that no table has."""

    spans: NDArray[np.int32]
    none: list[int]
    cuts: dict[int, list[Any]]


# Exercises of a lesson share what dragging gives.
@lru_cache(maxsize=128)
def _cuts(pairs: tuple[Pair, ...], size: int, rule: Convention, scale: float) -> _Cuts:
    if not pairs:
        return _Cuts(np.zeros((0, 2), dtype=np.int32), [], {})
    bins = {count: _cut(pairs, count, size, rule, scale) for count in _COUNTS}
    one = bins[1]
    place = np.stack([one.start[:, 1], one.length[:, 1]], axis=1)
    whole = (place == np.floor(place)).all(axis=1)
    long = whole & (one.length[:, 1] > size)
    differs = ~whole
    for count in _COUNTS:
        made = np.stack([bins[count].y0, bins[count].y1], axis=1)
        told = _told(one.rows, edge_table(size, count, rule, scale), count, size)
        differs |= (made != told).any(axis=(1, 2))
    skips = rule.degenerate_argmax is not None
    return _Cuts(
        spans=one.rows,
        none=np.flatnonzero(one.length[:, 1] <= 0).tolist() if skips else [],
        cuts={
            k: [
                bool(whole[k]),
                "".join(packed(np.stack([bins[n].y0[k], bins[n].y1[k]])) for n in _COUNTS),
                *([_long(pairs[k], rule, scale)] if long[k] else ()),
            ]
            for k in np.flatnonzero(differs).tolist()
        },
    )


@lru_cache(maxsize=128)
def _pairs(size: int, lines: tuple[Coordinates, ...]) -> tuple[Pair, ...]:
    return tuple(
        (of.firsts[i], of.lasts[j])
        for of in lines
        for i in range(size)
        for j in range(i + 1, size + 1)
    )


def packed(numbers: NDArray[np.integer[Any]] | Sequence[Any]) -> str:
    r"""Small whole numbers as text, a character each.

    Examples
    --------
    >>> packed([0, 2, 5])
    '?AD'
    """
    return "".join(chr(_ZERO + number) for number in np.asarray(numbers).ravel().tolist())


def _distinct(found: Iterable[Coordinates]) -> tuple[Coordinates, ...]:
    return tuple(dict.fromkeys(found))


def _cut(pairs: Sequence[Pair], count: int, size: int, rule: Convention, scale: float) -> Bins:
    """The bins of boxes with these rows, which are a cell wide."""
    boxes = [_narrow(pair, rule, scale) for pair in pairs]
    return bin_edges(boxes, (count, 1), (size, 1), scale, rule)


def _long(pair: Pair, rule: Convention, scale: float) -> list[list[list[int]]]:
    """The edges of a box with these rows for every count of bins, not clipped."""
    box = _narrow(pair, rule, scale)
    return [own_edges(box, (count, 1), rule, scale)["rows"] for count in _COUNTS]


def _narrow(pair: Pair, rule: Convention, scale: float) -> Box:
    """A box with these rows that is a cell wide."""
    (first, _), (_, last) = (lines[:2] for lines in coordinates(1, rule, scale))
    return (0.0, first, pair[0], last, pair[1])


def _told(
    spans: NDArray[np.int32], table: dict[str, Any], count: int, size: int
) -> NDArray[np.int_]:
    """The edges of spans of cells as a page looks them up; −1 for what is in no table."""
    found = np.full((len(spans), 2, count), -1)
    relative = np.asarray(table["lengths"])
    length = spans[:, 1] - spans[:, 0]
    listed = (length > 0) & (length <= len(relative))
    start = spans[listed, 0][:, None, None]
    found[listed] = np.clip(relative[length[listed] - 1] + start, 0, size)
    for key, edges in table["exceptions"].items():
        at = tuple(map(int, key.split(",")))
        here = (spans[:, 0] == at[0]) & (length == at[1])
        found[here] = np.clip(np.asarray(edges) + at[0], 0, size)
    return found


def _packed_table(table: dict[str, Any]) -> dict[str, Any]:
    return {"lengths": packed(table["lengths"]), "exceptions": table["exceptions"]}
