"""Hide the answer: it is nowhere on the page, whatever is done there, until it is asked for."""

import re
from dataclasses import replace

import numpy as np
import pytest

from app.exercise.gradient import canonical
from app.exercise.link import encode
from app.exercise.maps import Maps
from app.exercise.presets import preset_exercise
from app.exercise.record import Exercise, pool

from .by_hand import ARTICLE, pooled
from .pages import kind, path
from .part import expect
from .stage_page import TEXT, Stage
from .telling import without
from .test_pixels import Pixels

PAGES = ["replay", "playground", "sizes", "conventions", "gradient"]
SEEDS = range(20)
VALUE = re.compile(r"\b4\d\d\.29\b")
LABELS = "(all) => all.map((one) => one.getAttribute('aria-label'))"


def exercise_of(seed):
    """A random exercise, none of whose numbers could stand on the page for another reason."""
    random = np.random.default_rng(seed)
    rows, cols = random.integers(6, 10, 2).tolist()
    cells = 400.29 + random.permutation(rows * cols).reshape(rows, cols)
    x1, y1 = random.integers(0, 3, 2).tolist()
    return Exercise(
        maps=Maps(cells),
        boxes=((0, x1, y1, x1 + 3, y1 + 3),),
        output_size=tuple(random.integers(1, 4, 2).tolist()),
        convention=["article", "fast_rcnn", "chainer_roi_pooling_2d"][seed % 3],
    )


def answers(exercise):
    return {f"{value:.2f}" for value in pool(exercise).output.ravel().tolist() if value}


def told(stage):
    """The values of the map that the page tells, beside the map itself, cell by cell."""
    cells = stage.locator("[role=gridcell][tabindex='0']").read_all(LABELS)
    return set(VALUE.findall(without(stage.everything(), cells)))


@pytest.mark.sampled(100)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", PAGES)
def test_the_answer_is_nowhere_until_it_is_revealed(open_page, name, seed):
    exercise = exercise_of(seed)
    stage = open_page(f"{path(name)}?x={encode(exercise)}&hide=1")
    if name != "conventions":
        stage.rewind()
        for scene in stage.walk():
            assert not told(stage), scene
    stage.drag("roi-0", 1, 1)
    # The cell under the pointer names itself.
    stage.hand.move(0, 0)
    assert not told(stage)
    stage.reload()
    assert not told(stage)
    with stage.rerun():
        stage.part("reveal").click()
    assert told(stage)


def test_an_edit_tells_nothing_either(open_page):
    exercise = exercise_of(1)
    stage = open_page(f"/playground?x={encode(exercise)}&hide=1")
    _, x1, y1, *_ = map(int, exercise.boxes[0])
    stage.type_cell(y1, x1, "499.29")
    stage.press("Escape")
    assert "499.29" not in stage.everything()
    with stage.rerun():
        stage.press("h")
    assert "499.29" in stage.everything()
    assert stage.output()[0][0] == 499.29


def test_the_next_page_hides_it_too_and_h_shows_it(open_page):
    stage = open_page(f"/playground?x={encode(exercise_of(2))}")
    assert told(stage)
    with stage.rerun():
        stage.press("h")
    assert not told(stage)
    expect(stage.part("reveal")).to_have_text(TEXT["stage.reveal"])
    stage.get_by_role("link", name=TEXT["page.gradient"]).first.click()
    expect(stage.locator(".with-gradient")).to_be_visible()
    assert "hide=1" in stage.address()
    assert not told(stage)
    expect(stage.part("gradient-map")).to_have_attribute("data-received", "[]")


def test_image_to_cells_hides_what_both_poolings_give(open_page):
    exercise = exercise_of(3)
    pixels = tuple((0, *(16 * number for number in box[1:])) for box in exercise.boxes)
    exercise = replace(exercise, boxes=pixels, spatial_scale=1 / 16)
    page = open_page(f"/pixels?x={encode(exercise)}", Pixels)
    assert answers(exercise) <= set(VALUE.findall(page.everything()))
    with page.rerun():
        page.press("h")
    assert not answers(exercise) & set(VALUE.findall(page.everything()))
    assert page.part("pooled").locator("[data-row]").texts() == ["?"] * len(
        pool(exercise).output.ravel()
    )


def test_what_can_be_taken_away_is_not_to_be_had_meanwhile(open_page):
    stage = open_page("/playground?hide=1")
    export = stage.get_by_role("button", name=TEXT["exports.title"])
    expect(export).to_be_disabled()
    # Why stands there: over a button that is off no tooltip opens for a finger or the keyboard.
    why = stage.get_by_text(TEXT["exports.hidden"])
    expect(why).to_be_visible()
    with stage.rerun():
        stage.part("hide").click()
    expect(export).to_be_enabled()
    expect(why).to_have_count(0)


def test_a_page_without_a_figure_takes_it_along(open_page):
    page = open_page("/speed?hide=1", kind("speed"))
    page.reload()
    assert "hide=1" in page.address()
    page.get_by_role("link", name=TEXT["page.playground"]).first.click()
    stage = page.on(Stage)
    expect(stage.root).to_be_visible()
    assert stage.output() == [[None, None], [None, None]]
    assert "hide=1" in stage.address()


def test_who_asks_at_an_earlier_step_is_shown_what_was_asked_for(open_page):
    stage = open_page("/?hide=1")
    while stage.scene() != "sections":
        stage.next.click()
    stage.drag("roi-0", -1, 1)
    assert stage.scene() == "sections"
    with stage.rerun():
        stage.part("reveal").click()
    assert stage.scene() == "maxima"
    assert stage.output() == pooled(ARTICLE, [0, 1, 2, 8, 7])


def test_at_the_first_step_too_it_says_that_the_answer_is_hidden_and_shows_it(open_page):
    stage = open_page("/")
    with stage.rerun():
        stage.press("h")
    assert stage.scene() == "input"
    assert stage.cells.texts() == ["?"] * 4
    # Who takes the veil away by its key is where they were.
    with stage.rerun():
        stage.press("h")
    assert (stage.scene(), stage.cells.texts()) == ("input", [""] * 4)
    with stage.rerun():
        stage.press("h")
    with stage.rerun():
        stage.part("reveal").click()
    assert (stage.scene(), stage.output()) == ("maxima", pooled(ARTICLE, [0, 0, 3, 7, 8]))


def test_gradient_s_colours_do_not_tell_where_two_meet(open_page):
    told = []
    for name in ("article", "one-cell-two-sections"):
        exercise = preset_exercise(name)
        twos = tuple((2.0,) * exercise.output_size[1] for _ in range(exercise.output_size[0]))
        exercise = replace(exercise, gradient=canonical([twos]))
        stage = open_page(f"/gradient?x={encode(exercise)}&hide=1")
        chip = stage.part("paint-2")
        told.append(chip.read("(one) => getComputedStyle(one).backgroundColor"))
        stage.leave()
    assert told[0] == told[1]
