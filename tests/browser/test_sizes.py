"""Sizes: the ruler in step with map and output, the cases that load, the phone."""

from dataclasses import replace

import pytest

from app.exercise.link import encode
from app.exercise.presets import preset_exercise
from app.exercise.record import article_exercise
from app.sizes.cases import COLS, ROWS, difference
from roipool import get_convention

from .by_hand import pooled
from .hold import Hold
from .part import expect
from .stage_page import TEXT
from .test_pages import CUT_OFF, PHONE, SCROLLED

CELLS = preset_exercise("57-in-7").cells


@pytest.fixture
def sizes(open_page):
    return open_page("/sizes")


def case_at(plot, n, count):
    """Where a case of the heat map lies on the page."""
    place = plot.place()
    across, down = (n - 0.5) / 64, (14 - count + 0.5) / 14
    return place["x"] + across * place["width"], place["y"] + down * place["height"]


def take_end(stage):
    """Press the mouse on the ruler's end; a pull is then one along the tape."""
    tape = stage.part("ruler").locator(".tape svg").place()
    at = stage.part("ruler-end").locator(".grip").middle()
    return Hold(stage, at, ((tape["width"] - 24) / 64, 0))


def texts(stage, name):
    return stage.part("ruler").locator(f".cut .{name}").texts()


def test_box_output_and_ruler_follow_its_end_and_the_map_on_release(sizes):
    before = sizes.reruns
    hold = take_end(sizes).pull(0, -2)
    assert sizes.drawn() == [3, 6, 0, 7]
    assert sizes.output() == pooled(CELLS, [0, 0, 3, 7, 6])
    assert texts(sizes, "boundary") == ["0", "1.50", "3"]
    expect(sizes.part("differences")).to_contain_text(difference(ROWS, 3, 2, "en"))
    hold.pull(0, 35)
    expect(sizes.part("ruler")).to_have_attribute("data-n", "40")
    assert texts(sizes, "boundary") == ["0", "20", "40"]
    assert sizes.drawn() == [3, 9, 0, 7]
    assert (sizes.reruns, sizes.size()) == (before, (9, 8))
    hold.release()
    assert sizes.reruns == before + 1
    assert sizes.size() == (44, 8)
    assert sizes.drawn() == [3, 43, 0, 7]
    assert sizes.output() == pooled(CELLS, [0, 0, 3, 7, 43])
    hold = take_end(sizes).pull(0, -37)
    expect(sizes.part("ruler")).to_have_attribute("data-n", "3")
    hold.release()
    assert sizes.size() == (8, 8)


def test_ruler_follows_the_box_on_the_map_and_shows_either_axis(sizes):
    sizes.grab("roi-0-handle-e").pull(0, -2)
    expect(sizes.part("differences")).to_contain_text(difference(COLS, 5, 2, "en"))
    sizes.hand.release()
    before = sizes.reruns
    sizes.part("ruler-cols").click()
    expect(sizes.part("ruler")).to_have_attribute("data-n", "5")
    formulas = sizes.part("ruler").locator(".cut .formula")
    expect(formulas.first).to_have_text("start of section 0 = ⌊0·5/2⌋ = 0")
    assert sizes.reruns == before


def test_keys_pull_the_ruler_s_end_and_undo_takes_it_back(sizes):
    sizes.part("ruler-end").focus()
    for key in ("ArrowRight", "ArrowRight", "PageUp", "ArrowLeft"):
        sizes.press(key)
    expect(sizes.part("ruler-end")).to_have_attribute("aria-valuenow", "14")
    assert sizes.size() == (18, 8)
    # Keys are one edit where each follows the last at once, which a busy machine does not promise.
    for _ in range(4):
        if sizes.part("ruler-end").attribute("aria-valuenow") != "5":
            sizes.press("Control+z")
    expect(sizes.part("ruler-end")).to_have_attribute("aria-valuenow", "5")
    assert sizes.size() == (9, 8)


def test_second_pull_goes_on_while_the_map_grows_for_the_first(sizes):
    first = take_end(sizes).pull(0, 10)
    first.release()
    with sizes.at_once():
        hold = take_end(sizes).pull(0, 5)
    sizes.until(sizes.size, (19, 8))
    assert sizes.part("ruler").attribute("data-n") == "20"
    hold.release()
    assert sizes.size() == (24, 8)
    assert sizes.output() == pooled(CELLS, [0, 0, 3, 7, 23])


def test_float32_reads_a_cell_past_the_end_and_says_so(sizes):
    with sizes.rerun():
        sizes.get_by_role("radio", name=TEXT["sizes.preset.57-in-7"]).click()
    assert sizes.size() == (58, 58)
    assert sizes.output() == pooled(CELLS, [0, 0, 0, 56, 56], (7, 7), "fast_rcnn")
    assert texts(sizes, "boundary")[-1] == "57.000004"
    expect(sizes.part("ruler").locator(".cell.past.read")).to_have_count(1)
    expect(sizes.part("ruler").locator(".cell-shared")).to_have_count(6)
    expect(sizes.part("differences")).to_contain_text("reads cell 57, past the end")


def test_click_in_the_heat_map_loads_that_case_again_and_again(sizes):
    plot = sizes.part("heatmap")
    for n, count in ((57, 7), (3, 5), (3, 5)):
        # The map above may have another height now, and with it the chart another place.
        plot.scroll_into_view_if_needed()
        with sizes.rerun():
            sizes.hand.click(*case_at(plot, n, count))
        expect(sizes.part("ruler")).to_have_attribute("data-n", f"{n}")
        assert [len(row) for row in sizes.output()] == [count] * count
        with sizes.rerun():
            sizes.get_by_role("radio", name=TEXT["sizes.preset.7x5-in-2x2"]).click()
        expect(sizes.part("ruler")).to_have_attribute("data-n", "5")


def test_map_output_and_ruler_stand_on_one_screen(sizes):
    for part in ("map", "output", "ruler", "differences", "play"):
        place = sizes.part(part).place()
        assert place["y"] + place["height"] <= 800, part
    assert sizes.part("ruler").place()["y"] < sizes.part("map").place()["y"]


def test_heat_map_names_the_case_under_the_pointer(sizes):
    plot = sizes.part("heatmap")
    plot.scroll_into_view_if_needed()
    sizes.hand.move(*case_at(plot, 5, 2))
    told = TEXT["sizes.map.spread.one"].format(value=1)
    expect(sizes.part("heatmap-case")).to_have_text(f"n = 5, P = 2: {told}")


def test_heat_map_is_walked_and_a_case_loaded_with_the_keyboard(sizes):
    plot = sizes.part("heatmap")
    plot.focus()
    sizes.press("ArrowRight", "ArrowRight", "ArrowUp")
    expect(sizes.part("heatmap-case")).to_have_attribute("data-case", "7,3")
    with sizes.rerun():
        sizes.press("Enter")
    expect(sizes.part("ruler")).to_have_attribute("data-n", "7")
    sizes.until(lambda: [len(row) for row in sizes.output()], [3] * 3)


def test_each_tap_on_the_heat_map_loads_the_case_under_the_finger(open_page):
    stage = open_page("/sizes", **PHONE)
    plot = stage.part("heatmap")
    for n, count in ((30, 9), (5, 2)):
        plot.scroll_into_view_if_needed()
        stage.settle()
        before = plot.place()
        finger = stage.touch(*case_at(plot, n, count))
        # It is too small to be seen under the finger, and must stay there.
        expect(stage.part("heatmap-lens")).to_contain_text(f"n = {n}, P = {count}")
        assert plot.place() == before
        with stage.rerun():
            finger.lift()
        expect(stage.part("ruler")).to_have_attribute("data-n", f"{n}")
        expect(stage.part("heatmap-lens")).to_be_hidden()


def test_a_finger_that_goes_up_the_page_chooses_nothing_and_pulls_at_nothing(open_page):
    stage = open_page("/sizes", **PHONE)
    for part, inside in (("heatmap", "canvas"), ("ruler-end", ".grip"), ("ruler", ".tape")):
        place = stage.part(part).locator(inside)
        place.scroll_into_view_if_needed()
        stage.settle()
        reruns = stage.reruns
        x, y = place.middle()
        finger = stage.touch(x, y)
        finger.move(x, y - 160, steps=12)
        finger.lift()
        stage.settle()
        assert (stage.part("ruler").attribute("data-n"), stage.reruns) == ("5", reruns), part


@pytest.mark.sampled(2)
@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_phone_shows_the_ruler_without_sideways_scrolling_of_the_page(open_page, locale):
    stage = open_page("/sizes?preset=57-in-7", **PHONE, locale=locale)
    assert stage.root.read(SCROLLED, "X") == []
    assert stage.root.read(CUT_OFF) == []
    expect(stage.part("ruler-end")).to_be_visible()


def test_another_cut_is_seen_from_its_beginning(open_page):
    page = open_page("/sizes?preset=57-in-7", **PHONE)
    scroll = page.locator(".ruler-scroll")
    scroll.record("(one) => (one.scrollLeft = 60)")
    assert scroll.read("(one) => one.scrollLeft") == 60
    with page.rerun():
        page.get_by_role("radio", name=TEXT["sizes.preset.3-in-7"]).click()
    assert scroll.read("(one) => one.scrollWidth - one.clientWidth") > 60
    assert scroll.read("(one) => one.scrollLeft") == 0


def test_finger_pulls_the_ruler_s_end_and_the_page_stays(open_page):
    stage = open_page("/sizes", **PHONE)
    end = stage.part("ruler-end").locator(".grip")
    end.scroll_into_view_if_needed()
    place, (x, y) = end.place(), end.middle()
    finger = stage.touch(x, y)
    finger.move(x + 100, y + 40)
    pulled = stage.part("ruler").attribute("data-n")
    assert pulled != "5"
    # Its line is thicker in the hand.
    assert end.place()["y"] == pytest.approx(place["y"], abs=1)
    finger.lift()
    assert stage.part("ruler").attribute("data-n") == pulled
    assert stage.size() == (3 + int(pulled) + 1, 8)


@pytest.mark.sampled(4)
@pytest.mark.parametrize(("wide", "high"), [(1024, 768), (853, 533), (360, 740), (740, 360)])
def test_play_and_what_it_changes_are_in_view_together(open_page, wide, high):
    stage = open_page("/sizes", viewport={"width": wide, "height": high})
    places = [stage.part(part).place() for part in ("map", "output", "play", "scrub")]
    top = min(place["y"] for place in places)
    bottom = max(place["y"] + place["height"] for place in places)
    # The bar of the pages stays where it is.
    assert bottom - top <= high - 60
    assert stage.root.read(SCROLLED, "X") == []
    assert stage.root.read(CUT_OFF) == []


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("choices", "formula"),
    [
        ({"stop": "nearest"}, "end of section 0, start of section 1 = round(1·5/2) = 3"),
        ({"stop": "floor_or_one"}, "end of section 0, start of section 1 = ⌊1·5/2⌋ = 2"),
        ({"arithmetic": "step_rest"}, "end of section 0, start of section 1 = 1·⌊5/2⌋ = 2"),
    ],
)
def test_the_ruler_has_the_arithmetic_of_a_convention_of_ones_own(open_page, choices, formula):
    rule = replace(get_convention("article"), name="custom", **choices)
    stage = open_page(f"/sizes?x={encode(replace(article_exercise(), convention=rule))}")
    assert " ".join(texts(stage, "formula")[1:3]) == formula
