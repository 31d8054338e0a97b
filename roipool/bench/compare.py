"""Rows of the table: who took how long, against whom, and whether the numbers are the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.bench.cases import Case
from roipool.bench.measure import Spread
from roipool.bench.peers import CALL

# If a peer lacks an operation, the nearest that it has. Gradients compare with gradients only.
_NEAREST = {
    "values": ("values", "argmax"),
    "argmax": ("argmax", "values"),
    "backward": ("backward",),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what and how it was timed: the name of a contestant in a round."""

    peer: str
    operation: str
    how: str = CALL


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as long a peer took; `alike` is False where it computes something else."""

    times: float
    alike: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a case's table.

    Attributes
    ----------
    entry : Entry
    time : Spread
    differs : str or None
        What differs from the other peers' numbers.
    copy_bandwidth : float
        Bytes that the device reads and writes in a second while it copies.
    """

    entry: Entry
    time: Spread
    differs: str | None
    copy_bandwidth: float

    def bandwidth(self, case: Case) -> float:
        """Bytes that must move, per second that the call took."""
        return case.must_move(self.entry.operation) / self.time.median

    def limit(self, case: Case) -> float:
        """Fraction of the physical limit: 1 is as fast as copying what must move."""
        return self.bandwidth(case) / self.copy_bandwidth

    def nanoseconds(self, case: Case) -> float:
        """Nanoseconds per output value."""
        return self.time.median * 1e9 / max(case.outputs, 1)


def ratio(row: Row, rows: Sequence[Row], peer: str) -> Ratio | None:
    """The median of `peer` over that of `row`: 2 where `row` is twice as fast.

    A peer that lacks the operation is compared by the nearest one that it has.

    Examples
    --------
    >>> ours = Row(Entry("numpy", "argmax"), Spread(2.0, 2.0, 2.0, ()), None, 1.0)
    >>> theirs = Row(Entry("openvino", "values"), Spread(3.0, 3.0, 3.0, ()), None, 1.0)
    >>> ratio(ours, [ours, theirs], "openvino")
    Ratio(times=1.5, alike=False)
    """
    if peer == row.entry.peer:
        return None
    others = {other.entry: other for other in rows}
    for operation in _NEAREST[row.entry.operation]:
        other = others.get(Entry(peer, operation, row.entry.how))
        if other is not None:
            times = other.time.median / row.time.median
            return Ratio(times, alike=operation == row.entry.operation)
    return None


def difference(
    results: Mapping[str, NDArray[Any]], expected: Mapping[str, NDArray[Any]]
) -> str | None:
    """What differs, in words, or None where every number is the same.

    Examples
    --------
    >>> difference({"values": np.array([1.0, 2.5])}, {"values": np.array([1.0, 2.0])})
    '1 of 2 values, by up to 0.5'
    >>> difference({"values": np.zeros(2)}, {"values": np.zeros(3)})
    'values of shape (2,) for (3,)'
    """
    found = []
    for name, array in results.items():
        right = expected[name]
        if array.shape != right.shape:
            found.append(f"{name} of shape {array.shape} for {right.shape}")
            continue
        unequal = array != right
        if unequal.any():
            by = np.abs(array[unequal].astype(np.float64) - right[unequal]).max()
            count = np.count_nonzero(unequal)
            found.append(f"{count:,} of {array.size:,} {name}, by up to {by:g}")
    return "; ".join(found) or None
