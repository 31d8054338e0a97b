"""Work for a job, given as code, and waiting for what comes of it."""

import os
import time
from pathlib import Path

from app.jobs.jobs import Job

ROOT = Path(__file__).parents[2]
PATIENCE = 60  # s, for what never comes


def work(code, **options):
    return Job("tests.jobs.worker", input=code, **options)


def until(wanted):
    deadline = time.monotonic() + PATIENCE
    while not wanted():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def numbers(job):
    return [report["n"] for report in job.reports]


def runs(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # Where nobody collects the processes that have ended, one stays on the list.
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")
