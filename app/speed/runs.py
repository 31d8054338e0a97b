"""Measuring from the page: a button that starts and stops, how far it is, and what came out."""

from collections.abc import Callable, Sequence
from functools import partial
from html import escape

import streamlit as st

from app.jobs import busy
from app.jobs.jobs import Job
from app.jobs.presence import of_reader
from app.speed.reporting import Report
from app.speed.table import table
from app.speed.words import when
from app.text import Text, as_markdown
from app.widgets import downloads

_LOOK_AGAIN = 0.5  # s

Draw = Callable[[Sequence[Report], Report], None]
"""From what was measured, and the report about what and where."""


def reports_of(view: str) -> list[Report]:
    """All that the last run of a view has reported until now."""
    job = _job(view)
    return list(job.reports) if job else []


def measured(reports: Sequence[Report], kind: str) -> list[Report]:
    """The reports of a kind, in their order."""
    return [report for report in reports if report["kind"] == kind]


def buttons(view: str, text: Text, module: str, arguments: Sequence[str] = ()) -> None:
    """Measure or stop, and take the figures along. What was measured stays until it is replaced."""
    job, running = _job(view), _running(view)
    if running:
        st.button(text("speed.stop"), key=f"speed.{view}.stop", on_click=partial(_stop, view))
    else:
        again = any(report["kind"] == view for report in reports_of(view))
        st.button(
            text("speed.again" if again else "speed.measure"),
            key=f"speed.{view}.measure",
            type="secondary" if again else "primary",
            on_click=partial(_start, view, module, arguments),
        )
    if job and any(report["kind"] == view for report in job.reports):
        downloads.button(
            st.container(width="content"),
            text("speed.csv"),
            f"roipool-speed-{view}",
            "csv",
            # Made when it is asked for, where no session is at hand: the job must be.
            lambda: table(list(job.reports)),
            f"speed.{view}.csv",
        )


def live(view: str, text: Text, before: Callable[[], object], draw: Draw) -> None:
    """Draw what there is, again and again while a run goes on; `before` says what is to come."""
    running = _running(view)
    busy.say(f"speed.{view}", text)

    @st.fragment(run_every=_LOOK_AGAIN if running else None)
    def part() -> None:
        # As high whatever it says, so that what is below stays where it is.
        with st.container(key=f"speed-{view}-state", height="content"):
            _say_state(view, text)
        reports = reports_of(view)
        if found := measured(reports, view):
            (about,) = measured(reports, "about")
            draw(found, about)
        else:
            before()
        # The buttons are outside, and there is nothing more to wait for.
        if running and not _running(view):
            st.rerun()

    part()


def _say_state(view: str, text: Text) -> None:
    job = _job(view)
    if job is None:
        return
    if job.state not in ("running", "failed"):
        # It came to its end while nobody looked: who hears the page is told, as of an error.
        st.html(f'<p class="unseen" role="alert">{escape(text("speed.done"))}</p>')
    if job.state == "running":
        parts = [report["part"] for report in job.reports if report["kind"] == "progress"]
        st.progress(
            parts[-1] if parts else 0.0, text("speed.running" if parts else "speed.starting")
        )
    elif job.state == "stopped":
        st.caption(text("speed.stopped"))
    elif job.state == "failed":
        last = job.errors.strip().splitlines()[-1:]
        st.error(as_markdown("\n".join([text("speed.failed"), *last])))
    else:
        said = [when(about, text) for about in measured(job.reports, "about")]
        st.caption(as_markdown("".join(said)))


def _job(view: str) -> Job | None:
    job: Job | None = st.session_state.get(f"speed.{view}.job")
    return job


def _running(view: str) -> bool:
    job = _job(view)
    return job is not None and job.state == "running"


def _start(view: str, module: str, arguments: Sequence[str]) -> None:
    job = busy.start(f"speed.{view}", lambda: Job(module, arguments, here=of_reader()))
    if job:
        st.session_state[f"speed.{view}.job"] = job


def _stop(view: str) -> None:
    job = _job(view)
    if job:
        job.stop()
