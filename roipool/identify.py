"""Which convention made this output?

Somebody ports a detector, and a row of the pooled output differs. There are few suspects: the
conventions under which frameworks pool, and the few ways of misreading boxes on the way to one. So
each is tried on the same map and boxes, and what makes the same output is the answer.

Simple explanations come first. If a preset makes the output from what was given, nothing else is
tried. Otherwise one thing is changed, the reading of the boxes or a choice of the convention; only
if that does not do, two things. What needs two must make every cell, for among so many
explanations some come near by chance.

Most suspects cut the same bins as another, which costs little to see, and most of the rest fail at
the first box. So few are ever pooled whole.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.conventions import Convention
from roipool.readings import Reading, pairs, singles
from roipool.rules import Rule, averages, neighbours, presets
from roipool.target import Suspect, Target, read_target


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """One explanation of an output, and how well it does.

    Attributes
    ----------
    rank : int
        From 1, the best. Explanations of equal rank do equally well and are equally simple.
    rule : Rule
        The way of computing: `rule.operation` over the bins of `rule.convention`.
    reading : Reading
        What had to be read otherwise than given: `reading.key` is "as_given" where nothing had to.
    differing, cells : int
        How many of the output's cells it does not make, and of how many.
    """

    rank: int
    rule: Rule
    reading: Reading
    differing: int
    cells: int
    _target: Target = field(repr=False)

    @property
    def name(self) -> str:
        """The name of the rule, a preset's for those with one choice changed too."""
        return self.rule.name

    @property
    def convention(self) -> Convention:
        """Whose bins were pooled."""
        return self.rule.convention

    @property
    def frameworks(self) -> tuple[str, ...]:
        """Other names of the same rule in `roipool.ALIASES`."""
        return self.rule.frameworks

    @property
    def where(self) -> NDArray[np.bool_]:
        """(N, C, PH, PW) bool, as the output given: its cells that this does not make."""
        return self._target.differs(self.rule, self.reading)


def identify(
    input: Any,
    boxes: Any,
    output: Any,
    spatial_scale: float = 1.0,
    *,
    tolerance: float | None = None,
) -> list[Match]:
    """Find the conventions, and the readings of the boxes, that make a given output.

    Parameters
    ----------
    input : array_like (B, C, H, W)
        The feature maps that were pooled.
    boxes : array_like (N, 5), a list of B arrays (L, 4), or (N, 4)
        As for `roi_pool`; and (N, 4) without batch indices, which is then part of every reading.
    output : array_like (N, C, PH, PW)
        What somebody's RoI pooling made of them.
    spatial_scale : float
        Cells per unit of the boxes, as it was meant to be.
    tolerance : float, optional
        How far apart equal values may be. None: they are the same float, in the dtype of `input`
        or of `output`, whichever holds less; but if all of `output` and not all of `input` is
        rounded to up to 4 decimals, they are the same to that decimal. Averages are the same
        within 1e-4.

    Returns
    -------
    list of Match
        Best first: by cells that differ, then by how little had to be changed. Every preset is
        there with the boxes as given; other explanations where none of these makes the output,
        and only the nearest of them. All that have the first's rank explain it equally well.

    Raises
    ------
    RoIPoolError
        Input or boxes that cannot be pooled; an output that is not four-dimensional, is empty or
        does not fit them; a tolerance that is negative.

    Examples
    --------
    The output of a box that is meant to end before row 8 and column 7, but ends with them.

    >>> from roipool import article, identify
    >>> for match in identify(article.FEATURE_MAP, article.BOXES, [[[[0.85, 0.96], [0.97, 0.91]]]]):
    ...     print(match.rank, match.name, match.reading.key, match.differing, "of", match.cells)
    1 fast_rcnn as_given 0 of 4
    1 deepsense as_given 0 of 4
    1 paddle_gpu as_given 0 of 4
    1 mmcv as_given 0 of 4
    1 chainer_roi_pooling_2d as_given 0 of 4
    2 chainer_roi_max_pooling_2d as_given 1 of 4
    3 article as_given 2 of 4
    """
    target, given = read_target(input, boxes, output, spatial_scale, tolerance)
    shipped = list(_product(presets(), [given]))
    counts = list(target.counts(shipped))
    found = list(zip(shipped, counts, strict=True))
    if all(counts):
        found += _changed(target, given, min(counts))
    return _ranked(target, found)


def _changed(target: Target, given: Reading, fewest: int) -> list[tuple[Suspect, int]]:
    """What makes all of an output by one change or else by two; or, by one, more than before."""
    once = singles(given)
    one = [
        *_product(presets(), once),
        *_product([*neighbours(), *averages()], [given]),
    ]
    for suspects in (one, [*_product(presets(), pairs(given)), *_product(averages(), once)]):
        left = suspects
        for boxes in target.portions():
            left = [
                s for s, differ in zip(left, target.counts(left, boxes), strict=True) if not differ
            ]
        if left:
            return [(suspect, 0) for suspect in left]
    return [(suspect, count) for suspect, count in _nearest(target, one) if count < fewest]


def _nearest(target: Target, suspects: list[Suspect]) -> list[tuple[Suspect, int]]:
    """The suspects that come nearest in a sample, and of those the nearest in all."""
    sample, boxes = target.sample()
    counts = list(sample.counts(suspects, boxes))
    near = [s for s, count in zip(suspects, counts, strict=True) if count == min(counts)]
    counts = list(target.counts(near))
    return [(s, count) for s, count in zip(near, counts, strict=True) if count == min(counts)]


def _ranked(target: Target, found: list[tuple[Suspect, int]]) -> list[Match]:
    """Matches by cells that differ, then by what was changed: a reading sooner than a rule."""

    def merit(item: tuple[Suspect, int]) -> tuple[int, int, int]:
        (rule, reading), count = item
        return count, rule.changes + len(reading.changes), rule.changes

    merits = sorted({merit(item) for item in found})
    return [
        Match(merits.index(merit(item)) + 1, *item[0], item[1], target.output.size, target)
        for item in sorted(found, key=merit)
    ]


def _product(some: Iterable[Rule], readings: Iterable[Reading]) -> Iterator[Suspect]:
    return ((rule, reading) for reading in readings for rule in some)
