"""The figures by name: which modules and which sheets make each, and both as one text."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from app.figures.linker import link

ASSETS = Path(__file__).parents[2] / "assets"
FIGURES = ASSETS / "figures"


class Entry(NamedTuple):
    """Where a figure lies among the figures' folders.

    Attributes
    ----------
    module : the module that makes it, without its ending
    sheets : its style sheets likewise, in the order in which they add to one another
    """

    module: str
    sheets: tuple[str, ...]


_STAGE = ("stage/stage", "stage/side", "stage/layout", "stage/invitation")
_STORY = (*_STAGE, "stage/photo")

ENTRIES = {
    "stage": Entry("stage/entry", _STORY),
    "sizes": Entry("sizes/sizes", (*_STAGE, "sizes/sizes")),
    "gradient": Entry("gradient/gradient", (*_STAGE, "gradient/gradient")),
    "multiples": Entry("conventions/multiples", ("conventions/multiples",)),
    "pixels": Entry("pixels/pixels", ("pixels/pixels",)),
    "lessons": Entry("lessons/entry", ("lessons/lessons", "lessons/answers")),
    "detector": Entry("detector/detector", ("detector/detector",)),
    "heatmap": Entry("sizes/heatmap", ("sizes/heatmap",)),
}
"""The figures of the app by the names under which they have an address."""

NOTEBOOK = Entry("stage/notebook", ("common/guest", *_STAGE, "stage/notebook"))
"""The stage in a document that is not ours."""

TAKEAWAY = Entry("takeaway/page", (*_STAGE, "takeaway/page"))
"""A page of its own, with what would be Python's part."""

COURSE = Entry("takeaway/course", ("takeaway/page", "takeaway/course"))
"""Lessons as a page of their own; each figure on it brings its sheets into a shadow."""


@cache
def script(entry: Entry) -> str:
    """A figure's modules, joined into one."""
    return link(FIGURES / f"{entry.module}.js")


@cache
def style(entry: Entry) -> str:
    """A figure's sheets, between those that all figures have."""
    named = ("common/figure", *entry.sheets, "common/access")
    return "\n".join((FIGURES / f"{sheet}.css").read_text("utf-8") for sheet in named)
