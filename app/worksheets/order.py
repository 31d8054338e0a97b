"""What a worksheet is asked for: one record for paper, workbook, page and command line."""

from dataclasses import dataclass
from typing import Literal, get_args

from app.lessons.lesson import Lesson, lessons
from app.lessons.place import MOST_SEED
from app.text import LANGUAGES, Text

Paper = Literal["A4", "Letter"]
PAPERS: tuple[Paper, ...] = get_args(Paper)
MOST_SHEETS = 100


class OrderError(ValueError):
    """No worksheet can be made so; the error says what is allowed."""


class MissingLessonError(OrderError):
    """There is no lesson of a number; the error says which there are."""


@dataclass(frozen=True, slots=True)
class Order:
    """The questions of a lesson on the instances of `count` seeds from `seed` on.

    Attributes
    ----------
    lesson : Lesson
    seed : of the first sheet; the page of lessons takes that of the last one, too
    count : of sheets
    language : a key of `app.text.LANGUAGES`
    paper : "A4" or "Letter"
    filled : whether the answers stand in it
    address : of the page of lessons; with it each question leads there

    Raises
    ------
    OrderError
        One of them is out of its bounds.

    Examples
    --------
    >>> list(Order(lesson_of(3), seed=7, count=2).seeds)
    [7, 8]
    """

    lesson: Lesson
    seed: int = 1
    count: int = 1
    language: str = "en"
    paper: Paper = "A4"
    filled: bool = False
    address: str = ""

    def __post_init__(self) -> None:
        _within("count", self.count, 1, MOST_SHEETS)
        _within("seed", self.seed, 0, MOST_SEED + 1 - self.count)
        _one_of("language", self.language, tuple(LANGUAGES))
        _one_of("paper", self.paper, PAPERS)

    @property
    def seeds(self) -> range:
        """One for each sheet."""
        return range(self.seed, self.seed + self.count)

    @property
    def text(self) -> Text:
        """The strings of its language."""
        return Text(self.language)


def lesson_of(number: int) -> Lesson:
    """The lesson of a number.

    Raises
    ------
    MissingLessonError
        There is none.
    """
    found = {lesson.number: lesson for lesson in lessons()}
    if number not in found:
        there = ", ".join(map(str, sorted(found)))
        raise MissingLessonError(f"there is no lesson {number}; there are {there}")
    return found[number]


def _within(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise OrderError(f"{name} is {value}; expected {least} to {most}")


def _one_of(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise OrderError(f"{name} is {value!r}; expected one of {', '.join(map(repr, known))}")
