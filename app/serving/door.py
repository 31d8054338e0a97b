"""Readers who come at once come in a few at a time, and those who are in do not wait for them.

Opening a page takes a socket, a session and its first run: several times what an answer takes
later. A hundred who come together, because a lesson begins or because another process has died,
would all be there as late as the last, and whoever is at work meanwhile would wait as long for
answers. So sockets stand at the door until one that came before has its page.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

# Bytes of a message that says that the script has ended; most messages are longer, and not read.
_SHORT = 100


@dataclass(frozen=True, slots=True)
class Manners:
    """How sockets come in.

    Attributes
    ----------
    at_once : how many open their pages; fewer would leave the core idle between their messages
    patience : seconds that one waits at most; a browser gives up what is not there after 15
    asking : seconds in which one asks for a page: a browser that comes back need not
    opening : seconds in which it has it; who takes longer keeps nobody out
    """

    at_once: int = 8
    patience: float = 12.0
    asking: float = 0.2
    opening: float = 2.0


class Door:
    """Lets sockets in to the app inside, and hands on all else."""

    def __init__(self, app: ASGIApp, manners: Manners | None = None) -> None:
        self.app = app
        self._manners = manners or Manners()
        self._places = asyncio.Semaphore(self._manners.at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on a request; a socket as soon as there is a place."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        manners, place = self._manners, _Place(self._places)
        await place.taken(manners.patience)
        place.asks(manners.asking)

        async def received() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive":
                place.opens(manners.opening)
            return message

        async def sent(message: Message) -> None:
            await send(message)
            if place.is_held and has_ended(message.get("bytes") or b""):
                place.leave()

        try:
            await self.app(scope, received, sent)
        finally:
            place.leave()


class _Place:
    """That of one socket, until it has its page."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self.is_held = False
        self._places = places
        self._until: asyncio.TimerHandle | None = None
        self._has_asked = False

    async def taken(self, patience: float) -> None:
        """Wait for it; after that one goes without."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._places.acquire(), patience)
            self.is_held = True

    def asks(self, seconds: float) -> None:
        """Keep it for so long, until something is asked."""
        self._keep(seconds)

    def opens(self, seconds: float) -> None:
        """Keep it for so long from the first question on: whoever goes on asking gets no more."""
        if not self._has_asked:
            self._has_asked = True
            self._keep(seconds)

    def _keep(self, seconds: float) -> None:
        if self.is_held:
            if self._until:
                self._until.cancel()
            self._until = asyncio.get_running_loop().call_later(seconds, self.leave)

    def leave(self) -> None:
        """Leave it to the next."""
        if self.is_held:
            self.is_held = False
            self._places.release()
            if self._until:
                self._until.cancel()


def has_ended(raw: bytes) -> bool:
    """Whether a message to the browser says that the script has run to its end.

    Examples
    --------
    >>> has_ended(ForwardMsg(script_finished=0).SerializeToString())
    True
    >>> has_ended(ForwardMsg(page_not_found={}).SerializeToString())
    False
    """
    if not 0 < len(raw) <= _SHORT:
        return False
    try:
        return bool(ForwardMsg.FromString(raw).WhichOneof("type") == "script_finished")
    except DecodeError:
        return False
