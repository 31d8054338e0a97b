"""Taking turns: all once a round, so that whatever disturbs a machine hits all alike."""

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Call = Callable[[], object]
Sampler = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Spread:
    """Seconds that a call took: the median of the rounds, and what lies around it."""

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
    return Spread(median, low, high, tuple(float(s) for s in samples))


def take_turns(
    samplers: Mapping[str, Sampler],
    rounds: int,
    told: Callable[[str, int], None] = lambda name, done: None,
) -> dict[str, Spread]:
    """A B C A B C ..., after a round that isn't counted.

    Parameters
    ----------
    samplers : mapping of name to a function that runs once and returns seconds
    rounds : int
    told : callable
        Hears (name, round) before each turn; round 0 is the one that isn't counted.
    """
    taken: dict[str, list[float]] = {name: [] for name in samplers}
    collects = gc.isenabled()
    gc.disable()
    try:
        for turn in range(rounds + 1):
            for name, sample in samplers.items():
                told(name, turn)
                seconds = sample()
                if turn:
                    taken[name].append(seconds)
            gc.collect()
    finally:
        if collects:
            gc.enable()
    return {name: spread(samples) for name, samples in taken.items()}


def wall_clock(
    call: Call, at_least: float, clock: Callable[[], float] = time.perf_counter
) -> Sampler:
    """A sampler of `call` by the wall clock, repeated until a sample lasts `at_least` seconds.

    A call of some microseconds is shorter than what a clock can tell. How often to repeat it is
    found once, here, and is then the same in every round.
    """
    repeats = 1
    while (seconds := _run(call, repeats, clock)) < at_least:
        # A first call may be slow for its own reasons: grow by steps, not to the estimate at once.
        repeats = min(
            repeats * 10, max(repeats + 1, int(1.2 * repeats * at_least / (seconds or 1e-9)))
        )
    return lambda: _run(call, repeats, clock) / repeats


def _run(call: Call, repeats: int, clock: Callable[[], float]) -> float:
    start = clock()
    for _ in range(repeats):
        call()
    return clock() - start
