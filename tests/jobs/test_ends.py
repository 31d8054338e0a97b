"""No job outlives who asked for it, and none leaves the machine taken."""

import gc
import subprocess
import sys
import threading
import time

import pytest

from app.jobs.jobs import busy
from tests.jobs.working import PATIENCE, ROOT, numbers, runs, until, work


@pytest.mark.parametrize("thread", [1, 2, 3])
def test_one_whose_threads_cannot_start_is_ended_and_leaves_the_machine_free(thread, monkeypatch):
    start, popen = threading.Thread.start, subprocess.Popen
    started, processes = [], []

    def refused(self):
        started.append(self)
        if len(started) == thread:
            raise RuntimeError("can't start new thread")
        start(self)

    def kept(*args, **options):
        processes.append(popen(*args, **options))
        return processes[-1]

    with monkeypatch.context() as few:
        few.setattr("subprocess.Popen", kept)
        few.setattr("threading.Thread.start", refused)
        with pytest.raises(RuntimeError, match="new thread"):
            work("wait()", here=lambda: True)
    assert processes[0].wait(PATIENCE) != 0
    assert work("report(1)").wait() == "done"


def test_one_that_cannot_start_leaves_the_machine_free(monkeypatch):
    with monkeypatch.context() as without:
        without.setattr(sys, "executable", "/nowhere/python")
        with pytest.raises(OSError, match="nowhere"):
            work("")
    assert work("report(1)").wait() == "done"


def test_one_whose_reader_has_left_ends_and_leaves_the_machine_free():
    job = work("import os; report(os.getpid()); wait()", here=lambda: True)
    reports = job.reports
    until(lambda: reports)
    pid = reports[0]["n"]
    del job
    gc.collect()
    until(lambda: not runs(pid) and not busy())
    assert work("report(2)").wait() == "done"


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr("app.jobs.jobs._LOOK", 0.02)
    monkeypatch.setattr("app.jobs.jobs._GONE", 0.2)


def test_one_whose_reader_is_gone_for_a_while_is_stopped_and_keeps_its_reports(quick):
    there = threading.Event()
    there.set()
    job = work("report(1); wait()", here=there.is_set)
    until(lambda: job.reports)
    time.sleep(0.5)
    assert job.state == "running"
    there.clear()
    until(lambda: job.state != "running")
    assert (job.state, numbers(job)) == ("stopped", [1])
    assert work("report(2)").wait() == "done"


def test_one_whose_reader_is_back_soon_goes_on(quick):
    looks = []

    def here():
        looks.append(1)
        return len(looks) % 3 == 0

    job = work("report(1); wait()", here=here)
    until(lambda: len(looks) > 30)
    state = job.state
    job.stop()
    assert state == "running"


@pytest.mark.parametrize("end", ["sys.exit()", "os.kill(os.getpid(), signal.SIGKILL)"])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
def test_the_server_s_end_is_its_end(end):
    busy = "import os; [(report(n, pid=os.getpid()), time.sleep(0.1)) for n in range(600)]"
    server = f"""
import os, signal, sys, time
from app.jobs.jobs import Job
job = Job("tests.jobs.worker", input={busy!r})
while not job.reports:
    time.sleep(0.02)
print(job.reports[0]["pid"], flush=True)
{end}
"""
    served = subprocess.run(
        [sys.executable, "-c", server], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE
    )
    pid = int(served.stdout)
    until(lambda: not runs(pid))
