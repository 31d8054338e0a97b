"""What is asked, and what an answer is: plain records that compare, and travel as JSON."""

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from app.exercise.record import Exercise

Kind = Literal["cut", "pick", "value", "box", "back", "which"]
KINDS: tuple[Kind, ...] = ("cut", "pick", "value", "box", "back", "which")

Asks = Literal["output", "shape", "cells", "cut", "align"]
"""What a value or a choice is of: the output's numbers or its shape, the box in cells, the cut, or
what RoIAlign gives."""

Drawn = Literal["nothing", "outline", "box", "sections"]
"""Of the box: nothing, where it lies before it is rounded, its cells, or these and the sections."""

Span = tuple[int, int]
"""Cells along an axis, half open."""

Cell = tuple[int, int]
"""(row, column)."""


class Cut(NamedTuple):
    """The rows and the columns of the sections, one span each; of the whole box, one span in all.

    Examples
    --------
    >>> Cut(rows=((3, 5), (5, 8)), cols=((0, 3), (3, 7))).rows[1]
    (5, 8)
    """

    rows: tuple[Span, ...]
    cols: tuple[Span, ...]


Values = tuple[float, ...]
Received = tuple[tuple[int, int, float], ...]
"""The cells that receive gradient and how much: (row, column, amount) in row-major order."""

Answer = Any
"""Of a cut, a Cut; of a pick, a Cell; of a value, its numbers in row-major order; of a box, a Cut
of one span each; of the way back, Received; of a choice, its option's key."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question about the selected box of an exercise.

    Attributes
    ----------
    kind : how it is answered
    exercise : what it is asked of
    asks : of a value and of a choice, what it is of
    section : (row, column) of the section whose maximum is picked
    goal : of a box, what is to become true; a key of `app.lessons.goals.GOALS`
    target : of a box the output that it is to have, of a choice of cuts the output that one of them
        made, in row-major order; of a box that is given by its numbers, x1, y1, x2, y2
    options : of a choice, the keys of the ways that made its options, in their order
    mistakes : keys of the mistakes that it can tell, from the lesson
    drawn : what of the way to the answer stands on the map
    """

    kind: Kind
    exercise: Exercise
    asks: Asks = "output"
    section: Cell | None = None
    goal: str = ""
    target: Values = ()
    options: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    drawn: Drawn = "box"

    @property
    def is_rule_asked(self) -> bool:
        """Whether the rule is what is to be found, and not to be told before."""
        return self.kind == "which" and bool(self.target)

    @property
    def shows_box(self) -> bool:
        """Whether the box in cells is drawn before the answer: not where to find it is asked."""
        asked = self.kind == "box" or self.asks in ("cells", "shape")
        return not asked and self.drawn in ("box", "sections")

    @property
    def shows_outline(self) -> bool:
        """Whether the box is drawn where it lies before it is rounded to cells."""
        is_of_cells = self.asks == "cells" and self.drawn != "nothing"
        return self.drawn == "outline" or is_of_cells

    @property
    def shows_sections(self) -> bool:
        """Whether the sections are drawn before the answer."""
        return self.drawn == "sections"
