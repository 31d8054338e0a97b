"""What the command line asks for."""

from app.lessons.lesson import Lesson, lessons
from app.text import Text
from app.worksheets.page import Paper
from app.worksheets.pdf import worksheet
from app.worksheets.workbook import workbook


class MissingLessonError(ValueError):
    """There is no lesson of a number; the error says which there are."""


def make(
    kind: str,
    number: int,
    seed: int,
    count: int,
    *,
    language: str,
    paper: Paper,
    filled: bool,
    address: str,
) -> bytes:
    """A worksheet as ".pdf" or ".xlsx".

    Raises
    ------
    MissingLessonError
        There is no lesson of this number.
    """
    write = {".pdf": worksheet, ".xlsx": workbook}[kind]
    return write(_lesson(number), seed, count, Text(language), paper, filled, address)


def _lesson(number: int) -> Lesson:
    found = {lesson.number: lesson for lesson in lessons()}
    if number not in found:
        there = ", ".join(map(str, sorted(found)))
        raise MissingLessonError(f"there is no lesson {number}; there are {there}")
    return found[number]
