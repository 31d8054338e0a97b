"""Train the detector from scratch on the machine at hand, with the gradient or without it.

Whoever runs the detector above takes its weights by `weights_of_reader`: the reader's own where
they were chosen here. They change only between two runs of the page.
"""

from time import monotonic
from typing import TYPE_CHECKING

import streamlit as st

from app import downloads, growing_chart
from app.head_start import let_the_figure_go_first
from app.jobs import BusyError
from app.text import Text, as_markdown
from app.training_chart import CURVES, figure
from app.training_run import KINDS, PICTURES, Course, Kind, Run, table
from app.training_words import conclusion, progress

if TYPE_CHECKING:
    from app.detector.network import Weights

LENGTHS = (20, 60, 180)  # s
PREDICTIONS = (*KINDS, "same")
SHIPPED = "shipped"
EVERY = 1.0  # s between two looks at a training
_WIDE = 168  # px of the button, whatever it says

# In the session: the network that the reader trained, None or absent for the shipped one. The
# object is another one whenever the weights are.
WEIGHTS = "detector.weights"

_RUNS, _PROBLEM = "train.runs", "train.problem"
_LENGTH, _BLOCK, _PREDICTED = "train.length", "train.block", "train.predicted"
_USED, _SOURCE = "train.used", "train.used.run"


def weights_of_reader() -> "Weights | None":
    """The reader's own network, if it is to be used; None for the one that is shipped."""
    weights: Weights | None = st.session_state.get(WEIGHTS)
    return weights


def show(name: str, text: Text) -> None:
    """The section of a page: what to train, its curves while it trains, and what they say."""
    if _take_weights():
        st.rerun()
    with st.container(key=f"{name}-train"):
        st.markdown(f"**{text('train.title')}**")
        st.markdown(text("train.why"))
        _controls(text)
        _say_problem(text)
        _live(text)
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
        kind: Kind = "blocked" if state[_BLOCK] else "open"
        state.pop(_PROBLEM, None)
        try:
            run = Run(kind, state[_LENGTH])
        except BusyError as busy:
            state[_PROBLEM] = None if busy.left is None else monotonic() + busy.left
            return
        _runs().pop(kind, None)
        _runs()[kind] = run

    def stopped() -> None:
        if run := _running():
            run.job.stop()
            _take_weights()

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
        st.segmented_control(
            text("train.length"),
            LENGTHS,
            default=LENGTHS[1],
            format_func=lambda seconds: _length(seconds, text),
            required=True,
            key=_LENGTH,
            disabled=running is not None,
            label_visibility="collapsed",
            persist_state="session",
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
    state = st.session_state
    if _PROBLEM in state:
        free = state[_PROBLEM]
        if free is None:
            st.info(text("train.busy.begun"))
        elif (left := free - monotonic()) > 0:
            st.info(text("train.busy", seconds=max(5, 5 * round(left / 5))))
        else:
            st.info(text("train.busy.over"))
    for run in _runs().values():
        if run.job.state == "failed":
            last = (run.job.errors.strip().splitlines() or ["–"])[-1]
            st.error(text("train.failed", code=run.job.code, last=as_markdown(last)))


def _live(text: Text) -> None:
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
            _charts(courses, text)
        else:
            _empty(text)

    live()


def _charts(courses: dict[Kind, Course], text: Text) -> None:
    let_the_figure_go_first()
    grows = any(course.state == "running" for course in courses.values())
    for place, curve in zip(st.columns(2, gap="medium"), CURVES, strict=True):
        with place:
            growing_chart.show(
                f"train.chart.{curve}.drawn",
                figure(curve, courses, text, grows=grows),
                text(f"train.chart.{curve}.alt"),
                grows=grows,
            )
    st.caption(text("train.note", pictures=PICTURES))


def _empty(text: Text) -> None:
    """What will be seen here, and a question to answer before."""
    with st.container(border=True):
        st.markdown(text("train.empty", pictures=PICTURES))
        st.pills(
            text("train.predict"),
            PREDICTIONS,
            format_func=lambda one: text(f"train.predict.{one}"),
            key=_PREDICTED,
            persist_state="session",
        )


def _results(text: Text) -> None:
    courses = {kind: run.course for kind, run in _runs().items()}
    if said := conclusion(courses, text, st.session_state.get(_PREDICTED)):
        st.markdown(said)
    # Made when it is asked for, where no session is at hand: the runs must be.
    runs = list(_runs().values())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _use(text)
        downloads.button(
            st.container(width="content"),
            text("train.csv"),
            "training",
            "csv",
            lambda: table(run.course for run in runs),
            "train.csv",
        )


def _use(text: Text) -> None:
    """Which network runs above: the shipped one, or one that was trained here."""
    now, runs = st.session_state.get(_USED, SHIPPED), _runs()
    usable = [kind for kind in KINDS if kind in runs and runs[kind].has_weights]
    if not usable:
        return

    def chosen() -> None:
        _take_weights()

    st.segmented_control(
        text("train.use"),
        [SHIPPED, *(kind for kind in KINDS if kind in usable or kind == now)],
        default=SHIPPED,
        format_func=lambda one: text(f"train.use.{one}"),
        required=True,
        key=_USED,
        on_change=chosen,
        persist_state="session",
        wrap=True,
    )


def _take_weights() -> bool:
    """Put the network that was chosen where the page above finds it; whether it is another one."""
    state = st.session_state
    run = _runs().get(state.get(_USED, SHIPPED))
    if run is state.get(_SOURCE) or (run and not (run.ended and run.has_weights)):
        # While it trains, the one before stays.
        return False
    state[_SOURCE], state[WEIGHTS] = run, run and run.weights()
    return True
