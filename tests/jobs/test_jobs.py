"""Jobs: work beside the app that reports, can be stopped, and never outlives who asked for it."""

import gc
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from app.jobs.jobs import BusyError, Job, busy

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


@pytest.fixture
def waiting():
    """A job that has reported twice and waits."""
    job = work("report(1); report(2, part=0.5); wait()")
    until(lambda: len(job.reports) == 2)
    yield job
    job.stop()


def test_reports_arrive_in_order_while_it_runs(waiting):
    assert (numbers(waiting), waiting.state, waiting.code) == ([1, 2], "running", None)


def test_one_that_is_stopped_keeps_its_reports(waiting):
    waiting.stop()
    assert (numbers(waiting), waiting.state) == ([1, 2], "stopped")
    waiting.stop()
    assert waiting.wait() == "stopped"


def test_one_that_has_ended_is_not_stopped_any_more():
    job = work("report(1)")
    assert job.wait() == "done"
    job.stop()
    assert (job.state, job.code) == ("done", 0)


def test_one_that_does_not_listen_is_stopped_all_the_same(monkeypatch):
    monkeypatch.setattr("app.jobs.jobs._ENOUGH", 0.2)
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); report(1); wait()"
    job = work(deaf)
    until(lambda: job.reports)
    job.stop()
    assert job.state == "stopped"


def test_one_that_fails_says_why_and_keeps_its_reports():
    job = work("report(1); raise OSError('no room left')")
    assert job.wait() == "failed"
    assert numbers(job) == [1]
    assert job.errors.endswith("OSError: no room left\n")
    assert job.code == 1


def test_one_that_is_killed_has_failed(waiting):
    waiting.kill()
    assert waiting.wait() == "failed"
    assert waiting.code != 0
    assert numbers(waiting) == [1, 2]


def test_one_that_has_done_everything_when_it_is_told_to_stop_is_done():
    about_to_end = "import signal; signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))"
    job = work(f"{about_to_end}; report(1); wait()")
    until(lambda: job.reports)
    job.stop()
    assert (job.state, job.code) == ("done", 0)


def test_a_module_that_is_not_there_has_failed():
    job = Job("tests.nowhere")
    assert job.wait() == "failed"
    assert "tests.nowhere" in job.errors


def test_a_line_that_is_cut_off_or_no_report_is_left_out():
    code = """
report(1)
print("a warning\\n3\\n[4]")
report(2)
print('{"n": 5, "pa', end="", flush=True)
"""
    job = work(code)
    assert job.wait() == "done"
    assert numbers(job) == [1, 2]


def test_much_input_and_many_errors_block_nothing():
    code = "print('x' * 10 ** 6, file=sys.stderr); [report(n) for n in range(5000)]"
    job = work(f"{code} # {'y' * 10**6}")
    assert job.wait() == "done"
    assert numbers(job) == list(range(5000))


def test_letters_of_any_language_arrive_on_any_console():
    job = work("print('{\"n\": \"池化\"}'); print('框', file=sys.stderr)")
    job.wait()
    assert (numbers(job), job.errors) == (["池化"], "框\n")


def test_a_second_one_is_refused_while_one_runs_and_taken_after(waiting):
    with pytest.raises(BusyError) as refused:
        work("report(1)")
    assert refused.value.left > 0
    waiting.stop()
    assert work("report(3)").wait() == "done"


def test_how_long_one_still_takes_is_unknown_until_it_says_how_far_it_is():
    job = work("report(1); wait()")
    until(lambda: job.reports)
    with pytest.raises(BusyError) as refused:
        work("")
    job.stop()
    assert refused.value.left is None


def test_one_that_has_just_begun_does_not_say_how_long_the_one_before_took(waiting):
    assert busy().left > 0
    waiting.stop()
    assert busy() is None
    job = work("wait()")
    refused = busy()
    job.stop()
    assert refused.left is None


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
    until(lambda: not _runs(pid) and not busy())
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
    until(lambda: not _runs(pid))


def _runs(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # Where nobody collects the processes that have ended, one stays on the list.
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


def test_a_job_computes_in_one_thread():
    job = work("import cv2, os; report(os.environ['OMP_NUM_THREADS'], cv=cv2.getNumThreads())")
    job.wait()
    assert job.reports == [{"n": "1", "cv": 1}]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has classes of priority instead")
def test_a_gentle_one_stands_back_behind_everything_else():
    job = work("import os; report(os.getpid()); wait()", gentle=True)
    until(lambda: job.reports)
    priority = os.getpriority(os.PRIO_PROCESS, numbers(job)[0])
    job.stop()
    assert priority >= 10
