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
from pathlib import Path
from types import TracebackType
from typing import Self

from .machine import taken

ROOT = Path(__file__).parents[2]

_PATIENCE = 60


class Server:
    """``streamlit run app/main.py`` of a checkout, started from any folder.

    Parameters
    ----------
    tree : the checkout whose app is served
    folder : where the server is started; the checkout itself, if not given
    before : folders whose modules are taken before those that are installed
    """

    def __init__(
        self, tree: Path = ROOT, folder: Path | None = None, before: tuple[Path, ...] = ()
    ) -> None:
        self.tree, self._folder = tree.resolve(), folder or tree
        self._path = os.pathsep.join(map(str, (*before, self.tree)))
        self._place = tempfile.TemporaryDirectory()
        self.log = Path(self._place.name, "server.log")

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
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "streamlit", "run", str(self.tree / "app" / "main.py")]
        # No more than what it takes to start without a question: all else is the app's to say.
        told = ("server.address=127.0.0.1", f"server.port={port}", "server.headless=true")
        command += [f"--{one}" for one in told]
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(
                command,
                cwd=self._folder,
                # The checkout that is meant, whichever is installed.
                env=os.environ | {"PYTHONPATH": self._path},
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        deadline = time.monotonic() + _PATIENCE
        while not self.answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"Streamlit did not start:\n{self.log.read_text()}")
            time.sleep(0.1)

    def stop(self) -> None:
        """End it and everything that it has started."""
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()

    def answers(self) -> bool:
        """Whether it says that it is well."""
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return False

    def memory(self) -> float:
        """Resident MB of the server and of what it has started."""
        return sum(resident for resident, _ in taken(self._process.pid))

    def processor(self) -> float:
        """Seconds of CPU that it and what it has started have taken."""
        return sum(seconds for _, seconds in taken(self._process.pid))
