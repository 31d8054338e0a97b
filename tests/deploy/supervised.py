"""The app's processes as the project starts them, seen from outside."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from deploy.processes import Process
from tests.machine import taken
from tests.server import ROOT

PATIENCE = 90


class Processes:
    """``python -m deploy``, from ``with`` to its end.

    Attributes
    ----------
    addresses : "host:port" of each
    log : what it has said, and all that they have
    """

    def __init__(self, folder: Path, count: int, *told: str, **environment: str) -> None:
        self.first = free_row(count)
        self.addresses = [f"127.0.0.1:{self.first + n}" for n in range(count)]
        self.log = folder / "processes.log"
        asked = [f"--processes={count}", f"--port={self.first}", *told]
        self._command = [sys.executable, "-m", "deploy", *asked]
        self._environment = os.environ | environment
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        with self.log.open("wb") as out:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdout=out, stderr=out
            )
        try:
            self.wait_for("processes answer")
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> int:
        """Ask it to end, and wait until it has."""
        if self._process:
            self._process.terminate()
            return self._process.wait(30)
        return 0

    def wait_for(self, said: str, times: int = 1) -> None:
        """Until something stands in the log so often."""
        until = time.monotonic() + PATIENCE
        while len(re.findall(said, self.log.read_text())) < times:
            if self._process and self._process.poll() is not None:
                raise RuntimeError(f"it ended:\n{self.log.read_text()}")
            if time.monotonic() > until:
                raise RuntimeError(f"{said!r} was not said:\n{self.log.read_text()}")
            time.sleep(0.05)

    def pids(self, n: int) -> list[int]:
        """Of all processes that were started on a port, the last of which runs."""
        started = re.findall(
            rf"process (\d+) starts on port {self.first + n}\b", self.log.read_text()
        )
        return [int(one) for one in started]

    def kill(self, n: int) -> None:
        """End one as a machine out of memory does."""
        os.kill(self.pids(n)[-1], signal.SIGKILL)

    def answers(self, n: int) -> bool:
        """Whether one says that it is well."""
        return Process("127.0.0.1", self.first + n).answers()

    def memory(self, n: int) -> float:
        """Resident MB of one, with all that it has started."""
        return sum(resident for resident, _ in taken(self.pids(n)[-1]))

    def processor(self) -> float:
        """Seconds of CPU of all of them together."""
        return sum(seconds for _, seconds in taken(self._process.pid)) if self._process else 0.0


def free_row(count: int) -> int:
    """The first of so many ports in a row where nobody listens."""
    for first in range(20_000 + os.getpid() % 8_000, 32_000):
        if all(is_free(first + n) for n in range(count)):
            return first
    raise RuntimeError(f"there are no {count} free ports in a row")


def is_free(port: int) -> bool:
    """Whether nobody listens on a port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
