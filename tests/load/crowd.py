"""Many readers at once, each with its own pauses, and all that they have noted."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import count
from random import Random

from tests.server import Server

from .figures import Figures
from .reader import Answer, NoAnswerError, Reader
from .visit import HOMES, THINGS, Pooled, Visit, WrongAnswerError


@dataclass(slots=True)
class Noted:
    """What a crowd has seen of a server.

    Attributes
    ----------
    answers : of each kind of thing that was done
    wrong : answers that were not those to what was asked, and what failed on the page
    dropped : readers whom the server left without an answer
    memory : MB, at each look
    processor : seconds of CPU
    seconds : that it went on
    """

    answers: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    processor: float = 0.0
    seconds: float = 0.0

    def note(self, kind: str, answer: Answer) -> None:
        self.answers[kind].append(answer)


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many readers come, within how many seconds, and how long each waits between two things.

    After `seconds` nobody begins anything new; with a number of `acts` each does so many things,
    however long it takes. The server's memory is looked at `every` so many seconds.
    """

    readers: int = 50
    seconds: float = 60
    pause: float = 10
    ramp: float = 10
    seed: int = 0
    acts: int | None = None
    pages: tuple[str, ...] = HOMES
    things: tuple[str, ...] = tuple(THINGS)
    every: float = 0.5

    async def read(self, server: Server) -> Noted:
        """Let them all read, and note what they see."""
        noted, figures, pooled = Noted(), Figures(), list[Pooled]()
        async with _watched(server, noted, self.every):
            deadline = time.monotonic() + self.seconds
            async with asyncio.TaskGroup() as group:
                for n in range(self.readers):
                    group.create_task(self._one(server.url, n, figures, noted, pooled, deadline))
        # Not before: the readers take as little of the server's machine as they can.
        for one in pooled:
            with _noting(noted):
                one.check()
        return noted

    async def _one(
        self,
        url: str,
        n: int,
        figures: Figures,
        noted: Noted,
        pooled: list[Pooled],
        deadline: float,
    ) -> None:
        random = Random(f"{self.seed} {n}")
        await asyncio.sleep(random.uniform(0, self.ramp))
        async with Reader(url, figures) as reader:
            visit = Visit(reader, random, noted.note, self.pages, self.things, pooled.append)
            try:
                await visit.begin()
                for _ in range(self.acts) if self.acts else count():
                    pause = random.expovariate(1 / self.pause)
                    if not self.acts and time.monotonic() + pause > deadline:
                        await asyncio.sleep(max(0, deadline - time.monotonic()))
                        break
                    await asyncio.sleep(pause)
                    with _noting(noted):
                        await visit.act()
            except NoAnswerError as error:
                noted.dropped.append(f"reader {n}: {error}")
            except WrongAnswerError as error:
                noted.wrong.append(f"reader {n}: {error}")


@contextmanager
def _noting(noted: Noted) -> Iterator[None]:
    """What turns out wrong is noted, and the reader stays."""
    try:
        yield
    except WrongAnswerError as error:
        noted.wrong.append(str(error))


async def come_and_go(server: Server, readers: int, at_once: int = 10) -> Noted:
    """Readers who open Replay, drag the box once and leave; the memory after each of them."""
    noted, figures = Noted(), Figures()
    numbers: Iterator[int] = iter(range(readers))

    async def one_after_another() -> None:
        for n in numbers:
            async with Reader(server.url, figures) as reader:
                visit = Visit(reader, Random(n), noted.note, homes=("replay",))
                try:
                    await visit.begin()
                    with _noting(noted):
                        await visit.box()
                except (NoAnswerError, WrongAnswerError) as error:
                    noted.dropped.append(f"reader {n}: {error}")
            noted.memory.append(server.memory())

    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(one_after_another())
    return noted


@asynccontextmanager
async def _watched(server: Server, noted: Noted, every: float):
    """Look at the server every now and then, while something is going on."""
    begun, before = time.monotonic(), server.processor()
    noted.memory.append(server.memory())

    async def look() -> None:
        while True:
            await asyncio.sleep(every)
            noted.memory.append(server.memory())

    looking = asyncio.create_task(look())
    try:
        yield
    finally:
        looking.cancel()
        noted.memory.append(server.memory())
        noted.seconds, noted.processor = time.monotonic() - begun, server.processor() - before
