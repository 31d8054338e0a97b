"""Calls in processes of their own: what they return, and what ends them."""

import math
import os
import threading
import time

import numpy as np
import pytest

from app.exports.drawing import animation
from app.jobs import calls
from app.jobs.calls import CallError, Lane, call


@pytest.fixture
def lane():
    return Lane(seconds=20)


def why(error):
    return error.value.why


def test_a_call_returns_what_the_function_does(lane):
    assert lane.call(math.hypot, (3, 4)) == 5.0
    sent = np.arange(10**6, dtype=np.float32)
    assert np.array_equal(lane.call(np.negative, (sent,)), -sent)


def test_what_a_function_raises_is_raised_here_and_its_process_goes_on(lane):
    before = lane.call(os.getpid, ())
    with pytest.raises(ValueError, match="invalid literal"):
        lane.call(int, ("x",))
    assert lane.call(os.getpid, ()) == before
    assert before != os.getpid()


def test_a_call_that_takes_too_long_is_ended_and_the_next_one_has_another_process():
    lane = Lane(seconds=1)
    before = lane.call(os.getpid, ())
    with pytest.raises(CallError) as error:
        lane.call(time.sleep, (600,))
    assert why(error) == "time"
    assert lane.call(os.getpid, ()) != before


@pytest.mark.skipif(not os.path.exists("/proc/self"), reason="only Linux bounds the memory")
def test_a_call_that_wants_too_much_memory_is_refused(lane):
    with pytest.raises(CallError) as error:
        lane.call(bytes, (calls.MEGABYTES * 2**20,))
    assert why(error) == "memory"
    assert lane.call(len, (b"12",)) == 2


def test_a_process_that_ends_by_itself_is_told_and_replaced(lane):
    with pytest.raises(CallError) as error:
        lane.call(os._exit, (3,))
    assert why(error) == "broken"
    assert lane.call(abs, (-1,)) == 1


def test_who_waits_too_long_for_a_turn_is_told():
    lane = Lane(seconds=20, patience=0.5)
    lane.call(abs, (1,))
    ended = threading.Event()

    def first():
        lane.call(time.sleep, (3,))
        ended.set()

    threading.Thread(target=first).start()
    while not lane.is_busy:
        time.sleep(0.01)
    with pytest.raises(CallError) as error:
        lane.call(abs, (1,))
    assert why(error) == "turn"
    assert not ended.is_set()


def test_what_nobody_waits_for_any_more_is_ended(lane, monkeypatch):
    here = threading.Event()
    here.set()
    monkeypatch.setattr(calls, "of_reader", lambda: here.is_set)
    before = lane.call(os.getpid, ())
    here.clear()
    with pytest.raises(CallError) as error:
        lane.call(time.sleep, (600,))
    assert why(error) == "gone"
    here.set()
    assert lane.call(os.getpid, ()) != before


def test_what_a_function_prints_breaks_no_answer(lane):
    assert lane.call(print, ("to standard output",)) is None
    assert lane.call(abs, (-1,)) == 1


def test_a_function_tells_how_far_it_is():
    from app.exercise.record import article_exercise, pool
    from app.text import Text

    exercise, told = article_exercise(), []
    made = animation(exercise, pool(exercise), Text("en"), False, told.append)
    assert made[:3] == b"GIF"
    assert told[0] == 0
    assert told[-1] == 1
    assert told == sorted(told)


def test_calls_of_several_kinds_do_not_wait_for_each_other():
    assert call("files", os.getpid) != call("search", os.getpid)
