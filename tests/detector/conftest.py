"""Trainings that are none."""

import pytest

from tests.detector.fake_job import FakeJob


@pytest.fixture
def jobs(monkeypatch):
    monkeypatch.setattr("app.detector.training_run.Job", FakeJob)
