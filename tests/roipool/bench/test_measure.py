"""All take turns, and what is measured is the call and nothing else. No time is asserted."""

import gc
from itertools import count

import pytest

from roipool.bench.measure import sampler, spread, take_turns, wall_clock


def test_all_run_once_a_round_and_the_first_round_is_not_counted():
    order, clock = [], count(1)

    def contestant(name):
        def sample():
            order.append(name)
            return float(next(clock))

        return sample

    told = []
    times = take_turns(
        {name: contestant(name) for name in "abc"}, 2, lambda *turn: told.append(turn)
    )
    assert order == list("abcabcabc")
    assert told == [(name, turn) for turn in range(3) for name in "abc"]
    assert {name: time.samples for name, time in times.items()} == {
        "a": (4.0, 7.0),
        "b": (5.0, 8.0),
        "c": (6.0, 9.0),
    }


def test_what_takes_long_can_do_without_the_round_that_is_not_counted():
    clock, told = count(1), []
    times = take_turns(
        {"a": lambda: float(next(clock))}, 2, lambda *turn: told.append(turn), warm_up=False
    )
    assert told == [("a", 1), ("a", 2)]
    assert times["a"].samples == (1.0, 2.0)


@pytest.mark.parametrize("collects", [True, False])
def test_garbage_is_not_collected_during_a_round_and_all_is_as_before_afterwards(collects):
    seen = []

    def sample():
        seen.append(gc.isenabled())
        raise RuntimeError("a peer failed")

    before = gc.isenabled()
    try:
        (gc.enable if collects else gc.disable)()
        with pytest.raises(RuntimeError, match="a peer failed"):
            take_turns({"a": sample}, 1, lambda *turn: None)
        assert gc.isenabled() == collects
    finally:
        (gc.enable if before else gc.disable)()
    assert seen == [False]


def test_one_wild_round_moves_neither_median_nor_quartiles_far():
    summary = spread([1.0, 1.0, 1.0, 1.0, 100.0])
    assert (summary.low, summary.median, summary.high) == (1.0, 1.0, 1.0)
    assert summary.samples == (1.0, 1.0, 1.0, 1.0, 100.0)


@pytest.mark.parametrize(("seconds", "repeats"), [(10.0, 1), (1.0, 1), (0.25, 4), (0.001, 1000)])
def test_short_calls_are_repeated_until_a_sample_is_long_enough(seconds, repeats):
    ran = []

    def run(times):
        ran.append(times)
        return times * seconds

    assert sampler(run, 1.0)() == pytest.approx(seconds)
    assert repeats <= ran[-1] <= 1.3 * repeats + 1


def test_a_slow_first_call_does_not_leave_too_few_of_them():
    first = iter([5.0])

    def run(times):
        return next(first, times * 0.01)

    ran = []
    sampler(lambda times: ran.append(times) or run(times), 1.0)()
    assert ran[-1] >= 100


@pytest.mark.parametrize(("seconds", "expected"), [(0.3, [1, 4]), (2.0, [1, 1]), (5.0, [1])])
def test_all_but_a_long_call_get_a_warm_one_before_each_sample(seconds, expected):
    ran = []
    sample = sampler(lambda times: ran.append(times) or times * seconds, 1.0)
    ran.clear()
    sample()
    assert ran == expected


def test_the_wall_clock_is_read_around_all_calls_together():
    ticks, called = iter([10.0, 16.0]), []
    assert wall_clock(lambda: called.append(1), lambda: next(ticks))(3) == 6.0
    assert len(called) == 3
