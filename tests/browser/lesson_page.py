"""A lesson's question as a test answers it: with a pointer, a finger, or the keyboard alone."""

from typing import Any, Literal

from app.lessons.question import Answer, Question

from .part import Part
from .screen import Screen

By = Literal["pointer", "finger", "keyboard"]
_ARROWS = {"rows": ("ArrowDown", "ArrowUp"), "cols": ("ArrowRight", "ArrowLeft")}

# A handle's place along its axis; cells are counted from the map's first.
SIZE = "(root) => [root.dataset.rows, root.dataset.cols].map(Number)"
AT = "(edge) => Number(edge.getAttribute('aria-valuenow'))"


class Lesson(Screen):
    """A page with a question on it."""

    def __init__(self, *of: Any) -> None:
        super().__init__(*of)
        # A step that only shows something has the stage alone.
        self.root = self.locator("[data-testid=lesson], [data-testid=stage]").first
        self.lesson, self.verdict = self.part("lesson"), self.part("verdict")
        self.map = self.lesson.part("map")
        self.sentence = self.part("sentence")

    def point(self, row: float, col: float) -> tuple[float, float]:
        """Where the middle of a cell is on the page."""
        # The map may go on past its cells, to a box that does.
        place = self.map.locator("canvas").first.place()
        rows, cols = self.lesson.read(SIZE)
        return (
            place["x"] + (col + 0.5) * place["width"] / cols,
            place["y"] + (row + 0.5) * place["height"] / rows,
        )

    def press_button(self, name: str, by: By = "pointer") -> None:
        """Press a button of the figure, and wait for what comes of it."""
        with self.rerun():
            self._press(self.lesson.part(name), by)

    # ---- answering ----

    def answer(self, question: Question, given: Answer, by: By = "pointer") -> None:
        """Bring an answer about, and have it checked."""
        self.bring_about(question, given, by)
        self.press_button("check", by)

    def bring_about(self, question: Question, given: Answer, by: By = "pointer") -> None:
        """Do what makes an answer, and leave it at that."""
        getattr(self, f"_{question.kind}")(question, given, by)

    def _press(self, part: Part, by: By) -> None:
        if by == "keyboard":
            part.focus()
            self.press("Enter")
        elif by == "finger":
            part.scroll_into_view_if_needed()
            self.touch(*part.middle()).lift()
        else:
            part.click()

    def _press_cell(self, row: int, col: int, by: By) -> None:
        if by == "keyboard":
            self._walk_to(row, col)
            self.press("Enter")
            return
        self.map.scroll_into_view_if_needed()
        at = self.point(row, col)
        if by == "finger":
            self.touch(*at).lift()
        else:
            self.hand.click(*at)
        self.settle()

    def _drag(self, part: Part, rows: int, cols: int, by: By) -> None:
        """Drag by cells."""
        part.scroll_into_view_if_needed()
        (x, y), (left, top), (right, bottom) = part.middle(), self.point(0, 0), self.point(1, 1)
        to = x + cols * (right - left), y + rows * (bottom - top)
        if by == "finger":
            finger = self.touch(x, y)
            finger.move(*to)
            finger.lift()
        else:
            self.hand.move(x, y)
            self.hand.press()
            self.hand.move(*to, steps=5)
            self.hand.release()
        self.settle()

    def _cut(self, question: Question, given: Answer, by: By) -> None:
        for axis, spans in zip(("rows", "cols"), given, strict=True):
            for k, span in enumerate(spans):
                edges = [self.part(f"edge-{axis}-{k}-{end}") for end in ("start", "stop")]
                # The end that moves away goes first, so that no handle pushes the other.
                for end in (1, 0) if span[1] >= edges[1].read(AT) else (0, 1):
                    self._to(axis, edges[end], span[end], by)

    def _to(self, axis: str, edge: Part, wanted: int, by: By) -> None:
        cells = wanted - edge.read(AT)
        if cells and by != "keyboard":
            self._drag(edge, *((cells, 0) if axis == "rows" else (0, cells)), by)
            # Of two ends upon each other a pointer may take the other: the keys do the rest.
            cells = wanted - edge.read(AT)
        if cells:
            forth, back = _ARROWS[axis]
            edge.focus()
            self.press(*[forth if cells > 0 else back] * abs(cells))
        self.until(lambda: edge.read(AT), wanted)

    def _pick(self, question: Question, given: Answer, by: By) -> None:
        self._press_cell(*given, by)

    def _walk_to(self, row: int, col: int) -> None:
        """Walk the map's table to a cell."""
        rows, cols = self.lesson.read(SIZE)
        self.part("map-table").locator("[tabindex='0']").focus()
        self.press(*["ArrowUp"] * rows, *["ArrowLeft"] * cols)
        self.press(*["ArrowDown"] * row, *["ArrowRight"] * col)

    def _value(self, question: Question, given: Answer, by: By) -> None:
        for k, value in enumerate(given):
            self._type(self.part("field").nth(k), value, by)

    def _type(self, field: Part, value: float, by: By) -> None:
        if by == "keyboard":
            field.focus()
            self.type(repr(value))
        else:
            field.fill(repr(value))

    def _box(self, question: Question, given: Answer, by: By) -> None:
        (rows,), (cols,) = given
        high, wide = question.exercise.size
        if by == "keyboard":
            self.part("box").focus()
            # To the corner, as small as can be, and from there to where it is wanted.
            self.press(*["Shift+ArrowUp"] * high, *["Shift+ArrowLeft"] * wide)
            self.press(*["ArrowUp"] * high, *["ArrowLeft"] * wide)
            self.press(*["ArrowDown"] * rows[0], *["ArrowRight"] * cols[0])
            self.press(*["Shift+ArrowDown"] * (rows[1] - rows[0] - 1))
            self.press(*["Shift+ArrowRight"] * (cols[1] - cols[0] - 1))
            return
        # As large as the map, and from there each corner to where it is wanted.
        first, last = (self.part(f"roi-0-handle-{name}") for name in ("nw", "se"))
        self._drag(first, -high, -wide, by)
        self._drag(last, high, wide, by)
        self._drag(first, rows[0], cols[0], by)
        self._drag(last, rows[1] - high, cols[1] - wide, by)

    def _back(self, question: Question, given: Answer, by: By) -> None:
        for row, col, amount in given:
            self._press_cell(row, col, by)
            self._type(self.part(f"amount-{row}-{col}"), amount, by)

    def _which(self, question: Question, given: Answer, by: By) -> None:
        at = question.options.index(given)
        if by != "keyboard":
            self._press(self.part(f"card-{'abcdefgh'[at]}"), by)
            return
        self.part("cards").locator("[tabindex='0']").focus()
        self.press(*["ArrowRight"] * at, "Space")
