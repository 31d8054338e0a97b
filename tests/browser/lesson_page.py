"""A lesson's question as a test answers it: with a pointer, a finger, or the keyboard alone."""

from typing import Any

from app.lessons.question import Answer, Question

from .screen import Screen

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
        place = self.map.place()
        rows, cols = self.lesson.read(SIZE)
        return (
            place["x"] + (col + 0.5) * place["width"] / cols,
            place["y"] + (row + 0.5) * place["height"] / rows,
        )

    def press_button(self, name: str) -> None:
        """Click a button of the figure, and wait for what comes of it."""
        with self.rerun():
            self.lesson.part(name).click()

    # ---- answering ----

    def answer(self, question: Question, given: Answer, keyboard: bool = False) -> None:
        """Bring an answer about, and have it checked."""
        fill = getattr(self, f"_{question.kind}")
        fill(question, given, keyboard)
        if keyboard:
            self.lesson.part("check").focus()
            with self.rerun():
                self.press("Enter")
        else:
            self.press_button("check")

    def _cut(self, question: Question, given: Answer, keyboard: bool) -> None:
        for axis, spans in zip(("rows", "cols"), given, strict=True):
            for k, span in enumerate(spans):
                # The end that moves away goes first, so that no handle pushes the other.
                names = ("start", "stop")
                at = [self.part(f"edge-{axis}-{k}-{end}").read(AT) for end in names]
                order = (1, 0) if span[1] >= at[1] else (0, 1)
                for end in order:
                    self._to(axis, f"edge-{axis}-{k}-{names[end]}", span[end])

    def _to(self, axis: str, name: str, wanted: int) -> None:
        edge = self.part(name)
        by = wanted - edge.read(AT)
        if not by:
            return
        forth, back = ("ArrowDown", "ArrowUp") if axis == "rows" else ("ArrowRight", "ArrowLeft")
        edge.focus()
        self.press(*[forth if by > 0 else back] * abs(by))
        self.until(lambda: edge.read(AT), wanted)

    def _pick(self, question: Question, given: Answer, keyboard: bool) -> None:
        if not keyboard:
            self.hand.click(*self.point(*given))
            return
        self._walk_to(*given)
        self.press("Enter")

    def _walk_to(self, row: int, col: int) -> None:
        """Walk the map's table to a cell."""
        rows, cols = self.lesson.read(SIZE)
        self.part("map-table").locator("[tabindex='0']").focus()
        self.press(*["ArrowUp"] * rows, *["ArrowLeft"] * cols)
        self.press(*["ArrowDown"] * row, *["ArrowRight"] * col)

    def _value(self, question: Question, given: Answer, keyboard: bool) -> None:
        fields = self.part("field")
        for k, value in enumerate(given):
            if keyboard:
                fields.nth(k).focus()
                self.type(repr(value))
            else:
                fields.nth(k).fill(repr(value))

    def _box(self, question: Question, given: Answer, keyboard: bool) -> None:
        (rows,), (cols,) = given
        self.part("box").focus()
        high, wide = question.exercise.size
        # To the corner, as small as can be, and from there to where it is wanted.
        self.press(*["Shift+ArrowUp"] * high, *["Shift+ArrowLeft"] * wide)
        self.press(*["ArrowUp"] * high, *["ArrowLeft"] * wide)
        self.press(*["ArrowDown"] * rows[0], *["ArrowRight"] * cols[0])
        self.press(*["Shift+ArrowDown"] * (rows[1] - rows[0] - 1))
        self.press(*["Shift+ArrowRight"] * (cols[1] - cols[0] - 1))

    def _back(self, question: Question, given: Answer, keyboard: bool) -> None:
        for row, col, amount in given:
            if keyboard:
                self._walk_to(row, col)
                self.press("Enter")
            else:
                self.hand.click(*self.point(row, col))
            field = self.part(f"amount-{row}-{col}")
            if keyboard:
                field.focus()
                self.type(repr(amount))
            else:
                field.fill(repr(amount))

    def _which(self, question: Question, given: Answer, keyboard: bool) -> None:
        key = "abcdefgh"[question.options.index(given)]
        card = self.part(f"card-{key}")
        if not keyboard:
            card.click()
            return
        self.part("cards").locator("[tabindex='0']").focus()
        self.press(*["ArrowRight"] * question.options.index(given), "Space")
