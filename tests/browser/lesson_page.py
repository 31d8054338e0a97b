"""A lesson's question as a test answers it: with a pointer, a finger, or the keyboard alone."""

from typing import Any, Literal

from app.lessons.question import Answer, Question

from .part import Part
from .screen import Screen

By = Literal["pointer", "finger", "keyboard"]
_ARROWS = {"rows": ("ArrowDown", "ArrowUp"), "cols": ("ArrowRight", "ArrowLeft")}

# A handle's place along its axis; cells are counted from the map's first.
AT = "(edge) => Number(edge.getAttribute('aria-valuenow'))"
EDGES = f"""(lesson) => Object.fromEntries(
  [...lesson.querySelectorAll(".edge")].map((edge) => [edge.dataset.testid, ({AT})(edge)])
)"""
# The middle of a part, where the map begins, and how large a cell is. The map may go on past its
# cells, to a box that does.
STANDS = """(one) => {
  const map = one.getRootNode().querySelector("[data-testid=map]");
  const [part, whole] = [one, map.querySelector("canvas")].map((of) => of.getBoundingClientRect());
  return {
    middle: [part.x + part.width / 2, part.y + part.height / 2],
    first: [whole.x, whole.y],
    cell: [whole.width / map.dataset.cols, whole.height / map.dataset.rows],
  };
}"""
# Whether Tab comes to a part, and its middle is in sight: under the top bar it is not.
REACHED = """(one) => {
  const { left, right, top, bottom } = one.getBoundingClientRect();
  const bar = document.querySelector("[data-testid=stHeader]").getBoundingClientRect().bottom;
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return { stop: one.tabIndex >= 0, seen: x > 0 && x < innerWidth && y > bar && y < innerHeight };
}"""
CURSOR = "({dataset: {row, col}}) => [Number(row), Number(col)]"


class Lesson(Screen):
    """A page with a question on it."""

    def __init__(self, *of: Any) -> None:
        super().__init__(*of)
        # A step that only shows something has the stage alone.
        self.root = self.locator("[data-testid=lesson], [data-testid=stage]").first
        self.lesson, self.verdict = self.part("lesson"), self.part("verdict")
        self.map = self.lesson.part("map")
        self.sentence = self.part("sentence")

    def press_button(self, name: str, by: By = "pointer") -> None:
        """Press a button of the figure, and wait for what comes of it."""
        with self.rerun():
            self.push(self.lesson.part(name), by)

    # ---- answering ----

    def answer(self, question: Question, given: Answer, by: By = "pointer") -> None:
        """Bring an answer about, and have it checked."""
        self.bring_about(question, given, by)
        self.press_button("check", by)

    def bring_about(self, question: Question, given: Answer, by: By = "pointer") -> None:
        """Do what makes an answer, and leave it at that."""
        getattr(self, f"_{question.kind}")(question, given, by)

    def push(self, part: Part, by: By = "pointer") -> None:
        """Press whatever is to be pressed."""
        if by == "keyboard":
            self._reach(part)
            self.press("Enter")
        elif by == "finger":
            part.scroll_into_view_if_needed()
            self.touch(*part.middle()).lift()
        else:
            part.click()

    def _reach(self, part: Part) -> None:
        """Bring the keyboard to a part."""
        part.focus()
        assert part.read(REACHED) == {"stop": True, "seen": True}

    def _press_cell(self, row: int, col: int, by: By) -> None:
        if by == "keyboard":
            self._walk_to(row, col)
            self.press("Enter")
            return
        self.map.scroll_into_view_if_needed()
        stands = self.map.read(STANDS)
        (x, y), (wide, high) = stands["first"], stands["cell"]
        at = x + (col + 0.5) * wide, y + (row + 0.5) * high
        if by == "finger":
            self.touch(*at).lift()
        else:
            self.hand.click(*at)

    def _drag(self, part: Part, rows: int, cols: int, by: By) -> None:
        """Drag by cells."""
        part.scroll_into_view_if_needed()
        stands = part.read(STANDS)
        (x, y), (wide, high) = stands["middle"], stands["cell"]
        to = x + cols * wide, y + rows * high
        if by == "finger":
            finger = self.touch(x, y)
            finger.move(*to)
            finger.lift()
        else:
            self.hand.move(x, y)
            self.hand.press()
            self.hand.move(*to, steps=5)
            self.hand.release()

    def _cut(self, question: Question, given: Answer, by: By) -> None:
        stand = self.lesson.read(EDGES)
        for axis, spans in zip(("rows", "cols"), given, strict=True):
            for k, span in enumerate(spans):
                names = [f"edge-{axis}-{k}-{end}" for end in ("start", "stop")]
                # The end that moves away goes first, so that no handle pushes the other.
                for end in (1, 0) if span[1] >= stand[names[1]] else (0, 1):
                    self._to(axis, self.part(names[end]), span[end], by)

    def _to(self, axis: str, edge: Part, wanted: int, by: By) -> None:
        cells = wanted - edge.read(AT)
        if cells and by != "keyboard":
            self._drag(edge, *((cells, 0) if axis == "rows" else (0, cells)), by)
            # Of two ends upon each other a pointer may take the other: the keys do the rest.
            cells = wanted - edge.read(AT)
        if cells:
            forth, back = _ARROWS[axis]
            self._reach(edge)
            self.press(*[forth if cells > 0 else back] * abs(cells))
            self.until(lambda: edge.read(AT), wanted)

    def _pick(self, question: Question, given: Answer, by: By) -> None:
        self._press_cell(*given, by)

    def _walk_to(self, row: int, col: int) -> None:
        """Walk the map's table to a cell."""
        cursor = self.part("map-table").locator("[tabindex='0']")
        self._reach(cursor)
        down, across = (to - at for to, at in zip((row, col), cursor.read(CURSOR), strict=True))
        self.press(*["ArrowDown" if down > 0 else "ArrowUp"] * abs(down))
        self.press(*["ArrowRight" if across > 0 else "ArrowLeft"] * abs(across))
        assert cursor.read(REACHED)["seen"]

    def _value(self, question: Question, given: Answer, by: By) -> None:
        for k, value in enumerate(given):
            self._type(self.part("field").nth(k), value, by)

    def _type(self, field: Part, value: float, by: By) -> None:
        if by == "keyboard":
            self._reach(field)
            self.type(repr(value))
        else:
            field.fill(repr(value))

    def _box(self, question: Question, given: Answer, by: By) -> None:
        (rows,), (cols,) = given
        high, wide = question.exercise.size
        if by == "keyboard":
            self._reach(self.part("box"))
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
            self.push(self.part(f"card-{'abcdefgh'[at]}"), by)
            return
        self._reach(self.part("cards").locator("[tabindex='0']"))
        self.press(*["ArrowRight"] * at, "Space")
