"""What a page tells of an answer that it is not to tell: in words, and on the map."""

from itertools import product

from app.lessons import cuts
from app.lessons.answers import right
from app.lessons.question import Answer, Cut, Question
from app.text import number

from .lesson_page import Lesson
from .scripts import CARDS, DRAWN
from .stage_page import TEXT

_NOTHING = Cut((), ())
_AXES = "rows", "cols"


def without(everything: str, labels) -> str:
    """What a page holds, beside these labels of its map's cells."""
    for label in labels:
        everything = everything.replace(label, "")
    return everything


class Secret:
    """The answer of a question, as far as it is not another answer too.

    Parameters
    ----------
    other : what stands on the page meanwhile, an answer that a learner has brought about
    """

    def __init__(self, question: Question, other: Answer) -> None:
        answer, self._kind = right(question), question.kind
        self._labels = {
            at: _label(question, at) for at in product(*map(range, question.exercise.size))
        }
        sections, mine = _sections(question, answer), _sections(question, other, _NOTHING)
        self._places = _places(question, answer) | _rectangles(sections)
        self._places -= _places(question, other) | _rectangles(mine)
        self._words = _words(question, answer) - _words(question, other)
        # What a cell says beside its number.
        self._cells = self._in_sections(sections) - self._in_sections(mine)
        self._cells |= {
            f"{self._labels[at]}, {_text('cell.right')}" for at in _cells(question, answer)
        }

    def _in_sections(self, cut: Cut) -> set[str]:
        return {
            f"{self._labels[row, col]}, {_text('cell.section', i=i, j=j)}"
            for (i, down), (j, across) in product(enumerate(cut.rows), enumerate(cut.cols))
            for row, col in product(range(*down), range(*across))
        }

    def told(self, page: Lesson) -> set:
        """What tells it: words, places on the map, and cards that are unlike each other."""
        everything = page.everything()
        found = {one for one in self._cells if one in everything}
        beside = without(everything, self._labels.values())
        found |= {one for one in self._words if one in beside}
        if self._kind == "which" and len(set(page.part("cards").read(CARDS))) > 1:
            found.add("a card")
        return found | (self._places & set(map(tuple, page.map.read(DRAWN))))


def _text(key: str, **values) -> str:
    return TEXT[f"lessons.figure.{key}"].format(**values)


def _label(question: Question, at: tuple[int, int]) -> str:
    exercise = question.exercise
    value = exercise.maps.array[exercise.image, exercise.channel][at]
    return _text("cell", row=at[0], col=at[1], value=number(float(value)))


def _sections(question: Question, given: Answer, otherwise: Cut | None = None) -> Cut:
    """Those of a cut; else of the question, where they are not to be seen from the start."""
    if question.kind == "cut":
        return given
    if question.kind == "box" or question.drawn == "sections":
        return _NOTHING
    return otherwise or cuts.library_cut(question.exercise)


def _rectangles(cut: Cut) -> set[tuple[int, ...]]:
    """Where sections are drawn: (top, bottom, left, right) in cells."""
    return {(*down, *across) for down, across in product(*cut)}


def _places(question: Question, given: Answer) -> set[tuple[int, ...]]:
    """Where an answer is drawn, beside its sections."""
    whole = _rectangles(given) if question.kind == "box" else set()
    return whole | {(row, row + 1, col, col + 1) for row, col in _cells(question, given)}


def _cells(question: Question, given: Answer) -> set[tuple[int, int]]:
    if question.kind == "pick":
        return {given}
    return {(row, col) for row, col, _ in given} if question.kind == "back" else set()


def _words(question: Question, given: Answer) -> set[str]:
    """What is said of an answer beside the map, or typed."""
    match question.kind:
        case "value":
            return {number(value) for value in given}
        case "back":
            return {_text("amount.cell", row=row, col=col) for row, col in _cells(question, given)}
        case "box":
            return {
                ", ".join(_span(axis, spans[0]) for axis, spans in zip(_AXES, given, strict=True))
            }
        case "cut":
            return {
                _text(f"edge.stop.{axis}", k=k, at=stop - 1)
                for axis, spans in zip(_AXES, given, strict=True)
                for k, (start, stop) in enumerate(spans)
                if start < stop
            }
    return set()


def _span(axis: str, span: tuple[int, int]) -> str:
    start, stop = span
    if stop - start == 1:
        return _text(f"span.{axis}.one", cells=start)
    return _text(f"span.{axis}.many", cells=f"{start}–{stop - 1}")
