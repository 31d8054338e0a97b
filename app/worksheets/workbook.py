"""A lesson's worksheet as a workbook: cells to fill in, or the formulas that fill them."""

from collections.abc import Iterator
from io import BytesIO

import numpy as np
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.lessons import cuts
from app.lessons.question import Cut, Span
from app.text import Text
from app.worksheets.formulas import Axis, first, holds, length, section
from app.worksheets.items import Item, sheets
from app.worksheets.order import Order, Paper

# Where things stand, (row, column) from 1: names above numbers.
GIVEN, BOX_CELLS, MAP = 5, 8, 11
NAMES = ("x1", "y1", "x2", "y2", "spatial_scale", "PH", "PW")
WIDE = 7.5
_PAPER = {"A4": Worksheet.PAPERSIZE_A4, "Letter": Worksheet.PAPERSIZE_LETTER}

_THIN, _THICK = Side("thin", "808080"), Side("medium", "000000")
_CELL, _ANSWER = Border(*[_THIN] * 4), Border(*[_THICK] * 4)
_BOLD, _SOFT = Font(bold=True), Font(color="595959")
_MIDDLE, _GREY = Alignment("center", "center", shrink_to_fit=True), PatternFill("solid", "EDEDED")


def workbook(order: Order) -> bytes:
    """A sheet for each exercise of a lesson that has a box to cut, on each seed, as .xlsx.

    It has the map and the box's numbers, and cells for the box in cells, its sections and their
    maxima. Filled, these hold formulas, which follow when a number is changed: the cut by
    ``INT(i * n / P)`` and ``MAX`` over each section. The few cuts that no formula gives
    (`app.worksheets.formulas`) are numbers there.
    """
    text, book = order.text, Workbook()
    book.remove(book.active)
    for items in sheets(order, text):
        for item in items:
            if has_sheet(item):
                sheet = book.create_sheet(f"{item.seed}.{item.step}")
                _Filling(sheet, item, text, order.filled).write(order.address)
                _printed(sheet, order.paper)
    if not book.worksheets:
        # A workbook without a sheet cannot be opened.
        book.create_sheet(f"{order.seed}")["A1"] = text("lessons.sheet.none")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def has_sheet(item: Item) -> bool:
    """Whether a question's exercise can be worked through in a spreadsheet."""
    question = item.question
    # Where it is asked by which rule an output was made, a sheet would tell.
    tells = question.kind == "box" or question.is_rule_asked
    return not tells and question.asks in ("output", "cells", "cut")


def _printed(sheet: Worksheet, paper: Paper) -> None:
    setup = sheet.page_setup
    setup.orientation, setup.paperSize = "landscape", _PAPER[paper]
    setup.fitToWidth, setup.fitToHeight = 1, 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


class _Filling:
    """One sheet."""

    def __init__(self, sheet: Worksheet, item: Item, text: Text, filled: bool) -> None:
        self.sheet, self.item, self.text, self.filled = sheet, item, text, filled
        self.exercise = item.question.exercise
        self.rule = self.exercise.rule
        high, wide = self.exercise.size
        # The sections stand to the right of the map, the output under them.
        self.right = wide + 4
        self.output = MAP + 3 + max(self.exercise.output_size) + 2
        self.map = f"$B${MAP + 1}:${get_column_letter(wide + 1)}${MAP + high}"

    def write(self, address: str) -> None:
        """Everything, from the top."""
        item, text, sheet = self.item, self.text, self.sheet
        title = text(f"lessons.{item.lesson.name}.title")
        self._put(1, 1, f"{item.lesson.number} · {title}").font = Font(bold=True, size=14)
        self._put(2, 1, text("lessons.sheet.task"))
        self._put(3, 1, item.rule).font = _SOFT
        self._given()
        self._plane()
        self._answers()
        link = self._put(1, self.right + 6, item.query)
        if address:
            link.hyperlink = address + item.query
        for col in range(1, self.right + 12):
            sheet.column_dimensions[get_column_letter(col)].width = WIDE

    def _given(self) -> None:
        exercise = self.exercise
        numbers = exercise.boxes[exercise.selected][1:]
        values = (*numbers, exercise.spatial_scale, *exercise.output_size)
        for col, (name, value) in enumerate(zip(NAMES, values, strict=True), 2):
            self._put(GIVEN - 1, col, name).font = _SOFT
            self._number(GIVEN, col, value)
        self._put(GIVEN, 1, self.text("lessons.sheet.given")).font = _BOLD

    def _plane(self) -> None:
        high, wide = self.exercise.size
        plane = self.exercise.maps.array[self.exercise.image, self.exercise.channel]
        for col in range(wide):
            self._put(MAP, col + 2, col).font = _SOFT
        for row in range(high):
            self._put(MAP + 1 + row, 1, row).font = _SOFT
            for col in range(wide):
                cell = self._number(MAP + 1 + row, col + 2, float(plane[row, col]))
                cell.number_format = "0.00"

    def _answers(self) -> None:
        """The box in cells, the sections of both axes, and the output."""
        text, name = self.text, ("y", "x")
        self._put(BOX_CELLS, 1, text("lessons.sheet.cells")).font = _BOLD
        spans = cuts.library_cut(self.exercise)
        box = cuts.whole(self.exercise)
        for axis in (0, 1):
            col = 2 + 2 * axis
            for k, key in enumerate(("first", "many")):
                head = f"{name[axis]}: {text(f'lessons.sheet.{key}')}"
                self._put(BOX_CELLS - 1, col + k, head).font = _SOFT
            start, stop = box[axis][0]
            formula = self._formulas(axis, spans, (start, stop))
            for k, value in enumerate(next(formula)):
                self._answer(BOX_CELLS, col + k, value)
            self._sections(axis, list(formula))
        self._maxima()

    def _sections(self, axis: int, ends: list[tuple[object, object]]) -> None:
        col = self.right + 4 * axis
        head = ("rows", "cols")[axis]
        self._put(MAP, col, self.text(f"lessons.sheet.{head}")).font = _BOLD
        for k, key in enumerate(("first", "last"), 1):
            self._put(MAP, col + k, self.text(f"lessons.sheet.{key}")).font = _SOFT
        for k, pair in enumerate(ends):
            self._put(MAP + 1 + k, col, k).font = _SOFT
            for j, value in enumerate(pair, 1):
                self._answer(MAP + 1 + k, col + j, value)

    def _formulas(self, axis: int, spans: Cut, box: Span) -> Iterator[tuple[object, object]]:
        """Of an axis the box's first cell and how many it has, then each section's ends."""
        exercise, rule = self.exercise, self.rule
        _, x1, y1, x2, y2 = exercise.boxes[exercise.selected]
        low, high = ((y1, y2), (x1, x2))[axis]
        at = (f"${letter}${GIVEN}" for letter in ("CEFG", "BDFH")[axis])
        of = Axis(next(at), next(at), next(at), next(at), exercise.size[axis])
        start, n = (f"${letter}${BOX_CELLS}" for letter in ("BC", "DE")[axis])
        if not holds(rule, (low, high), exercise.spatial_scale, of.side, spans[axis]):
            yield box[0], box[1] - box[0]
            yield from ((start_, stop - 1) for start_, stop in spans[axis])
            return
        yield f"={first(of, rule)}", f"={length(of, rule, start)}"
        for k in range(len(spans[axis])):
            begin, end = section(of, rule, k, start, n)
            yield f"={begin}", f"={end}"

    def _maxima(self) -> None:
        high, wide = self.exercise.output_size
        self._put(self.output, self.right, self.text("lessons.sheet.output")).font = _BOLD
        rows, cols = (
            [get_column_letter(self.right + 4 * axis + k) for k in (1, 2)] for axis in (0, 1)
        )
        empty = self.rule.empty_value
        nothing = f"{empty:g}" if np.isfinite(empty) else '"∅"'
        for i in range(high):
            for j in range(wide):
                top, bottom = (f"{letter}{MAP + 1 + i}" for letter in rows)
                left, right = (f"{letter}{MAP + 1 + j}" for letter in cols)
                cells = f"INDEX({self.map},{top}+1,{left}+1):INDEX({self.map},{bottom}+1,{right}+1)"
                formula = f"=IF(OR({bottom}<{top},{right}<{left}),{nothing},MAX({cells}))"
                cell = self._answer(self.output + 1 + i, self.right + 1 + j, formula)
                cell.number_format = "0.00"

    def _answer(self, row: int, col: int, value: object) -> Cell:
        """A cell to fill in, and what fills it."""
        cell = self._put(row, col, value if self.filled else None)
        cell.border, cell.font = _ANSWER, _BOLD
        return cell

    def _number(self, row: int, col: int, value: float) -> Cell:
        cell = self._put(row, col, value)
        cell.border, cell.fill = _CELL, _GREY
        return cell

    def _put(self, row: int, col: int, value: object) -> Cell:
        cell = self.sheet.cell(row, col)
        cell.value = value
        if row > 3:
            cell.alignment = _MIDDLE
        return cell
