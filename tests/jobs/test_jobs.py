"""Jobs: work beside the app that reports and can be stopped, one at a time."""

import os
import sys

import pytest

from app.jobs.jobs import BusyError, Job, busy
from tests.jobs.working import numbers, until, work


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
