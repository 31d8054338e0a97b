"""The result of a test as a sheet of paper, with the link that shows it again."""

from io import BytesIO

import segno
from matplotlib.backends.backend_pdf import PdfPages

from app.exports.fonts import readable
from app.lessons.exam import TEST_LENGTH, mistake_of, test_question, test_questions
from app.lessons.lesson import lessons
from app.lessons.place import Place
from app.text import Text
from app.worksheets.order import Paper
from app.worksheets.page import MARGIN, SOFT, TOP, Page

CODE, SIZE, SMALL = 24.0, 10.0, 8.5
NUMBER, WORDS = 6.0, 10.0  # millimetres from the left margin


def result(place: Place, text: Text, paper: Paper = "A4", address: str = "") -> bytes:
    """How many questions of a test were right, and of the others which mistake was made, as a PDF.

    Parameters
    ----------
    place : the end of a test, whose marks say what became of each question
    address : of the page of lessons; with it the sheet bears the link, and a code that opens it
    """
    text = readable(text)
    page = Page(paper, text.language)
    right = place.marks.count("1")
    title = text("lessons.test.result", right=right, count=TEST_LENGTH)
    page.write(MARGIN, TOP + 5, title, 15, weight="bold")
    page.line([MARGIN, page.wide - MARGIN], [TOP + 9] * 2, 0.9)
    y = TOP + 17.0
    for k, choice in enumerate(test_questions(place.seed)):
        skill = lessons()[choice.lesson - 1].steps[choice.step - 1].skill
        y = _row(page, y, k, text(f"lessons.skill.{skill}"), _said(place, k, text))
    if address:
        link = f"{address}?test={place.seed}&marks={place.marks}"
        page.squares(segno.make(link, error="m").matrix, MARGIN, y + 2, CODE)
        page.paragraph(MARGIN + CODE + 5, y + 8, link, SMALL, page.wide - 2 * MARGIN - CODE - 5)
    page.write(MARGIN, page.high - 8.5, text("app.title"), 7.5, SOFT)
    out = BytesIO()
    about = {"Title": title, "Creator": text("app.title"), "CreationDate": None}
    with PdfPages(out, metadata=about) as file:
        file.savefig(page.figure)
    return out.getvalue()


def _said(place: Place, k: int, text: Text) -> str:
    """What became of the k-th question."""
    if place.marks[k] == "1":
        return text("lessons.right")
    mistake = mistake_of(test_question(place.seed, k), place.marks[k])
    wrong = text("lessons.wrong")
    return text.join(wrong, text(f"lessons.mistake.{mistake}.named")) if mistake else wrong


def _row(page: Page, y: float, k: int, skill: str, said: str) -> float:
    """A question; where the next one stands."""
    page.write(MARGIN + NUMBER, y, str(k + 1), SIZE, ha="right", weight="bold")
    page.write(MARGIN + WORDS, y, skill, SIZE)
    wide = page.wide - 2 * MARGIN - WORDS
    return page.paragraph(MARGIN + WORDS, y + 5, said, SMALL, wide, SOFT) + 4
