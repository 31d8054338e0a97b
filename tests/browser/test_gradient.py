"""Gradient: typed, painted and dragged, it adds up in the browser as it does in the library."""

import json
from dataclasses import replace

import pytest

from app.exercise.gradient import edited
from app.exercise.presets import preset_exercise
from app.exercise.record import article_exercise
from app.story.backward import send_back
from app.story.way_back import KINDS

from .part import expect
from .test_pages import CUT_OFF, PHONE, SCROLLED

ARTICLE = article_exercise()
GRADIENT = "(cells) => cells.map((cell) => cell.dataset.gradient)"


@pytest.fixture
def gradient(open_page):
    return open_page("/gradient")


def received(stage):
    """The cells of the map that receive something, and how much."""
    told = json.loads(stage.part("gradient-map").attribute("data-received"))
    return {(row, col): value for row, col, value in told}


def library(exercise):
    """The same, as `roipool.roi_pool_backward` has it."""
    backward = send_back(exercise)
    return {place: float(backward.gradient[place]) for place in backward.received}


def section(stage, i, j):
    return stage.part("output").locator(f"[data-row='{i}'][data-col='{j}']")


def arrived(stage):
    return [float(one) for one in stage.cells.read_all(GRADIENT)]


def test_an_answer_that_comes_while_a_gradient_is_typed_leaves_the_choice_where_it_is(
    open_cuttable,
):
    stage, server = open_cuttable("/gradient?preset=one-cell-two-sections")
    server.holding = True
    section(stage, 0, 1).dblclick()
    stage.type("0.1")
    stage.press("Tab")
    stage.until(server.answers, 1)
    server.let_go()
    stage.settle()
    stage.type("0.7")
    stage.press("Enter")
    expect(section(stage, 1, 0)).to_be_focused()
    assert arrived(stage)[:3] == [1, 0.1, 0.7]


def test_typed_gradients_arrive_at_the_maxima_and_add_up(open_page):
    stage = open_page("/gradient?preset=one-cell-two-sections")
    assert received(stage)[5, 6] == 1.5
    section(stage, 0, 1).dblclick()
    # Sums of these depend on their order in the last bits: none may be lost on the way.
    for text, key in (("0.1", "Tab"), ("0.7", "Tab"), ("0.2", "Enter")):
        stage.type(text)
        stage.press(key)
    expect(section(stage, 1, 1)).to_be_focused()
    assert arrived(stage) == [1, 0.1, 0.7, 0.2]
    exercise = preset_exercise("one-cell-two-sections")
    assert received(stage) == library(
        replace(exercise, gradient=edited(exercise, [arrived(stage)]))
    )
    stage.part("gradient-map").hover(position=cell_on_map(stage, 5, 6))
    expect(stage.part("gradient-readout")).to_have_text(
        "Row 5, column 6: 0.10 + 0.20 = 0.30, from section (0, 1) and section (1, 1)."
    )
    stage.press("Control+z")
    assert arrived(stage) == [1, 0.1, 0.7, 1]


# Typed before the next frame, as on a busy machine: Tab from the open field, a number, Enter.
AT_ONCE = """(input) => {
  const press = (key) => input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  press("Tab");
  input.value = "0.7";
  press("Enter");
}"""


def test_the_focus_goes_to_the_section_typed_last_however_fast_one_types(open_page):
    stage = open_page("/gradient?preset=one-cell-two-sections")
    section(stage, 0, 1).dblclick()
    stage.locator(".output-area .cell-input").record(AT_ONCE)
    expect(section(stage, 1, 0)).to_be_focused()
    assert arrived(stage) == [1, 0.5, 0.7, 1]


def test_edits_after_an_example_stay_though_the_page_still_believes_it_lit(open_cuttable):
    stage, server = open_cuttable("/gradient?preset=two-boxes")
    server.holding = True
    for key, answers in (("gradient-ones", 1), ("gradient-one-hot", 2)):
        stage.part(key).click()
        stage.until(server.answers, answers)
    server.let_go()
    assert arrived(stage) == [1, 0, 0, 0]
    stage.root.focus()
    stage.press("Control+z")
    assert arrived(stage) == [1, 1, 1, 1]
    stage.press("Control+z")
    assert arrived(stage) == [1, 0.5, 0.5, 1]


def cell_on_map(stage, row, col):
    place = stage.part("gradient-map").place()
    side = place["width"] / 8
    return {"x": (col + 0.5) * side, "y": (row + 0.5) * side}


def test_what_is_no_gradient_is_refused_beside_the_cell(gradient):
    section(gradient, 0, 0).focus()
    gradient.type("1e9")
    gradient.press("Enter")
    alert = gradient.locator(".output-area .cell-message")
    expect(alert).to_contain_text("“1e9” is too large")
    gradient.press("Escape")
    assert arrived(gradient) == [1, 1, 1, 1]


def test_a_value_is_painted_by_dragging_over_the_output_in_one_edit(gradient):
    before = gradient.reruns
    gradient.part("paint-2").click()
    section(gradient, 0, 0).hover()
    gradient.hand.press()
    for at in ((0, 1), (1, 1)):
        gradient.hand.move(*section(gradient, *at).middle(), steps=4)
    assert gradient.reruns == before
    assert received(gradient) == {(3, 0): 2, (3, 3): 2, (7, 2): 1, (5, 6): 2}
    gradient.hand.release()
    assert gradient.reruns == before + 1
    assert received(gradient) == {(3, 0): 2, (3, 3): 2, (7, 2): 1, (5, 6): 2}


def test_a_single_one_goes_to_the_section_that_is_clicked(gradient):
    gradient.part("gradient-one-hot").click()
    assert received(gradient) == {(3, 0): 1}
    section(gradient, 1, 0).click()
    assert received(gradient) == {(7, 2): 1}


def test_the_gradient_follows_the_box_and_python_agrees_on_release(open_page):
    exercise = preset_exercise("two-boxes")
    stage = open_page("/gradient?preset=two-boxes")
    stage.part("gradient-random").click()
    exercise = replace(exercise, gradient=edited(exercise, [arrived(stage), [1, 0.5, 2, -1]]))
    assert received(stage) == library(exercise)
    before = stage.reruns
    hold = stage.grab("roi-1")
    for rows, cols in ((-1, 0), (1, -1), (0, -2)):
        hold.pull(rows, cols)
        box = (0.0, 2.0 + cols, 1.0 + rows, 8.0 + cols, 7.0 + rows)
        assert received(stage) == library(replace(exercise, boxes=(exercise.boxes[0], box)))
    live = received(stage)
    assert stage.reruns == before
    hold.release()
    assert received(stage) == live
    assert stage.reruns == before + 1


@pytest.mark.parametrize("name", ["a-tie", "empty-sections"])
def test_ties_and_empty_sections_are_the_library_s_while_the_box_is_held(open_page, name):
    exercise = preset_exercise(name)
    stage = open_page(f"/gradient?preset={name}")
    hold = stage.grab("roi-0-handle-ne").pull(1, -1)
    index, x1, y1, x2, y2 = exercise.boxes[0]
    shorter = replace(exercise, boxes=((index, x1, y1 + 1, x2 - 1, y2),))
    assert received(stage) == library(shorter)
    hold.release()


def test_the_keyboard_steps_through_the_way_back_without_a_rerun(gradient):
    before = gradient.reruns
    gradient.rewind()
    assert (gradient.scene(), received(gradient)) == ("forward", {})
    gradient.root.focus()
    sums = []
    for _ in range(7):
        gradient.press("]")
        arrows = gradient.locator(".arrow").amount()
        sums.append((gradient.scene(), arrows, sum(received(gradient).values())))
    assert sums == [
        ("incoming", 0, 0),
        *(("carry", count, count) for count in (1, 2, 3, 4)),
        ("sums", 4, 4),
        ("arrived", 4, 4),
    ]
    assert tuple(dict.fromkeys(["forward", *(scene for scene, *_ in sums)])) == KINDS
    expect(gradient.caption).to_contain_text("The other 60 stay 0")
    assert gradient.reruns == before


def test_what_was_set_comes_back_with_the_link(gradient):
    gradient.part("paint--1").click()
    section(gradient, 1, 0).click()
    assert "/gradient?x=" in gradient.address()
    gradient.reload()
    assert arrived(gradient) == [1, 1, -1, 1]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_on_a_phone_nothing_scrolls_sideways_and_the_map_comes_before_its_gradient(
    open_page, locale
):
    stage = open_page("/gradient?preset=two-boxes", **PHONE, locale=locale)
    assert stage.root.read(SCROLLED, "X") == []
    assert stage.root.read(CUT_OFF) == []
    parts = [stage.part(name).place() for name in ("map", "output", "gradient-map")]
    assert [part["y"] for part in parts] == sorted(part["y"] for part in parts)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_both_maps_and_the_sentence_stand_on_one_screen(open_page, locale):
    stage = open_page("/gradient?preset=two-boxes", locale=locale)
    maps = [stage.part(name).place() for name in ("map", "gradient-map")]
    assert [maps[0][side] for side in ("y", "width", "height")] == [
        maps[1][side] for side in ("y", "width", "height")
    ]
    for _ in stage.walk():
        place = stage.caption.place()
        assert place["y"] + place["height"] <= 800
