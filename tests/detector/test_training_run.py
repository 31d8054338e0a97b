"""A training beside the page: what it leaves, and what it does not."""

import gc
import shutil
import time
import weakref

import numpy as np
import pytest

from app.detector.training_run import KINDS, Run
from app.fast_rcnn.training import new_on_device
from app.jobs.jobs import BusyError, Job


@pytest.mark.parametrize("kind", KINDS)
def test_run_leaves_its_curves_and_a_backbone_that_has_learned_unless_blocked(kind, monkeypatch):
    monkeypatch.setattr("app.detector.training_run.PICTURES", 1)
    run = Run(kind, 1)
    assert run.job.wait() == "done", run.job.errors
    course = run.course
    assert (course.part, course.prepared) == (1.0, 1)
    assert course.step > 0
    assert course.measured[-1].step == course.step
    assert course.losses[-1][0] == course.seconds
    began = new_on_device(1)["conv1.weight"].astype(np.float16)
    assert (run.weights()["conv1.weight"] == began).all() == (kind == "blocked")


def test_run_that_is_refused_leaves_no_file(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("app.detector.training_run.Job", refused)
    with pytest.raises(BusyError):
        Run("open", 1)
    assert list(tmp_path.iterdir()) == []


def test_run_that_nobody_holds_leaves_no_file_of_what_it_saves_meanwhile(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    saves = """
from pathlib import Path
(file,) = (Path(each[6:]) for each in {arguments!r} if each.startswith("--out="))
for n in range(10**7):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"weights")
    n or report(n)
"""

    def saving(module, arguments, **options):
        return Job("tests.jobs.worker", input=saves.format(arguments=arguments), **options)

    def slow(*args, remove=shutil.rmtree, **options):
        remove(*args, **options)
        time.sleep(0.3)  # in which what still ran would save again

    monkeypatch.setattr("app.detector.training_run.Job", saving)
    monkeypatch.setattr("app.detector.training_run.shutil.rmtree", slow)
    run = Run("open", 1)
    job = weakref.ref(run.job)
    while not run.job.reports:
        assert not run.ended, run.job.errors
        time.sleep(0.02)
    assert run.has_weights
    del run
    gc.collect()
    assert job() is None
    assert list(tmp_path.iterdir()) == []


def refused(*_, **__):
    raise BusyError
