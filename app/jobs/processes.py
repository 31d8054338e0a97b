"""Processes beside the app: how they are started, so that the app has room beside them."""

import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO, TypeVar

T = TypeVar("T", str, bytes)

ROOT = Path(__file__).parents[2]

_NICE = 10  # how far a gentle job stands back, on the scale from -20 to 19
# What OpenCV and the libraries of linear algebra read. More threads would take the other readers'
# cores.
_ONE_THREAD = dict.fromkeys(
    (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
        "OPENCV_FOR_THREADS_NUM",
    ),
    "1",
)


def start(command: list[str], input: str, gentle: bool) -> subprocess.Popen[str]:
    """Start a command at the root of the project, computing in one thread, with pipes in UTF-8.

    Parameters
    ----------
    command : the program and its command line
    input : what it reads from its standard input
    gentle : whether it stands back behind everything else on the machine
    """
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
            env=_environment(),
            creationflags=_flags(gentle),
        )
    if gentle:
        _stand_back(process.pid)
    return process


def start_piped(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a command likewise, gently, with pipes to and from it; its errors are the server's."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=_environment(),
        creationflags=_flags(gentle=True),
    )
    _stand_back(process.pid)
    return process


def pipe(stream: IO[T] | None) -> IO[T]:
    """A pipe of a process that was started with one."""
    if stream is None:
        raise ValueError("the process has no such pipe")
    return stream


def _environment() -> dict[str, str]:
    # UTF-8 on both ends, whatever the console of the machine speaks.
    return os.environ | {"PYTHONIOENCODING": "utf-8"} | _ONE_THREAD


def _flags(gentle: bool) -> int:
    if gentle and sys.platform == "win32":
        return subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return 0


def _stand_back(pid: int) -> None:
    if sys.platform != "win32":
        with suppress(OSError):  # where it has ended already, or nobody may set it
            os.setpriority(os.PRIO_PROCESS, pid, _NICE)
