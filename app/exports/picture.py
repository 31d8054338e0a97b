"""One scene as a file: PNG for slides, SVG and PDF for papers."""

import io
import re
from threading import Lock
from typing import Any, Literal, get_args

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from app.exercise.record import Exercise, Result
from app.exports.draw import draw
from app.story.scenes import Scene
from app.text import Text

Kind = Literal["png", "svg", "pdf"]
KINDS: tuple[Kind, ...] = get_args(Kind)

# A projector's width in pixels, about.
WIDE = 1600

# Text stays text, and the same picture has the same ids. matplotlib takes both from its settings
# only, which belong to the whole process: one SVG is written at a time.
_SETTINGS: Any = {"svg.fonttype": "none", "svg.hashsalt": "roipool"}
_one_writes = Lock()


def picture(exercise: Exercise, result: Result, scene: Scene, text: Text, kind: Kind) -> bytes:
    """A scene as the bytes of a file of this kind; the same scene gives the same bytes.

    Examples
    --------
    >>> from app.exercise.record import article_exercise, pool
    >>> from app.story.scenes import scenes
    >>> exercise, text = article_exercise(), Text("en")
    >>> result = pool(exercise)
    >>> picture(exercise, result, scenes(exercise, result, text)[0], text, "png")[1:4]
    b'PNG'
    """
    figure = draw(exercise, result, scene, text)
    return {"png": _png, "svg": _svg, "pdf": _pdf}[kind](figure)


def _png(figure: Figure) -> bytes:
    file = io.BytesIO()
    rendered(figure, WIDE).save(file, "PNG")
    return file.getvalue()


def rendered(figure: Figure, wide: int) -> Image.Image:
    """A figure in pixels, `wide` of them in a row."""
    figure.set_dpi(wide / figure.get_figwidth())
    # Any: this part of matplotlib has no types.
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    size = canvas.get_width_height()
    return Image.frombytes("RGBA", size, canvas.buffer_rgba()).convert("RGB")


def _svg(figure: Figure) -> bytes:
    file = io.BytesIO()
    # None leaves the date and the program out.
    metadata = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    with _one_writes, matplotlib.rc_context(_SETTINGS):
        figure.savefig(file, format="svg", metadata=metadata)
    # The document type is the one thing in the file that points elsewhere.
    return re.sub(rb"<!DOCTYPE[^>]*>\s*", b"", file.getvalue(), count=1)


def _pdf(figure: Figure) -> bytes:
    file = io.BytesIO()
    figure.savefig(file, format="pdf", metadata={"CreationDate": None})
    return file.getvalue()
