"""Processes beside the app: how they are started, so that the app has room beside them."""

import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]

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
