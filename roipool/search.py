"""In which order suspects are tried, and how they are ruled out: what `roipool.identify` does.

Simple explanations come first: a preset and the boxes as given. Then one thing is changed, the
reading of the boxes or, if no preset will do, a choice of the convention; and only if that makes no
such output, two things. What needs two must make every cell, for among so many explanations some
come near by chance.

Most suspects cut the same bins as another, which costs little to see, and most of the rest fail at
the first box. So few are ever pooled whole.
"""

import math
from collections.abc import Iterable, Iterator
from itertools import chain

from roipool.alternatives import (
    axis_scales,
    fractions,
    in_order,
    order_of,
    pairs,
    singles,
)
from roipool.effort import Budget
from roipool.given import Asked
from roipool.readings import Reading
from roipool.rules import Rule, averages, floored, neighbours, ports, presets
from roipool.scales import axis_pairs
from roipool.suspects import (
    aligns,
    crops,
    finer_aligns,
    floored_neighbours,
    largest_aligns,
    resizes,
    usual_aligns,
)
from roipool.target import Some, Suspect, Target

Counted = tuple[Suspect, int]
"""A suspect, and how many of the output's cells it does not make."""

# Of the budget, what an attempt leaves for those after it: of all that is tried on a first box, and
# less and less for those that more boxes have not ruled out.
_KEPT = 0.6
# Boxes of the sample in which the nearest is looked for: as many as can be afforded.
_SAMPLES = (16, 4, 1)


def search(asked: Asked, budget: Budget) -> tuple[list[Counted], int]:
    """What may have made an output; and how many suspects the budget did not suffice for."""
    search = _Search(asked.target, budget)
    if asked.refusal is not None:
        makers = search.first_makers(_attempts_at_any(asked.readings))
        return makers, len(search.undecided)
    (given,) = asked.readings
    found = search.counted(list(_product(presets(), [given])), budget=Budget(math.inf))
    fewest = min(count for _, count in found)
    attempts = (
        _attempts(asked.target, given)
        if fewest
        else iter([list(_product(presets(), singles(given)))])
    )
    makers = search.first_makers(attempts)
    if fewest and not makers:
        makers = search.makers(list(search.reordered(given))) or search.nearer(given, fewest)
    return found + makers, len(search.undecided)


def _attempts(target: Target, given: Reading) -> Iterator[list[Suspect]]:
    """What may make an output that no preset makes from the boxes as given, the simplest first."""
    yield list(_product([*aligns(), *largest_aligns(), *resizes()], [given]))
    yield list(_one_change(given))
    yield list(_product([*floored_neighbours(), *finer_aligns()], [given]))
    yield list(_product([*presets(), *floored()], axis_scales(given)))
    yield list(_of_two_scales(target, given))
    yield [
        *_product(presets(), pairs(given)),
        *_product([*floored(), *ports(), *averages()], singles(given)),
    ]


def _attempts_at_any(readings: list[Reading]) -> Iterator[list[Suspect]]:
    """The same where nothing can be pooled as given, but under some readings."""
    yield list(_product(presets(), readings))
    yield [
        *_product(
            [*aligns(), *resizes(), *crops(), *neighbours(), *ports(), *averages()], readings
        ),
        *_product(presets(), chain.from_iterable(map(singles, readings))),
    ]
    yield list(_product(presets(), chain.from_iterable(map(fractions, readings))))


def _one_change(given: Reading) -> Iterator[Suspect]:
    yield from _product([*presets(), *usual_aligns(), *resizes()[:1]], singles(given))
    yield from _product([*neighbours(), *ports(), *averages(), *crops()], [given])
    for reading in singles(given):
        yield from ((port, reading) for port in ports() if port.takes(reading))


def _of_two_scales(target: Target, given: Reading) -> Iterator[Suspect]:
    """Presets with a scale for each axis, such as put the maxima where they are."""
    for rule in (*presets(), *floored()):
        if rule.convention is not None:
            pairs = axis_pairs(target.maps, target.output, given, rule.convention)
            yield from _product([rule], pairs)


class _Search:
    """An output and a budget, with the suspects that it did not suffice for so far."""

    def __init__(self, target: Target, budget: Budget) -> None:
        self.target, self.budget = target, budget
        self.undecided: set[object] = set()

    def counted(
        self,
        suspects: list[Suspect],
        boxes: Some = slice(None),
        target: Target | None = None,
        budget: Budget | None = None,
    ) -> list[Counted]:
        """Those that the budget suffices for, with the cells that they do not make."""
        counts = (target or self.target).counts(suspects, budget or self.budget, boxes)
        counted = []
        for (rule, reading), count in zip(suspects, counts, strict=True):
            if count is None:
                self.undecided.add((rule, reading.changes))
            else:
                counted.append(((rule, reading), count))
        return counted

    def makers(self, suspects: list[Suspect]) -> list[Counted]:
        """Those that make every cell. A few boxes rule out most."""
        left = [suspect for suspect in suspects if self.target.fits(suspect[1])]
        before = self.budget.left
        for number, boxes in enumerate(self.target.portions()):
            # What comes later is less simple than what has passed a first box.
            self.budget.kept = before * _KEPT / 2**number
            left = [suspect for suspect, count in self.counted(left, boxes) if not count]
        self.budget.kept = 0.0
        return [(suspect, 0) for suspect in left]

    def first_makers(self, attempts: Iterator[list[Suspect]]) -> list[Counted]:
        """What makes every cell, of the first attempt in which anything does."""
        return next(filter(None, map(self.makers, attempts)), [])

    def reordered(self, given: Reading) -> Iterator[Suspect]:
        """Presets that make the rows of the output, each from another box than its own."""
        for rule in (*presets(), *floored()):
            made = self.target.made(rule, given, self.budget)
            order = None if made is None else order_of(self.target.output, made)
            if order is not None:
                yield rule, in_order(given, order)

    def nearer(self, given: Reading, fewest: int) -> list[Counted]:
        """What comes nearest by at most one change, if that at least halves the cells that differ.

        From a sample, and then counted whole.
        """
        suspects = [
            (rule, reading)
            for rule, reading in (*_product([*aligns(), *resizes()], [given]), *_one_change(given))
            if not reading.is_laid_out_otherwise
        ]
        for count in _SAMPLES:
            sample, boxes = self.target.sample(count)
            if sample.effort(suspects, boxes) <= self.budget.left / 2:
                break
        sampled = self.counted(suspects, boxes, target=sample)
        least = min((count for _, count in sampled), default=fewest)
        in_sample = len(boxes) * sample.output[0].size
        if 2 * least * self.target.output.size > fewest * in_sample:
            return []
        near = self.counted([suspect for suspect, count in sampled if count == least])
        least = min([fewest // 2, *(count for _, count in near)])
        return [(suspect, count) for suspect, count in near if count == least]


def _product(some: Iterable[Rule], readings: Iterable[Reading]) -> Iterator[Suspect]:
    return ((rule, reading) for reading in readings for rule in some)
