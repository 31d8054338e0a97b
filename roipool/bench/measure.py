"""Taking turns: all once a round, so that whatever disturbs a machine hits all alike."""

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

Name = TypeVar("Name")
# Before a sample of less than this a call is made that isn't timed. The others had the caches in
# between, and the system has taken freed memory back: on a virtual machine the first touch of
# 200 MB can cost half a second, which would be counted against whoever returns a new array. Against
# longer calls it weighs little.
_LONG = 3.0

Run = Callable[[int], float]
Sampler = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Spread:
    """Seconds that a call took: median and quartiles of the rounds, and the rounds themselves."""

    median: float
    low: float
    high: float
    samples: tuple[float, ...]


def spread(samples: Sequence[float]) -> Spread:
    """Median and quartiles.

    Examples
    --------
    >>> summary = spread([5.0, 1.0, 2.0, 4.0, 3.0])
    >>> summary.median, summary.low, summary.high
    (3.0, 2.0, 4.0)
    """
    low, median, high = (float(q) for q in np.percentile(samples, [25, 50, 75]))
    return Spread(median, low, high, tuple(samples))


def take_turns(
    samplers: Mapping[Name, Sampler],
    rounds: int,
    tell: Callable[[Name, int], None],
    *,
    warm_up: bool = True,
) -> dict[Name, Spread]:
    """A B C A B C ..., after a first round that isn't counted.

    Parameters
    ----------
    samplers : mapping
        From a name to a function that runs once and returns seconds.
    rounds : int
    tell : callable
        Hears (name, round) before each turn; round 0 is the one that isn't counted.
    warm_up : bool
        Whether there is that round. What takes seconds can do without.
    """
    taken: dict[Name, list[float]] = {name: [] for name in samplers}
    collects = gc.isenabled()
    gc.disable()
    try:
        for turn in range(0 if warm_up else 1, rounds + 1):
            for name, sample in samplers.items():
                tell(name, turn)
                seconds = sample()
                if turn:
                    taken[name].append(seconds)
            gc.collect()
    finally:
        if collects:
            gc.enable()
    return {name: spread(samples) for name, samples in taken.items()}


def sampler(run: Run, at_least: float) -> Sampler:
    """Seconds per call, from as many calls as together last `at_least` seconds.

    A call of some microseconds is shorter than a clock can tell. How often to repeat it is found
    once, here, and is the same in every round.

    Parameters
    ----------
    run : callable
        Makes so many calls and returns the seconds that all of them took.
    at_least : float
    """
    repeats = 1
    # The better of two runs: calls may be slow at first, and that would leave too few of them.
    while (seconds := min(run(repeats), run(repeats))) < at_least:
        wanted = 1.2 * repeats * at_least / max(seconds, 1e-9)
        repeats = max(repeats + 1, min(10 * repeats, int(wanted)))

    def sample() -> float:
        if seconds < _LONG:
            run(1)
        return run(repeats) / repeats

    return sample


def wall_clock(call: Callable[[], Any], clock: Callable[[], float] = time.perf_counter) -> Run:
    """A `Run` of `call` by the wall clock."""

    def run(repeats: int) -> float:
        start = clock()
        for _ in range(repeats):
            call()
        return clock() - start

    return run
