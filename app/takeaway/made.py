"""Lessons as the files that are taken along: what the page of lessons and the command line make."""

from collections.abc import Sequence

from app.takeaway.document import course_page
from app.takeaway.scorm import package
from app.text import Text

# The share of questions, in percent, from which a course calls its lessons passed.
MASTERY = 80


def lessons_as(kind: str, numbers: Sequence[int], text: Text) -> bytes:
    """Lessons by their numbers as "html", a page, or "zip", a course's package."""
    page = course_page(numbers, text)
    return page.encode() if kind == "html" else package(page, text("takeaway.lessons"), MASTERY)
