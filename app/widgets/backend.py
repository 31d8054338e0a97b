"""Who computes for a reader: the GPU where there is one, unless NumPy is asked for.

The choice is the reader's and changes no number, so it lives in the session, not in the exercise.
"""

from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cache
from time import monotonic

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import roipool
from app.exercise.heard import listening
from app.exercise.record import Result, pool
from app.text import Text, as_markdown
from app.widgets.choosing import choice
from roipool import BackendStatus

# How the library's reasons begin, and the sentence of ours that says the same.
REASONS = {
    "CuPy is not installed": "no_cupy",
    "CuPy is installed and cannot be imported": "no_import",
    "there is no NVIDIA driver": "no_driver",
    "no NVIDIA GPU is visible": "no_device",
    "the GPU's memory is full": "no_memory",
    "the CUDA headers or the compiler are missing": "no_compiler",
    "a first kernel ran on the GPU and gave a wrong result": "wrong",
    "a first kernel failed on the GPU": "failed",
}


# s that a page waits for the answer, once everything else has been sent.
_PATIENCE = 0.2
# s until an answer that is only for now is asked for again.
_AGAIN = 60.0

_asked_at = 0.0


@cache
def asked() -> Future[BackendStatus]:
    """The question what computes here, asked once: the answer may take seconds."""
    global _asked_at
    _asked_at = monotonic()
    worker = ThreadPoolExecutor(1, thread_name_prefix="backend")
    answer = worker.submit(_ask)
    worker.shutdown(wait=False)
    return answer


def _ask() -> BackendStatus:
    # Whatever a card, its driver or CuPy raises is an answer: a question that failed would fail
    # every page from then on.
    try:
        found = roipool.backend_status()
        failed = _first_failure() if found.backend == "cupy" else None
    except Exception as error:
        return BackendStatus("numpy", "CPU", f"asking for the GPU failed: {error!r}")
    if failed is None:
        return found
    full = failed.startswith("the GPU has no room")
    reason = "the GPU's memory is full" if full else "a first kernel failed on the GPU"
    return BackendStatus("numpy", "CPU", f"{reason}: {failed}", for_now=full)


def _first_failure() -> str | None:
    """What keeps the GPU from a first example, if anything.

    A kernel is compiled when it is first called: no reader's time shall hold that.
    """
    example = roipool.article.FEATURE_MAP.astype("float64"), roipool.article.BOXES
    with listening("cupy", __file__) as heard:
        roipool.roi_pool_with_argmax(*example, roipool.article.OUTPUT_SIZE, backend="cupy")
    return heard[0] if heard else None


def _ask_again_if_it_may_help() -> None:
    """Forget an answer that was only for now, once it is old."""
    known = asked.cache_info().currsize > 0 and asked().done()
    if known and asked().result().for_now and monotonic() - _asked_at >= _AGAIN:
        asked.cache_clear()


def chosen() -> str:
    """The backend that computes for this reader.

    It is NumPy until there is an answer: nobody waits for a first picture.
    """
    known = asked.cache_info().currsize > 0 and asked().done()
    if not known or st.session_state.get("backend") == "numpy":
        return "numpy"
    return asked().result().backend


def place() -> DeltaGenerator:
    """Where the line goes: into the top bar, or under everything on a phone (frame.css).

    It is filled when the stage has been sent, since the first time it may wait for an answer.
    """
    return st.container(width="content", key="backend")


def show(name: str, text: Text) -> None:
    """What computed and how long it took; opened, where, the switch, and why no GPU."""
    before = chosen()
    _ask_again_if_it_may_help()
    wait([asked()], _PATIENCE)
    if chosen() != before:
        st.rerun()
    found = asked().result() if asked().done() else None
    result = pool(st.session_state[name].exercise, chosen())
    short = text("backend.short", name=text(f"backend.{result.backend}"), time=_time(result, text))
    # As it stands: a label is read out as it was given, and nothing in this one is Markdown.
    with st.popover(short, type="tertiary", key="backend.opened"):
        st.caption(as_markdown(line(result, found, text)))
        _switch(text, disabled=found is None or found.backend == "numpy")
        if found is None or found.reason is not None:
            _why(found, text)


def _switch(text: Text, *, disabled: bool) -> None:
    def put(backend: str) -> None:
        st.session_state["backend"] = backend

    choice(
        "segmented_control",
        text("backend"),
        ["numpy", "cupy"],
        key="backend.switch",
        now=chosen(),
        put=put,
        words=lambda one: text(f"backend.{one}"),
        disabled=disabled,
        label_visibility="collapsed",
    )


def _why(found: BackendStatus | None, text: Text) -> None:
    if found is None or found.reason is None:
        st.markdown(as_markdown(text("backend.reason.not_yet")))
        return
    st.markdown(as_markdown(lead(found.reason, text)))
    if said := detail(found.reason):
        st.caption(as_markdown(text("backend.said", said=said)))


def line(result: Result, found: BackendStatus | None, text: Text) -> str:
    """What computed a result, where, and in how many milliseconds."""
    time = _time(result, text)
    if found is not None and result.backend == "cupy":
        return text("backend.on_gpu", device=found.device, time=time)
    return text("backend.on_cpu", time=time)


def _time(result: Result, text: Text) -> str:
    return text("backend.time", ms=milliseconds(result.seconds))


def lead(reason: str, text: Text) -> str:
    """Why the GPU is not used, in the reader's language."""
    known = (key for start, key in REASONS.items() if reason.startswith(start))
    return text(f"backend.reason.{next(known, 'other')}")


def detail(reason: str) -> str:
    """What a reason says beside its lead: a command, or the words of a driver or a library.

    Examples
    --------
    >>> detail("CuPy is not installed: pip install cupy"), detail("no NVIDIA GPU is visible")
    ('pip install cupy', '')
    """
    start = next((start for start in REASONS if reason.startswith(start)), None)
    if start is None:
        return reason
    _, colon, said = reason.partition(": ")
    return said if colon else ""


def milliseconds(seconds: float) -> str:
    """A time in milliseconds: two decimals of a short one, none of a long one.

    Examples
    --------
    >>> milliseconds(62e-6), milliseconds(0.0042), milliseconds(0.25)
    ('0.06', '4.20', '250')
    """
    return f"{1000 * seconds:.{2 if seconds < 0.01 else 0}f}"
