"""Messages that no browser sends, from a seed."""

import asyncio
import json
import math
from random import Random
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.load.reader import NoAnswerError, Reader
from tests.load.widgets import field_of
from tests.server import Server

from . import forged
from .pages import PAGES, path_of
from .traces import paths_in

_TEXTS = ("", "x", "6000", "-1", "1e400", "null", "\x00", "𝕏" * 99, "../../etc/passwd", "{}", "[[")
_NUMBERS = (0, -1, 1, 2, 6000, 2**31, 2**63, 10**400, 0.5, 1e308, -1e-308, math.inf, math.nan)
_PATIENCE = 20
# Readers at the same time.
_AT_ONCE = 2


class Fuzzer:
    """One hostile reader with a seed, who sends message after message on one page after another."""

    def __init__(self, server: Server, seed: str) -> None:
        self.random, self.told_paths, self.sent = Random(seed), list[str](), 0
        self._server = server
        self._reader: Reader | None = None

    async def send(self, count: int) -> None:
        """Send so many messages; whoever is thrown out comes back."""
        try:
            while self.sent < count:
                try:
                    await self._one(await self._on_a_page())
                except NoAnswerError:
                    if not self._server.answers():
                        raise
                    await self._leave()
                self.sent += 1
        finally:
            await self._leave()

    async def _leave(self) -> None:
        if self._reader:
            await self._reader.close()
        self._reader = None

    async def _on_a_page(self) -> Reader:
        """Somebody whose page works; now and then on another one."""
        if self._reader and (self._reader.page.exceptions() or self.random.random() < 0.05):
            await self._leave()
        if self._reader is None:
            self._reader = Reader(self._server.url, patience=_PATIENCE)
            self._reader.heard = self._listen
            await self._reader.open(path_of(self.random.choice(PAGES)))
        return self._reader

    async def _one(self, reader: Reader) -> None:
        if self.random.random() < 0.1:
            await self._send_bytes(reader)
            return
        widgets = reader.page.widgets()
        keys = [key for key in sorted(widgets) if not key.endswith(forged.ENDS)]
        for key in self.random.sample(keys, self.random.choice((1, 1, 3))):
            self._forge(reader, widgets[key])
        more: dict[str, Any] = {}
        if self.random.random() < 0.1:
            more["query_string"] = self.random.choice(("x=1", "preset=", "lang=")) + self._text()
        if self.random.random() < 0.05:
            more["page_script_hash"] = self._text()
        await reader.run(**more)

    async def _send_bytes(self, reader: Reader) -> None:
        """Send a message with other bytes in it; nobody waits for what may never come."""
        raw = bytearray(reader.message().SerializeToString())
        for _ in range(self.random.randrange(1, 20)):
            raw[self.random.randrange(len(raw))] = self.random.randrange(256)
        await reader.send(bytes(raw))
        await self._leave()

    def _forge(self, reader: Reader, widget: Any) -> None:
        """Note a value of a widget that it does not offer."""
        kind = widget.DESCRIPTOR.name
        if kind == "BidiComponent":
            self._forge_edit(reader, widget)
        elif kind == "PlotlyChart":
            reader.values.put(widget, self._mutated_text(self.random.choice(forged.SELECTIONS)))
        elif kind == "Button":
            reader.values.put(widget, True)
        elif kind == "NumberInput" and self.random.random() < 0.5:
            reader.values.put(widget, self.random.uniform(-100, 100))
        elif kind in forged.VALUES:
            reader.values.put(widget, self.random.choice(forged.VALUES[kind]))
        elif field_of(widget) == "string_value":
            reader.values.put(widget, self._text())

    def _forge_edit(self, reader: Reader, widget: Any) -> None:
        edit = forged.numbered(self.random.choice(forged.EDITS), self.random.randrange(1, 9))
        name, told = self.random.choice(("edit", "edit", "open", "reference")), self._mutated(edit)
        if name == "edit":
            reader.values.put(widget, {"edit": told})
        else:
            reader.values.trigger(widget, name, told)

    def _text(self) -> str:
        return self.random.choice(_TEXTS)

    def _mutated(self, value: Any) -> Any:
        """Something like it: now and then a part is another thing."""
        if self.random.random() < 0.1:
            return self.random.choice((*_NUMBERS, *_TEXTS, None, True, [], {}))
        if isinstance(value, dict):
            return {key: self._mutated(one) for key, one in value.items()}
        return [self._mutated(one) for one in value] if isinstance(value, list) else value

    def _mutated_text(self, text: str) -> str:
        if self.random.random() < 0.5:
            return json.dumps(self._mutated(json.loads(text)))
        at = self.random.randrange(len(text) + 1)
        return text[:at] + self._text() + text[at + 1 :]

    def _listen(self, message: ForwardMsg) -> None:
        self.told_paths += paths_in(message)


async def fuzz(server: Server, messages: int, seed: int) -> list[Fuzzer]:
    """Have some hostile readers send so many messages in all; those who did it."""
    fuzzers = [Fuzzer(server, f"{seed} {n}") for n in range(_AT_ONCE)]
    sent = (fuzzer.send(messages // _AT_ONCE) for fuzzer in fuzzers)
    for error in await asyncio.gather(*sent, return_exceptions=True):
        # Of a server that is no more the log tells why.
        if error and not isinstance(error, NoAnswerError):
            raise error
    return fuzzers
