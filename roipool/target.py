"""The output that is to be explained, and what it means that another equals it."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.effort import Budget, of_key
from roipool.formats import Format
from roipool.readings import Reading
from roipool.rules import Rule

Suspect = tuple[Rule, Reading]
Some = slice | NDArray[np.intp]

# Of sums and averages, whose last digits depend on the order of the cells.
CLOSE = 1e-4
# Of a sample of what is too much to be counted for each suspect.
_SAMPLE_CHANNELS = 4

_ALL = slice(None)


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """An output and the maps that it was pooled from, in the dtype in which they are compared.

    Attributes
    ----------
    maps : (B, C, H, W) float32 or float64
    output : (N, C, PH, PW), in the same dtype
    tolerance : float, or an array as the output
        How far apart equal values may be.
    closeness : float
        The same where a rule is not exact, for a value of zero.
    finite : bool
        Whether all cells of the maps are.
    form : Format or None
        The number format that the tolerance is of.
    near : float
        How far apart, relative to their size, equal values may be where a rule is not exact.
    """

    maps: NDArray[Any]
    output: NDArray[Any]
    tolerance: float | NDArray[Any]
    closeness: float
    finite: bool
    form: Format | None = None
    near: float = CLOSE

    def differs(self, rule: Rule, reading: Reading, boxes: Some = _ALL) -> NDArray[np.bool_]:
        """bool, laid out as the output given: what the rule does not make, of some of the boxes."""
        wanted = self._wanted(reading, boxes)
        found = rule.pool(reading.seen(self.maps), reading.of(boxes), wanted.shape[2:])
        same = (found == wanted) | (np.isnan(found) & np.isnan(wanted))
        if np.any(self.tolerance) or not rule.exact:
            slack = self.tolerance
            if isinstance(slack, np.ndarray):
                slack = reading.wanted(slack[boxes])
            with np.errstate(over="ignore", invalid="ignore"):
                allowed = np.full_like(wanted, slack)
                if not rule.exact:
                    np.maximum(allowed, self.closeness + self.near * np.abs(wanted), out=allowed)
                same |= np.isfinite(wanted) & (np.abs(found - wanted) <= allowed)
        differs: NDArray[np.bool_] = ~same
        return reading.returned(differs)

    def made(self, rule: Rule, reading: Reading, budget: Budget) -> NDArray[Any] | None:
        """What a rule makes of all boxes, or None where that would take too long."""
        maps, size = reading.seen(self.maps), self._size(reading)
        if not budget.takes(rule.effort(maps, reading, size, finite=self.finite)):
            return None
        return reading.returned(rule.pool(maps, reading, size))

    def counts(
        self, suspects: Iterable[Suspect], budget: Budget, boxes: Some = _ALL
    ) -> Iterator[int | None]:
        """How many cells each suspect does not make, or None where that would take too long.

        Those that cut the same bins pool once.
        """
        known: dict[bytes, int | None] = {}
        for rule, reading in suspects:
            some, size = reading.of(boxes), self._size(reading)
            if not budget.takes(of_key(len(some.boxes), size)):
                yield None
                continue
            maps = reading.seen(self.maps)
            text = rule.key(maps, some, size) + repr(sorted(reading.views)).encode()
            key = hashlib.sha256(text).digest()
            if key not in known:
                affordable = budget.takes(rule.effort(maps, some, size, finite=self.finite))
                differs = self.differs(rule, reading, boxes) if affordable else None
                known[key] = None if differs is None else int(np.count_nonzero(differs))
            yield known[key]

    def effort(self, suspects: Iterable[Suspect], boxes: Some = _ALL) -> float:
        """How long `counts` will take at most, in seconds."""
        total = 0.0
        for rule, reading in suspects:
            some, size = reading.of(boxes), self._size(reading)
            total += of_key(len(some.boxes), size)
            total += rule.effort(reading.seen(self.maps), some, size, finite=self.finite)
        return total

    def portions(self) -> Iterator[slice]:
        """All boxes, first a single one: most suspects fail there."""
        start, count = 0, 1
        while start < len(self.output):
            yield slice(start, start + count)
            start, count = start + count, 4 * count

    def sample(self, count: int) -> tuple["Target", NDArray[np.intp]]:
        """A few channels, and the numbers of a few boxes: all of what is not many."""
        some = slice(_SAMPLE_CHANNELS)
        count = min(len(self.output), count)
        boxes = np.linspace(0, len(self.output) - 1, count).astype(np.intp)
        maps, output, slack = self.maps[:, some], self.output[:, some], self.tolerance
        if isinstance(slack, np.ndarray):
            slack = slack[:, some]
        return replace(self, maps=maps, output=output, tolerance=slack), boxes

    def fits(self, reading: Reading) -> bool:
        """Whether the output has as many boxes and channels as the reading says."""
        shape = reading.wanted(self.output).shape
        return shape[:2] == (len(reading.boxes), reading.channels)

    def _size(self, reading: Reading) -> tuple[int, int]:
        high, wide = reading.wanted(self.output).shape[2:]
        return high, wide

    def _wanted(self, reading: Reading, boxes: Some) -> NDArray[Any]:
        return reading.wanted(self.output[boxes])
