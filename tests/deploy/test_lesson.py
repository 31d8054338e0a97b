"""Two processes of the app behind nginx, one of which is killed in the midst of a lesson."""

import asyncio
import time
from collections import Counter
from contextlib import AsyncExitStack, suppress

import pytest

from tests.hostile.watch import TIMED
from tests.load.crowd import Noted
from tests.load.fetch import Line
from tests.load.report import percentile
from tests.machine import taken
from tests.sampling import SAMPLING

from .lesson import THINGS, Pupil
from .proxy import NGINX, Proxy
from .supervised import PATIENCE, Processes

READERS = 200 if SAMPLING.exhaustive else 4
PAUSE = 10.0 if SAMPLING.exhaustive else 0.1  # mean s between two things that a reader does
# Seconds in which whoever has lost a process is back. A hundred who come back at once keep a core
# busy, and how long depends on who else wants it: judged on a quiet machine alone.
LONGEST = 10.0 if TIMED or not SAMPLING.exhaustive else PATIENCE


@pytest.fixture(scope="module")
def processes(tmp_path_factory):
    if NGINX is None:
        pytest.skip("nginx is not installed")
    with Processes(tmp_path_factory.mktemp("processes"), 2) as running:
        yield running


@pytest.fixture(scope="module")
def proxy(processes, tmp_path_factory):
    with Proxy(tmp_path_factory.mktemp("proxy"), processes.addresses) as running:
        yield running


async def back(pupil, noted, since):
    """A reader whose process is gone comes back, and finds the exercise; after how long."""
    before = pupil.exercise
    if await pupil.doing("come_back") and pupil.exercise != before:
        noted.wrong.append("another exercise than before")
    return time.monotonic() - since


async def reads_on(pupil, over):
    """A reader does one thing after the other, with pauses, until it is over."""
    pause = pupil.random.uniform(0, PAUSE)
    while not over.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), pause)
        await pupil.doing("edit_once")
        pause = pupil.random.expovariate(1 / PAUSE)


def seconds(noted):
    """How long each answer to an edit took, so far."""
    return [one.seconds for kind in THINGS for one in noted.answers[kind]]


async def lesson(proxy, processes):
    """A lesson, and what was seen in it."""
    noted, told = Noted(), {}
    async with AsyncExitStack() as stack:
        pupils = [Pupil(proxy.url, n, noted) for n in range(READERS)]
        for pupil in pupils:
            await stack.enter_async_context(pupil.reader)
        all_of_it = ("come", "edit", "hand_in", "take_away", "hand_on")
        await asyncio.gather(*(pupil.doing(*all_of_it) for pupil in pupils))
        told["at"] = Counter(pupil.at for pupil in pupils)
        told["memory"] = [processes.memory(n) for n in range(2)]
        lost = [pupil for pupil in pupils if pupil.at == 0]
        others = [pupil for pupil in pupils if pupil.at == 1]
        sessions = [pupil.reader.session for pupil in others]
        over, since = asyncio.Event(), time.monotonic()
        processes.kill(0)
        noted.answers.clear()
        reading = asyncio.gather(*(reads_on(pupil, over) for pupil in others))
        waits = sorted(await asyncio.gather(*(back(pupil, noted, since) for pupil in lost)))
        told |= {"lost": len(lost), "waits": waits, "others": sorted(seconds(noted))}
        over.set()
        await reading
        told["stay"] = sessions == [pupil.reader.session for pupil in others]
        told["then"] = Counter(pupil.at for pupil in pupils)
        # They go on, and what belongs to a process is there at the other one, too.
        await asyncio.gather(*(pupil.doing("edit") for pupil in lost))
        await asyncio.gather(*(p.doing("hand_in", "take_away") for p in (*lost[:2], others[0])))
    return noted, told


def test_nobody_fails_and_who_loses_a_process_is_back_at_once(proxy, processes):
    noted, told = asyncio.run(lesson(proxy, processes))
    assert (noted.wrong, noted.dropped) == ([], [])
    assert told["at"] == {0: READERS / 2, 1: READERS / 2}
    assert told["stay"]
    assert told["lost"] == READERS / 2
    assert told["then"] == {1: READERS}
    print(said(told))  # seen with -s, and of interest with --exhaustive alone
    assert told["waits"][-1] < LONGEST, told["waits"]
    comes_back(proxy, processes)
    assert "emerg" not in proxy.log()


def said(told):
    """How long it took, in a line."""
    first, half, last = (percentile(told["waits"], share) for share in (1, 50, 100))
    late = 1000 * percentile(told["others"] or [0], 95)
    return (
        f"back after {first:.1f}, half after {half:.1f}, all after {last:.1f} s; others had "
        f"{len(told['others'])} answers, 95 % within {late:.0f} ms; MB before: {told['memory']}"
    )


def comes_back(proxy, processes):
    """The process that was killed is started again, and takes readers."""
    processes.wait_for("starts on port", times=3)
    until = time.monotonic() + PATIENCE

    async def arrives():
        noted = Noted()
        pupil = Pupil(proxy.url, 0, noted)
        async with pupil.reader:
            await pupil.doing("come", "hand_in", "take_away")
        assert (noted.wrong, noted.dropped) == ([], [])

    async def at_the_first():
        """Whether a document comes from it: cheap, so it is asked until it does."""
        line = Line(proxy.url)
        await line.get("/_stcore/health")
        line.close()
        return line.cookies["roipool_at"].startswith("p1.")

    while not asyncio.run(at_the_first()):
        assert time.monotonic() < until, "no new reader comes to it"
        time.sleep(0.2)
    asyncio.run(arrives())


def test_all_of_them_end_with_the_one_that_started_them(processes):
    assert processes.end() == 0
    assert not any(processes.answers(n) for n in range(2))
    assert all(taken(pid) == [] for n in range(2) for pid in processes.pids(n))
