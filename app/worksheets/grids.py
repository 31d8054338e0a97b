"""Maps and outputs as grids: cells stay white, lines and hatching say what colour would.

Rows of sections are parted by long dashes, columns by short ones, so that a section is told from
its neighbours on any printer.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise, product
from typing import Any

from app.exports.fonts import ems
from app.lessons.question import Cell, Cut, Span
from app.lessons.slips import hull
from app.worksheets.page import POINT, SOFT, Page, fitting

AXIS = 4.6  # millimetres for the numbers of rows and columns
MOST_CELL, MOST_MAP = 8.4, 67.2
ACROSS, DOWN = (0, (7, 3)), (0, (2.2, 1.6))
HEAVY, LIGHT, FAINT = 2.1, 0.5, 0.35
GRID = "#8c8c8c"

Place = tuple[float, float]


def cell_of(size: tuple[int, int]) -> float:
    """Side of a cell of a map, in millimetres."""
    return min(MOST_CELL, MOST_MAP / max(size))


class Grid:
    """A map's cells on a page, empty at first.

    Attributes
    ----------
    x, y : its upper left corner
    size : (rows, columns)
    cell : side of a cell
    """

    def __init__(self, page: Page, x: float, y: float, size: tuple[int, int]) -> None:
        self.page, self.x, self.y, self.size = page, x, y, size
        self.cell = cell_of(size)
        # Cells under lines, whose numbers get a ground of their own.
        self._lined: set[Cell] = set()
        high, wide = size
        self._rule((0, high), (0, wide))
        for col in range(wide):
            page.number(x + (col + 0.5) * self.cell, y - 2.2, str(col), 7, SOFT)
        for row in range(high):
            page.number(x - 2.6, y + (row + 0.5) * self.cell, str(row), 7, SOFT)

    def _rule(self, rows: Span, cols: Span) -> None:
        """Lines round each cell of some rows and columns."""
        left, right, top, bottom = (
            *(self.x + edge * self.cell for edge in cols),
            *(self.y + edge * self.cell for edge in rows),
        )
        for col in range(cols[0], cols[1] + 1):
            self.page.line([self.x + col * self.cell] * 2, [top, bottom], FAINT, ink=GRID)
        for row in range(rows[0], rows[1] + 1):
            self.page.line([left, right], [self.y + row * self.cell] * 2, FAINT, ink=GRID)

    def values(self, written: Mapping[Cell, str], strong: Sequence[Cell] = ()) -> None:
        """Numbers in cells, some of them in heavy type; over lines on white."""
        size = fitting(written.values(), self.cell, 7.8)
        ground = {"boxstyle": "square,pad=0.12", "fc": "white", "ec": "none"}
        for (row, col), words in written.items():
            how = ("bold", size * 0.92) if (row, col) in strong else ("normal", size)
            box = ground if (row, col) in self._lined else None
            self.page.number(*self.middle(row, col), words, how[1], weight=how[0], bbox=box)

    def outline(self, cut: Cut, width: float = HEAVY, style: Any = "-") -> None:
        """A line round all that a cut spans."""
        rows, cols = hull(cut)
        top, bottom, left, right = *self._within(rows, 0), *self._within(cols, 1)
        if top < bottom and left < right:
            self.page.box(*self._rectangle(top, bottom, left, right), width, ls=style)

    def unrounded(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A thin line round a box that ends within cells."""
        high, wide = self.size
        self._lined |= set(product(range(high), range(wide)))
        at = self.x + x1 * self.cell, self.y + y1 * self.cell
        self.page.box(*at, (x2 - x1) * self.cell, (y2 - y1) * self.cell, 1.3, ls=(0, (2.4, 1)))

    def sections(self, cut: Cut) -> None:
        """Lines between the sections; where they share cells, each its own and hatching."""
        rows, cols = hull(cut)
        tiled = all(a[1] == b[0] for spans in cut for a, b in pairwise(spans))
        if not tiled:
            self._overlapping(cut)
            return
        for start, stop in cut.rows[1:]:
            if start < stop and 0 <= start <= self.size[0]:
                left, right = (self.x + edge * self.cell for edge in self._within(cols, 1))
                self.page.line([left, right], [self.y + start * self.cell] * 2, 1.5, ACROSS)
        for start, stop in cut.cols[1:]:
            if start < stop and 0 <= start <= self.size[1]:
                top, bottom = (self.y + edge * self.cell for edge in self._within(rows, 0))
                self.page.line([self.x + start * self.cell] * 2, [top, bottom], 1.5, DOWN)

    def _overlapping(self, cut: Cut) -> None:
        rows, cols = hull(cut)
        for spans, axis in zip(cut, (0, 1), strict=True):
            for first, second in pairwise(spans):
                shared = (second[0], min(first[1], second[1]))
                if shared[0] < shared[1] and first[0] < first[1]:
                    band = (shared, cols) if axis == 0 else (rows, shared)
                    self._hatched(*band, "////" if axis == 0 else "\\\\\\\\")
        for i, row in enumerate(cut.rows):
            for j, col in enumerate(cut.cols):
                inset = 0.4 + 0.45 * ((i + j) % 2)
                top, bottom, left, right = *self._within(row, 0), *self._within(col, 1)
                if top < bottom and left < right:
                    x, y, wide, high = self._rectangle(top, bottom, left, right)
                    self.page.box(
                        *(x + inset, y + inset, wide - 2 * inset, high - 2 * inset),
                        1.1,
                        ls=(ACROSS, DOWN)[(i + j) % 2],
                    )

    def lit(self, rows: Span, cols: Span) -> None:
        """The section that is asked about: grey, in a line of its own."""
        top, bottom, left, right = *self._within(rows, 0), *self._within(cols, 1)
        if top < bottom and left < right:
            x, y, wide, high = self._rectangle(top, bottom, left, right)
            self.page.shade(x, y, wide, high)
            self._rule((top, bottom), (left, right))
            self.page.box(x + 0.6, y + 0.6, wide - 1.2, high - 1.2, 1.3)

    def ring(self, row: int, col: int) -> None:
        """A ring round a cell's number."""
        self.page.ring(*self.middle(row, col), self.cell * 0.47, 1.3)

    def middle(self, row: int, col: int) -> Place:
        return self.x + (col + 0.5) * self.cell, self.y + (row + 0.5) * self.cell

    def _hatched(self, rows: Span, cols: Span, pattern: str) -> None:
        top, bottom, left, right = *self._within(rows, 0), *self._within(cols, 1)
        if top < bottom and left < right:
            self._lined |= set(product(range(top, bottom), range(left, right)))
            self.page.hatch(*self._rectangle(top, bottom, left, right), pattern)

    def _rectangle(
        self, top: int, bottom: int, left: int, right: int
    ) -> tuple[float, float, float, float]:
        x, y = self.x + left * self.cell, self.y + top * self.cell
        return x, y, (right - left) * self.cell, (bottom - top) * self.cell

    def _within(self, span: Span, axis: int) -> Span:
        return max(0, span[0]), min(self.size[axis], span[1])


def table(
    page: Page,
    at: Place,
    shape: tuple[int, int],
    cell: Place,
    written: Sequence[str] = (),
    **how: Any,
) -> None:
    """An output's cells, in row-major order; empty where nothing is written."""
    (x, y), (high, wide), (across, down) = at, shape, cell
    for k in range(high * wide):
        left, top = x + k % wide * across, y + k // wide * down
        page.box(left, top, across, down, 0.8)
    size = min(10.0, across * 0.8 / POINT / max((ems(one) for one in written), default=1.0))
    for k, words in enumerate(written):
        left, top = x + k % wide * across, y + k // wide * down
        page.number(left + across / 2, top + down / 2, words, size, **how)
