"""The stage as a test drives and reads it, by the names of its parts (`data-testid`)."""

from collections.abc import Iterator
from typing import Any

from app.text import strings

from .hold import Hold
from .part import Part, expect
from .screen import Screen

TEXT = strings("en")
KINDS = ["input", "proposal", "sections", "scan", "maxima", "output"]
HANDLES = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
BODY_AND_HANDLES = ("roi-0", *(f"roi-0-handle-{name}" for name in HANDLES))

OUTPUT = "(cells) => cells.map(({dataset: {row, col, value}}) => [Number(row), Number(col), value])"


class Stage(Screen):
    """A page with a stage on it."""

    def __init__(self, *of: Any) -> None:
        super().__init__(*of)
        self.root, self.map, self.caption = map(self.part, ("stage", "map", "caption"))
        self.play, self.prev, self.next = map(self.part, ("play", "prev", "next"))
        self.cells = self.part("output").locator("[data-row]")
        self.notices = self.part("notices")
        self.editor = self.part("cell-input")

    # ---- reading ----

    def scene(self) -> str | None:
        return self.root.attribute("data-scene")

    def step(self) -> int:
        """Which step of the story is on screen."""
        return int(self.part("scrub").value())

    def size(self) -> tuple[int, int]:
        """(rows, columns) of the map."""
        rows, cols = self.map.read("({dataset: {rows, cols}}) => [rows, cols]")
        return int(rows), int(cols)

    def output(self) -> list[list[float | None]]:
        """The output's data-values, a list for each row; None where none is shown."""
        rows: dict[int, list[float | None]] = {}
        for row, _, value in sorted(self.cells.read_all(OUTPUT)):
            rows.setdefault(row, []).append(float(value) if value else None)
        return list(rows.values())

    def boxes(self) -> list[list[float]]:
        """The N×5 table's numbers."""
        fields = self.part("boxes").locator("input:not([type=radio])")
        values = fields.read_all("(all) => all.map((field) => Number(field.value))")
        return [values[i : i + 5] for i in range(0, len(values), 5)]

    def drawn(self, box: int = 0) -> list[float]:
        """[row, row_stop, column, column_stop] of a box as it is drawn, in cells."""
        roi, whole = self.part(f"roi-{box}").place(), self.map.place()
        rows, cols = self.size()
        high, wide = whole["height"] / rows, whole["width"] / cols
        top, left = (roi["y"] - whole["y"]) / high, (roi["x"] - whole["x"]) / wide
        edges = top, top + roi["height"] / high, left, left + roi["width"] / wide
        return [round(edge, 2) for edge in edges]

    def cell(self, row: int, col: int) -> float:
        """The exact value of a cell, as its editor shows it."""
        self.edit(row, col)
        value = self.editor.value()
        self.press("Escape")
        return float(value)

    # ---- doing ----

    def point(self, row: float, col: float) -> tuple[float, float]:
        """Where the middle of a cell is on the page; it may lie outside the map."""
        place = self.map.place()
        rows, cols = self.size()
        high, wide = place["height"] / rows, place["width"] / cols
        return place["x"] + (col + 0.5) * wide, place["y"] + (row + 0.5) * high

    def grab(self, name: str) -> Hold:
        """Press the mouse in the middle of a box or a handle."""
        middle = self.part(name).middle()
        (left, top), (right, bottom) = self.point(0, 0), self.point(1, 1)
        return Hold(self, middle, (right - left, bottom - top))

    def drag(self, name: str, rows: int, cols: int) -> "Stage":
        """Drag a box or a handle by cells, release it and wait for Python."""
        self.grab(name).pull(rows, cols).release()
        self.settle()
        return self

    def draw(self, start: tuple[float, float], stop: tuple[float, float]) -> None:
        """Drag from one cell to another, where no box is."""
        start, stop = self.point(*start), self.point(*stop)
        self.hand.move(*start)
        self.hand.press()
        self.hand.move(*stop, steps=5)
        self.hand.release()

    def edit(self, row: int, col: int) -> None:
        """Open the editor of a cell."""
        self.hand.double_click(*self.point(row, col))
        expect(self.editor).to_be_focused()

    def type_cell(self, row: int, col: int, text: str) -> None:
        self.edit(row, col)
        self.type(text)
        self.press("Enter")

    def type_box(self, box: int, column: str, text: str) -> Part:
        """Type a number of the N×5 table."""
        field = self.part(f"box-{box}-{column}")
        field.fill(text)
        field.press("Enter")
        return field

    def back(self) -> Iterator[str | None]:
        """Step back to the start; the scene at every stop, the present one included."""
        yield self.scene()
        while self.prev.enabled():
            self.prev.click()
            yield self.scene()

    def rewind(self) -> None:
        """Step back to the start."""
        list(self.back())

    def finish(self) -> "Stage":
        """Step to the end, where all is shown."""
        list(self.walk())
        return self

    def walk(self) -> Iterator[str | None]:
        """Step to the end; the scene at every stop, the present one included."""
        yield self.scene()
        while self.next.enabled():
            self.next.click()
            yield self.scene()
