"""What follows from measured times: factors, where two lines cross, slopes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Crossing:
    """From how many proposals on sharing is quicker.

    Attributes
    ----------
    at : the number, between two measured ones; None where the lines do not cross
    low, high : the measured numbers it lies between; where sharing is always quicker, the least
        twice; None where it never is
    """

    at: float | None
    low: int | None
    high: int | None


def crossing(counts: Sequence[int], each: Sequence[float], shared: Sequence[float]) -> Crossing:
    """Where sharing becomes quicker for good, by straight lines between points on log-log axes.

    Parameters
    ----------
    counts : of proposals, ascending
    each, shared : seconds that either side takes

    Examples
    --------
    >>> crossing([1, 10, 100], [1.0, 10.0, 100.0], [20.0, 20.0, 20.0])
    Crossing(at=20.0, low=10, high=100)
    >>> crossing([1, 10], [2.0, 20.0], [1.0, 1.0])
    Crossing(at=None, low=1, high=1)
    >>> crossing([1, 10], [1.0, 2.0], [3.0, 3.0])
    Crossing(at=None, low=None, high=None)
    """
    # Above 0 where sharing is quicker.
    ahead = np.log(each) - np.log(shared)
    behind = np.flatnonzero(ahead <= 0)
    if not behind.size:
        return Crossing(None, counts[0], counts[0])
    last = int(behind[-1])
    if last == len(counts) - 1:
        return Crossing(None, None, None)
    part = -ahead[last] / (ahead[last + 1] - ahead[last])
    low, high = counts[last], counts[last + 1]
    at = float(np.exp(np.log(low) + part * (np.log(high) - np.log(low))))
    return Crossing(round(at, 6), low, high)


def slope(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """The exponent that fits best: seconds grow as sizes to this power.

    Examples
    --------
    >>> round(slope([1, 2, 4], [3.0, 12.0, 48.0]), 6)
    2.0
    """
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])


def when_doubled(exponent: float) -> float:
    """How many times as long it takes when the size is doubled.

    Examples
    --------
    >>> when_doubled(1.0), when_doubled(0.0)
    (2.0, 1.0)
    """
    return float(2.0**exponent)
