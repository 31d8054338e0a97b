"""What happens between a question and its answer, held still to be looked at."""

from collections.abc import Callable

from playwright.sync_api import Page, WebSocketRoute
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


class SlowServer:
    """Stands between page and server, and holds back what the server says while it is told to."""

    def __init__(self, page: Page) -> None:
        self.holding, self.held = False, list[bytes]()
        page.route_web_socket("**/_stcore/stream", self._connected)

    def listens(self, listener: Callable[[bytes], None]) -> None:
        """Who hears what the page hears."""
        self._listener = listener

    def _connected(self, browser_side: WebSocketRoute) -> None:
        server_side = browser_side.connect_to_server()
        server_side.on_message(self._said)
        self._send, self._ends = browser_side.send, (browser_side, server_side)

    def _said(self, message: bytes) -> None:
        self.held.append(message) if self.holding else self._say(message)

    def _say(self, message: bytes) -> None:
        self._send(message)
        self._listener(message)

    def answers(self) -> int:
        """How many reruns are through whose results are held back."""
        kinds = [ForwardMsg.FromString(message).WhichOneof("type") for message in self.held]
        return kinds.count("script_finished")

    def let_go(self) -> None:
        self.holding = False
        while self.held:
            self._say(self.held.pop(0))
