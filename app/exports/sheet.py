"""A sheet with a map on it: the figure, where things lie, the cells and the words.

The axes span the figure and count in cells, so that every edge of a box or a bin is a whole number;
row 0 is at the top. Each method adds artists in the order in which they are seen and returns them.
"""

from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from app.exports.colour import BLACK, GREY, WHITE, fills, inks
from app.exports.fonts import ANY, LATIN, ems, families, shown, wrap
from app.exports.plane import Place, Plane
from app.story.scenes import Scene
from app.text import Text as Strings
from app.text import number

# Inches. The map is as large as this, and the sheet as high as map and sentences need.
WIDTH, MAP = 8.0, 6.8
LEAST_HIGH = 4.8
TITLE, AXIS, CAPTION = 0.62, 0.3, 0.95
EDGE = 0.1  # in place of title and caption, where they stand elsewhere

TITLE_SIZE, CAPTION_SIZE, AXIS_SIZE = 18.0, 12.5, 10.0  # points
LINE = 1.35  # distance of the caption's lines, in units of their size
MOST_LINES = 3
# A number is at most so large, and left out where it would be smaller.
LARGEST, READABLE = 20.0, 6.5
POINTS = 72.0  # of an inch

DASHES = (0, (2, 1.5))
NONE = "∅"


class Sheet:
    """A figure for a plane, empty at first.

    Parameters
    ----------
    worded : whether it has room for a title and a caption

    Attributes
    ----------
    cell : side of a cell in inches
    high : of the area for the map, in inches
    size : of the numbers in points; None where the cells are too small for them
    stroke : width of the selected box's line in points
    """

    def __init__(self, plane: Plane, text: Strings, worded: bool = True) -> None:
        self.plane, self.text, self._worded = plane, text, worded
        self._order = count()
        rows, cols = plane.values.shape
        self.cell = min(MAP / cols, MAP / rows)  # inches
        self.high = max(rows * self.cell, LEAST_HIGH)
        above, below = (TITLE, CAPTION) if worded else (EDGE, EDGE)
        height = above + AXIS + self.high + below
        self.figure = Figure(figsize=(WIDTH, height), facecolor=WHITE)
        FigureCanvasAgg(self.figure)
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        left = (WIDTH / self.cell - cols) / 2
        top = (above + AXIS + (self.high - rows * self.cell) / 2) / self.cell
        self.axes.set_xlim(-left, WIDTH / self.cell - left)
        self.axes.set_ylim(height / self.cell - top, -top)
        self.size = number_size((number(v) for v in plane.values.ravel()), self.cell, self.cell)
        self.stroke = min(4.0, max(1.5, self.cell * POINTS * 0.065))

    def words(self, scene: Scene) -> list[Artist]:
        """The title above the map and the sentence under it, where there is room for them."""
        if not self._worded:
            return []
        rows, cols = self.plane.values.shape
        middle, spare = cols / 2, (self.high / self.cell - rows) / 2
        options: Any = {"va": "baseline", "family": families(self.text.language)}
        title = shown(self.text(f"exports.kind.{scene.kind}"))
        above = -spare - (AXIS + 0.12) / self.cell
        drawn = [self.write(middle, above, title, TITLE_SIZE, **options)]
        below = rows + spare + 0.38 / self.cell
        step = CAPTION_SIZE * LINE / POINTS / self.cell
        width = (WIDTH - 0.6) * POINTS / CAPTION_SIZE
        for k, line in enumerate(wrap(shown(scene.caption), width, MOST_LINES)):
            # A text for each line, so that each is centred also where an SVG finds another font.
            drawn.append(self.write(middle, below + k * step, line, CAPTION_SIZE, **options))
        return drawn

    def cells(self) -> list[Artist]:
        """The values as colours, rows and columns numbered at the edge."""
        values = self.plane.values
        corners = (np.arange(side + 1) for side in values.shape[::-1])
        grid = np.stack(np.meshgrid(*corners), axis=-1)
        colours = fills(values, values).reshape(-1, 4)
        # The edges close the gaps that browsers show between the cells of an SVG.
        mesh = QuadMesh(
            grid, antialiased=False, facecolors=colours, edgecolors=colours, linewidths=0.3
        )
        return [self.add(mesh), *self._edge_numbers()]

    def _edge_numbers(self) -> list[Artist]:
        rows, cols = self.plane.values.shape
        # Every row and column where there is room, else every second, fourth, ...
        every = next(k for k in (1, 2, 4, 8, 16) if k * self.cell >= 0.24 or k == 16)
        gap = 0.12 / self.cell
        across = [
            self.write(col + 0.5, -gap, f"{col}", AXIS_SIZE, GREY, va="baseline")
            for col in range(0, cols, every)
        ]
        return across + [
            self.write(-gap, row + 0.5, f"{row}", AXIS_SIZE, GREY, ha="right")
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
                self.write(
                    col + 0.5,
                    row + 0.5,
                    number(value),
                    self.size,
                    str(ink[row, col]),
                    bbox=ground if lines[row, col] else None,
                )
            )
        return drawn

    def rectangle(
        self,
        span: Sequence[float],
        width: float,
        style: Any = "solid",
        colour: str = BLACK,
        fill: Any = "none",
    ) -> Artist:
        """An outline of a span."""
        top, bottom, left, right = span
        patch = Rectangle(
            (left, top), right - left, bottom - top, ec=colour, fc=fill, lw=width, ls=style
        )
        patch.set_joinstyle("miter")
        return self.add(patch)

    def write(
        self, x: float, y: float, words: str, size: float, colour: str = BLACK, **options: Any
    ) -> Artist:
        """Words around a point, or a number."""
        options = {"ha": "center", "va": "center_baseline", "family": [LATIN, ANY], **options}
        # People's words are no formulas.
        return self.add(Text(x, y, words, size=size, color=colour, parse_math=False, **options))

    def add(self, artist: Artist) -> Artist:
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
