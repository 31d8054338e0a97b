"""What is exhaustive runs as a seeded sample, and whole with ``--exhaustive``.

A hundred cases that differ in a size or a seed tell little more than a dozen of them, and all of
them together keep whoever works here waiting. So a share of them is tried each time, for a seed
always the same one; ``--seed 1`` tries others, ``--exhaustive`` all. Where cases differ in several
things, each value of each is tried (`covering`). Cases that somebody thought of one by one are no
sample's to leave out, but in a browser those that differ in a word alone, where each takes seconds
and what is told is tested beneath it.
"""

from collections import defaultdict
from itertools import cycle, islice, product
from random import Random
from typing import TypeVar

Value = TypeVar("Value")


class Sampling:
    """Which of many cases are tried.

    Attributes
    ----------
    exhaustive : all of them
    seed : which sample, otherwise
    """

    def __init__(self) -> None:
        self.exhaustive, self.seed = False, 0

    def of(self, values, one_in: int, turn: int = 0) -> list:
        """One in so many of the values, in their order; each turn has others, so that all come.

        Examples
        --------
        >>> sampling = Sampling()
        >>> turns = [sampling.of("abcde", 2, turn) for turn in range(2)]
        >>> sorted(map(len, turns)), sorted(turns[0] + turns[1])
        ([2, 3], ['a', 'b', 'c', 'd', 'e'])
        >>> sampling.exhaustive = True
        >>> sampling.of("abcde", 2)
        ['a', 'b', 'c', 'd', 'e']
        """
        values = list(values)
        if self.exhaustive:
            return values
        places = list(range(len(values)))
        Random(self.seed).shuffle(places)
        return [values[place] for place in sorted(places[turn % one_in :: one_in])]

    def covering(self, *axes) -> list[tuple]:
        """Combinations in which each value of each axis comes at least once; all, if exhaustive.

        Examples
        --------
        >>> sampling = Sampling()
        >>> few = sampling.covering("abc", "xy")
        >>> len(few), *("".join(sorted({one[k] for one in few})) for k in range(2))
        (3, 'abc', 'xy')
        >>> sampling.exhaustive = True
        >>> len(sampling.covering("abc", "xy"))
        6
        """
        if self.exhaustive:
            return list(product(*axes))
        longest = max(map(len, axes))
        columns = [list(islice(cycle(axis), longest)) for axis in axes]
        for turn, column in enumerate(columns):
            Random(f"{self.seed} {turn}").shuffle(column)
        return list(zip(*columns, strict=True))

    def examples(self, count: int) -> int:
        """How many examples Hypothesis is to make where so many would be thorough."""
        return count if self.exhaustive else max(10, count // 8)

    def deselect(self, items) -> list:
        """The cases of tests marked ``sampled(one_in)`` that are not tried."""
        cases = defaultdict(list)
        for item in items:
            if (mark := item.get_closest_marker("sampled")) and hasattr(item, "callspec"):
                cases[item.nodeid.partition("[")[0], *mark.args].append(item)
        left = []
        for (_, one_in), of_one in cases.items():
            kept = set(map(id, self.of(of_one, one_in)))
            left += [item for item in of_one if id(item) not in kept]
        return left


# One for a run: modules ask it while they are read, before there is any fixture.
SAMPLING = Sampling()
of, covering, examples = SAMPLING.of, SAMPLING.covering, SAMPLING.examples
