"""What goes on at a server while somebody is hostile: its memory, and how long others wait."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from tests.load.reader import NoAnswerError, Reader
from tests.load.report import percentile
from tests.server import Server

# MB of the server with all that it has started, and seconds in which others have their answers.
MOST_MEMORY, LONGEST_WAIT = 700, 1.0
# MB at which the server is ended, before it takes the machine along.
TOO_MUCH = 2500
# Times are judged where they are asked for, on a machine that does nothing else.
TIMED = os.environ.get("ROIPOOL_TIMED") == "1"
# Seconds after which a case is over, whatever is still going on.
LIMIT = 12 if TIMED else 60
# Seconds between an honest reader's answer and the next question.
_PAUSE = 0.2
# Seconds over which it is seen what a server takes: a tick of its clock is a thirtieth of that.
_LOOK = 0.3
# What is found wrong, after which the rest of a case is not tried.
ENOUGH = 5
# Answers that a percentile is taken of.
_FEWEST = 10


@dataclass(slots=True)
class Seen:
    """What was seen.

    Attributes
    ----------
    memory : MB at most
    waits : seconds that an honest reader waited for each answer
    wrong : what else is not as it should be
    """

    memory: float = 0.0
    waits: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def verdict(self) -> list[str]:
        """What hostile input did that it should not; nothing, where it did no harm."""
        said = list(self.wrong)
        if self.memory > MOST_MEMORY:
            said.append(f"the server took {self.memory:.0f} MB, of {MOST_MEMORY} that it may")
        late = percentile(self.waits, 95) if self.waits else 0
        if TIMED and late > LONGEST_WAIT:
            longest = max(self.waits)
            said.append(f"others waited {late:.1f} s (95 %), {longest:.1f} s at most")
        return said


def harmless(verdict: list[str]) -> None:
    """Fail with what was wrong, a line each, where something was."""
    if verdict:
        pytest.fail("\n".join(verdict), pytrace=False)


@asynccontextmanager
async def weighed(server: Server) -> AsyncIterator[Seen]:
    """Look at the memory of a server."""
    seen = Seen()
    looking = asyncio.create_task(_look(server, seen))
    try:
        yield seen
    finally:
        looking.cancel()


@asynccontextmanager
async def watched(server: Server) -> AsyncIterator[Seen]:
    """Look at the memory of a server, and have an honest reader ask it one thing after another."""
    over = asyncio.Event()
    async with weighed(server) as seen, Reader(server.url, patience=LIMIT) as reader:
        # The first answers of a server load what later ones find loaded.
        await reader.open()
        await reader.run()
        asking = asyncio.create_task(_ask(reader, seen, over))
        try:
            yield seen
        finally:
            over.set()
            await asking


async def _look(server: Server, seen: Seen) -> None:
    while True:
        seen.memory = max(seen.memory, server.memory())
        if seen.memory > TOO_MUCH:
            seen.wrong.append("the server was ended before it took all memory")
            server.stop()
            return
        await asyncio.sleep(0.05)


async def _ask(reader: Reader, seen: Seen, over: asyncio.Event) -> None:
    """Change the output's rows until it is over, and often enough for a percentile."""
    rows = 2
    while not over.is_set() or len(seen.waits) < _FEWEST:
        rows = 5 - rows
        begun = time.perf_counter()
        try:
            await reader.set("replay.output.rows", rows)
        except NoAnswerError as error:
            seen.waits.append(time.perf_counter() - begun)
            seen.wrong.append(f"an honest reader: {error}")
            return
        seen.waits.append(time.perf_counter() - begun)
        there = reader.page.data("replay.stage")["outputSize"][0]
        if there != rows:
            seen.wrong.append(f"an honest reader asked for {rows} rows and got {there}")
        await asyncio.sleep(_PAUSE)


async def within_limit(doing: Awaitable[object], seen: Seen, what: str) -> None:
    """Wait for something no longer than a case may take; note it where it was not done."""
    try:
        async with asyncio.timeout(LIMIT):
            await doing
    except (TimeoutError, NoAnswerError) as error:
        seen.wrong.append(f"{what}: {str(error) or f'not done in {LIMIT} s'}")


async def idle(server: Server) -> float:
    """CPUs that a server takes by itself: few, once it is quiet, or those of the last moment."""
    deadline = time.monotonic() + LIMIT
    while True:
        before, begun = server.processor(), time.monotonic()
        await asyncio.sleep(_LOOK)
        taken = (server.processor() - before) / (time.monotonic() - begun)
        if taken < 0.2 or time.monotonic() > deadline:
            return taken
