"""One reader of the app: a session over a raw WebSocket that behaves as the browser's."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException

from .fetch import Line
from .figures import Figures
from .page import ForgottenError, Page, Stored, inner
from .widgets import Values
from .wire import Wire, connected, token_of

T = TypeVar("T")


class NoAnswerError(Exception):
    """The server has closed the line, or has not answered in time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader waited for.

    Attributes
    ----------
    seconds : from the question until the script had run to its end
    bytes : that came over the WebSocket, with its frames and, for the first, its handshake
    fetched : bytes over HTTP, of what the page named and this reader did not have yet
    exceptions : what stands on the page in red
    """

    seconds: float
    bytes: int
    fetched: int
    exceptions: tuple[str, ...]


class Reader:
    """A browser's tab on the app at an address of this machine.

    Parameters
    ----------
    url : of the server
    figures : known to all readers of one server
    patience : seconds after which an answer that has not come is a `NoAnswerError`
    """

    def __init__(self, url: str, figures: Figures | None = None, *, patience: float = 30) -> None:
        self.url, self.patience = url, patience
        self.line, self.page, self.values = Line(url), Page(), Values()
        self.pages: dict[str, str] = {}
        self.session = self.token = self.query = self._hash = ""
        # Told of every message of the server.
        self.heard: Callable[[ForwardMsg], object] = lambda message: None
        self._figures, self._had = figures or Figures(), set[str]()
        self._stored = Stored()
        self._wire: Wire | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Leave, as a tab does that is closed."""
        self.line.close()
        if self._wire:
            await self._wire.close()

    async def open(self, page: str = "", query: str = "") -> Answer:
        """Open the app at a page's path; the front page where there is none."""
        self.query, begun = query, time.perf_counter()
        await self._within(self._connect())
        return await self._ask(begun, 0, page_name=page)

    async def _connect(self) -> None:
        self.token = await token_of(self.line)
        self._wire = await connected(self.url, self.line, self.token)

    async def go(self, page: str) -> Answer:
        """Go to another page by the navigation."""
        self.values.keep(self.page.ids(lasting=True))
        return await self.run(page_script_hash=self.pages[page])

    async def set(self, key: str, value: Any) -> Answer:
        """Give the widget of a key another value; a component's is that of all its states."""
        self.put(key, value)
        return await self.run()

    async def press(self, key: str) -> Answer:
        """Press the button of a key."""
        return await self.set(key, True)

    async def trigger(self, key: str, name: str, value: Any) -> Answer:
        """Tell of something that happened in a component, as its `setTriggerValue` does."""
        self.values.trigger(self.widget(key), name, value)
        return await self.run()

    def put(self, key: str, value: Any) -> None:
        """Note a widget's value, to be sent with the next message."""
        self.values.put(self.widget(key), value)

    def widget(self, key: str) -> Any:
        """The widget of a key."""
        return self.page.widgets()[key]

    async def run(self, **more: Any) -> Answer:
        """Have the script run with all the values, and wait for its end."""
        return await self._ask(time.perf_counter(), self._connection.received, **more)

    async def _ask(self, begun: float, before: int, **more: Any) -> Answer:
        await self.send(self.message(**more))
        await self.finished()
        seconds, count = time.perf_counter() - begun, self._connection.received - before
        fetched = await self._within(self._figures.fetch(self.line, self.page, self._had))
        return Answer(seconds, count, fetched, tuple(self.page.exceptions()))

    def message(self, **more: Any) -> BackMsg:
        """What the browser would send now to have the script run."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_script_hash = self.query, self._hash
        asked.widget_states.widgets.extend(self.values.told())
        asked.cached_message_hashes.extend(self._stored.hashes())
        context = asked.context_info
        context.timezone, context.locale, context.color_scheme = "UTC", "en-US", "light"
        context.url = self.url
        for name, value in more.items():
            setattr(asked, name, value)
        return message

    async def send(self, message: BackMsg | bytes) -> None:
        """Send something and wait for nothing."""
        raw = message if isinstance(message, bytes) else message.SerializeToString()
        await self._within(self._connection.send(raw))

    async def finished(self) -> None:
        """Hear the server until the script has run to its end."""
        await self._within(self._heard_out())

    async def _heard_out(self) -> None:
        while True:
            message = await self.hear()
            early = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
            if message.WhichOneof("type") == "script_finished" and not early:
                return

    async def begun(self) -> None:
        """Hear the server until the script has begun to run."""
        while (await self._within(self.hear())).WhichOneof("type") != "new_session":
            pass

    async def hear(self) -> ForwardMsg:
        """The next message of the server, which is put where it belongs."""
        raw = await self._connection.recv(decode=False)
        message = self._stored.whole(ForwardMsg.FromString(raw), raw)
        self.heard(message)
        kind = message.WhichOneof("type")
        if kind == "delta":
            if proto := self.page.take(message):
                self.values.set_by_script(inner(proto))
        elif kind == "new_session":
            new = message.new_session
            self.session, self._hash = new.initialize.session_id, new.page_script_hash
            self._stored.longest = new.config.max_cached_message_age
            self.page.begin(new.main_script_hash, list(message.metadata.run.fragment_ids))
        elif kind == "navigation":
            told = message.navigation
            self._hash = told.page_script_hash
            paths = (("" if page.is_default else page.url_pathname) for page in told.app_pages)
            self.pages = {
                path: page.page_script_hash
                for path, page in zip(paths, told.app_pages, strict=True)
            }
        elif kind == "script_finished":
            self._end(message)
        return message

    def _end(self, message: ForwardMsg) -> None:
        whole = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
        if message.script_finished in whole:
            self.page.end()
            self.values.keep(self.page.ids())
            self._stored.ran(self.page.fragments)

    @property
    def _connection(self) -> Wire:
        if self._wire is None:
            raise NoAnswerError("not connected")
        return self._wire

    async def _within(self, doing: Coroutine[Any, Any, T]) -> T:
        try:
            async with asyncio.timeout(self.patience):
                return await doing
        except TimeoutError as error:
            raise NoAnswerError(f"no answer in {self.patience:.0f} s") from error
        except ForgottenError as error:
            raise NoAnswerError(str(error)) from error
        except (WebSocketException, OSError, asyncio.IncompleteReadError) as error:
            raise NoAnswerError(f"no line to the server: {error}") from error
