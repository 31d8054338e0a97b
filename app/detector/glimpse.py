"""The picture at hand, seen with what a network has learned until now."""

from base64 import b64encode
from html import escape
from io import BytesIO
from time import monotonic

import numpy as np
import streamlit as st
from PIL import Image

from app.detector.mount import searched
from app.detector.seen import LEAST_SHOWN, Seen, see
from app.detector.sources import FIRST, Source, made
from app.detector.training_run import Run
from app.fast_rcnn.pictures import CLASSES
from app.jobs.calls import CallError
from app.text import Text

EVERY = 2.0  # s between two looks at the least: a look takes a tenth of one, of the training's time
FAINTEST = 0.1  # detections of less are not drawn; the surer, the stronger
_SEEN, _LOOKED, _RUN = "train.glimpse", "train.glimpse.looked", "train.glimpse.run"


def glimpse(run: Run, step: int, source: Source | None) -> tuple[Seen, int] | None:
    """What a training's newest weights find in the picture at hand, or the last that was seen.

    With it comes the step at which that was.

    In a photograph nobody knows what is right, so the picture that the page opens with is taken.
    """
    if source is None or source.objects is None:
        source = made(FIRST)
    state = st.session_state
    last: tuple[Seen, int] | None = state.get(_SEEN)
    if state.get(_RUN) is not run:
        state[_RUN], state[_LOOKED], last = run, None, None
    newest = run.version
    looked, at = state[_LOOKED] or (None, -EVERY)
    now = monotonic()
    old = looked != (newest, source.name)
    if newest and old and (run.ended or now - at >= EVERY):
        try:
            last = see(source, run.weights(), "learning", searched(source.name, source)), step
        except CallError:
            # The figure above says why there are no proposals.
            last = None
        state[_LOOKED] = (newest, source.name), now
    state[_SEEN] = last
    return last


def show(seen: Seen, step: int, text: Text) -> None:
    """The picture with the boxes that are found in it, and how many of them are right."""
    right = sum(match >= 0 for match in seen.matches)
    said = text(
        "train.glimpse",
        step=step,
        found=right,
        objects=len(seen.objects),
        wrong=len(seen.matches) - right,
    )
    matches = dict(zip(seen.shown, seen.matches, strict=True))
    # The surest come last, over the others.
    faint = [n for n in np.argsort(seen.detections.scores) if seen.detections.scores[n] >= FAINTEST]
    boxes = "".join(_box(seen, int(n), matches.get(int(n), -1), text) for n in faint)
    st.html(
        f'<figure class="glimpse" data-testid="glimpse" data-found="{right}">'
        f"<figcaption>{escape(said)}</figcaption>"
        f'<div role="img" aria-label="{escape(said)}"><img alt="" src="{_picture(seen.source)}">'
        f"{boxes}</div></figure>"
    )


def _box(seen: Seen, n: int, match: int, text: Text) -> str:
    """A box in parts of the picture, so that it lies on it at every size."""
    rows, cols = seen.size
    x1, y1, x2, y2 = seen.detections.boxes[n].tolist()
    place = {
        "left": x1 / cols,
        "top": y1 / rows,
        "width": (x2 + 1 - x1) / cols,
        "height": (y2 + 1 - y1) / rows,
    }
    style = ";".join(f"{side}:{100 * part:.2f}%" for side, part in place.items())
    label = int(seen.detections.labels[n])
    score = float(seen.detections.scores[n])
    named = ""
    if score >= LEAST_SHOWN:
        named = f"<b>{escape(text(f'detector.class.{CLASSES[label - 1]}'))}</b>"
    right = "right" if match >= 0 else "wrong"
    return f'<i class="c{label} {right}" style="{style};opacity:{score:.2f}">{named}</i>'


@st.cache_data(max_entries=8, show_spinner=False, hash_funcs={Source: lambda source: source.name})
def _picture(source: Source) -> str:
    stream = BytesIO()
    Image.fromarray(source.pixels).save(stream, "PNG")
    return f"data:image/png;base64,{b64encode(stream.getvalue()).decode()}"
