"""Servers that go away and come back, and a line that can be cut."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, WebSocketRoute, expect

from .stage_page import Stage

ROOT = Path(__file__).parents[2]
# A server that begins anew reads everything first, and the page looks for it ever more rarely.
PATIENCE = 60_000


class Restartable:
    """The app on a server of its own, which can be ended and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url, self._log = f"http://127.0.0.1:{self.port}", folder / "streamlit.log"
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "streamlit", "run", "app/main.py"]
        options = ["--server.address=127.0.0.1", f"--server.port={self.port}"]
        options += ["--server.fileWatcherType=none", "--server.headless=true"]
        with self._log.open("ab") as out:
            self._server = subprocess.Popen([*command, *options], cwd=ROOT, stdout=out, stderr=out)
        deadline = time.monotonic() + PATIENCE / 1000
        while not self._answers():
            if self._server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"Streamlit did not start:\n{self._log.read_text()}")
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except urllib.error.URLError:
            return False

    def stop(self) -> None:
        if self._server:
            self._server.kill()
            self._server.wait(20)
            self._server = None


class Line:
    """Stands between a page and its server; while it is cut there is no other."""

    def __init__(self, page: Page) -> None:
        self._cut, self._ends = False, list[WebSocketRoute]()
        page.route_web_socket("**/_stcore/stream", self._connected)

    def _connected(self, browser_side: WebSocketRoute) -> None:
        if self._cut:
            browser_side.close()
            return
        self._ends = [browser_side, browser_side.connect_to_server()]

    def cut(self) -> None:
        self._cut = True
        for end in self._ends:
            end.close()

    def mend(self) -> None:
        self._cut = False


def state(stage: Stage, *, connected: bool) -> None:
    """Wait until the page has noticed that its server is away, or back."""
    app = expect(stage.part("stApp"))
    here = ("data-test-connection-state", "CONNECTED")
    if connected:
        app.to_have_attribute(*here, timeout=PATIENCE)
    else:
        app.not_to_have_attribute(*here, timeout=PATIENCE)


def alone(stage: Stage) -> None:
    """Wait until the page says that its server is away, and close what says it."""
    said = stage.part("stDialog")
    expect(said).to_be_visible(timeout=PATIENCE)
    stage.page.keyboard.press("Escape")
    expect(said).to_be_hidden()


def answered(stage: Stage) -> None:
    """Wait until Python has answered everything, whenever it comes to that."""
    expect(stage.root).to_have_attribute("data-confirmed", "true", timeout=PATIENCE)
    stage.idle()
