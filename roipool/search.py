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

from roipool.changes import pairs, singles
from roipool.effort import Budget
from roipool.readings import Reading
from roipool.rules import Rule, aligns, averages, neighbours, presets
from roipool.target import Some, Suspect, Target

Counted = tuple[Suspect, int]
"""A suspect, and how many of the output's cells it does not make."""

# Of the budget, what an attempt leaves for those after it: with all that is tried, and with those
# that a box has not ruled out.
_KEPT_BY_MANY, _KEPT_BY_FEW = 0.6, 0.3
# Boxes of the sample in which the nearest is looked for: as many as can be afforded.
_SAMPLES = (16, 4, 1)


def search(target: Target, given: Reading, budget: Budget) -> tuple[list[Counted], int]:
    """What may have made an output; and how many suspects the budget did not suffice for."""
    search = _Search(target, budget)
    shipped = list(_product(presets(), [given]))
    found = search.counted(shipped, budget=Budget(math.inf))
    fewest = min(count for _, count in found)
    attempts = _attempts(given) if fewest else [list(_product(presets(), singles(given)))]
    makers = next(filter(None, map(search.makers, attempts)), [])
    found += makers
    if fewest and not makers:
        found += search.nearer(given, fewest)
    return found, len(search.undecided)


def _attempts(given: Reading) -> Iterator[list[Suspect]]:
    """What may make an output that no preset makes from the boxes as given, the simplest first."""
    yield list(_product(aligns(), [given]))
    yield list(_one_change(given))
    yield [*_product(presets(), pairs(given)), *_product(averages(), singles(given))]


def _one_change(given: Reading) -> Iterator[Suspect]:
    yield from _product([*presets(), *aligns()], singles(given))
    yield from _product([*neighbours(), *averages()], [given])


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
        left, before = suspects, self.budget.left
        for number, boxes in enumerate(self.target.portions()):
            # What comes later is less simple than what has passed a first box.
            self.budget.kept = before * (_KEPT_BY_FEW if number else _KEPT_BY_MANY)
            left = [suspect for suspect, count in self.counted(left, boxes) if not count]
        self.budget.kept = 0.0
        return [(suspect, 0) for suspect in left]

    def nearer(self, given: Reading, fewest: int) -> list[Counted]:
        """What comes nearest by at most one change, if that at least halves the cells that differ.

        From a sample, and then counted whole.
        """
        suspects = [*_product(aligns(), [given]), *_one_change(given)]
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
