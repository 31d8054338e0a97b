"""Conventions side by side: what is done on the stage, on a card or on a choice shows on all."""

from dataclasses import replace

import pytest

from app.conventions.choices import switch
from app.exercise.link import encode
from app.exercise.record import article_exercise

from .by_hand import ARTICLE, pooled
from .part import expect
from .stage_page import TEXT

NAMES = ("article", "fast_rcnn", "chainer_roi_max_pooling_2d")
VALUES = "(cells) => cells.map((cell) => Number(cell.textContent))"
OVERFLOWS = "(page) => page.scrollWidth > page.clientWidth"


@pytest.fixture
def side_by_side(open_page):
    page = open_page("/conventions")
    expect(page.part("multiples")).to_be_visible()
    return page


def card(stage, name):
    """The card that a convention is on, which others that cut alike are on too."""
    return stage.locator(f".multiple:has([data-name='{name}'])")


def named(stage, name):
    return stage.part(f"convention-{name}")


def output(stage, name):
    return card(stage, name).locator(".out").read_all(VALUES)


def marked(stage, name):
    return card(stage, name).locator(".out[data-differs]").amount()


def test_the_cards_follow_the_box_when_it_is_released(side_by_side):
    before = output(side_by_side, "fast_rcnn")
    side_by_side.drag("roi-0", -2, 1)
    box = side_by_side.boxes()[0]
    for name in NAMES[:2]:
        expected = [value for row in pooled(ARTICLE, box, (2, 2), name) for value in row]
        assert output(side_by_side, name) == expected
    assert output(side_by_side, "fast_rcnn") != before
    assert output(side_by_side, "article") == [v for row in side_by_side.output() for v in row]


def test_a_click_on_a_card_makes_it_the_reference_and_puts_it_on_the_stage(side_by_side):
    assert [marked(side_by_side, name) for name in NAMES] == [0, 2, 1]
    with side_by_side.rerun():
        card(side_by_side, "fast_rcnn").locator(".figure").click()
    expect(named(side_by_side, "fast_rcnn")).to_have_attribute("aria-pressed", "true")
    expect(named(side_by_side, "article")).to_have_attribute("aria-pressed", "false")
    assert [marked(side_by_side, name) for name in NAMES] == [2, 0, 1]
    assert side_by_side.output() == [[0.85, 0.96], [0.97, 0.91]]


def test_a_card_is_chosen_with_the_keyboard(side_by_side):
    named(side_by_side, "mmcv").focus()
    with side_by_side.rerun():
        side_by_side.press("Enter")
    expect(named(side_by_side, "mmcv")).to_have_attribute("aria-pressed", "true")
    expect(named(side_by_side, "mmcv")).to_be_focused()


def test_a_choice_switched_makes_a_card_that_stays_when_another_is_chosen(side_by_side):
    expect(card(side_by_side, "custom")).to_have_count(0)
    ceil = TEXT["conventions.choice.stop.ceil"]
    with side_by_side.rerun():
        side_by_side.get_by_role("radio", name=ceil).click()
    expect(named(side_by_side, "custom")).to_have_attribute("aria-pressed", "true")
    assert output(side_by_side, "custom") == [0.85, 0.96, 0.97, 0.96]
    with side_by_side.rerun():
        named(side_by_side, "article").click()
    expect(named(side_by_side, "custom")).to_have_attribute("aria-pressed", "false")
    assert marked(side_by_side, "custom") == 1


def test_what_cuts_alike_is_one_card_and_all_figures_are_in_sight_at_once(side_by_side):
    names = side_by_side.locator(".multiple").read_all(
        "(cards) => cards.map((card) => card.querySelectorAll('.names button').length)"
    )
    assert names == [1, 5, 1]
    bottoms = side_by_side.locator(".multiple .figure").read_all(
        "(figures) => figures.map((figure) => figure.getBoundingClientRect().bottom)"
    )
    # Over all of it the frame of the pages has a row of its own.
    assert max(bottoms) <= side_by_side.height - 44


CLIPPED = """(cards) => cards.flatMap((card) => [...card.querySelectorAll(".names *, .verdict")])
  .filter((one) => getComputedStyle(one).display !== "inline")
  .filter((one) => one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.textContent)"""


@pytest.mark.sampled(3)
@pytest.mark.parametrize("width", [360, 853, 1024])
def test_no_name_of_a_convention_is_clipped(open_page, width):
    stage = open_page("/conventions", viewport={"width": width, "height": 740})
    assert stage.locator(".multiple").read_all(CLIPPED) == []
    assert not stage.part("stMain").read(OVERFLOWS)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("path", "convention"),
    [
        ("gradient", "fast_rcnn"),
        ("gradient", "chainer_roi_pooling_2d"),
        ("sizes", "chainer_roi_max_pooling_2d"),
    ],
)
def test_no_name_is_clipped_where_a_convention_is_chosen(open_page, path, convention):
    code = encode(replace(article_exercise(), convention=convention))
    stage = open_page(f"/{path}?x={code}", locale="zh-CN" if path == "gradient" else "en-US")
    field = stage.part("stSelectbox").locator("input")
    assert field.read("(input) => input.value").startswith(convention)
    assert field.read("(input) => input.scrollWidth <= input.clientWidth")


def test_nothing_is_cut_off_on_a_phone(open_page):
    stage = open_page("/conventions", viewport={"width": 360, "height": 740})
    for choose in (None, TEXT["conventions.view.identify"]):
        if choose:
            with stage.rerun():
                stage.get_by_role("radio", name=choose).click()
            with stage.rerun():
                example = TEXT["identify.example.swapped"]
                stage.get_by_role("button", name=example).click()
            expect(stage.locator(".findings")).to_be_visible()
            # Its columns stand under one another there, each value under the head of its column.
            heads = stage.locator(".findings tbody tr:first-child .head")
            expect(heads.first).to_be_visible()
            assert TEXT["identify.column.rule"] in heads.texts()
        assert not stage.part("stMain").read(OVERFLOWS)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("stop", ["nearest", "floor_or_one"])
def test_the_arithmetic_of_a_convention_of_one_s_own_is_written_down(open_page, stop):
    exercise = switch(article_exercise(), "stop", stop)
    stage = open_page(f"/playground?x={encode(exercise)}")
    formula = {"nearest": "3 + round(1·5/2) = 6", "floor_or_one": "3 + ⌊1·5/2⌋ = 5"}[stop]
    expect(stage.part("arithmetic")).to_contain_text(formula)


LABELS = """(labels) => labels.filter((one) => {
  const size = parseFloat(getComputedStyle(one).lineHeight);
  return one.getBoundingClientRect().height > 1.5 * size;
}).map((one) => one.textContent)"""
GAPS = """(groups) => groups.slice(1).map((one, i) =>
  one.getBoundingClientRect().top - groups[i].getBoundingClientRect().bottom)"""


def test_choices_have_a_line_each_and_do_not_touch(open_page):
    page = open_page("/conventions", viewport={"width": 1440, "height": 900})
    expect(page.part("multiples")).to_be_visible()
    choices = page.locator(".st-key-conventions-choices")
    labels = choices.locator("[data-testid='stHorizontalBlock'] [data-testid='stMarkdown'] p")
    assert labels.read_all(LABELS) == []
    groups = choices.locator("[role='radiogroup']")
    assert groups.amount() == 7
    assert min(groups.read_all(GAPS)) >= 4


def test_an_answer_comes_into_view_when_it_is_asked_for_and_is_said_aloud(open_page):
    stage = open_page("/conventions", viewport={"width": 853, "height": 533})
    with stage.rerun():
        stage.get_by_role("radio", name=TEXT["conventions.view.identify"]).click()
    outputs = stage.locator(".st-key-identify-fields textarea")
    expect(outputs.nth(2)).to_have_attribute("placeholder", TEXT["identify.output.example"])
    for example in ("swapped", "align"):
        with stage.rerun():
            stage.get_by_role("button", name=TEXT[f"identify.example.{example}"]).click()
        first = stage.locator(".st-key-identify-said strong").first
        expect(first).to_be_in_viewport(ratio=1)
        expect(stage.locator(".unseen[role='status']")).to_have_text(first.text())


def test_an_answer_is_marked_while_something_else_is_typed(open_page):
    stage = open_page("/conventions", viewport={"width": 360, "height": 740})
    with stage.rerun():
        stage.get_by_role("radio", name=TEXT["conventions.view.identify"]).click()
    # What is missing can be had without a way back to the fields.
    with stage.rerun():
        stage.get_by_role("button", name=TEXT["identify.find"]).click()
    expect(stage.locator(".st-key-conventions-identify-use-missing")).to_be_in_viewport()
    with stage.rerun():
        stage.get_by_role("button", name=TEXT["identify.example.swapped"]).click()
    before = stage.get_by_text(TEXT["identify.before"])
    expect(stage.locator(".findings")).to_be_visible()
    expect(before).to_be_hidden()
    stage.locator(".st-key-identify-fields textarea").nth(2).fill("1 2\n3 4")
    expect(before).to_be_visible()
