"""What wrong answers tell: for whoever marks, each mistake with the answer that it leads to."""

from collections.abc import Callable, Iterator, Sequence

from app.lessons import answers
from app.lessons.mistakes import MISTAKES
from app.lessons.question import Answer, Question
from app.text import Text, number, plain, strings
from app.worksheets.items import Item
from app.worksheets.page import BOTTOM, MARGIN, Page, lines
from app.worksheets.spaces import LETTERS

SIZE, STEP = 8.5, 4.1
ANSWER = 62.0  # millimetres for the answers
MOST_CELLS = 4


def is_there(items: Sequence[Item], text: Text) -> bool:
    """Whether there is anything to tell."""
    return any(_named(key, text) for item in items for key in item.question.mistakes)


def write(items: Sequence[Item], text: Text, begun: Callable[[], tuple[Page, float]]) -> list[Page]:
    """The answers that mistakes lead to, question by question, on as many pages as it takes."""
    page, y = _headed(begun, text)
    pages = [page]
    for number_, item in enumerate(items, 1):
        x, right = MARGIN, page.wide - MARGIN
        for k, (said, named) in enumerate(_rows(item, text)):
            columns = lines(said, SIZE, ANSWER - 12), lines(named, SIZE, right - x - ANSWER)
            high = STEP * max(map(len, columns))
            if y + high > page.high - BOTTOM:
                page, y = _headed(begun, text)
                pages.append(page)
                k = 0
            if k == 0:
                page.line([x, right], [y - 4.4] * 2, 0.4)
                page.number(x + 3, y - 1.2, str(number_), 9, weight="bold")
            for column, at in zip(columns, (x + 9, x + ANSWER), strict=True):
                for row, words in enumerate(column):
                    page.write(at, y + row * STEP, words, SIZE)
            y += high + 1.2
        y += 3
    return pages


def _headed(begun: Callable[[], tuple[Page, float]], text: Text) -> tuple[Page, float]:
    page, y = begun()
    page.write(MARGIN, y, text("lessons.sheet.key"), 12, weight="bold")
    return page, y + 8


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
