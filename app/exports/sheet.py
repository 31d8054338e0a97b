"""A sheet with a map on it: the figure, where things lie, and what is laid over the map.

The axes span the figure and count in cells, so that every edge of a box or a bin is a whole number;
row 0 is at the top. Each method adds artists in the order in which they are seen and returns them.
"""

from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection, QuadMesh
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text

from app.exports.colour import BLACK, DARK_RED, GREY, RED, WHITE, fills, inks, pale
from app.exports.fonts import LATIN, ems, families, shown, wrap
from app.exports.plane import Bin, Place, Plane, Span
from app.scenes import Scene
from app.text import Text as Strings
from app.text import number

# Inches. The map is as large as this, and the sheet as high as map and sentences need.
WIDTH, MAP = 8.0, 6.8
LEAST_HIGH = 4.8
TITLE, AXIS, CAPTION = 0.62, 0.3, 0.95

TITLE_SIZE, CAPTION_SIZE, AXIS_SIZE = 18.0, 12.5, 10.0  # points
LINE = 1.35  # distance of the caption's lines, in units of their size
MOST_LINES = 3
# A number is at most so large, and left out where it would be smaller.
LARGEST, READABLE = 20.0, 6.5
POINTS = 72.0  # of an inch
LEAST_RING = 0.07  # inches, so that a maximum is found among 64 x 64 cells

DASHES = (0, (2, 1.5))
NONE = "∅"


class Sheet:
    """An empty figure for a plane, and what can be drawn on it."""

    def __init__(self, plane: Plane, text: Strings) -> None:
        self.plane, self.text = plane, text
        self._order = count()
        rows, cols = plane.values.shape
        self.cell = min(MAP / cols, MAP / rows)  # inches
        self.high = max(rows * self.cell, LEAST_HIGH)
        height = TITLE + AXIS + self.high + CAPTION
        self.figure = Figure(figsize=(WIDTH, height), facecolor=WHITE)
        FigureCanvasAgg(self.figure)
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        left = (WIDTH / self.cell - cols) / 2
        top = (TITLE + AXIS + (self.high - rows * self.cell) / 2) / self.cell
        self.axes.set_xlim(-left, WIDTH / self.cell - left)
        self.axes.set_ylim(height / self.cell - top, -top)
        self.size = number_size((number(v) for v in plane.values.ravel()), self.cell, self.cell)
        self.stroke = min(4.0, max(1.5, self.cell * POINTS * 0.065))

    def words(self, scene: Scene) -> list[Artist]:
        """The title above the map and the sentence under it."""
        rows, cols = self.plane.values.shape
        middle, spare = cols / 2, (self.high / self.cell - rows) / 2
        options: Any = {"va": "baseline", "family": families(self.text.language)}
        title = shown(self.text(f"exports.kind.{scene.kind}"))
        above = -spare - (AXIS + 0.12) / self.cell
        drawn = [self._text(middle, above, title, TITLE_SIZE, **options)]
        below = rows + spare + 0.38 / self.cell
        step = CAPTION_SIZE * LINE / POINTS / self.cell
        width = (WIDTH - 0.6) * POINTS / CAPTION_SIZE
        for k, line in enumerate(wrap(shown(scene.caption), width, MOST_LINES)):
            # A text for each line, so that each is centred also where an SVG finds another font.
            drawn.append(self._text(middle, below + k * step, line, CAPTION_SIZE, **options))
        return drawn

    def cells(self) -> list[Artist]:
        """The values as colours, rows and columns numbered at the edge."""
        values = self.plane.values
        corners = (np.arange(side + 1) for side in values.shape[::-1])
        grid = np.stack(np.meshgrid(*corners), axis=-1)
        colours = fills(values, values).reshape(-1, 4)
        mesh = QuadMesh(grid, antialiased=False, facecolors=colours)
        return [self._add(mesh), *self._edge_numbers()]

    def _edge_numbers(self) -> list[Artist]:
        rows, cols = self.plane.values.shape
        # Every row and column where there is room, else every second, fourth, ...
        every = next(k for k in (1, 2, 4, 8, 16) if k * self.cell >= 0.24 or k == 16)
        gap = 0.12 / self.cell
        across = [
            self._text(col + 0.5, -gap, f"{col}", AXIS_SIZE, GREY, va="baseline")
            for col in range(0, cols, every)
        ]
        return across + [
            self._text(-gap, row + 0.5, f"{row}", AXIS_SIZE, GREY, ha="right")
            for row in range(0, rows, every)
        ]

    def numbers(self, without: Iterable[Place] = (), hatched: bool = False) -> list[Artist]:
        """The values as numbers, where they can be read; on ground of their own over hatching."""
        if self.size is None:
            return []
        values = self.plane.values
        colours = fills(values, values)
        ink = inks(colours)
        left_out = set(without)
        lines = np.zeros(values.shape, dtype=bool)
        for top, bottom, left, right in self.plane.shared() if hatched else ():
            lines[top:bottom, left:right] = True
        drawn = []
        for (row, col), value in np.ndenumerate(values):
            if (row, col) in left_out:
                continue
            ground = {"boxstyle": "round,pad=0.12", "fc": colours[row, col], "ec": "none"}
            drawn.append(
                self._text(
                    col + 0.5,
                    row + 0.5,
                    number(value),
                    self.size,
                    str(ink[row, col]),
                    bbox=ground if lines[row, col] else None,
                )
            )
        return drawn

    def maxima(self, places: Sequence[Place]) -> list[Artist]:
        """The cells that are maxima: red numbers, and a ring so that colour is never alone."""
        drawn: list[Artist] = []
        width = min(2.2, max(1.2, self.cell * POINTS * 0.045))
        radius = max(0.43, LEAST_RING / self.cell)
        colours = fills(self.plane.values, self.plane.values)
        for row, col in places:
            # On a pale disc, since red cannot be read on every colour of the map.
            disc = pale(colours[row, col]) if self.size else "none"
            middle = (col + 0.5, row + 0.5)
            for colour, fill, more in ((WHITE, disc, 2), (RED, "none", 0)):
                ring = Circle(middle, radius, ec=colour, fc=fill, lw=width + more)
                drawn.append(self._add(ring))
            if self.size:
                value = number(float(self.plane.values[row, col]))
                drawn.append(self._text(*middle, value, self.size, DARK_RED))
        return drawn

    def hatching(self) -> list[Artist]:
        """Lines over the cells that belong to two sections."""
        bands = self.plane.shared()
        if not bands:
            return []
        path = Path.make_compound_path(*(Path(_corners(band), closed=True) for band in bands))
        # Without an edge matplotlib leaves the hatching out.
        hatch = PathPatch(path, fill=False, lw=0.5, ec=(1, 1, 1, 0.55), hatch="////")
        hatch.set_hatch_linewidth(1.6)
        return [self._add(hatch)]

    def boxes(self) -> list[Artist]:
        """The boxes, the selected one in heavy lines, dashed where it holds no cell."""
        drawn = self._lines(self.plane.others, 1.2)
        box = self.plane.box
        if box is not None:
            none = box[0] == box[1] or box[2] == box[3]
            drawn += self._lines([box], self.stroke, DASHES if none else "solid")
        return drawn

    def sections(self) -> list[Artist]:
        """The sections as black lines between them, and where some hold no cell, dashes and ∅."""
        full = [bin_.span for bin_ in self.plane.bins if not bin_.empty]
        return self._lines(full, self.stroke * (1 if self.plane.tiles else 0.6)) + self._no_cells()

    def _lines(self, spans: Sequence[Span], width: float, style: Any = "solid") -> list[Artist]:
        """Black lines round spans; on small cells and round dashes white ones, to be found."""
        drawn: list[Artist] = []
        casing = [(WHITE, width + 1.6, "solid")] if self.size is None or style != "solid" else []
        for colour, lw, ls in (*casing, (BLACK, width, style)):
            corners = [_corners(span) for span in spans]
            lines = PolyCollection(
                corners, facecolors="none", edgecolors=colour, linewidths=lw, linestyles=[ls]
            )
            lines.set_joinstyle("miter")
            drawn.append(self._add(lines))
        return drawn

    def _no_cells(self) -> list[Artist]:
        """Where sections without a cell lie: between two rows or columns."""
        drawn: list[Artist] = []
        for top, bottom, left, right in sorted(
            {bin_.span for bin_ in self.plane.bins if bin_.empty}
        ):
            across, down = [left, max(left, right)], [top, max(top, bottom)]
            if across[0] == across[1] and down[0] == down[1]:
                continue
            for colour, style in ((WHITE, "solid"), (BLACK, DASHES)):
                line = Line2D(across, down, color=colour, lw=self.stroke * 0.6, ls=style)
                drawn.append(self._add(line))
            size = min(11.0, max(7.0, self.cell * POINTS * 0.28))
            ground = {"boxstyle": "circle,pad=0.12", "fc": WHITE, "ec": "none"}
            drawn.append(self._text(sum(across) / 2, sum(down) / 2, NONE, size, bbox=ground))
        return drawn

    def glance(self, lit: Span) -> list[Artist]:
        """The cells that are looked at: a black line in a white one."""
        return [self._outline(lit, width, colour=c) for width, c in ((6.5, WHITE), (3.0, BLACK))]

    def output(self) -> list[Artist]:
        """The sections alone, each filled with its maximum."""
        drawn: list[Artist] = []
        places = self._output_places()
        sizes = [
            number_size([_value(bin_)], (x1 - x0) * self.cell, (y1 - y0) * self.cell)
            for bin_, (y0, y1, x0, x1) in zip(self.plane.bins, places, strict=True)
        ]
        size = min((size or 0 for size in sizes), default=0)
        values = np.array([bin_.value for bin_ in self.plane.bins])
        colours = fills(values, self.plane.values)
        ink = inks(colours)
        for k, (bin_, place) in enumerate(zip(self.plane.bins, places, strict=True)):
            if bin_.empty:
                # Inside, so that the dashes of neighbours do not fill each other's gaps.
                drawn.append(self._outline(_inset(place), self.stroke * 0.5, DASHES))
            else:
                drawn.append(self._outline(place, self.stroke, fill=colours[k]))
            if size:
                y, x = (place[0] + place[1]) / 2, (place[2] + place[3]) / 2
                colour = BLACK if bin_.empty else str(ink[k])
                drawn.append(self._text(x, y, _value(bin_), size, colour))
        return drawn

    def _output_places(self) -> list[tuple[float, float, float, float]]:
        """Where the sections lie in the last scene.

        In their places, as in the article; on an equal grid where these overlap, have no room (a
        section without a cell) or are too small for their numbers.
        """
        bins = self.plane.bins
        if self.plane.tiles and all(self._holds(bin_) for bin_ in bins):
            return [bin_.span for bin_ in bins]
        rows, cols = self.plane.values.shape
        high, wide = self.plane.output_size
        side = min(MAP / wide, self.high / high, 1.3) / self.cell
        top, left = (rows - high * side) / 2, (cols - wide * side) / 2
        return [
            (
                top + bin_.i * side,
                top + (bin_.i + 1) * side,
                left + bin_.j * side,
                left + (bin_.j + 1) * side,
            )
            for bin_ in bins
        ]

    def _holds(self, bin_: Bin) -> bool:
        top, bottom, left, right = bin_.span
        size = number_size([_value(bin_)], (right - left) * self.cell, (bottom - top) * self.cell)
        return size is not None

    def _outline(
        self,
        span: Sequence[float],
        width: float,
        style: Any = "solid",
        colour: str = BLACK,
        fill: Any = "none",
    ) -> Artist:
        top, bottom, left, right = span
        patch = Rectangle(
            (left, top), right - left, bottom - top, ec=colour, fc=fill, lw=width, ls=style
        )
        patch.set_joinstyle("miter")
        return self._add(patch)

    def _text(
        self, x: float, y: float, words: str, size: float, colour: str = BLACK, **options: Any
    ) -> Artist:
        options = {"ha": "center", "va": "center_baseline", "family": LATIN, **options}
        # People's words are no formulas.
        return self._add(Text(x, y, words, size=size, color=colour, parse_math=False, **options))

    def _add(self, artist: Artist) -> Artist:
        """Lay an artist on top of those before it, whatever it is."""
        artist.set_zorder(next(self._order))
        return self.axes.add_artist(artist)


def number_size(numbers: Iterable[str], width: float, height: float) -> float | None:
    """Points in which the longest of some numbers fits a rectangle (inches); None if too small."""
    longest = max(ems(written) for written in numbers)
    size = min(
        LARGEST, height * POINTS * 0.4, width * POINTS * 0.28, width * POINTS * 0.82 / longest
    )
    return size if size >= READABLE else None


def _value(bin_: Bin) -> str:
    return NONE if bin_.empty else number(bin_.value)


def _inset(span: Sequence[float]) -> tuple[float, float, float, float]:
    top, bottom, left, right = span
    pad = 0.06 * (right - left)
    return top + pad, bottom - pad, left + pad, right - pad


def _corners(span: Span) -> list[tuple[float, float]]:
    top, bottom, left, right = span
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
