"""What is printed: the questions of a lesson on instances of some seeds."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from app.lessons import answers, cuts
from app.lessons.lesson import Lesson
from app.lessons.question import Answer, Cut, Question
from app.lessons.wording import rule, sentence
from app.text import Text
from app.worksheets.order import Order


@dataclass(frozen=True)
class Item:
    """A question as it is printed.

    Attributes
    ----------
    lesson, step, seed : what it is of
    question : the same that the page asks
    said, rule : its sentence, and the line that states its rule
    query : opens it on the page, ``?lesson=3&step=2&seed=7``
    """

    lesson: Lesson
    step: int
    seed: int
    question: Question
    said: str
    rule: str | None

    @property
    def query(self) -> str:
        return f"?lesson={self.lesson.number}&step={self.step}&seed={self.seed}"

    @cached_property
    def right(self) -> Answer:
        """The right answer, from the library."""
        return answers.right(self.question)

    @cached_property
    def cut(self) -> Cut:
        """The sections of the box; of a box that is asked for, where it is right."""
        return cuts.library_cut(self.solved.exercise)

    @property
    def solved(self) -> Question:
        """The question with its box where it belongs."""
        if self.question.kind == "box":
            return answers.with_box(self.question, self.right)
        return self.question


def sheets(order: Order, text: Text) -> Iterator[tuple[Item, ...]]:
    """The questions of each seed of an order."""
    for seed in order.seeds:
        yield tuple(_items(order.lesson, seed, text))


def item_of(lesson: Lesson, step: int, seed: int, text: Text) -> Item:
    """The question of a step, counted from 1, on the instance of a seed."""
    question = lesson.question(step, seed)
    said = sentence(lesson, step, question, text)
    stated = None if question.is_rule_asked else rule(question, text)
    return Item(lesson, step, seed, question, said, stated)


def _items(lesson: Lesson, seed: int, text: Text) -> Iterator[Item]:
    for number, step in enumerate(lesson.steps, 1):
        if step.ask is not None:
            yield item_of(lesson, number, seed, text)
