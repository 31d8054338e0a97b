"""What a page fetches, and from whom."""

from urllib.parse import urlsplit

from playwright.sync_api import Page


class Traffic:
    """Counts from now on."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._weights: list[int] = []
        self._asked: list[str] = []
        page.on("request", lambda request: self._asked.append(request.url))
        page.on("websocket", lambda socket: self._asked.append(socket.url))
        network = page.context.new_cdp_session(page)
        network.on("Network.loadingFinished", lambda end: self._add(end["encodedDataLength"]))
        network.on(
            "Network.webSocketFrameReceived",
            lambda frame: self._add(len(frame["response"]["payloadData"])),
        )
        network.send("Network.enable")

    def _add(self, length: float) -> None:
        self._weights.append(int(length))

    @property
    def bytes(self) -> int:
        """As they came over the network when that is at rest, compressed, headers included."""
        self._page.wait_for_load_state("networkidle")
        return sum(self._weights)

    @property
    def hosts(self) -> set[str | None]:
        """The machines that were asked for something."""
        outside = (url for url in self._asked if not url.startswith(("blob:", "data:")))
        return {urlsplit(url).hostname for url in outside}
