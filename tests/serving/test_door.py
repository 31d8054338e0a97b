"""A crowd at the door: who comes in when, and that nobody is kept out."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from app.serving.door import Door, Manners

ENDED = ForwardMsg(script_finished=0).SerializeToString()
LONG, PATIENCE = 1000.0, 20


class Visitor:
    """A socket: what its browser sends, and the server's side of it once it has come in."""

    def __init__(self):
        self.inside, self.heard = asyncio.Event(), list[bytes]()
        self.leaving = asyncio.Event()
        self._asked = asyncio.Queue()

    def asks(self):
        self._asked.put_nowait({"type": "websocket.receive", "bytes": b"a run"})

    async def receive(self):
        return await self._asked.get()

    async def send(self, message):
        self.heard.append(message["bytes"])


class Street:
    """Visitors before a door, in the order in which they came."""

    def __init__(self, manners):
        self.door = Door(self._app, manners)
        self.visitors, self._tasks = [], []

    async def _app(self, scope, receive, send):
        visitor = scope["visitor"]
        visitor.tell, visitor.hear = send, receive
        visitor.inside.set()
        await visitor.leaving.wait()

    async def come(self, count):
        for _ in range(count):
            visitor = Visitor()
            scope = {"type": "websocket", "visitor": visitor}
            coming = self.door(scope, visitor.receive, visitor.send)
            self._tasks.append(asyncio.create_task(coming))
            self.visitors.append(visitor)
        await self.quiet()

    async def quiet(self):
        """Until everybody stands where they stand."""
        for _ in range(20):
            await asyncio.sleep(0)

    @property
    def inside(self):
        return [n for n, visitor in enumerate(self.visitors) if visitor.inside.is_set()]

    async def all_inside(self):
        coming = asyncio.gather(*(visitor.inside.wait() for visitor in self.visitors))
        await asyncio.wait_for(coming, PATIENCE)

    async def over(self):
        for visitor in self.visitors:
            visitor.leaving.set()
        await asyncio.wait_for(asyncio.gather(*self._tasks), PATIENCE)


@asynccontextmanager
async def street(**manners):
    before = Street(Manners(**({"patience": LONG, "asking": LONG, "opening": LONG} | manners)))
    yield before
    await before.over()
    assert before.inside == list(range(len(before.visitors)))


def test_whoever_has_the_page_lets_the_next_in():
    async def seen():
        async with street(at_once=2) as before:
            await before.come(5)
            assert before.inside == [0, 1]
            await before.visitors[1].tell({"type": "websocket.send", "bytes": b"\0" * 500})
            await before.visitors[1].tell({"type": "websocket.send", "bytes": b"no message"})
            await before.quiet()
            assert before.inside == [0, 1]
            for _ in range(3):  # once for all: later runs let nobody in
                await before.visitors[1].tell({"type": "websocket.send", "bytes": ENDED})
            await before.quiet()
            assert before.inside == [0, 1, 2]
            assert before.visitors[1].heard[-1] == ENDED

    asyncio.run(seen())


def test_whoever_goes_away_lets_the_next_in():
    async def seen():
        async with street(at_once=1) as before:
            await before.come(3)
            before.visitors[0].leaving.set()
            await before.quiet()
            assert before.inside == [0, 1]

    asyncio.run(seen())


@pytest.mark.parametrize("manners", [{"asking": 0.001}, {"patience": 0.001}])
def test_whoever_asks_for_nothing_keeps_nobody_out(manners):
    async def seen():
        async with street(at_once=1, **manners) as before:
            await before.come(4)
            await before.all_inside()

    asyncio.run(seen())


def test_whoever_asks_has_some_time_until_the_page_is_there():
    async def seen():
        async with street(at_once=1, opening=0.001) as before:
            await before.come(3)
            before.visitors[0].asks()
            assert before.inside == [0]
            for n in range(2):
                before.visitors[n].asks()
                await before.visitors[n].hear()
                await asyncio.wait_for(before.visitors[n + 1].inside.wait(), PATIENCE)

    asyncio.run(seen())


def test_whoever_goes_on_asking_has_no_more_time_than_that():
    async def seen():
        async with street(at_once=1, opening=0.3) as before:
            await before.come(2)
            waiting = asyncio.create_task(before.visitors[1].inside.wait())
            until = asyncio.get_running_loop().time() + PATIENCE
            while not waiting.done():
                assert asyncio.get_running_loop().time() < until
                before.visitors[0].asks()
                await before.visitors[0].hear()
                await asyncio.sleep(0.001)

    asyncio.run(seen())


def test_what_is_no_socket_goes_through():
    async def seen():
        async def app(scope, receive, send):
            await send({"type": "http.response.start", "status": 204})

        told = list[dict]()

        async def send(message):
            told.append(message)

        door = Door(app, Manners(at_once=0))
        await door({"type": "http"}, None, send)
        assert told[0]["status"] == 204

    asyncio.run(seen())
