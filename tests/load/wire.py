"""The line between a browser and the server of the app, and how it is opened."""

from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from .fetch import Line

_COOKIE = "_streamlit_xsrf"


class Wire(ClientConnection):
    """A connection that counts what comes over it: compressed or not, frames and all."""

    received = 0

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        super().data_received(data)


async def token_of(line: Line) -> str:
    """What the server gives a browser that asks whether it is well, against forged requests."""
    await line.get("/_stcore/health")
    await line.get("/_stcore/host-config")
    return line.cookies.get(_COOKIE, "")


async def connected(url: str, line: Line, token: str) -> Wire:
    """A line to the server, opened as the browser opens it in Streamlit 1.67."""
    host = urlsplit(url).netloc
    # The token stands in place of a protocol's name: a browser can set no header here.
    words = ("streamlit", token or "PLACEHOLDER_AUTH_TOKEN")
    wire = await connect(
        f"ws://{host}/_stcore/stream",
        origin=f"http://{host}",
        subprotocols=[Subprotocol(word) for word in words],
        additional_headers={"Cookie": line.cookie(), "Accept-Language": "en"},
        max_size=None,
        open_timeout=None,
        ping_interval=None,
        proxy=None,
        create_connection=Wire,
    )
    if wire.response:
        line.keep(wire.response.headers.get_all("Set-Cookie"))
    return wire
