"""Long work in a process of its own, so that other readers' pages answer meanwhile.

A job is a module run as a command. It reports in lines of JSON on its standard output, which the
page reads whenever it looks; a number ``part`` in them, from 0 to 1, says how far it is. One job
runs at a time on a machine: two would slow each other, and what one of them measures would be
wrong.

It ends with its reader's session, and with the server: at the latest when it next reports, since
nobody is there to be told.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import weakref
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import IO, Any, Literal

ROOT = Path(__file__).parents[1]

State = Literal["running", "done", "stopped", "failed"]

_slot = threading.Lock()
_ENOUGH = 5  # s that a job has to end by itself when it is told to
_LAST_LINES = 50  # of its errors, which are kept
_NICE = 10  # how far a gentle job stands back, on the scale from -20 to 19
# What the libraries of linear algebra read. More threads would take the other readers' cores.
_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)


class BusyError(RuntimeError):
    """Another job is running on this machine.

    Attributes
    ----------
    left : about how many seconds it still takes; None where that cannot be said yet
    """

    def __init__(self, left: float | None = None) -> None:
        super().__init__("another job is running on this machine")
        self.left = left


class Job:
    """A command at work.

    Parameters
    ----------
    module : what is run, as by ``python -m``, from the root of the project
    arguments : its command line
    input : what it reads from its standard input
    gentle : whether it stands back behind everything else on the machine. What measures time
        must not.

    Attributes
    ----------
    reports : what it has said until now, in order; what is no JSON object is left out

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

    def __init__(
        self, module: str, arguments: Sequence[str] = (), input: str = "", *, gentle: bool = False
    ) -> None:
        global _running
        if not _slot.acquire(blocking=False):
            running = _running() if _running else None
            raise BusyError(running.left if running else None)
        self.reports: list[dict[str, Any]] = []
        self._stopped = False
        self._began = monotonic()
        self._last_lines: deque[str] = deque(maxlen=_LAST_LINES)
        try:
            self._process = _start([sys.executable, "-m", module, *arguments], input, gentle)
        except BaseException:
            _slot.release()
            raise
        # Neither thread nor finalizer may hold the job itself: when its reader has left, it ends.
        weakref.finalize(self, self._process.kill)
        self._listener = threading.Thread(
            target=_listen, args=(self._process, self._last_lines), daemon=True
        )
        self._reader = threading.Thread(
            target=_read, args=(self._process, self.reports), daemon=True
        )
        self._listener.start()
        self._reader.start()
        _running = weakref.ref(self)

    @property
    def state(self) -> State:
        """Whether it runs, or how it ended."""
        if self._reader.is_alive():
            return "running"
        if self._stopped:
            return "stopped"
        return "done" if self._process.returncode == 0 else "failed"

    @property
    def left(self) -> float | None:
        """About how many seconds it still takes, by how long its part has taken until now."""
        part = next((float(each["part"]) for each in reversed(self.reports) if "part" in each), 0.0)
        return (monotonic() - self._began) * (1 - part) / part if part > 0 else None

    @property
    def code(self) -> int | None:
        """What it returned; negative where a signal ended it, None while it runs."""
        return self._process.returncode

    @property
    def errors(self) -> str:
        """The last lines that it wrote where errors are written."""
        if self.state != "running":
            self._listener.join()
        return "".join(list(self._last_lines))

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


_running: weakref.ref[Job] | None = None  # the last one that was started


def _start(command: list[str], input: str, gentle: bool) -> subprocess.Popen[str]:
    # UTF-8 on both ends, whatever the console of the machine speaks.
    env = os.environ | {"PYTHONIOENCODING": "utf-8"} | _ONE_THREAD
    flags = 0
    if gentle and sys.platform == "win32":
        flags = subprocess.BELOW_NORMAL_PRIORITY_CLASS
    # A file can be read at leisure; of a pipe, somebody would have to feed it meanwhile.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as stdin:
        stdin.write(input)
        stdin.seek(0)
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            env=env,
            creationflags=flags,
        )
    if gentle and sys.platform != "win32":
        with suppress(OSError):  # where it has ended already, or nobody may set it
            os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
    return process


def _read(process: subprocess.Popen[str], reports: list[dict[str, Any]]) -> None:
    """Gather a process's reports until it ends, and give the machine free."""
    try:
        with _pipe(process.stdout) as lines:
            for line in lines:
                with suppress(ValueError):  # a line cut off where the process was ended
                    report = json.loads(line)
                    if isinstance(report, dict):
                        reports.append(report)
        process.wait()
    finally:
        process.kill()
        _slot.release()


def _listen(process: subprocess.Popen[str], last_lines: deque[str]) -> None:
    with _pipe(process.stderr) as lines:
        last_lines.extend(lines)


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream
