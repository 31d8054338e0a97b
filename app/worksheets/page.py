"""A sheet of paper that is drawn on: millimetres from the upper left, black on white."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text

from app.exports.fonts import ANY, LATIN, ems, families, fill, shown
from app.worksheets.order import Paper

PAPERS: dict[Paper, tuple[float, float]] = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
"""Width and height in millimetres."""

INK, SOFT = "#000000", "#4d4d4d"  # a grey that a poor printer still prints
POINT = 25.4 / 72  # millimetres
MARGIN, TOP, BOTTOM = 15.0, 15.0, 16.0
LEADING = 1.38  # distance of lines, in units of their size
Span = Sequence[float]

_BOUND = re.compile(r"\w+ = -?[\w.−]+|\([^()]{1,14}\)")
_STAYS = "\x01"


class Page:
    """A page, empty at first; everything is given in millimetres, type in points."""

    def __init__(self, paper: Paper, language: str) -> None:
        self.wide, self.high = PAPERS[paper]
        self.language = language
        self.figure = Figure(figsize=(self.wide / 25.4, self.high / 25.4), facecolor="white")
        FigureCanvasPdf(self.figure)
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, self.wide)
        self.axes.set_ylim(self.high, 0)
        self._laid = 0

    def line(self, x: Span, y: Span, width: float = 0.5, style: Any = "-", ink: str = INK) -> None:
        """A line through points."""
        self._add(Line2D(x, y, lw=width, ls=style, color=ink, solid_capstyle="butt"))

    def box(
        self, x: float, y: float, wide: float, high: float, width: float = 0.5, **options: Any
    ) -> None:
        """The outline of a rectangle."""
        options = {"fc": "none", "ec": INK, "joinstyle": "miter", **options}
        self._add(Rectangle((x, y), wide, high, lw=width, **options))

    def shade(self, x: float, y: float, wide: float, high: float) -> None:
        """A grey that numbers are read on, and that a printer makes of dots."""
        self._add(Rectangle((x, y), wide, high, lw=0, fc="#e4e4e4"))

    def hatch(self, x: float, y: float, wide: float, high: float, pattern: str) -> None:
        """Fine lines over a rectangle, light enough to read a number on."""
        patch = Rectangle((x, y), wide, high, lw=0, fc="none", ec="#9a9a9a", hatch=pattern)
        patch.set_hatch_linewidth(0.5)
        self._add(patch)

    def ring(self, x: float, y: float, radius: float, width: float, fill: str = "none") -> None:
        """A circle."""
        self._add(Circle((x, y), radius, lw=width, ec=INK, fc=fill))

    def squares(self, rows: Iterable[Sequence[int]], x: float, y: float, wide: float) -> None:
        """The dark modules of a code, as one area without seams."""
        cells = [list(row) for row in rows]
        side = wide / len(cells)
        paths = []
        for i, row in enumerate(cells):
            start = None
            for j, dark in enumerate([*row, 0]):
                if dark and start is None:
                    start = j
                elif not dark and start is not None:
                    left, right = x + start * side, x + j * side
                    top, bottom = y + i * side, y + (i + 1) * side
                    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
                    paths.append(Path([*corners, corners[0]], closed=True))
                    start = None
        self._add(PathPatch(Path.make_compound_path(*paths), fc=INK, lw=0))

    def write(
        self, x: float, y: float, words: str, size: float = 10, ink: str = INK, **options: Any
    ) -> None:
        """Words; `x` is their left end and `y` their baseline unless said otherwise."""
        options = {"ha": "left", "va": "baseline", "family": families(self.language), **options}
        self._add(Text(x, y, shown(words), size=size, color=ink, parse_math=False, **options))

    def number(
        self, x: float, y: float, words: str, size: float, ink: str = INK, **more: Any
    ) -> None:
        """A number in the middle of its cell."""
        more = {"ha": "center", "va": "center_baseline", "family": [LATIN, ANY], **more}
        self.write(x, y, words, size, ink, **more)

    def paragraph(
        self, x: float, y: float, words: str, size: float, wide: float, ink: str = INK, **more: Any
    ) -> float:
        """Words in lines, the first on baseline `y`; where the next line would stand."""
        for line in lines(words, size, wide):
            self.write(x, y, line, size, ink, **more)
            y += size * LEADING * POINT
        return y

    def _add(self, artist: Artist) -> None:
        self._laid += 1
        artist.set_zorder(self._laid)
        self.axes.add_artist(artist)


def lines(words: str, size: float, wide: float) -> list[str]:
    """Words as lines that are so wide at most, and break within no equation and no pair.

    Examples
    --------
    >>> lines("one x1 = 3", 10, 15), lines("one two (3, 4)", 10, 20)
    (['one', 'x1 = 3'], ['one two', '(3, 4)'])
    """
    bound = _BOUND.sub(lambda found: found[0].replace(" ", _STAYS), shown(words))
    return [line.replace(_STAYS, " ") for line in fill(bound, wide / (size * POINT))]


def fitting(written: Iterable[str], wide: float, most: float) -> float:
    """Points, `most` of them at best, in which the longest of some numbers fits so much width."""
    longest = max((ems(one) for one in written), default=1.0)
    return min(most, wide * 0.84 / POINT / longest)
