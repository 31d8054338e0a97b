"""What wrong answers tell: for whoever marks, each mistake with the answer that it leads to."""

from collections.abc import Iterator, Sequence

from app.lessons import answers
from app.lessons.mistakes import MISTAKES
from app.lessons.question import Answer, Question
from app.text import Text, number, plain, strings
from app.worksheets.items import Item
from app.worksheets.page import Page, lines
from app.worksheets.spaces import LETTERS

SIZE, STEP = 8.5, 4.1
ANSWER = 62.0  # millimetres for the answers
MOST_CELLS = 4


def is_there(items: Sequence[Item], text: Text) -> bool:
    """Whether there is anything to tell."""
    return any(_named(key, text) for item in items for key in item.question.mistakes)


def write(page: Page, x: float, y: float, wide: float, items: Sequence[Item], text: Text) -> None:
    """The answers that mistakes lead to, question by question, as far as the page reaches."""
    page.write(x, y, text("lessons.sheet.key"), 12, weight="bold")
    y += 8
    for number_, item in enumerate(items, 1):
        for k, (said, named) in enumerate(_rows(item, text)):
            left, right = (
                lines(said, SIZE, ANSWER - 12),
                lines(named, SIZE, wide - ANSWER),
            )
            high = STEP * max(len(left), len(right))
            if y + high > page.high - 16:
                return
            if k == 0:
                page.line([x, x + wide], [y - 4.4] * 2, 0.4)
                page.number(x + 3, y - 1.2, str(number_), 9, weight="bold")
            for column, at in ((left, x + 9), (right, x + ANSWER)):
                for row, words in enumerate(column):
                    page.write(at, y + row * STEP, words, SIZE)
            y += high + 1.2
        y += 3


def _rows(item: Item, text: Text) -> Iterator[tuple[str, str]]:
    for key in item.question.mistakes:
        given = answers.answer(item.question, MISTAKES[key])
        named = _named(key, text)
        if given is not None and named:
            yield said(item.question, given, text), named


def _named(key: str, text: Text) -> str:
    return strings(text.language).get(f"lessons.mistake.{key}.named", "")


def said(question: Question, given: Answer, text: Text) -> str:
    """An answer in a line.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> question = Question("cut", article_exercise())
    >>> said(question, answers.right(question), Text("en"))
    'rows 3–4 | 5–7; columns 0–2 | 3–6'
    """
    match question.kind:
        case "cut" | "box":
            rows, cols = (_spans(of, text) for of in given)
            return text("lessons.sheet.cut", rows=rows, cols=cols)
        case "pick":
            return f"({given[0]}, {given[1]})"
        case "back":
            told = [f"({row}, {col}): {plain(round(much, 3))}" for row, col, much in given]
            return ", ".join([*told[:MOST_CELLS], *(["…"] if len(told) > MOST_CELLS else [])])
        case "which":
            return LETTERS[question.options.index(given)]
        case "value" if question.asks == "output":
            return ", ".join(map(number, given))
        case "value":
            return f"({', '.join(plain(value) for value in given)})"


def _spans(spans: Sequence[tuple[int, int]], text: Text) -> str:
    return " | ".join(text.span(start, stop) for start, stop in spans)
