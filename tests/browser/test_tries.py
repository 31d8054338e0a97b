"""A second try in a browser: what was wrong is marked, and of two numbers each says whose it is."""

import pytest

from app.lessons.answers import answer, right
from app.lessons.mistakes import MISTAKES
from app.text import Text, number

from .axe import violations
from .part import expect
from .telling import Secret
from .test_lessons import ONE_OF_EACH, first_of, opened
from .test_pages import PHONE

FIGURE = Text("en").section("lessons.figure")


def one_off(question):
    first, *rest = right(question)
    return (first + 1, *rest)


@pytest.mark.sampled(6)
@pytest.mark.parametrize(("number", "step"), ONE_OF_EACH)
def test_a_wrong_answer_may_be_mended_before_the_right_one_is_told(open_page, number, step):
    page, question = opened(open_page, number, step)
    mistake = answer(question, MISTAKES[question.mistakes[0]])
    secret = Secret(question, mistake)
    page.answer(question, mistake)
    expect(page.verdict).to_contain_text(FIGURE["again"])
    assert not secret.told(page)
    expect(page.part("stage")).to_have_count(0)
    page.press_button("check")
    expect(page.verdict).not_to_contain_text(FIGURE["again"])
    expect(page.part("another")).to_be_visible()


def test_a_mended_answer_is_right(open_page):
    page, question = opened(open_page, *first_of("value"))
    page.answer(question, one_off(question))
    expect(page.part("check")).to_have_text(FIGURE["check.again"])
    first = page.part("field").nth(0)
    expect(first).to_have_attribute("aria-invalid", "true")
    first.fill("0")
    expect(first).not_to_have_attribute("aria-invalid", "true")
    page.answer(question, right(question))
    expect(page.verdict).to_contain_text(FIGURE["right"])


def test_of_two_numbers_in_a_field_each_says_whose_it_is(open_page):
    page, question = opened(open_page, *first_of("value"), **PHONE)
    wrong, true = one_off(question), right(question)
    page.answer(question, wrong)
    page.press_button("check")
    lines = [
        f"{FIGURE['cell.yours']} {number(wrong[0])}",
        f"{FIGURE['cell.right']} {number(true[0])}",
    ]
    expect(page.part("judged").nth(0)).to_have_text("".join(lines))
    assert violations(page) == []


def test_a_try_is_hidden_with_the_answer(open_page):
    page, question = opened(open_page, *first_of("value"))
    with page.rerun():
        page.press("h")
    page.answer(question, one_off(question))
    expect(page.verdict).to_have_text(FIGURE["hidden"])
    page.press_button("unhide")
    expect(page.verdict).to_contain_text(FIGURE["again"])
