"""How the commands that measure report: lines of JSON, the first of them about the machine."""

import json
import platform
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import numpy as np

import roipool
from roipool.bench import machine
from roipool.bench.measure import Spread

Report = dict[str, Any]
Hear = Callable[[float], None]
"""Hears how much of the work is done, from 0 to 1."""

_EVERY = 0.3  # s between two reports of progress


def tell(report: Report) -> None:
    """Print a report on a line of its own."""
    print(json.dumps(report), flush=True)


def about() -> Report:
    """Where and when: the first report of a run."""
    status = roipool.backend_status()
    described = machine.describe_machine()
    return {
        "kind": "about",
        "date": datetime.now().astimezone().isoformat(timespec="minutes"),
        "cpu": described["cpu"],
        "cores": described["cores"],
        "system": described["system"],
        "load": described["load"],
        "numpy": np.__version__,
        "python": platform.python_version(),
        "backend": status.backend,
        "device": status.device,
        "reason": status.reason,
    }


def spread_as_json(spread: Spread) -> Report:
    """Seconds: median and quartiles, and of how many rounds."""
    values = asdict(spread)
    return {"rounds": len(values.pop("samples")), **values}


class Progress:
    """Tells how much is done, a few times a second at most."""

    def __init__(self, whole: float, hear: Hear) -> None:
        self._whole, self._hear, self._done, self._last = whole, hear, 0.0, 0.0

    def add(self, work: float) -> None:
        """So much more is done."""
        self._done += work
        now = time.monotonic()
        if now - self._last >= _EVERY:
            self._last = now
            self._hear(min(1.0, self._done / self._whole))


def tell_part(part: float) -> None:
    """Report how much is done."""
    tell({"kind": "progress", "part": round(part, 4)})
