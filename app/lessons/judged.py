"""What the figure of a question is sent with the verdict: the right answer, and what is said."""

from typing import Any

from app.lessons import answers, cuts, ways
from app.lessons.compared import agree, amounts_that_differ, edges_that_differ
from app.lessons.diagnose import Verdict
from app.lessons.given import letter
from app.lessons.question import Answer, Cut, Question
from app.lessons.sitting import Sitting
from app.lessons.ways import RIGHT
from app.lessons.wording import after, remark
from app.text import Text, number, plain


def judged(sitting: Sitting, text: Text) -> dict[str, Any] | None:
    """What is said of the answer, and the right one beside it; None while the question is open."""
    verdict, question = sitting.verdict, sitting.place.question
    if verdict is None or question is None:
        return None
    right = answers.right(question)
    # RoIAlign takes no cells, and those of RoI pooling are not its answer; a shape is of all boxes.
    shown, is_bare = question, question.asks in ("align", "shape")
    if question.kind == "box":
        shown = answers.with_box(question, answers.box_to_show(question, sitting.given))
    place = sitting.place
    why = after(place.of, place.step, question, text) if place.of else None
    return {
        "right": verdict.is_right,
        "revealed": sitting.given is None,
        "sentences": [*_sentences(verdict, text), *([why] if why else [])],
        "given": _told(question, sitting.given),
        "answer": _told(question, right),
        "sections": None if is_bare else spans(ways.cut(RIGHT, shown.exercise)),
        "box": None if is_bare else span(cuts.whole(shown.exercise)),
        "off": _off(question, sitting.given, right),
    }


def tried(sitting: Sitting, text: Text) -> dict[str, Any] | None:
    """What is said of a first answer that was wrong, without the right one."""
    verdict, question = sitting.tried, sitting.place.question
    if verdict is None or question is None:
        return None
    right = answers.right(question)
    return {
        "sentences": _sentences(verdict, text),
        "given": _told(question, sitting.given),
        # An edge or a cell that is off could tell where the right one is; a field is one anyway.
        "off": _off(question, sitting.given, right) if question.kind == "value" else [],
    }


def _sentences(verdict: Verdict, text: Text) -> list[str]:
    said: list[str] = []
    if verdict.mistakes:
        said = [text(f"lessons.mistake.{key}.named") for key in verdict.mistakes]
        if len(said) > 1:
            said = [text("lessons.either"), *said]
        said += [text(f"lessons.mistake.{key}.mended") for key in verdict.mistakes]
    return said + [remark(one, text) for one in verdict.distance]


def _told(question: Question, given: Answer | None) -> Any:
    """An answer as the figure has it."""
    if given is None:
        return None
    match question.kind:
        case "cut":
            return spans(given)
        case "box":
            return span(given)
        case "value" if question.asks in ("output", "align"):
            return [number(value) for value in given]
        case "value":
            return [plain(round(value, 4)) for value in given]
        case "back":
            return [[row, col, plain(round(amount, 4))] for row, col, amount in given]
        case "which":
            return letter(question.options.index(given))
        case _:
            return list(given)


def _off(question: Question, given: Answer | None, right: Answer) -> list[Any]:
    """Where an answer differs from the right one: edges, fields or cells."""
    if given is None:
        return []
    match question.kind:
        case "cut":
            edges = edges_that_differ(given, right)
            return [[("rows", "cols")[axis], k, end] for axis, k, end in edges]
        case "value":
            return [
                k
                for k, (mine, true) in enumerate(zip(given, right, strict=True))
                if not agree(mine, true)
            ]
        case "back":
            return [[*one.cell] for one in amounts_that_differ(given, right)]
        case _:
            return []


def spans(cut: Cut) -> dict[str, Any]:
    """The sections as a figure has them."""
    return {"rows": [list(span) for span in cut.rows], "cols": [list(span) for span in cut.cols]}


def span(cut: Cut) -> dict[str, Any]:
    """A whole box as a figure has it."""
    return {"rows": list(cut.rows[0]), "cols": list(cut.cols[0])}
