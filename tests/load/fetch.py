"""HTTP as a browser speaks it to the server of the app, counted as it comes over the wire."""

import asyncio
import json
import uuid
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

LONGEST = 60.0
"""Seconds that a request may take."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server has answered.

    Attributes
    ----------
    status : of HTTP
    headers : their names in small letters
    body : unpacked
    bytes : head and body as they came, compressed or not
    """

    status: int
    headers: dict[str, str]
    body: bytes
    bytes: int

    def json(self) -> object:
        return json.loads(self.body)


class Line:
    """One connection that is kept, on which one request follows another.

    Attributes
    ----------
    cookies : that servers have set, and that go along with each request
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.cookies: dict[str, str] = {}
        self._host, self._port = parts.hostname, parts.port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    def close(self) -> None:
        """Close it, if it is open; at once, since nobody may run the loop until all is sent."""
        if self._streams:
            self._streams[1].transport.abort()
        self._streams = None

    def cookie(self) -> str:
        """The header that sends all cookies back."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def keep(self, told: Iterable[str]) -> None:
        """Keep the cookies of an answer."""
        for one in told:
            name, _, value = one.partition(";")[0].partition("=")
            self.cookies[name.strip()] = value.strip()

    async def get(self, path: str, **headers: str) -> Fetched:
        """What lies at a path."""
        return await self._ask("GET", path, headers)

    async def put_file(self, path: str, name: str, content: bytes, **headers: str) -> Fetched:
        """Hand a file in, as the form of a browser does."""
        mark = uuid.uuid4().hex
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"'
        body = f"{head}\r\nContent-Type: application/octet-stream\r\n\r\n".encode()
        body += content + f"\r\n--{mark}--\r\n".encode()
        headers["Content-Type"] = f"multipart/form-data; boundary={mark}"
        return await self._ask("PUT", path, headers, body)

    async def delete(self, path: str, **headers: str) -> Fetched:
        """Take a file back."""
        return await self._ask("DELETE", path, headers)

    async def _ask(
        self, method: str, path: str, headers: dict[str, str], body: bytes = b""
    ) -> Fetched:
        async with asyncio.timeout(LONGEST):
            try:
                return await self._ask_once(method, path, headers, body)
            except (ConnectionError, asyncio.IncompleteReadError):
                # A server may close a line that has long been idle; a new one is opened once.
                self.close()
                return await self._ask_once(method, path, headers, body)

    async def _ask_once(
        self, method: str, path: str, headers: dict[str, str], body: bytes
    ) -> Fetched:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        host = f"{self._host}:{self._port}"
        sent = {"Host": host, "Accept-Encoding": "gzip", "Origin": f"http://{host}"}
        sent |= {"Cookie": self.cookie()} if self.cookies else {}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        if body or method == "PUT":
            sent["Content-Length"] = str(len(body))
        lines = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        writer.write(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body)
        await writer.drain()
        return await self._read(reader)

    async def _read(self, reader: asyncio.StreamReader) -> Fetched:
        head = await reader.readuntil(b"\r\n\r\n")
        first, *rest = head.decode("latin-1").split("\r\n")
        status = int(first.split()[1])
        said = [
            (name.strip().lower(), value.strip())
            for name, _, value in (line.partition(":") for line in rest if line)
        ]
        self.keep(value for name, value in said if name == "set-cookie")
        headers = dict(said)
        body, count = await _body(reader, headers)
        if headers.get("connection", "").lower() == "close":
            self.close()
        if headers.get("content-encoding") == "gzip":
            body = zlib.decompress(body, wbits=31)
        return Fetched(status, headers, body, len(head) + count)


async def _body(reader: asyncio.StreamReader, headers: dict[str, str]) -> tuple[bytes, int]:
    """The body, and how many bytes it took on the wire."""
    if headers.get("transfer-encoding") != "chunked":
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        return body, len(body)
    parts, count = [], 0
    while True:
        line = await reader.readuntil(b"\r\n")
        part = await reader.readexactly(int(line, 16) + 2)
        count += len(line) + len(part)
        if len(part) == 2:
            return b"".join(parts), count
        parts.append(part[:-2])
