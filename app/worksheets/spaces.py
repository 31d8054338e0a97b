"""Where an answer is written, by the kind of question; with the answer where it is filled."""

from collections.abc import Callable

from app.exercise.gradient import incoming
from app.lessons import answers
from app.lessons.question import Cut, Kind, Span
from app.text import Text, number, plain
from app.worksheets.grids import AXIS, Grid, Place, cell_of, table
from app.worksheets.items import Item
from app.worksheets.page import INK, SOFT, Page, lines

WIDE = 60.0  # millimetres beside the map
ROW, SMALL = 6.2, 8.0
CELL = (13.0, 9.0)
BOLD = {"weight": "bold"}
LETTERS = "ABCDEFGH"
# Of numbers that are no output, what each is called.
NAMES = {"cells": ("x1", "y1", "x2", "y2"), "shape": ("N", "C", "PH", "PW")}

Space = Callable[[Page, Place, Item, Text, bool], None]


def height(item: Item) -> float:
    """How much of the page the answer takes, below where it starts."""
    question = item.question
    high, wide = question.exercise.output_size
    match question.kind:
        case "cut":
            return 5 + ROW * (max(high, wide) + 1)
        case "box":
            return 10 + ROW * 2
        case "pick":
            return ROW * 2
        case "value":
            return 5 + CELL[1] * (1 if question.asks in NAMES else high)
        case "back":
            return AXIS + cell_of(question.exercise.size) * question.exercise.size[0]
        case "which":
            return len(question.options) * _option_high(item)


def write(page: Page, at: Place, item: Item, text: Text, filled: bool) -> None:
    """The space for the answer, at the upper left corner `at`."""
    _SPACES[item.question.kind](page, at, item, text, filled)


def _cut(page: Page, at: Place, item: Item, text: Text, filled: bool) -> None:
    x, y = at
    spans = item.cut if item.question.kind == "cut" else item.right
    for k, (axis, of) in enumerate(zip(("rows", "cols"), spans, strict=True)):
        _spans(page, (x + k * (WIDE / 2 + 1), y), axis, of, text, filled)
    if item.question.kind == "box" and not item.question.target and filled:
        page.write(x, y + 2 * ROW + 6.5, text("lessons.sheet.one_of"), SMALL)


def _spans(
    page: Page, at: Place, axis: str, spans: tuple[Span, ...], text: Text, filled: bool
) -> None:
    """A line for each section of an axis: its number, its first cell and its last."""
    (x, y), across = at, 10.5
    page.write(x, y + 3, text(f"lessons.sheet.{axis}"), SMALL, **BOLD)
    for k, word in enumerate(("first", "last")):
        middle = x + 7 + (k + 0.5) * across
        page.write(middle, y + ROW + 1, text(f"lessons.sheet.{word}"), 7, SOFT, ha="center")
    for i, (start, stop) in enumerate(spans):
        top = y + ROW + 2.4 + i * ROW
        if len(spans) > 1:
            page.number(x + 3.5, top + ROW / 2, str(i), SMALL, SOFT)
        ends = ("∅", "∅") if stop <= start else (str(start), str(stop - 1))
        table(page, (x + 7, top), (1, 2), (across, ROW), ends if filled else (), **BOLD)


def _pick(page: Page, at: Place, item: Item, text: Text, filled: bool) -> None:
    x, y = at
    for k, (axis, index) in enumerate(zip(("row", "col"), item.right, strict=True)):
        left = x + k * (WIDE / 2)
        page.write(left, y + 5, text(f"lessons.sheet.{axis}"), SMALL)
        table(page, (left + 14, y), (1, 1), (11, 7.5), (str(index),) if filled else (), **BOLD)


def _value(page: Page, at: Place, item: Item, text: Text, filled: bool) -> None:
    x, y = at
    asks, exercise = item.question.asks, item.question.exercise
    if asks not in NAMES:
        written = [number(value) for value in item.right] if filled else ()
        high, wide = exercise.output_size
        page.write(x, y + 2, text("lessons.sheet.output"), SMALL, **BOLD)
        table(page, (x, y + 4), (high, wide), (min(CELL[0], WIDE / wide), CELL[1]), written, **BOLD)
        return
    written = [plain(value) for value in item.right] if filled else ()
    for k, name in enumerate(NAMES[asks]):
        page.write(x + (k + 0.5) * CELL[0], y + 2, name, SMALL, SOFT, ha="center")
    table(page, (x, y + 4), (1, 4), CELL, written, **BOLD)


def _back(page: Page, at: Place, item: Item, text: Text, filled: bool) -> None:
    x, y = at
    grid = Grid(page, x + AXIS, y + AXIS, item.question.exercise.size)
    if filled:
        told = {(row, col): plain(round(amount, 4)) for row, col, amount in item.right}
        grid.values(told, strong=list(told))


def arriving(page: Page, at: Place, item: Item, text: Text, wide: float) -> None:
    """The gradient at the outputs, which a way back starts from."""
    x, y = at
    exercise = item.question.exercise
    high, across = exercise.output_size
    for n, rows in enumerate(incoming(exercise)):
        box = text("lessons.sheet.arriving")
        name = f"{box} {n}" if len(exercise.boxes) > 1 else box
        for k, line in enumerate(lines(name, 7, wide)):
            page.write(x, y + 3 * k, line, 7, SOFT)
        y += 3 * len(lines(name, 7, wide)) - 1
        cell = (wide / across, min(8.0, wide / across))
        written = [plain(float(value)) for value in rows.flat]
        table(page, (x, y), (high, across), cell, written)
        y += cell[1] * high + 5


def _option_high(item: Item) -> float:
    if item.question.asks not in ("cut", *NAMES):
        return 6.4 * item.question.exercise.output_size[0] + 4.5
    return 12.5 if item.question.asks == "cut" else 9.0


def _which(page: Page, at: Place, item: Item, text: Text, filled: bool) -> None:
    x, y = at
    for k, key in enumerate(item.question.options):
        top = y + k * _option_high(item)
        page.box(x, top, 4.6, 4.6, 1.0)
        if filled and key == "right":
            page.line([x + 0.9, x + 2, x + 3.9], [top + 2.4, top + 3.7, top + 0.8], 1.8)
        page.write(x + 6.8, top + 3.8, LETTERS[k], 10, **BOLD)
        _option(page, (x + 12, top), item, key, text)


def _option(page: Page, at: Place, item: Item, key: str, text: Text) -> None:
    x, y = at
    shown = answers.option(item.question, key)
    if item.question.asks not in ("cut", *NAMES):
        high, wide = item.question.exercise.output_size
        cell = (min(11.5, (WIDE - 12) / wide), 6.4)
        table(page, (x, y), (high, wide), cell, [number(value) for value in shown])
    elif item.question.asks == "cut":
        page.write(x, y + 3.8, _told("rows", shown, text), 8.5)
        page.write(x, y + 8.4, _told("cols", shown, text), 8.5)
    else:
        page.write(x, y + 3.8, f"({', '.join(plain(value) for value in shown)})", 10, INK)


def _told(axis: str, cut: Cut, text: Text) -> str:
    spans = cut.rows if axis == "rows" else cut.cols
    parts = " | ".join(text.span(start, stop) for start, stop in spans)
    return f"{text(f'lessons.sheet.{axis}')}  {parts}"


_SPACES: dict[Kind, Space] = {
    "cut": _cut,
    "pick": _pick,
    "value": _value,
    "box": _cut,
    "back": _back,
    "which": _which,
}
