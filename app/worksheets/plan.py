"""The tables of docs/lesson-plan.md: what each answer to a question tells, from the lessons.

``python -m app.worksheets.plan`` writes them anew where a lesson has changed.
"""

import re

from app.lessons.lesson import lessons
from app.lessons.plan import PLANS
from app.text import Text
from app.worksheets.items import Item, item_of
from app.worksheets.key import said, wrong_answers

TABLE = re.compile(r"(<!-- answers: lesson=(\d+) step=(\d+) seed=(\d+) -->\n)([^<]*)(<!-- end -->)")
"""A table between its marks: its first mark, lesson, step, seed, what stands there, its last."""


def table(item: Item, text: Text) -> str:
    """Of a question the right answer, and each wrong one with the mistake that leads to it."""
    right = said(item.question, item.right, text), text("lessons.sheet.right")
    heads = text("lessons.sheet.answer"), text("lessons.sheet.tells")
    lines = [heads, ("---", "---"), right, *wrong_answers(item, text)]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines
    )


def renewed(plan: str, text: Text) -> str:
    """A plan with the tables as the lessons are now."""

    def made(found: re.Match[str]) -> str:
        number, step, seed = (int(found[k]) for k in (2, 3, 4))
        lesson = next(one for one in lessons() if one.number == number)
        return f"{found[1]}{table(item_of(lesson, step, seed, text), text)}\n{found[6]}"

    return TABLE.sub(made, plan)


if __name__ == "__main__":
    for language, path in PLANS.items():
        path.write_text(renewed(path.read_text("utf-8"), Text(language)), "utf-8")
