"""The stage as a test drives and reads it, by the names of ARCHITECTURE.md's contract."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, WebSocket, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from .hold import Hold, next_frame

I18N = Path(__file__).parents[2] / "assets" / "i18n"
TEXT = json.loads((I18N / "en.json").read_text("utf-8"))
KINDS = ["input", "proposal", "sections", "scan", "maxima", "output"]
HANDLES = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
BODY_AND_HANDLES = ("roi-0", *(f"roi-0-handle-{name}" for name in HANDLES))

PATIENCE = 900  # frames
OUTPUT = "(cells) => cells.map(({dataset: {row, col, value}}) => [Number(row), Number(col), value])"


class Stage:
    """A page with a stage on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.socket: WebSocket | None = None
        self._reruns = 0
        self.root, self.map, self.caption = map(self.part, ("stage", "map", "caption"))
        self.play, self.prev, self.next = map(self.part, ("play", "prev", "next"))
        self.cells = self.part("output").locator("[data-row]")
        self.notices = self.part("notices")
        self.editor = self.part("cell-input")
        self.thrown: list[str] = []
        page.on("websocket", self._connected)
        page.on("pageerror", lambda error: self.thrown.append(str(error)))

    def _connected(self, socket: WebSocket) -> None:
        self.socket = socket
        socket.on("framesent", self._sent)

    def _sent(self, frame: bytes | str) -> None:
        self._reruns += asks_for_rerun(frame)

    def open(self, url: str) -> "Stage":
        self.page.goto(url)
        self.root.wait_for()
        return self.settle()

    def leave(self) -> "Stage":
        """Let go of everything; the page is as if new."""
        self.page.mouse.up()
        self.page.mouse.move(0, 0)
        self.page.goto("about:blank")
        self.thrown.clear()
        return self

    def part(self, name: str) -> Locator:
        return self.page.get_by_test_id(name)

    # ---- waiting ----

    def frame(self) -> None:
        """Wait until what has happened is painted."""
        next_frame(self.page)

    def settle(self) -> "Stage":
        """Wait until Python has answered all edits."""
        self.frame()
        expect(self.root).to_have_attribute("data-confirmed", "true")
        self.idle()
        return self

    def idle(self) -> None:
        """Wait until no script runs on the server."""
        app = self.part("stApp")
        expect(app).to_have_attribute("data-test-script-state", "notRunning")
        self.frame()

    def until(self, read: Callable[[], Any], wanted: object) -> None:
        """Wait until `read` gives what is wanted."""
        for _ in range(PATIENCE):
            if read() == wanted:
                return
            self.frame()
        raise AssertionError(f"{read()} and not {wanted}")

    @contextmanager
    def rerun(self) -> Iterator[None]:
        """What is done inside makes Streamlit rerun; wait until that is through."""
        assert self.socket is not None
        with self.socket.expect_event("framesent", asks_for_rerun):
            yield
        self.idle()

    @property
    def reruns(self) -> int:
        """How many reruns the browser has asked the server for."""
        self.frame()
        return self._reruns

    # ---- reading ----

    def scene(self) -> str | None:
        return self.root.get_attribute("data-scene")

    def size(self) -> tuple[int, int]:
        """(rows, columns) of the map."""
        rows, cols = (self.map.get_attribute(name) or "" for name in ("data-rows", "data-cols"))
        return int(rows), int(cols)

    def output(self) -> list[list[float | None]]:
        """The output's data-values, a list for each row; None where there is no box."""
        rows: dict[int, list[float | None]] = {}
        for row, _, value in sorted(self.cells.evaluate_all(OUTPUT)):
            rows.setdefault(row, []).append(float(value) if value else None)
        return list(rows.values())

    def boxes(self) -> list[list[float]]:
        """The N×5 table's numbers."""
        fields = self.part("boxes").locator("input:not([type=radio])")
        values = fields.evaluate_all("(all) => all.map((field) => Number(field.value))")
        return [values[i : i + 5] for i in range(0, len(values), 5)]

    def drawn(self, box: int = 0) -> list[float]:
        """[row, row_stop, column, column_stop] of a box as it is drawn, in cells."""
        roi, whole = self.part(f"roi-{box}").bounding_box(), self.map.bounding_box()
        rows, cols = self.size()
        high, wide = whole["height"] / rows, whole["width"] / cols
        top, left = (roi["y"] - whole["y"]) / high, (roi["x"] - whole["x"]) / wide
        edges = top, top + roi["height"] / high, left, left + roi["width"] / wide
        return [round(edge, 2) for edge in edges]

    def cell(self, row: int, col: int) -> float:
        """The exact value of a cell, as its editor shows it."""
        self.edit(row, col)
        value = self.editor.input_value()
        self.page.keyboard.press("Escape")
        return float(value)

    # ---- doing ----

    def point(self, row: float, col: float) -> tuple[float, float]:
        """Where the middle of a cell is on the page; it may lie outside the map."""
        place = self.map.bounding_box()
        rows, cols = self.size()
        high, wide = place["height"] / rows, place["width"] / cols
        return place["x"] + (col + 0.5) * wide, place["y"] + (row + 0.5) * high

    def grab(self, name: str) -> "Hold":
        """Press the mouse in the middle of a box or a handle."""
        place = self.part(name).bounding_box()
        x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        (left, top), (right, bottom) = self.point(0, 0), self.point(1, 1)
        return Hold(self.page, (x, y), (right - left, bottom - top))

    def drag(self, name: str, rows: int, cols: int) -> "Stage":
        """Drag a box or a handle by cells, release it and wait for Python."""
        self.grab(name).pull(rows, cols).release()
        return self.settle()

    def edit(self, row: int, col: int) -> None:
        """Open the editor of a cell."""
        self.page.mouse.dblclick(*self.point(row, col))
        expect(self.editor).to_be_focused()

    def type_cell(self, row: int, col: int, text: str) -> None:
        self.edit(row, col)
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    def type_box(self, box: int, column: str, text: str) -> Locator:
        """Type a number of the N×5 table."""
        field = self.part(f"box-{box}-{column}")
        field.fill(text)
        field.press("Enter")
        return field

    def rewind(self) -> None:
        """Step back to the start."""
        while self.prev.is_enabled():
            self.prev.click()
            self.frame()

    def walk(self) -> Iterator[str | None]:
        """Step to the end; the scene at every stop, the present one included."""
        yield self.scene()
        while self.next.is_enabled():
            self.next.click()
            self.frame()
            yield self.scene()


def asks_for_rerun(frame: bytes | str) -> bool:
    return BackMsg.FromString(frame).WhichOneof("type") == "rerun_script"
