"""Lessons in a browser: answered by whatever is at hand, told what went wrong, taken up again."""

import pytest

from app.lessons.answers import answer, right
from app.lessons.exam import TEST_LENGTH
from app.lessons.lesson import lessons
from app.lessons.mistakes import MISTAKES
from app.lessons.place import Place, place_in
from app.lessons.question import KINDS

from .lesson_page import REACHED, Lesson
from .part import expect
from .stage_page import TEXT
from .telling import Secret
from .test_pages import PHONE

SEED = 7
NUMBERS = range(1, len(lessons()) + 1)
ASKED = [
    (lesson.number, k) for lesson in lessons() for k, step in enumerate(lesson.steps, 1) if step.ask
]


# px of the top bar.
BAR = 60
TOP = "(one) => one.getBoundingClientRect().top"
SIDEWAYS = "(page) => page.documentElement.scrollWidth - page.documentElement.clientWidth"


def kind_of(number, step):
    return lessons()[number - 1].steps[step - 1].ask.kind


def first_of(kind):
    """Of values the first of an output: a shape's numbers stand elsewhere too."""
    asked = (at for at in ASKED if kind_of(*at) == kind)
    return next(
        (number, k)
        for number, k in asked
        if kind != "value" or lessons()[number - 1].steps[k - 1].ask.asks == "output"
    )


ONE_OF_EACH = [first_of(kind) for kind in KINDS]


def opened(open_page, number, step, seed=SEED, **options):
    page = open_page(f"/lessons?lesson={number}&step={step}&seed={seed}", Lesson, **options)
    return page, Place("lesson", number, step, seed).question


def place_of(page):
    query = page.address().partition("?")[2]
    return place_in(dict(pair.split("=") for pair in query.split("&")))


@pytest.mark.sampled(13)
@pytest.mark.parametrize("number", NUMBERS)
def test_a_lesson_is_walked_to_its_end_by_finger(open_page, number):
    walk(open_page, number, "finger", **PHONE)


@pytest.mark.sampled(13)
@pytest.mark.parametrize("number", NUMBERS[::-1])
def test_a_lesson_is_walked_to_its_end_by_keyboard_alone(open_page, number):
    # As narrow as a page that is enlarged to 400 %.
    walk(open_page, number, "keyboard", viewport=PHONE["viewport"])


def walk(open_page, number, by, **options):
    """With right answers; what is asked and what is said of an answer is in sight each time."""
    lesson = lessons()[number - 1]
    page = open_page(f"/lessons?lesson={number}&seed={SEED}", Lesson, **options)
    for k, step in enumerate(lesson.steps, 1):
        page.until(lambda: place_of(page).step, k)
        assert page.read(SIDEWAYS) <= 0
        if step.ask is None:
            with page.rerun():
                page.push(page.get_by_role("button", name=TEXT["lessons.next"], exact=True), by)
            continue
        assert page.sentence.read(REACHED)["seen"], k
        question = Place("lesson", number, k, SEED).question
        page.answer(question, right(question), by)
        expect(page.verdict).to_contain_text(TEXT["lessons.figure.right"])
        # The replay, where there is one, comes in under it: the page must not follow its end.
        if question.asks != "align":
            expect(page.part("stage")).to_be_visible()
        assert BAR <= page.verdict.read(TOP) < page.height - BAR, k
        if by == "keyboard":
            # What comes next has the focus.
            with page.rerun():
                page.press("Enter")
        else:
            page.press_button("next", by)
    title = TEXT[f"lessons.{lesson.name}.title"]
    expect(page.get_by_text(TEXT["lessons.end"].format(title=title))).to_be_visible()


@pytest.mark.sampled(72)
@pytest.mark.parametrize(("number", "step"), ASKED)
def test_each_mistake_is_told_on_the_page(open_page, number, step):
    page, question = opened(open_page, number, step)
    seed = SEED
    for key in question.mistakes:
        place = Place("lesson", number, step, seed)
        if key in place.question.mistakes:
            page.answer(place.question, answer(place.question, MISTAKES[key]))
            expect(page.verdict).to_contain_text(TEXT[f"lessons.mistake.{key}.named"])
            expect(page.verdict).to_contain_text(TEXT[f"lessons.mistake.{key}.mended"])
        else:
            page.press_button("reveal")
        if place.of.steps[step - 1].model.map is None:
            break
        page.press_button("another")
        seed += 1


def test_the_cell_that_has_the_keyboard_is_in_sight_where_the_map_is_not(open_page):
    page, question = opened(open_page, *first_of("pick"), viewport={"width": 360, "height": 220})
    rows, cols = question.exercise.size
    for corner in (rows - 1, cols - 1), (0, 0):
        page.bring_about(question, corner, by="keyboard")


def test_the_keyboard_goes_on_among_the_amounts_that_are_left(open_page):
    page, _ = opened(open_page, *first_of("back"))
    for row, col in ((0, 0), (1, 1)):
        page.part("map-table").locator(f"[data-row='{row}'][data-col='{col}']").press("Enter")
        expect(page.part(f"amount-{row}-{col}")).to_be_focused()
    page.part("amounts").locator("button").first.press("Enter")
    expect(page.part("amount-1-1")).to_be_focused()
    assert page.part("amounts").locator("input").amount() == 1


def test_a_lesson_is_taken_up_again_where_it_was_left(open_page):
    number, step = ASKED[3]
    page, _ = opened(open_page, number, step)
    asked = page.sentence.text()
    page.reload()
    assert page.sentence.text() == asked
    page.press_button("reveal")
    page.press_button("another")
    assert place_of(page) == Place("lesson", number, step, SEED + 1)


def test_back_leads_to_the_step_before_and_from_the_first_to_the_list(open_page):
    page = open_page(f"/lessons?lesson=2&seed={SEED}", Lesson)
    first = page.get_by_role("button", name=TEXT["lessons.cut.title"])
    for button in (page.get_by_role("button", name=TEXT["lessons.all"]), first):
        with page.rerun():
            button.click()
    with page.rerun():
        page.get_by_role("button", name=TEXT["lessons.next"], exact=True).click()
    page.until(lambda: place_of(page).step, 2)
    page.back()
    page.until(lambda: place_of(page).step, 1)
    page.back()
    expect(first).to_be_visible()
    assert "lesson=" not in page.address()


def test_whoever_explores_comes_back_to_the_same_step(open_page):
    number, step = ASKED[4]
    page, _ = opened(open_page, number, step)
    asked = page.sentence.text()
    page.press_button("reveal")
    told = page.verdict.text()
    with page.rerun():
        page.get_by_role("button", name=TEXT["lessons.explore"]).click()
    expect(page.part("stage")).to_be_visible()
    page.get_by_role("link", name=TEXT["page.lessons"], exact=True).first.click()
    expect(page.sentence).to_have_text(asked)
    page.until(page.verdict.text, told)


def test_a_test_tells_at_its_end_and_its_address_is_the_result(open_page):
    page = open_page(f"/lessons?test={SEED}&marks={'1' * (TEST_LENGTH - 1)}", Lesson)
    place = place_of(page)
    key = place.question.mistakes[0]
    expect(page.part("reveal")).to_be_hidden()
    page.answer(place.question, answer(place.question, MISTAKES[key]))
    said = TEXT["lessons.test.result"].format(right=TEST_LENGTH - 1, count=TEST_LENGTH)
    expect(page.get_by_text(said)).to_be_visible()
    expect(page.get_by_text(TEXT[f"lessons.mistake.{key}.named"])).to_be_visible()
    assert place_of(page).marks == "1" * (TEST_LENGTH - 1) + "a"


@pytest.mark.sampled(6)
@pytest.mark.parametrize(("number", "step"), ONE_OF_EACH)
def test_an_answer_is_nowhere_while_it_is_asked_for_or_hidden(open_page, number, step):
    page, question = opened(open_page, number, step)
    mistake = answer(question, MISTAKES[question.mistakes[0]])
    secret = Secret(question, mistake)
    assert not secret.told(page)
    page.bring_about(question, mistake)
    assert not secret.told(page)
    page.reload()
    assert not secret.told(page)
    named = [TEXT[f"lessons.mistake.{key}.named"] for key in question.mistakes]
    assert not [one for one in named if one in page.everything()]
    with page.rerun():
        page.press("h")
    page.press_button("reveal")
    # Nor does its replay tell, nor anything to take away.
    expect(page.part("stage")).to_have_count(0)
    assert not secret.told(page)
    page.press_button("unhide")
    expect(page.part("stage")).to_have_count(1)
    assert secret.told(page)
    with page.rerun():
        page.press("h")
    expect(page.part("stage")).to_have_count(0)
    assert not secret.told(page)
