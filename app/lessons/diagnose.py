"""Why an answer is as it is: right, or what each mistake would have answered, or how far off."""

from collections.abc import Callable
from dataclasses import dataclass

from app.lessons import answers, ways
from app.lessons.compared import agree, amounts_that_differ, cells_held, edges_that_differ
from app.lessons.mistakes import MISTAKES
from app.lessons.question import Answer, Cut, Kind, Question
from app.lessons.ways import RIGHT


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence to say: its key under ``lessons.off`` and what it names.

    Where grammar asks for another sentence, the key says so:

    - ``cut.rows.start.early.one``: "rows" or "cols", "start" or "stop", "early" or "late", and
      whether `by` is "one" or "many"; it names the `section` along that axis, and `by`
    - ``pick.smaller.one``: how many cells of the section are larger, "one" or "many"
    - ``value.shape.boxes``, ``value.cells.x1``: which of the numbers, as `SHAPE` and `CELLS` say
    - ``box.GOAL``: what the box does not do
    """

    key: str
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of an answer.

    Attributes
    ----------
    is_right : bool
    mistakes : keys of the mistakes that would have answered just so; several cannot be told apart
    distance : how far the answer is, where no mistake explains it
    """

    is_right: bool
    mistakes: tuple[str, ...] = ()
    distance: tuple[Remark, ...] = ()


MOST_REMARKS = 4
SHAPE = ("boxes", "channels", "rows", "cols")
CELLS = ("x1", "y1", "x2", "y2")


def diagnose(question: Question, given: Answer) -> Verdict:
    """Whether an answer is right, and if it isn't, what would have led to it.

    Examples
    --------
    Who loses what is left over when 5 rows and 7 columns are cut in two:

    >>> from app.exercise.record import article_exercise
    >>> from app.lessons.question import Cut
    >>> question = Question("cut", article_exercise(), mistakes=("rest_lost", "rest_to_last"))
    >>> diagnose(question, Cut(((3, 5), (5, 7)), ((0, 3), (3, 6)))).mistakes
    ('rest_lost',)
    >>> diagnose(question, Cut(((3, 5), (5, 8)), ((0, 4), (4, 7)))).distance[0].key
    'cut.cols.stop.late.one'
    """
    if answers.is_right(question, given):
        return Verdict(True)
    held = _held(question, given)
    return Verdict(False, held, () if held else _distance(question, given))


def _held(question: Question, given: Answer) -> tuple[str, ...]:
    """The mistakes that would have answered just so; of a cut else those made along one axis."""
    if question.kind == "box":
        ways_by_key = ((key, MISTAKES[key]) for key in question.mistakes)
        return tuple(key for key, way in ways_by_key if answers.reaches(question, way, given))
    mistaken = {key: answers.answer(question, MISTAKES[key]) for key in question.mistakes}
    exact = tuple(key for key in mistaken if answers.same(question, given, mistaken[key]))
    if exact or question.kind != "cut":
        return exact
    right = answers.right(question)
    return tuple(
        key for key, cut in mistaken.items() if cut and _is_along_an_axis(given, cut, right)
    )


def _is_along_an_axis(given: Cut, mistaken: Cut, right: Cut) -> bool:
    """Whether a mistake was made along one axis at least, and none other along either.

    Examples
    --------
    >>> right, mistaken = Cut(((0, 2),), ((0, 3),)), Cut(((0, 1),), ((0, 2),))
    >>> _is_along_an_axis(Cut(((0, 2),), ((0, 2),)), mistaken, right)
    True
    """
    found, wrong, true = map(cells_held, (given, mistaken, right))
    axes = zip(found, wrong, true, strict=True)
    return found != true and all(mine in others for mine, *others in axes)


def _distance(question: Question, given: Answer) -> tuple[Remark, ...]:
    remarks = _REMARKS[question.kind](question, given)
    more = len(remarks) - MOST_REMARKS
    if more > 1:
        remarks = [*remarks[:MOST_REMARKS], Remark("more", (("count", more),))]
    return tuple(remarks)


def _of_cut(question: Question, given: Answer) -> list[Remark]:
    """Each edge that stands elsewhere, and by how many cells."""
    right, remarks = answers.right(question), []
    for axis, k, end in edges_that_differ(given, right):
        by = given[axis][k][end] - right[axis][k][end]
        side, number = "early" if by < 0 else "late", "one" if abs(by) == 1 else "many"
        key = f"cut.{('rows', 'cols')[axis]}.{('start', 'stop')[end]}.{side}.{number}"
        remarks.append(Remark(key, (("section", k), ("by", abs(by)))))
    return remarks


def _of_pick(question: Question, given: Answer) -> list[Remark]:
    at = question.section or (0, 0)
    taken = ways.Taken(question.exercise, ways.cut(RIGHT, question.exercise), at)
    row, col = given
    (top, bottom), (left, right_of) = taken.spans
    where = (("row", row), ("col", col))
    if not (top <= row < bottom and left <= col < right_of):
        return [Remark("pick.outside", where)]
    larger = int((taken.section > taken.plane[row, col]).sum())
    number = "one" if larger == 1 else "many"
    return [Remark(f"pick.smaller.{number}", (*where, ("count", larger)))]


def _of_values(question: Question, given: Answer) -> list[Remark]:
    right = answers.right(question)
    if len(given) != len(right):
        return [Remark("value.count", (("count", len(given)), ("wanted", len(right))))]
    return [
        _of_number(question, k, mine)
        for k, (mine, true) in enumerate(zip(given, right, strict=True))
        if not agree(mine, true)
    ]


def _of_number(question: Question, k: int, given: float) -> Remark:
    if question.asks in ("output", "align"):
        i, j = divmod(k, question.exercise.output_size[1])
        return Remark("value.output", (("i", i), ("j", j), ("given", given)))
    which = (SHAPE if question.asks == "shape" else CELLS)[k]
    return Remark(f"value.{question.asks}.{which}", (("given", given),))


def _of_box(question: Question, given: Answer) -> list[Remark]:
    return [Remark(f"box.{question.goal}")]


def _of_back(question: Question, given: Answer) -> list[Remark]:
    remarks = []
    for (row, col), mine, true in amounts_that_differ(given, answers.right(question)):
        at = (("row", row), ("col", col))
        if true is None:
            remarks.append(Remark("back.nothing", at))
        elif mine is None:
            remarks.append(Remark("back.missed", at))
        else:
            remarks.append(Remark("back.amount", (*at, ("given", mine))))
    return remarks


def _of_choice(question: Question, given: Answer) -> list[Remark]:
    return [Remark("which")]


_REMARKS: dict[Kind, Callable[[Question, Answer], list[Remark]]] = {
    "cut": _of_cut,
    "pick": _of_pick,
    "value": _of_values,
    "box": _of_box,
    "back": _of_back,
    "which": _of_choice,
}
