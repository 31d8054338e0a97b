"""Long work in a process of its own, so that other readers' pages answer meanwhile.

A job is a module run as a command. It reports in lines of JSON on its standard output, which the
page reads whenever it looks. One job runs at a time on a machine: two would slow each other, and
what one of them measures would be wrong.
"""

import json
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Literal

ROOT = Path(__file__).parents[1]

State = Literal["running", "done", "stopped", "failed"]

_slot = threading.Lock()
_ENOUGH = 5  # s that a job has to end by itself when it is told to


class BusyError(RuntimeError):
    """Another job is running on this machine."""


class Job:
    """A command at work.

    Attributes
    ----------
    reports : what it has said until now, in order

    Raises
    ------
    BusyError
        If another one runs.

    Examples
    --------
    >>> job = Job("json.tool", ["--json-lines", "--compact"], input='{"step": 1}')
    >>> job.wait()
    'done'
    >>> job.reports
    [{'step': 1}]
    """

    def __init__(self, module: str, arguments: Sequence[str] = (), input: str = "") -> None:
        if not _slot.acquire(blocking=False):
            raise BusyError
        self.reports: list[dict[str, Any]] = []
        self._stopped = False
        self._errors: IO[str] = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed with the job
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                text=True,
            )
        except BaseException:
            _slot.release()
            raise
        # Neither thread nor finalizer may hold the job itself: when its reader has left, it ends.
        weakref.finalize(self, _end, self._process, self._errors)
        self._reader = threading.Thread(
            target=_read, args=(self._process, input, self.reports), daemon=True
        )
        self._reader.start()

    @property
    def state(self) -> State:
        """Whether it runs, or how it ended."""
        if self._reader.is_alive():
            return "running"
        if self._stopped:
            return "stopped"
        return "done" if self._process.returncode == 0 else "failed"

    @property
    def errors(self) -> str:
        """What it wrote where errors are written."""
        self._errors.seek(0)
        return self._errors.read()

    def stop(self) -> None:
        """End it; its reports stay. What has ended stays as it is."""
        if self.state != "running":
            return
        self._stopped = True
        self._process.terminate()
        self._reader.join(_ENOUGH)
        self._process.kill()
        self._reader.join()

    def wait(self) -> State:
        """Wait until it ends, and say how."""
        self._reader.join()
        return self.state


def _end(process: subprocess.Popen[str], errors: IO[str]) -> None:
    process.kill()
    errors.close()


def _read(process: subprocess.Popen[str], input: str, reports: list[dict[str, Any]]) -> None:
    """Gather a process's reports until it ends, and give the machine free."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        with suppress(BrokenPipeError), process.stdin as stdin:
            stdin.write(input)
        with process.stdout as lines, suppress(ValueError):  # a line cut off where it was ended
            for line in lines:
                reports.append(json.loads(line))
        process.wait()
    finally:
        process.kill()
        _slot.release()
