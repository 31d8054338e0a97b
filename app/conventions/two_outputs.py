"""What two frameworks made of the same maps and boxes: where it differs, and by which choices."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.conventions.asked import BUDGET, OTHER, Given, Refused, read
from app.conventions.matches import Explained, by_a_framework, exact, explain
from app.conventions.tokens import CHOICES, token_of
from app.files import Ways
from roipool import Bins, Match, RoIPoolError, bin_edges

# Of so many values that differ each is told; of an output with more than so many all choices are
# told in which two conventions differ, and not only those that make the difference.
MOST_TOLD, MOST_TRIED = 8, 5000

Span = tuple[int, int, int, int]
"""Cells of a section, ``(row, row_stop, column, column_stop)``."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A value that differs.

    Attributes
    ----------
    place : (box, channel, i, j)
    values : what the one and the other output have there
    spans : the cells that each has pooled; None where that is not known
    """

    place: tuple[int, int, int, int]
    values: tuple[float, float]
    spans: tuple[Span, Span] | None


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """How two outputs differ.

    Attributes
    ----------
    where : (N, C, PH, PW) the values that differ beyond their digits; None where the shapes do
    pair : of all that explains each output, the two that have most in common; None where one of
        the outputs is not explained
    choices : the choices of the conventions that make the difference
    moved : the first of the values that differ
    """

    where: NDArray[np.bool_] | None
    pair: tuple[Match, Match] | None
    choices: tuple[str, ...]
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What made an output; where another one was given, what made that, and how they differ.

    Attributes
    ----------
    files : the names of the files that the two outputs came in; "" where they were typed
    """

    said: Explained
    other: Explained | None = None
    difference: Difference | None = None
    files: tuple[str, str] = ("", "")


def answered(
    given: Mapping[str, Given],
    spatial_scale: float,
    tolerance: float | None = None,
    ways: Mapping[str, Ways] | None = None,
) -> Answer | Refused:
    """The answer to what was given; or, by field, why there is none."""
    asked = read(given, spatial_scale, tolerance, ways)
    if isinstance(asked, Refused):
        return asked
    if asked.other is None:
        said = explain(asked)
        return said if isinstance(said, Refused) else Answer(said)
    one = explain(replace(asked, budget=BUDGET / 2))
    two = explain(replace(asked, budget=BUDGET / 2, output=asked.other, other=None))
    if isinstance(one, Refused):
        return one
    if isinstance(two, Refused):
        named = {OTHER if field == "output" else field: said for field, said in two.items()}
        return Refused(named, two.others)
    one, two = by_a_framework(one), by_a_framework(two)
    return Answer(one, two, difference(one, two), (given["output"][0], given[OTHER][0]))


def difference(one: Explained, two: Explained) -> Difference:
    """How two outputs of the same question differ."""
    where, pair = _where(one, two), _nearest(one, two)
    choices = tuple(_telling(one, *pair)) if pair else ()
    return Difference(where, pair, choices, tuple(_moved(one, two, where, pair)))


def _where(one: Explained, two: Explained) -> NDArray[np.bool_] | None:
    """Where values are further apart than their digits tell."""
    first, second = one.asked.output, two.asked.output
    if first.shape != second.shape:
        return None
    forms = [form.slack(first) for form in (one.format, two.format) if form]
    slack = one.asked.tolerance or sum(forms, np.zeros(first.shape))
    with np.errstate(invalid="ignore"):
        near = (first == second) | (np.abs(first - second) <= slack)
    far: NDArray[np.bool_] = ~(near | (np.isnan(first) & np.isnan(second)))
    return far


def _nearest(one: Explained, two: Explained) -> tuple[Match, Match] | None:
    first, second = (
        [match for finding in exact(said.found) for match in finding.matches] for said in (one, two)
    )
    return min(product(first, second), key=lambda pair: _distance(*pair), default=None)


def _distance(one: Match, two: Match) -> tuple[bool, bool, int, int]:
    """Those that read alike and compute alike first, then those that somebody ships."""
    changed = sum(match.rule.changes + len(match.reading.changes) for match in (one, two))
    return (
        one.reading.changes != two.reading.changes,
        one.rule.operation != two.rule.operation,
        changed,
        len(different(one, two)),
    )


def different(one: Match, two: Match) -> list[str]:
    """The choices in which two conventions differ; none where either is no convention."""
    rules = one.convention, two.convention
    if rules[0] is None or rules[1] is None or one.rule.operation != two.rule.operation:
        return []
    return [field for field in CHOICES if token_of(rules[0], field) != token_of(rules[1], field)]


def _telling(said: Explained, one: Match, two: Match) -> list[str]:
    """The fewest of those choices that make the one's output the other's."""
    fields = different(one, two)
    if one.reading.changes != two.reading.changes or said.asked.output.size > MOST_TRIED:
        return fields
    wanted = _pooled(said, two, {})
    if wanted is None:
        return fields
    for count in range(1, len(fields)):
        for some in combinations(fields, count):
            made = _pooled(said, one, {field: getattr(two.convention, field) for field in some})
            if made is not None and np.array_equal(made, wanted, equal_nan=True):
                return list(some)
    return fields


def _pooled(
    said: Explained, match: Match, switched: Mapping[str, Any]
) -> NDArray[np.floating] | None:
    """The output of a match with choices switched; None where they do not go together."""
    reading, maps = match.reading, said.asked.maps
    high, wide = reading.returned_size(said.asked.output)
    size = (wide, high) if reading.transposed else (high, wide)
    try:
        cut: Any = replace(match.convention, **switched) if match.convention else None
        pooled = replace(match.rule, convention=cut).pool(reading.seen(maps), reading, size)
        return reading.returned(pooled)
    except RoIPoolError:
        return None


def _moved(
    one: Explained,
    two: Explained,
    where: NDArray[np.bool_] | None,
    pair: tuple[Match, Match] | None,
) -> Iterator[Moved]:
    """The first of the values that differ, with the cells of their sections."""
    if where is None:
        return
    # Of mirrored maps the cells would be others than those that were pasted.
    cuts = pair if pair and not any(match.reading.views for match in pair) else None
    bins = [_cut(one, match) for match in cuts] if cuts else [None, None]
    for at in np.argwhere(where)[:MOST_TOLD].tolist():
        box, channel, i, j = at
        values = one.asked.output[box, channel, i, j], two.asked.output[box, channel, i, j]
        first, second = (_span(cut, box, i, j) for cut in bins)
        spans = (first, second) if first and second else None
        yield Moved((box, channel, i, j), (float(values[0]), float(values[1])), spans)


def _cut(said: Explained, match: Match) -> Bins | None:
    """The sections of a match; None where it cuts none."""
    if match.convention is None:
        return None
    reading, size = match.reading, said.asked.output.shape[2:]
    whole = said.asked.maps.shape[2:]
    return bin_edges(reading.boxes, size, whole, reading.spatial_scale, match.convention)


def _span(bins: Bins | None, box: int, i: int, j: int) -> Span | None:
    if bins is None:
        return None
    edges = bins.y0[box, i], bins.y1[box, i], bins.x0[box, j], bins.x1[box, j]
    top, bottom, left, right = map(int, edges)
    return top, bottom, left, right
