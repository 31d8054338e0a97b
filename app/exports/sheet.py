"""A sheet with a map on it: the figure, where things lie, and what is laid over the map.

The axes span the figure and count in cells, so that every edge of a box or a bin is a whole number;
row 0 is at the top. Each method adds artists in the order in which they are seen and returns them.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path

from app.exports.colour import BLACK, GREY, RED, WHITE, fills, inks
from app.exports.fonts import ems, families, shown, wrap
from app.exports.plane import Bin, Place, Plane, Span
from app.scenes import Scene
from app.text import Text, number

# Inches. The map is as large as this, and the sheet as high as map and sentences need.
WIDTH, MAP = 8.0, 6.8
LEAST_HIGH = 4.8
TITLE, AXIS, CAPTION = 0.62, 0.3, 0.95

TITLE_SIZE, CAPTION_SIZE, AXIS_SIZE = 18.0, 12.5, 9.5  # points
LINE = 1.35  # distance of the caption's lines, in units of their size
MOST_LINES = 3
# A number is at most so large, and left out where it would be smaller.
LARGEST, READABLE = 20.0, 6.5
POINTS = 72.0  # of an inch


class Sheet:
    """An empty figure for a plane, and what can be drawn on it."""

    def __init__(self, plane: Plane, text: Text) -> None:
        self.plane, self.text = plane, text
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
        title = shown(self.text(f"exports.kind.{scene.kind}"))
        y = -spare - (AXIS + 0.12) / self.cell
        drawn = [self._text(middle, y, title, TITLE_SIZE, va="baseline")]
        first = rows + spare + 0.36 / self.cell
        step = CAPTION_SIZE * LINE / POINTS / self.cell
        width = (WIDTH - 0.6) * POINTS / CAPTION_SIZE
        for k, line in enumerate(wrap(shown(scene.caption), width, MOST_LINES)):
            drawn.append(self._text(middle, first + k * step, line, CAPTION_SIZE, va="baseline"))
        return drawn

    def cells(self) -> list[Artist]:
        """The values as colours, rows and columns numbered at the edge."""
        values = self.plane.values
        corners = (np.arange(side + 1) for side in values.shape[::-1])
        mesh = self.axes.pcolormesh(*corners, fills(values, values), antialiased=False)
        return [mesh, *self._edge_numbers()]

    def _edge_numbers(self) -> list[Artist]:
        rows, cols = self.plane.values.shape
        # Every row and column where there is room, else every second, fourth, ...
        every = next(k for k in (1, 2, 4, 8, 16) if k * self.cell >= 0.24 or k == 16)
        gap = 0.09 / self.cell
        across = [
            self._text(col + 0.5, -gap, f"{col}", AXIS_SIZE, GREY, va="baseline")
            for col in range(0, cols, every)
        ]
        return across + [
            self._text(-gap, row + 0.5, f"{row}", AXIS_SIZE, GREY, ha="right")
            for row in range(0, rows, every)
        ]

    def numbers(self, without: Iterable[Place] = ()) -> list[Artist]:
        """The values as numbers, where they can be read."""
        values = self.plane.values
        if self.size is None:
            return []
        ink = inks(fills(values, values))
        left_out = set(without)
        return [
            self._text(col + 0.5, row + 0.5, number(value), self.size, str(ink[row, col]))
            for (row, col), value in np.ndenumerate(values)
            if (row, col) not in left_out
        ]

    def maxima(self, places: Sequence[Place]) -> list[Artist]:
        """The cells that are maxima: red numbers, and a ring so that colour is never alone."""
        drawn: list[Artist] = []
        for row, col in places:
            # On white, since red cannot be read on every colour of the map.
            ground = WHITE if self.size else "none"
            width = min(2.2, max(1.0, self.cell * POINTS * 0.045))
            ring = Circle((col + 0.5, row + 0.5), 0.43, ec=RED, fc=ground, lw=width)
            drawn.append(self.axes.add_patch(ring))
            if self.size:
                value = number(float(self.plane.values[row, col]))
                drawn.append(self._text(col + 0.5, row + 0.5, value, self.size, RED))
        return drawn

    def hatching(self) -> list[Artist]:
        """Lines over the cells that belong to two sections."""
        bands = self.plane.shared()
        if not bands:
            return []
        path = Path.make_compound_path(*(Path(_corners(band), closed=True) for band in bands))
        hatch = PathPatch(path, fill=False, lw=0, ec=(1, 1, 1, 0.55), hatch="////")
        hatch.set_hatch_linewidth(1.6)
        return [self.axes.add_patch(hatch)]

    def boxes(self) -> list[Artist]:
        """The boxes, the selected one in heavy lines, dashed where it holds no cell."""
        thin = [self._outline(box, 1.2) for box in self.plane.others]
        box = self.plane.box
        if box is None:
            return thin
        none = box[0] == box[1] or box[2] == box[3]
        return [*thin, self._outline(box, self.stroke, (0, (2, 1.5)) if none else "solid")]

    def sections(self) -> list[Artist]:
        """The sections as black lines between them, and where some hold no cell, dashes and ∅."""
        full = [_corners(bin_.span) for bin_ in self.plane.bins if not bin_.empty]
        width = self.stroke if self.plane.tiles else max(1.0, self.stroke * 0.55)
        lines = PolyCollection(full, facecolors="none", edgecolors=BLACK, linewidths=width)
        self.axes.add_collection(lines, autolim=False)
        return [lines, *self._empty_bins()]

    def _empty_bins(self) -> list[Artist]:
        drawn: list[Artist] = []
        spans = {bin_.span for bin_ in self.plane.bins if bin_.empty}
        for top, bottom, left, right in sorted(spans):
            ends = ([left, max(left, right)], [top, max(top, bottom)])
            if ends[0][0] == ends[0][1] and ends[1][0] == ends[1][1]:
                continue
            for colour, style in ((WHITE, "solid"), (BLACK, (0, (2, 1.5)))):
                line = Line2D(*ends, color=colour, lw=self.stroke * 0.6, ls=style)
                drawn.append(self.axes.add_line(line))
            x, y = (sum(end) / 2 for end in ends)
            size = min(13.0, max(7.0, self.cell * POINTS * 0.28))
            ground = {"boxstyle": "circle,pad=0.15", "fc": WHITE, "ec": "none"}
            drawn.append(self._text(x, y, "∅", size, bbox=ground))
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
            fill = WHITE if bin_.empty else colours[k]
            style = (0, (2, 1.5)) if bin_.empty else "solid"
            drawn.append(self._outline(place, self.stroke, style, fill=fill))
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
        self, span: Sequence[float], width: float, style: Any = "solid", colour: str = BLACK, fill: Any = "none"
    ) -> Artist:
        top, bottom, left, right = span
        patch = Rectangle(
            (left, top), right - left, bottom - top, ec=colour, fc=fill, lw=width, ls=style
        )
        patch.set_joinstyle("miter")
        return self.axes.add_patch(patch)

    def _text(
        self, x: float, y: float, words: str, size: float, colour: str = BLACK, **options: Any
    ) -> Artist:
        options = {"ha": "center", "va": "center_baseline", **options}
        # People's words are no formulas.
        return self.axes.text(
            x, y, words, size=size, color=colour, family=self.family, parse_math=False, **options
        )

    @property
    def family(self) -> list[str]:
        """The fonts that the characters come from."""
        return families(self.text.language)


def number_size(numbers: Iterable[str], width: float, height: float) -> float | None:
    """Points in which the longest of some numbers fits a rectangle (inches); None if too small."""
    longest = max(ems(written) for written in numbers)
    size = min(LARGEST, height * POINTS * 0.4, width * POINTS * 0.28, width * POINTS * 0.82 / longest)
    return size if size >= READABLE else None


def _value(bin_: Bin) -> str:
    return "∅" if bin_.empty else number(bin_.value)


def _corners(span: Span) -> list[tuple[float, float]]:
    top, bottom, left, right = span
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
