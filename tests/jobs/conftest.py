"""A job to look at."""

import pytest

from tests.jobs.working import until, work


@pytest.fixture
def waiting():
    """A job that has reported twice and waits."""
    job = work("report(1); report(2, part=0.5); wait()")
    until(lambda: len(job.reports) == 2)
    yield job
    job.stop()
