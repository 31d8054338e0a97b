"""Mounts the detector's figure, and takes what is looked at to the playground."""

from typing import Any

import streamlit as st

from app.detector import payload as detector_payload
from app.detector.own_weights import weights_of_reader
from app.detector.payload import Look, as_look, exercise_of
from app.detector.seen import Searched, Seen, search, see
from app.detector.sources import Source
from app.exercise.received import part
from app.fast_rcnn import network
from app.fast_rcnn.network import Weights
from app.jobs.calls import CallError, call
from app.stage.component import component
from app.text import Text, as_markdown
from app.widgets.opening import hand_over


@st.cache_resource(show_spinner=False)
def shipped() -> Weights:
    """The weights that come with the project, read once."""
    return network.load()


# A search may take seconds, and is the same for every network.
@st.cache_resource(max_entries=64, show_spinner=False)
def searched(name: str, _source: Source) -> Searched:
    """The proposals for a picture, looked for once."""
    return call("search", search, _source, yields=True)


# A photograph's are 4 MB. Nothing in them is changed, so all readers share them.
@st.cache_resource(max_entries=8, show_spinner=False)
def _seen(
    name: str, network: str, _source: Source, _weights: Weights
) -> tuple[Seen, dict[str, Any]]:
    seen = see(_source, _weights, network, searched(name, _source))
    return seen, detector_payload.figure(seen)


def seen_of(source: Source) -> tuple[Seen, dict[str, Any]]:
    """A source on its way through the reader's detector, and the figure of it."""
    own = weights_of_reader()
    if own is None:
        return _seen(source.name, "shipped", source, shipped())
    return _seen(source.name, network.digest(own), source, own)


def is_seen(source: Source, text: Text) -> bool:
    """Take a source through the detector, which may take seconds; whether there is a figure of it.

    Where there is none, it says why.
    """
    try:
        seen_of(source)
    except CallError as error:
        st.error(as_markdown(error.problem.sentence(text)))
    except (ImportError, AttributeError):  # OpenCV, or its contributed modules
        st.error(text("detector.no_opencv"))
    else:
        return True
    return False


def show(name: str, source: Source, text: Text, playground: str) -> None:
    """Put the figure of a source on the page."""
    key, kept, leaving = f"{name}.figure", f"{name}.look", f"{name}.leaving"
    state = st.session_state
    seen, figure = seen_of(source)
    # What was looked at is found again by whoever comes back from the playground.
    of, look = state.get(kept, ("", Look()))

    def opened() -> None:
        look = as_look(part(state.get(key), "open"), seen)
        if look:
            state[kept] = source.name, look
            hand_over(exercise_of(seen, look))
            state[leaving] = True

    component("detector", text)(
        key=key,
        data=detector_payload.payload(figure, look if of == source.name else Look(), text),
        width="stretch",
        height="content",
        on_open_change=opened,
    )
    # A callback cannot change the page itself.
    if state.pop(leaving, False):
        st.switch_page(playground)
