"""Long work in a process of its own, so that other readers' pages answer meanwhile.

A job is a module run as a command. It reports in lines of JSON on its standard output, which the
page reads whenever it looks; a number ``part`` in them, from 0 to 1, says how far it is. One job
runs at a time on a machine: two would slow each other, and what one of them measures would be
wrong.

It ends with the session that holds it, soon after whoever is told by it has left for good, and
with the server: at the latest when it next reports, since nobody is there to be told.
"""

import json
import subprocess
import sys
import threading
import weakref
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from time import monotonic
from typing import Any, Literal

from app.jobs import processes

State = Literal["running", "done", "stopped", "failed"]

_ENOUGH = 5  # s that a job has to end by itself when it is told to
_LOOK = 2.0  # s between two looks whether its reader is there
_GONE = 20.0  # s without its reader until a job ends; a connection that breaks is back sooner
_LAST_LINES = 50  # of its errors, which are kept


class BusyError(RuntimeError):
    """Another job is running on this machine.

    Attributes
    ----------
    left : about how many seconds it still takes; None where that cannot be said yet
    """

    def __init__(self, left: float | None = None) -> None:
        super().__init__("another job is running on this machine")
        self.left = left


def busy() -> BusyError | None:
    """What a job that started now would raise; None where the machine is free."""
    at_work = _at_work
    return BusyError(at_work.left) if at_work else None


class Job:
    """A command at work.

    Parameters
    ----------
    module : what is run, as by ``python -m``, from the root of the project
    arguments : its command line
    input : what it reads from its standard input
    gentle : whether it stands back behind everything else on the machine. What measures time
        must not.
    here : whether its reader is there, asked now and then from another thread; the job is stopped
        when nobody has been for a while. Without it somebody always is.

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
        self,
        module: str,
        arguments: Sequence[str] = (),
        input: str = "",
        *,
        gentle: bool = False,
        here: Callable[[], bool] | None = None,
    ) -> None:
        # No thread and no finalizer may hold the job itself: when nobody does any more, it ends.
        self._work = _Work()
        self.reports = self._work.reports
        _take(self._work)
        try:
            weakref.finalize(self, self._work.kill)
            self._work.begin([sys.executable, "-m", module, *arguments], input, gentle, here)
        except BaseException:
            self._work.give_up()
            raise

    @property
    def state(self) -> State:
        """Whether it runs, or how it ended."""
        if not self._work.ended.is_set():
            return "running"
        # What had done everything when it was told to stop has not been stopped.
        if self.code == 0:
            return "done"
        return "stopped" if self._work.stopped else "failed"

    @property
    def left(self) -> float | None:
        """About how many seconds it still takes, by how long its part has taken until now."""
        return self._work.left

    @property
    def code(self) -> int | None:
        """What it returned; negative where a signal ended it, None while it runs."""
        return self._work.process.returncode if self._work.process else None

    @property
    def errors(self) -> str:
        """The last lines that it wrote where errors are written."""
        return self._work.errors()

    def stop(self) -> None:
        """End it; its reports stay. What has ended stays as it is."""
        self._work.stop()

    def kill(self) -> None:
        """End it at once; when this returns, it writes nothing any more."""
        self._work.kill()

    def wait(self) -> State:
        """Wait until it ends, and say how."""
        self._work.ended.wait()
        return self.state


class _Work:
    """What a job and its threads share."""

    def __init__(self) -> None:
        self.reports: list[dict[str, Any]] = []
        self.stopped = False
        self.ended = threading.Event()
        self.process: subprocess.Popen[str] | None = None
        self._began = monotonic()
        self._last_lines: deque[str] = deque(maxlen=_LAST_LINES)
        self._listener: threading.Thread | None = None

    @property
    def left(self) -> float | None:
        part = next((float(each["part"]) for each in reversed(self.reports) if "part" in each), 0.0)
        return (monotonic() - self._began) * (1 - part) / part if part > 0 else None

    def begin(
        self, command: list[str], input: str, gentle: bool, here: Callable[[], bool] | None
    ) -> None:
        self.process = process = processes.start(command, input, gentle)
        self._listener = _thread(self._listen, process)
        if here:
            _thread(self._watch, here)
        # The last one, since it gives the machine free.
        _thread(self._read, process)

    def errors(self) -> str:
        if self.ended.is_set() and self._listener:
            self._listener.join()
        return "".join(list(self._last_lines))

    def stop(self) -> None:
        if self.ended.is_set() or not self.process:
            return
        self.stopped = True
        self.process.terminate()
        if not self.ended.wait(_ENOUGH):
            self.process.kill()
            self.ended.wait()

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            # Not for ever: it may be called anywhere, where the last one lets go of the job.
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(_ENOUGH)

    def give_up(self) -> None:
        """What has not begun as it should: end it, and give the machine free."""
        self.kill()
        if self._listener:
            self._listener.join()
        if self.process:
            for pipe in (self.process.stdout, self.process.stderr):
                processes.pipe(pipe).close()
        _give_back(self)

    def _read(self, process: subprocess.Popen[str]) -> None:
        """Gather the reports until the process ends, and give the machine free."""
        try:
            with processes.pipe(process.stdout) as lines:
                for line in lines:
                    with suppress(ValueError):  # a line cut off where the process was ended
                        report = json.loads(line)
                        if isinstance(report, dict):
                            self.reports.append(report)
            process.wait()
        finally:
            process.kill()
            _give_back(self)

    def _listen(self, process: subprocess.Popen[str]) -> None:
        with processes.pipe(process.stderr) as lines:
            self._last_lines.extend(lines)

    def _watch(self, here: Callable[[], bool]) -> None:
        seen = monotonic()
        while not self.ended.wait(_LOOK):
            if here():
                seen = monotonic()
            elif monotonic() - seen >= _GONE:
                self.stop()


_slot = threading.Lock()
_at_work: _Work | None = None  # what the machine is taken by


def _take(work: _Work) -> None:
    global _at_work
    with _slot:
        if error := busy():
            raise error
        _at_work = work


def _give_back(work: _Work) -> None:
    global _at_work
    with _slot:
        if _at_work is work:
            _at_work = None
    work.ended.set()


def _thread(target: Callable[..., None], argument: Any) -> threading.Thread:
    thread = threading.Thread(target=target, args=(argument,), daemon=True)
    thread.start()
    return thread
