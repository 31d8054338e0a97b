"""What stands beside the table: the machine, versions, its copy bandwidth, memory, import time."""

import os
import platform
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from roipool.bench.measure import sampler, wall_clock

_COPIED = 2**27


def describe_machine() -> dict[str, Any]:
    """Processor, cores, system, Python, and how busy it was."""
    cores = os.process_cpu_count() if hasattr(os, "process_cpu_count") else os.cpu_count()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "cpu": _cpu_model(),
        "cores": cores,
        "system": platform.platform(),
        "python": platform.python_version(),
        "load": load,
    }


def _cpu_model() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def copy_bandwidth() -> float:
    """Bytes per second that one thread reads and writes while it copies 128 MiB."""
    source, target = np.ones(_COPIED, dtype=np.uint8), np.zeros(_COPIED, dtype=np.uint8)
    sample = sampler(wall_clock(lambda: np.copyto(target, source)), 0.05)
    return 2 * _COPIED / median(sample() for _ in range(5))


def peak_memory(call: Callable[[], object]) -> int:
    """Most bytes that a call held at any time beyond those held before, its result included.

    Read from tracemalloc, to which NumPy reports its arrays.

    Examples
    --------
    >>> peak_memory(lambda: np.zeros(10_000_000, dtype=np.uint8)) // 1_000_000
    10
    """
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        call()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return peak - before


def import_seconds(runs: int) -> dict[str, float]:
    """Seconds of ``import roipool`` in a fresh interpreter, and NumPy's share of them."""
    command = [sys.executable, "-X", "importtime", "-c", "import roipool"]
    logs = [
        subprocess.run(command, capture_output=True, text=True, check=True).stderr
        for _ in range(runs)
    ]
    names = ("roipool", "numpy")
    return {name: median(_cumulative(log, name) for log in logs) for name in names}


def _cumulative(log: str, module: str) -> float:
    """Seconds of a module with all it imports, from ``-X importtime``'s log.

    Examples
    --------
    >>> _cumulative("import time:  120 |  4500 |   numpy", "numpy")
    0.0045
    """
    for line in log.splitlines():
        columns = [column.strip() for column in line.removeprefix("import time:").split("|")]
        if len(columns) == 3 and columns[2] == module:
            return int(columns[1]) / 1e6
    raise LookupError(f"{module} is not in the log of imports")
