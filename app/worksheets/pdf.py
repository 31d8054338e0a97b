"""A lesson's worksheet as a PDF: pages for a printer that knows black only.

Drawn with matplotlib, which the app's exports stand on already: it writes vectors, takes the
installed Chinese font and puts into the file only the characters that are used, as text that can
be searched.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO

import segno
from matplotlib.backends.backend_pdf import PdfPages

from app.exports.fonts import readable
from app.lessons.wording import box_said
from app.text import Text
from app.worksheets import key, picture, spaces
from app.worksheets.grids import AXIS, LIGHT
from app.worksheets.items import Item, sheets
from app.worksheets.order import Order
from app.worksheets.page import BOTTOM, LEADING, MARGIN, POINT, SOFT, TOP, Page, lines

BADGE, CODE, GAP = 9.0, 18.0, 9.0
SAID, FACTS = 10.5, 8.0
HINT = 8.4  # from the map's upper edge to the answer
BESIDE = BADGE + AXIS + 67.2 + 5.5  # where the answer is written, from the left margin


def worksheet(order: Order) -> bytes:
    """The questions of a lesson on the instances of some seeds, as a PDF.

    Each seed has pages of its own, to be handed to one learner; `filled` they bear the right
    answers, where the blank ones leave room for them, and a page with what wrong ones tell. With
    an address each question bears a code that opens it there.
    """
    out = BytesIO()
    text, lesson = order.text, order.lesson
    title = f"{lesson.number} · {text(f'lessons.{lesson.name}.title')}"
    about = {"Title": title, "Creator": text("app.title"), "CreationDate": None}
    with PdfPages(out, metadata=about) as file:
        for page in pages(order):
            file.savefig(page.figure)
    return out.getvalue()


def pages(order: Order) -> Iterator[Page]:
    """The pages of `worksheet`, in their order."""
    text = readable(order.text)
    for items in sheets(order, text):
        yield from _Sheet(items, order, text).pages()


class _Sheet:
    """The pages of one seed."""

    def __init__(self, items: Sequence[Item], order: Order, text: Text) -> None:
        self.items, self.text, self.paper = items, text, order.paper
        self.filled, self.address = order.filled, order.address
        self.lesson, self.seed = order.lesson, items[0].seed

    def pages(self) -> list[Page]:
        """All pages, numbered."""
        pages: list[Page] = []
        y, last = 0.0, 0.0
        for k, item in enumerate(self.items, 1):
            if not pages or y + self._height(item, pages[-1]) > last:
                page, y = self._begun(first=not pages)
                pages.append(page)
                last = page.high - BOTTOM
            y = self._block(pages[-1], y, k, item) + GAP
        if self.filled and key.is_there(self.items, self.text):
            pages += key.write(self.items, self.text, lambda: self._begun(first=False))
        for k, page in enumerate(pages, 1):
            self._foot(page, k, len(pages))
        return pages

    def _begun(self, first: bool) -> tuple[Page, float]:
        """A page with its head, and where its first question stands."""
        page, text = Page(self.paper, self.text.language), self.text
        title = f"{self.lesson.number} · {text(f'lessons.{self.lesson.name}.title')}"
        right = page.wide - MARGIN
        page.write(MARGIN, TOP + 5, title, 15 if first else 10.5, weight="bold")
        if self.filled:
            page.write(right, TOP + 5, text("lessons.sheet.filled"), 12, ha="right", weight="bold")
        elif first:
            page.write(right - 62, TOP + 5, text("lessons.sheet.name"), 9, SOFT)
            page.line([right - 50, right], [TOP + 5.6] * 2, LIGHT)
        y = TOP + 9.0
        if first:
            able = text(f"lessons.{self.lesson.name}.able")
            y = page.paragraph(MARGIN, TOP + 11, able, 9, right - MARGIN, SOFT) - 1.4
        page.line([MARGIN, right], [y] * 2, 0.9)
        return page, y + 8

    def _foot(self, page: Page, number_: int, count: int) -> None:
        y, text = page.high - 8.5, self.text
        page.line([MARGIN, page.wide - MARGIN], [y - 4.2] * 2, 0.4)
        said = text("lessons.sheet.page", seed=self.seed, page=number_, count=count)
        page.write(MARGIN, y, text("app.title"), 7.5, SOFT)
        page.write(page.wide - MARGIN, y, said, 7.5, SOFT, ha="right")

    def _height(self, item: Item, page: Page) -> float:
        """Of a question's block, from the baseline of its first line."""
        high = self._said(item, page)[1] + max(picture.height(item), HINT + spaces.height(item))
        return max(high, CODE)

    def _said(self, item: Item, page: Page) -> tuple[list[tuple[str, float, str]], float]:
        """Its lines with their sizes, and how high they are together."""
        wide = page.wide - 2 * MARGIN - BADGE - CODE - 5
        said = [(line, SAID, "black") for line in lines(item.said, SAID, wide)]
        for fact in (self._facts(item), item.rule):
            said += [(line, FACTS, SOFT) for line in lines(fact, FACTS, wide)] if fact else []
        return said, sum(size for _, size, _ in said) * LEADING * POINT + 0.5

    def _facts(self, item: Item) -> str:
        """What the exercise is, so that nobody has to look it up elsewhere."""
        exercise, text = item.question.exercise, self.text
        told = []
        if item.question.kind != "box" and item.question.asks != "shape":
            several = len(exercise.boxes) > 1
            for n in range(len(exercise.boxes)):
                said = box_said(replace(exercise, selected=n), text)
                kind = "box.of" if several else "box"
                told.append(text(f"lessons.sheet.{kind}", n=n, box=said))
        if item.question.asks == "shape":
            count, maps = len(exercise.boxes), exercise.maps
            held = {"count": count, "images": maps.images, "channels": maps.channels}
            told.append(text("lessons.sheet.several", **held))
        if exercise.spatial_scale != 1:
            told.append(text("lessons.sheet.stride", stride=round(exercise.unit)))
        high, wide = exercise.output_size
        told.append(text("lessons.sheet.size", high=high, wide=wide))
        return "  ·  ".join(told)

    def _block(self, page: Page, y: float, number_: int, item: Item) -> float:
        """A question; where it ends."""
        left = MARGIN + BADGE
        page.ring(MARGIN + 3, y - 1.3, 3.2, 1.0)
        page.number(MARGIN + 3, y - 1.3, str(number_), 9, weight="bold")
        said, high = self._said(item, page)
        line = y
        for words, size, ink in said:
            page.write(left, line, words, size, ink)
            line += size * LEADING * POINT
        self._code(page, page.wide - MARGIN - CODE, y - 4.5, item)
        top = y + high
        picture.draw(page, (left + AXIS, top + AXIS), item, self.filled)
        at = MARGIN + BESIDE
        hint = self.text(f"lessons.sheet.how.{_how(item)}")
        page.paragraph(at, top + AXIS + 0.6, hint, 8, spaces.WIDE + 9, SOFT)
        spaces.write(page, (at, top + HINT), item, self.text, self.filled)
        if item.question.kind == "back":
            beside = (page.wide - MARGIN - CODE, y + CODE + 3)
            spaces.arriving(page, beside, item, self.text, CODE)
        return y + self._height(item, page)

    def _code(self, page: Page, x: float, y: float, item: Item) -> None:
        """The link to the question, as a code and in letters."""
        if self.address:
            code = segno.make(self.address + item.query, error="m", micro=False)
            page.squares(code.matrix, x, y, CODE)
            y += CODE
        page.write(x + CODE, y + 2.4, item.query, 5, SOFT, ha="right")


def _how(item: Item) -> str:
    kind, asks = item.question.kind, item.question.asks
    return f"{kind}.{asks if asks in spaces.NAMES else 'output'}" if kind == "value" else kind
