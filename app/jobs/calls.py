"""Calls that a reader can make long, each in a process beside the app with its limits.

A file of a few hundred bytes may unpack to gigabytes, and a question of a few lines be the work of
minutes. Whoever hands that in must not take the others' server: so such a function is called in a
process that is kept for its kind of work, stands back behind the server, has so much memory and so
many seconds, and does one call after the other. What takes longer is ended, and so is what nobody
waits for any more.

Here it is only asked; what is done there is app/jobs/call_process.py. What is longer still, and
reports while it goes on, is a job: app/jobs/jobs.py.
"""

import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any, Literal, TypeVar

import streamlit as st

from app.exercise.edit import Problem
from app.jobs import processes
from app.jobs.presence import of_reader

Result = TypeVar("Result")
Kind = Literal["files", "search", "drawing"]
"""Kinds of work: what is of one kind waits for each other, and for nothing else."""

# Seconds that a call may take; whoever waits for a turn of others waits no longer than _PATIENCE.
SECONDS: dict[Kind, float] = {"files": 20, "search": 30, "drawing": 60}
_STARTING = 60.0  # s that a process may take to start, which are no call's
_PATIENCE = 20.0
# MB of memory that a process may have of its own.
MEGABYTES = 400
_LOOK = 0.25  # s between two looks whether the reader is there
_GONE = 3.0  # s without the reader until nobody waits any more
# Each kind of work has this many processes; the server needs a core for itself.
_ABREAST = max(1, ((os.cpu_count() or 1) - 1) // 4)

Why = Literal["time", "memory", "turn", "gone", "broken"]


class CallError(RuntimeError):
    """A call that was ended, or not begun; `problem` says why."""

    def __init__(self, why: Why, **values: object) -> None:
        super().__init__(why)
        self.why = why
        self.problem = Problem(f"call.{why}", values=tuple(values.items()))


def call(
    kind: Kind,
    function: Callable[..., Result],
    *arguments: Any,
    heard: Callable[[Any], None] | None = None,
    yields: bool = False,
) -> Result:
    """What a function of a module returns, called in the process of a kind of work.

    Parameters
    ----------
    function, arguments : are pickled, and so is what comes back
    heard : is called with what the function tells meanwhile, by the argument ``progress`` that it
        then gets
    yields : whether it gives way to whatever else its reader asks for. A page can be run again, and
        asks again; a callback of a widget is called once, and must not give way.

    Raises
    ------
    CallError
        If it takes too long or too much memory, if too many are before it, if the reader has left,
        or if the process ends.
    Exception
        What the function raises.

    Examples
    --------
    >>> import math
    >>> call("files", math.hypot, 3, 4)
    5.0
    """
    result: Result = _LANES[kind].call(function, arguments, heard, yields)
    return result


class Lane:
    """The processes of a kind of work, and who waits for them.

    Parameters
    ----------
    seconds : that a call may take
    patience : seconds that it may wait for its turn
    """

    def __init__(self, seconds: float, patience: float = _PATIENCE) -> None:
        self.seconds, self.patience = seconds, patience
        self._free: list[_Worker] = [_Worker() for _ in range(_ABREAST)]
        self._waiting: deque[object] = deque()
        self._turn = threading.Condition()

    @property
    def is_busy(self) -> bool:
        """Whether whoever comes now must wait."""
        return not self._free

    def call(self, function: Any, arguments: Any, heard: Any = None, yields: bool = False) -> Any:
        """See `app.jobs.calls.call`."""
        here = _Reader(yields)
        worker = self._taken(here)
        try:
            return worker.call(function, arguments, heard, self.seconds, here)
        finally:
            with self._turn:
                self._free.append(worker)
                self._turn.notify_all()

    def _taken(self, here: "_Reader") -> "_Worker":
        """A process, as soon as those who came before have had theirs."""
        me, until = object(), monotonic() + self.patience
        with self._turn:
            self._waiting.append(me)
            try:
                while not (self._free and self._waiting[0] is me):
                    if monotonic() > until:
                        raise CallError("turn", seconds=round(self.patience))
                    here.check()
                    self._turn.wait(_LOOK)
                return self._free.pop()
            finally:
                self._waiting.remove(me)
                self._turn.notify_all()


class _Reader:
    """Whoever waits for a call."""

    def __init__(self, yields: bool) -> None:
        self._here, self._seen, self._yields = of_reader(), monotonic(), yields

    def check(self) -> None:
        """Raise if the reader has been away for a while, or wants something else."""
        if self._yields:
            # Streamlit looks whether something is asked for whenever the session is looked at.
            st.session_state.get("call")
        if self._here():
            self._seen = monotonic()
        elif monotonic() - self._seen > _GONE:
            raise CallError("gone")


class _Worker:
    """A process that calls functions, started when it is first needed and after it was ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._said: SimpleQueue[Any] = SimpleQueue()

    def call(self, function: Any, arguments: Any, heard: Any, seconds: float, here: _Reader) -> Any:
        process = self._started(here)
        until = monotonic() + seconds
        try:
            _send(process, (function, arguments, heard is not None))
            while True:
                kind, what = self._next(until, seconds, here)
                if kind == "told" and heard:
                    heard(what)
                elif kind == "done":
                    return what
                elif kind == "raised":
                    raise what
                elif kind == "ended":
                    raise CallError("broken")
        except BaseException as error:
            # What was raised there has come back whole, and the process goes on.
            if not getattr(error, "called", False):
                self._end()
            raise

    def _next(self, until: float, seconds: float, here: _Reader) -> tuple[str, Any]:
        while True:
            here.check()
            if monotonic() > until:
                raise CallError("time", seconds=round(seconds))
            with suppress(Empty):
                kind, what = self._said.get(timeout=_LOOK)
                if kind == "raised":
                    if isinstance(what, MemoryError):
                        what = CallError("memory", most=MEGABYTES)
                    what.called = True
                return kind, what

    def _started(self, here: _Reader) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self._end()
            command = [sys.executable, "-m", "app.jobs.call_process", str(MEGABYTES)]
            self._process = process = processes.start_piped(command)
            said: SimpleQueue[Any] = SimpleQueue()
            self._said = said
            threading.Thread(target=_listen, args=(process, said), daemon=True).start()
            try:
                self._next(monotonic() + _STARTING, _STARTING, here)  # that it is there
            except BaseException:
                self._end()
                raise
            return process
        return self._process

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):
                    processes.pipe(pipe).close()
        self._process = None


def _send(process: "subprocess.Popen[bytes]", what: Any) -> None:
    try:
        pipe = processes.pipe(process.stdin)
        pickle.dump(what, pipe)
        pipe.flush()
    except OSError as error:
        raise CallError("broken") from error


def _listen(process: "subprocess.Popen[bytes]", said: "SimpleQueue[Any]") -> None:
    """Hand on what a process says, until it ends or says what cannot be understood."""
    try:
        while True:
            said.put(pickle.load(processes.pipe(process.stdout)))
    except Exception:  # an unpickled object may raise whatever it likes
        said.put(("ended", None))


_LANES: dict[Kind, Lane] = {kind: Lane(seconds) for kind, seconds in SECONDS.items()}
