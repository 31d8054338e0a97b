"""The lesson plan: its tables say what the lessons say, its links lead somewhere, twice."""

import re

import pytest

from app.lessons.lesson import lessons
from app.lessons.plan import PLANS, plan
from app.text import Text
from app.worksheets.items import item_of
from app.worksheets.plan import TABLE, renewed, table
from tests.worksheets import sample

MARKED = {
    language: list(TABLE.finditer(path.read_text("utf-8"))) for language, path in PLANS.items()
}
WRITTEN = {one.number: one for one in lessons() if Text("en").has(f"lessons.{one.name}.title")}
TABLES = [
    pytest.param(language, *found.group(2, 3, 4, 5), id=f"{language}-{found[2]}.{found[3]}")
    for language, marked in MARKED.items()
    for found in marked
    if int(found[2]) in WRITTEN
]


@pytest.mark.parametrize(("language", "number", "step", "seed", "stands"), TABLES)
def test_a_table_is_what_the_lesson_says(language, number, step, seed, stands):
    text = Text(language)
    item = item_of(WRITTEN[int(number)], int(step), int(seed), text)
    assert stands.strip() == table(item, text), "python -m app.worksheets.plan writes it anew"


def test_both_plans_ask_the_same():
    marks, links = (
        [found(path.read_text("utf-8")) for path in PLANS.values()]
        for found in (
            lambda plan: [one.group(2, 3, 4) for one in TABLE.finditer(plan)],
            lambda plan: re.findall(r"\(http://localhost:8501/([^)]*)\)", plan),
        )
    )
    assert marks[0] == marks[1]
    assert links[0] == links[1]
    assert {number for number, _, _ in marks[0]} == {"1", "2", "3", "4"}


@pytest.mark.parametrize("language", PLANS)
def test_every_table_stands_under_a_link_to_its_question(language):
    written = PLANS[language].read_text("utf-8")
    for found in MARKED[language]:
        link = "lessons?lesson={}&step={}&seed={}&present=1&hide=1".format(*found.group(2, 3, 4))
        assert link in written[: found.start()]


@pytest.mark.parametrize("language", PLANS)
def test_a_plan_is_read_with_links_to_the_address_that_is_given(language):
    def links(read):
        return re.findall(r"\]\(([^)]*)\)", read)

    written = PLANS[language].read_text("utf-8")
    of_docs, relative = links(written), links(plan(language, "."))
    assert [f"http://localhost:8501{link[1:]}" for link in relative] == of_docs
    assert all(link.startswith("./") for link in relative)
    assert "<!--" not in plan(language, ".")


def test_a_table_is_written_anew_and_the_rest_left_alone(monkeypatch):
    sample.say(monkeypatch, named=True)
    monkeypatch.setattr("app.worksheets.plan.lessons", lambda: (sample.only("value"),))
    old = "before\n<!-- answers: lesson=77 step=1 seed=7 -->\nold | new\n<!-- end -->\nafter"
    made = renewed(old, Text("en"))
    assert made.startswith("before\n<!-- answers: lesson=77 step=1 seed=7 -->\n| Answer |")
    assert made.endswith("| That is transposed. |\n<!-- end -->\nafter")
    assert "old | new" not in made
    assert renewed(made, Text("en")) == made
