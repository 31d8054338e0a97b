"""Measuring from the page: a button that starts and stops, how far it is, and what came out."""

from collections.abc import Callable, Sequence
from functools import partial
from html import escape

import streamlit as st

from app.jobs import busy
from app.jobs.jobs import Job
from app.jobs.presence import of_reader
from app.speed.recorded import recorded
from app.speed.reporting import Report
from app.speed.table import table
from app.speed.words import busy as busy_then
from app.speed.words import day, machine, when
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
    if _running(view):
        st.button(text("speed.stop"), key=f"speed.{view}.stop", on_click=partial(_stop, view))
    else:
        again = _has_measured(view)
        st.button(
            text("speed.again" if again else "speed.measure"),
            key=f"speed.{view}.measure",
            type="secondary" if again else "primary",
            on_click=partial(_start, view, module, arguments),
        )
    # Made when it is asked for, where no session is at hand: the reports must be.
    shown = _shown(view)
    downloads.button(
        st.container(width="content"),
        text("speed.csv"),
        f"roipool-speed-{view}",
        "csv",
        lambda: table(list(shown)),
        f"speed.{view}.csv",
    )


def live(view: str, text: Text, draw: Draw) -> None:
    """Draw what there is, again and again while a run goes on.

    Until this machine has measured something, it is the run that was recorded on another.
    """
    running = _running(view)
    ended = _sees_end(view)
    busy.say(f"speed.{view}", text)

    @st.fragment(run_every=_LOOK_AGAIN if running else None)
    def part() -> None:
        # As high whatever it says, so that what is below stays where it is.
        with st.container(key=f"speed-{view}-state", height="content"):
            if ended:
                # Who hears the page is told, as of an error.
                st.html(f'<p class="unseen" role="alert">{escape(text("speed.done"))}</p>')
            _say_state(view, text)
        shown = _shown(view)
        draw(measured(shown, view), _about(shown))
        # The buttons are outside, and there is nothing more to wait for.
        if running and not _running(view):
            st.rerun()

    part()


def is_recorded(view: str) -> bool:
    """Whether what is shown was measured elsewhere."""
    return not _has_measured(view)


def _has_measured(view: str) -> bool:
    return any(report["kind"] == view for report in reports_of(view))


def _shown(view: str) -> Sequence[Report]:
    # The job's own list, which goes on growing.
    job = _job(view)
    return job.reports if job and _has_measured(view) else recorded(view)


def _say_state(view: str, text: Text) -> None:
    job = _job(view)
    state = job.state if job else None
    from_elsewhere = _recorded_when(view, text) if is_recorded(view) else ""
    if job and state == "running":
        parts = [report["part"] for report in job.reports if report["kind"] == "progress"]
        said = text("speed.running" if parts else "speed.starting")
        if from_elsewhere:
            said = text.join(said, text("speed.until_then"))
        st.progress(parts[-1] if parts else 0.0, said)
    elif job and state == "failed":
        last = job.errors.strip().splitlines()[-1:]
        st.error(as_markdown("\n".join([text("speed.failed"), *last])))
    else:
        said = from_elsewhere or when(_about(_shown(view)), text)
        if state == "stopped":
            said = text.join(text("speed.stopped"), said)
        st.caption(as_markdown(said))


def _about(reports: Sequence[Report]) -> Report:
    """The report about the machine."""
    (about,) = measured(reports, "about")
    return about


def _recorded_when(view: str, text: Text) -> str:
    """On what machine and when the run was recorded that is shown."""
    about = _about(recorded(view))
    said = text("speed.recorded", date=day(about), machine=machine(about, text))
    return text.join(*filter(None, (said, busy_then(about, text))))


def _job(view: str) -> Job | None:
    job: Job | None = st.session_state.get(f"speed.{view}.job")
    return job


def _running(view: str) -> bool:
    job = _job(view)
    return job is not None and job.state == "running"


def _sees_end(view: str) -> bool:
    """Whether this run of the page is the first that finds the measurement done."""
    job = _job(view)
    watched = st.session_state.get(_watched(view), False)
    st.session_state[_watched(view)] = _running(view)
    return watched and job is not None and job.state == "done"


def _watched(view: str) -> str:
    return f"speed.{view}.watched"


def _start(view: str, module: str, arguments: Sequence[str]) -> None:
    job = busy.start(f"speed.{view}", lambda: Job(module, arguments, here=of_reader()))
    if job:
        st.session_state[f"speed.{view}.job"] = job
        st.session_state[_watched(view)] = True


def _stop(view: str) -> None:
    job = _job(view)
    if job:
        job.stop()
