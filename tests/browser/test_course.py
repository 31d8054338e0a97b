"""Lessons as one file: walked to their end with the network off, right and with every mistake."""

import pytest

from app.lessons.answers import answer, right
from app.lessons.lesson import lessons
from app.lessons.mistakes import MISTAKES
from app.lessons.place import Place
from app.takeaway.document import course_page
from app.takeaway.lessons import INSTANCES
from app.text import Text

from .axe import violations
from .file_page import CourseFile
from .part import expect
from .stage_page import TEXT

NUMBERS = range(1, len(lessons()) + 1)


@pytest.fixture
def opened(new_screen, tmp_path):
    """Opens lessons as a file in a browser that has no network."""

    def open_file(*numbers, **options):
        file = tmp_path / "lessons.html"
        file.write_text(course_page(numbers, Text("en")), encoding="utf-8")
        return new_screen(CourseFile, offline=True, **options).open(file.as_uri())

    return open_file


@pytest.mark.sampled(13)
@pytest.mark.parametrize("number", NUMBERS)
def test_a_lesson_in_a_file_is_walked_to_its_end_and_tells_each_mistake(opened, number):
    page, lesson, turn = opened(number), lessons()[number - 1], 0
    for k, step in enumerate(lesson.steps, 1):
        if step.ask is None:
            page.go_on()
            continue
        seeds = range(1, 1 + (INSTANCES if step.model.map else 1))
        question = Place("lesson", number, k, seeds[turn % len(seeds)]).question
        # On some instances none would answer anything else.
        told = [key for key in question.mistakes if answer(question, MISTAKES[key]) is not None]
        if not told:
            page.answer(question, right(question))
            page.press_button("next")
            continue
        key = told[0]
        # The first that would answer something else than is right, on this instance.
        page.answer(question, answer(question, MISTAKES[key]))
        expect(page.verdict).to_contain_text(TEXT[f"lessons.mistake.{key}.mended"])
        if step.model.map is not None:
            page.press_button("another")
            turn += 1
            question = Place("lesson", number, k, seeds[turn % len(seeds)]).question
            page.answer(question, right(question))
            expect(page.verdict).to_contain_text(TEXT["lessons.figure.right"])
        page.press_button("next")
    title = TEXT[f"lessons.{lesson.name}.title"]
    expect(page.get_by_text(TEXT["lessons.end"].format(title=title))).to_be_visible()


def test_of_several_lessons_there_is_a_list_that_says_how_far_one_is(opened):
    page = opened(1, 2, locale="zh-CN")
    expect(page.part("listing").locator("li")).to_have_count(2)
    page.get_by_role("button", name="English").click()
    page.part("open-2").click()
    # What a step shows is presented with its sentence over it, and all of it on the screen.
    page.press("p")
    expect(page.get_by_role("button", name=TEXT["stage.play"])).to_be_in_viewport(ratio=1)
    page.press("p")
    page.go_on()
    question = Place("lesson", 2, 2, 1).question
    page.answer(question, right(question))
    assert violations(page) == []
    page.part("all").click()
    assert violations(page) == []
    said = TEXT["lessons.so_far"].format(done=1, of=5)
    expect(page.part("listing").get_by_text(said)).to_be_visible()
