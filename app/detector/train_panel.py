"""Train the detector from scratch on the machine at hand, with the gradient or without it."""

import streamlit as st

from app.detector import glimpse, own_weights
from app.detector.sources import Source
from app.detector.training_chart import CURVES, figure
from app.detector.training_run import KINDS, PICTURES, Course, Kind, NoRoomError, Run, table
from app.detector.training_words import conclusion, progress
from app.jobs import busy
from app.text import Text, as_markdown
from app.widgets import downloads, growing_chart
from app.widgets.choosing import kept, kept_choice
from app.widgets.head_start import let_the_figure_go_first

LENGTHS = (20, 60, 180)  # s
PREDICTIONS = (*KINDS, "same")
EVERY = 1.0  # s between two looks at a training
_WIDE = 168  # px of the button, whatever it says

_NAME, _RUNS, _NO_ROOM = "train", "train.runs", "train.no_room"
_LENGTH, _BLOCK, _PREDICTED = "train.length", "train.block", "train.predicted"


def show(name: str, source: Source | None, text: Text) -> None:
    """The section of a page: what to train, its curves while it trains, and what they say."""
    if own_weights.take(_runs()):
        st.rerun()
    with st.container(key=f"{name}-train"):
        st.markdown(f"## {text('train.title')}")
        st.markdown(text("train.why"))
        _controls(text)
        _say_problem(text)
        _live(source, text)
        if any(run.ended for run in _runs().values()):
            _results(text)


def _runs() -> dict[Kind, Run]:
    """The last training of each kind in this session, the latest at the end."""
    runs: dict[Kind, Run] = st.session_state.setdefault(_RUNS, {})
    return runs


def _running() -> Run | None:
    return next((run for run in _runs().values() if not run.ended), None)


def _controls(text: Text) -> None:
    state, running = st.session_state, _running()

    def started() -> None:
        kind: Kind = "blocked" if state.get(_BLOCK) else "open"
        seconds = kept(_LENGTH, LENGTHS, LENGTHS[1])
        state.pop(_NO_ROOM, None)
        try:
            run = busy.start(_NAME, lambda: Run(kind, seconds))
        except NoRoomError:
            state[_NO_ROOM] = True
        else:
            if run:
                _runs().pop(kind, None)
                _runs()[kind] = run

    def stopped() -> None:
        if run := _running():
            run.job.stop()
            own_weights.take(_runs())

    with st.container(horizontal=True, vertical_alignment="center"):
        if running:
            st.button(
                text("train.stop"), on_click=stopped, key="train.stop", type="primary", width=_WIDE
            )
        else:
            st.button(
                text("train.start"),
                on_click=started,
                key="train.start",
                type="primary",
                width=_WIDE,
            )
        kept_choice(
            "segmented_control",
            text("train.length"),
            LENGTHS,
            key=_LENGTH,
            start=LENGTHS[1],
            words=lambda seconds: _length(seconds, text),
            disabled=running is not None,
            label_visibility="collapsed",
        )
        st.toggle(
            text("train.block"),
            key=_BLOCK,
            disabled=running is not None,
            persist_state="session",
        )


def _length(seconds: int, text: Text) -> str:
    if seconds < 60:
        return text("train.length.seconds", seconds=seconds)
    return text("train.length.minutes", minutes=seconds // 60)


def _say_problem(text: Text) -> None:
    """What stood in the way of the last training, if anything did."""
    busy.say(_NAME, text)
    if st.session_state.get(_NO_ROOM):
        st.error(text("train.no_room"))
    for run in _runs().values():
        if run.job.state == "failed":
            last = (run.job.errors.strip().splitlines() or ["–"])[-1]
            st.error(text("train.failed", code=run.job.code, last=as_markdown(last)))


def _live(source: Source | None, text: Text) -> None:
    """Progress and curves, drawn again by themselves while a training runs, and only then."""
    followed = _running()

    @st.fragment(run_every=EVERY if followed else None)
    def live() -> None:
        if followed and followed.ended:
            # Once: the page now has other buttons, and perhaps other weights.
            st.rerun()
        courses = {kind: run.course for kind, run in _runs().items()}
        if courses:
            latest = [*courses.values()][-1]
            st.progress(latest.part, progress(latest, text))
        if any(course.measured for course in courses.values()):
            _charts(courses, source, text)
        else:
            _empty(text)

    live()


def _charts(courses: dict[Kind, Course], source: Source | None, text: Text) -> None:
    let_the_figure_go_first()
    grows = any(course.state == "running" for course in courses.values())
    *places, last = st.columns([4, 4, 3], gap="medium")
    for place, curve in zip(places, CURVES, strict=True):
        with place:
            growing_chart.show(
                f"train.chart.{curve}.drawn",
                figure(curve, courses, text),
                text(f"train.chart.{curve}.alt"),
                grows=grows,
            )
    latest = [*_runs().values()][-1]
    seen = glimpse.glimpse(latest, courses[latest.kind].step, source)
    if seen:
        with last:
            glimpse.show(*seen, text)
    st.caption(text("train.note", pictures=PICTURES))


def _empty(text: Text) -> None:
    """What will be seen here, and a question to answer before."""
    with st.container(border=True):
        st.markdown(text("train.empty", pictures=PICTURES))
        kept_choice(
            "pills",
            text("train.predict"),
            [*PREDICTIONS],
            key=_PREDICTED,
            start=None,
            words=lambda one: text(f"train.predict.{one}"),
        )


def _results(text: Text) -> None:
    courses = {kind: run.course for kind, run in _runs().items()}
    if said := conclusion(courses, text, kept(_PREDICTED, PREDICTIONS, None)):
        st.markdown(said)
    # Made when it is asked for, where no session is at hand: the runs must be.
    runs = list(_runs().values())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        own_weights.show(_runs(), text)
        downloads.button(
            st.container(width="content"),
            text("train.csv"),
            "training",
            "csv",
            lambda: table(run.course for run in runs),
            "train.csv",
        )
