"""A server of the app on a free port of this machine, and what it takes of the machine."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.machine import taken

ROOT = Path(__file__).parents[1]

# No more than what it takes to start without a question: all else is the app's to say.
QUIETLY = ("server.address=127.0.0.1", "server.headless=true")

_PATIENCE = 60


class Server:
    """``streamlit run app/main.py`` of a checkout, started from any folder.

    Parameters
    ----------
    tree : the checkout whose app is served
    folder : where the server is started; the checkout itself, if not given
    before : folders whose modules are taken before those that are installed
    told : Streamlit's settings, beside the port
    streamlit : what Python is told to run as Streamlit

    Attributes
    ----------
    url : its address, the same each time that it is started
    log : the file that it writes to, on and on
    """

    def __init__(
        self,
        tree: Path = ROOT,
        folder: Path | None = None,
        before: Sequence[Path] = (),
        told: Sequence[str] = QUIETLY,
        streamlit: Sequence[str] = ("-m", "streamlit"),
    ) -> None:
        self._folder = folder or tree
        tree = tree.resolve()
        # The checkout that is meant, whichever is installed.
        path = os.pathsep.join(map(str, (*before, tree)))
        self._environment = os.environ | {"PYTHONPATH": path}
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._command = [sys.executable, *streamlit, "run", str(tree / "app" / "main.py")]
        self._command += [f"--{one}" for one in (f"server.port={port}", *told)]
        self._place = tempfile.TemporaryDirectory()
        self.log = Path(self._place.name, "server.log")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.stop()
        self._place.cleanup()

    def start(self) -> None:
        """Start it and wait until it answers."""
        with self.log.open("ab") as out:
            process = self._process = subprocess.Popen(
                self._command,
                cwd=self._folder,
                env=self._environment,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        deadline = time.monotonic() + _PATIENCE
        while not self.answers():
            if process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"Streamlit did not start:\n{self.log.read_text()}")
            time.sleep(0.1)

    def stop(self) -> None:
        """Have it end, and end everything that it has started."""
        if self._process:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(10)
        self.kill()

    def kill(self) -> None:
        """End it in the midst of whatever it does, and everything that it has started."""
        process, self._process = self._process, None
        if process is None:
            return
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()

    def restart(self) -> None:
        """Another process at the same address."""
        self.stop()
        self.start()

    def answers(self) -> bool:
        """Whether it says that it is well."""
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return False

    def memory(self) -> float:
        """Resident MB of the server and of what it has started."""
        return sum(resident for resident, _ in self._taken())

    def processor(self) -> float:
        """Seconds of CPU that it and what it has started have taken."""
        return sum(seconds for _, seconds in self._taken())

    def _taken(self) -> list[tuple[float, float]]:
        return taken(self._process.pid) if self._process else []


def free_port() -> int:
    """A port of this machine where nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
