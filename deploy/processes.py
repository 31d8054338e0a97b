"""Several processes of the app on one machine, kept running.

Each process has one event loop and one core, so a machine with more cores holds more readers by
more processes, with nginx before them (docs/serve-a-class.md). They are started on ports in a row,
those that end are started again, and all end with this one (SIGTERM or Ctrl+C).
"""

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

MAIN = Path(__file__).parents[1] / "app" / "main.py"

SECRET = "STREAMLIT_SERVER_COOKIE_SECRET"
"""Uploads are refused with 403 where one process has signed a reader's cookie and another, with
another secret, reads it."""

LOOPBACK, PORT = "127.0.0.1", 8501
_LOOK = 0.2  # s between two looks whether all are there
_STARTING = 60.0  # s until one has to answer
_ENDING = 10.0  # s that one has to end by itself
_SHORT, _LONGEST_WAIT = 10.0, 30.0  # s: whoever ends sooner has to wait, up to so long


class StartError(Exception):
    """A process could not be started at all."""


class Process:
    """One process of the app, which is started again when it ends.

    Parameters
    ----------
    address, port : where it listens
    settings : of Streamlit, "name=value" each
    """

    def __init__(self, address: str, port: int, settings: Sequence[str] = ()) -> None:
        self.address, self.port = address, port
        self._command = command(address, port, settings)
        self._running: subprocess.Popen[bytes] | None = None
        self._since = self._wait = self._due = 0.0

    def start(self) -> None:
        """Start it, and do not wait for it."""
        self._since = time.monotonic()
        # Ctrl+C is for this process alone, which then ends them.
        self._running = subprocess.Popen(self._command, env=environment(), start_new_session=True)
        say(f"process {self._running.pid} starts on port {self.port}")

    def ended(self) -> int | None:
        """The exit code of one that has ended."""
        return self._running.poll() if self._running else None

    def keep(self) -> None:
        """Start it again when it has ended: at once, and later and later if that does not help."""
        now = time.monotonic()
        if self._running and (code := self._running.poll()) is not None:
            quick = now - self._since < _SHORT
            self._wait = min(max(1.0, 2 * self._wait), _LONGEST_WAIT) if quick else 0.0
            self._due = now + self._wait
            say(f"the process on port {self.port} ended with {code}; again in {self._wait:.0f} s")
            self._kill()
        if self._running is None and now >= self._due:
            self.start()

    def answers(self) -> bool:
        """Whether it says that it is well."""
        base = os.environ.get("STREAMLIT_SERVER_BASE_URL_PATH", "").strip("/")
        path = f"/{base}/_stcore/health" if base else "/_stcore/health"
        try:
            url = f"http://{self.address}:{self.port}{path}"
            with urllib.request.urlopen(url, timeout=2) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def end(self) -> None:
        """Ask it to end."""
        if self._running:
            self._running.terminate()

    def see_off(self, until: float) -> None:
        """Wait for its end, and no longer than until then."""
        if self._running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._running.wait(max(0.0, until - time.monotonic()))
            self._kill()

    def _kill(self) -> None:
        """End it and whatever it has started itself."""
        running, self._running = self._running, None
        if running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
            running.wait()


def serve(
    processes: int,
    *,
    port: int = PORT,
    address: str = LOOPBACK,
    hosts: Sequence[str] = (),
    settings: Sequence[str] = (),
) -> int:
    """Keep so many processes of the app running until this one is asked to end.

    Parameters
    ----------
    processes : how many, on `port` and those after it
    address : where they listen; nobody but the proxy should reach it
    hosts : names under which readers reach the proxy, for `server.allowedHosts`
    settings : more of Streamlit's, "name=value" each

    Returns
    -------
    The exit code: 0 when it was asked to end, 1 where a process did not start at all.
    """
    names = [f"server.allowedHosts={name}" for name in hosts]
    # Once for all of them, and not on the command line, which everybody on the machine may read.
    os.environ.setdefault(SECRET, secrets.token_hex(32))
    all_of_them = [Process(address, port + n, [*names, *settings]) for n in range(processes)]
    asked = _Asked()
    try:
        for one in all_of_them:
            one.start()
        _wait_for(all_of_them, asked)
        if not asked.to_end:
            say(f"{processes} processes answer on {address}, from port {port} on")
        while not asked.to_end:
            time.sleep(_LOOK)
            for one in all_of_them:
                one.keep()
    except StartError as error:
        say(str(error))
        return 1
    finally:
        for one in all_of_them:
            one.end()
        until = time.monotonic() + _ENDING
        for one in all_of_them:
            one.see_off(until)
        asked.no_more()
    return 0


class _Asked:
    """Whether somebody has asked this process to end."""

    def __init__(self) -> None:
        self.to_end = False
        self._before = {one: signal.signal(one, self._note) for one in _SIGNALS}

    def _note(self, *_: object) -> None:
        self.to_end = True

    def no_more(self) -> None:
        """Leave the signals to whoever had them before."""
        for one, handler in self._before.items():
            signal.signal(one, handler)


_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def _wait_for(processes: Sequence[Process], asked: _Asked) -> None:
    """Until all of them answer."""
    until, left = time.monotonic() + _STARTING, list(processes)
    while left and not asked.to_end:
        for one in left:
            if (code := one.ended()) is not None:
                raise StartError(
                    f"the process on port {one.port} did not start: it ended with {code}"
                )
        if time.monotonic() > until:
            raise StartError(f"nobody answers on port {left[0].port} after {_STARTING:.0f} s")
        left = [one for one in left if not one.answers()]
        if left:
            time.sleep(_LOOK)


def command(address: str, port: int, settings: Sequence[str]) -> list[str]:
    """What starts a process that listens there."""
    told = (f"server.address={address}", f"server.port={port}", *settings)
    return [sys.executable, "-m", "streamlit", "run", str(MAIN), *(f"--{one}" for one in told)]


def environment() -> dict[str, str]:
    """What each process is told beside its settings."""
    root = str(MAIN.parents[1])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    # Threads of one process would only wait for the cores that the others have.
    threads = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}
    return threads | os.environ | {"PYTHONPATH": path}


def say(what: str) -> None:
    """A line of the log."""
    print(f"roipool: {what}", file=sys.stderr, flush=True)
