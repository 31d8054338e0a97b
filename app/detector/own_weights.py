"""Which network the detector runs: the one that is shipped, or one that the reader trained.

Whoever runs it takes its weights by `weights_of_reader`. They change only between two runs of the
page.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from app.detector.training_run import KINDS, Kind, Run
from app.text import Text
from app.widgets.choosing import kept, kept_choice

if TYPE_CHECKING:
    from app.fast_rcnn.network import Weights

SHIPPED = "shipped"

# In the session: the network that the reader trained, None or absent for the shipped one. The
# object is another one whenever the weights are.
WEIGHTS = "detector.weights"

_USED, _SOURCE = "train.used", "train.used.run"


def weights_of_reader() -> "Weights | None":
    """The reader's own network, if it is to be used; None for the one that is shipped."""
    weights: Weights | None = st.session_state.get(WEIGHTS)
    return weights


def show(runs: Mapping[Kind, Run], text: Text) -> None:
    """The choice of a network, once a training has left one."""
    now = _used()
    usable = [kind for kind in KINDS if kind in runs and runs[kind].has_weights]
    if not usable:
        return

    def taken() -> None:
        take(runs)

    kept_choice(
        "segmented_control",
        text("train.use"),
        [SHIPPED, *(kind for kind in KINDS if kind in usable or kind == now)],
        key=_USED,
        start=SHIPPED,
        words=lambda one: text(f"train.use.{one}"),
        then=taken,
        wrap=True,
    )


def _used() -> Kind | None:
    """The kind of training whose network is used; None for the one that is shipped."""
    chosen = kept(_USED, (SHIPPED, *KINDS), SHIPPED)
    return next((kind for kind in KINDS if kind == chosen), None)


def take(runs: Mapping[Kind, Run]) -> bool:
    """Put the network that was chosen where the detector finds it; whether it is another one."""
    state = st.session_state
    used = _used()
    run = runs.get(used) if used else None
    if run is state.get(_SOURCE) or (run and not (run.ended and run.has_weights)):
        # While it trains, the one before stays.
        return False
    state[_SOURCE], state[WEIGHTS] = run, run and run.weights()
    return True
