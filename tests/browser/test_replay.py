"""Replay: the article's example as it stands in the article, a scene at a time."""

import re

import pytest

from . import widgets
from .by_hand import ARTICLE, pooled, pulled
from .launch import MOVING
from .part import expect
from .stage_page import HANDLES, KINDS, TEXT

BOX = [0, 0, 3, 7, 8]
OUTPUT = [[0.85, 0.84], [0.97, 0.96]]
NOTHING = [[None, None], [None, None]]

RECORD_SCENES = """(stage) => {
  window.scenes = [stage.dataset.scene];
  const seen = new MutationObserver(() => {
    if (window.scenes.at(-1) !== stage.dataset.scene) window.scenes.push(stage.dataset.scene);
  });
  seen.observe(stage, { attributeFilter: ["data-scene"] });
}"""


@pytest.fixture
def replay(open_page):
    """The page as whoever asks for no less movement sees it."""
    return open_page(**MOVING)


@pytest.fixture
def told(open_page):
    """The same at its first step, for tests of the story alone, of which Python hears nothing."""
    page = open_page(**MOVING, anew=False)
    page.part("scrub").fill("0")
    return page


def numbers(sentence):
    """The numbers in a sentence, spans of cells as one."""
    return set(re.findall(r"\d+(?:\.\d+)?(?:–\d+)?", sentence))


def go_to(stage, kind):
    """Step to the first stop of a scene."""
    next(scene for scene in stage.walk() if scene == kind)


def test_app_lands_paused_on_the_article_before_any_box(replay):
    assert replay.scene() == "input"
    # It is drawn to be reached for, and nothing is said of it.
    expect(replay.locator(".cued")).to_have_count(1)
    expect(replay.prev).to_be_disabled()
    expect(replay.next).to_be_enabled()
    expect(replay.play).to_have_accessible_name(TEXT["stage.play"])
    assert replay.size() == (8, 8)
    assert replay.output() == NOTHING


def test_play_walks_all_scenes_in_order_without_a_rerun(told):
    before = told.reruns
    told.part("speed").select_option("4")
    told.root.record(RECORD_SCENES)
    told.play.click()
    expect(told.play).to_have_accessible_name(TEXT["stage.pause"])
    expect(told.root).to_have_attribute("data-scene", "output")
    assert told.recorded("scenes") == KINDS
    expect(told.play).to_have_accessible_name(TEXT["stage.play"])
    expect(told.next).to_be_disabled()
    assert told.reruns == before


def test_pause_holds_the_scene_and_play_goes_on_from_it(told):
    told.part("speed").select_option("4")
    told.play.click()
    expect(told.root).to_have_attribute("data-scene", "scan")
    told.play.click()
    expect(told.play).to_have_accessible_name(TEXT["stage.play"])
    held = told.step()
    told.root.record(RECORD_SCENES)
    told.play.click()
    expect(told.root).to_have_attribute("data-scene", "output")
    assert told.recorded("scenes") == ["scan", "maxima", "output"]
    assert told.step() > held


def test_steps_lead_to_the_end_and_back_without_a_rerun(told):
    before = told.reruns
    stops = ["input", "proposal", "sections", *["scan"] * 4, "maxima", "output"]
    assert list(told.walk()) == stops
    assert list(told.back()) == stops[::-1]
    assert told.reruns == before


def test_track_leads_to_any_scene_without_a_rerun(told):
    before = told.reruns
    place = told.part("scrub").place()
    y = place["y"] + place["height"] / 2
    told.hand.move(place["x"] + 8, y)
    told.hand.press()
    met = []
    for part in (0.5, 1.0, 0.7, 0.0):
        told.hand.move(place["x"] + 8 + part * (place["width"] - 16), y, steps=4)
        met.append(told.scene())
    told.hand.release()
    assert met == ["scan", "output", "scan", "input"]
    assert told.reruns == before


def test_captions_hold_the_numbers_of_the_example(told):
    wanted = [
        {"8"},
        {"0", "3", "7", "8", "3–7", "0–6", "5"},
        {"2", "3–4", "5–7", "0–2", "3–6"},
        {"0", "3–4", "0–2", "0.85", "3"},
        {"0", "1", "3–4", "3–6", "0.84", "3"},
        {"1", "0", "5–7", "0–2", "0.97", "7", "2"},
        {"1", "5–7", "3–6", "0.96", "5", "6"},
        {"0.85", "0.84", "0.97", "0.96"},
        {"2"},
    ]
    heard = [told.caption.text() for _ in told.walk()]
    assert [numbers(sentence) for sentence in heard] == wanted
    assert heard[5] == "Section (1, 0): rows 5–7, columns 0–2. Maximum 0.97 at row 7, column 2."
    expect(told.caption).to_have_attribute("aria-live", "polite")


def test_arithmetic_of_the_cut_stands_beside_it_with_its_numbers(told):
    go_to(told, "sections")
    shown = told.part("arithmetic")
    for formula in ("3 + ⌊1·5/2⌋ = 5", "3 + ⌊2·5/2⌋ = 8", "0 + ⌊1·7/2⌋ = 3", "0 + ⌊2·7/2⌋ = 7"):
        expect(shown).to_contain_text(formula)
    expect(shown).to_have_css("opacity", "1")


def test_box_can_be_dragged_in_every_scene_that_draws_it(replay):
    box = BOX
    # How many sections have shown their maximum by then: a drag shows no more.
    for kind, (rows, cols), found in zip(
        KINDS[1:], [(-1, 1), (-2, -1), (2, 0), (-1, 1), (0, -1)], [0, 0, 1, 4, 4], strict=True
    ):
        go_to(replay, kind)
        for name in HANDLES:
            expect(replay.part(f"roi-0-handle-{name}")).to_be_visible()
        replay.drag("roi-0", rows, cols)
        box = pulled(box, "roi-0", rows, cols, (8, 8))
        assert replay.scene() == kind
        assert replay.drawn() == [box[2], box[4], box[1], box[3]]
        output = pooled(ARTICLE, box)
        values = [value for row in output for value in row]
        assert [value for row in replay.output() for value in row] == [
            value if k < found else None for k, value in enumerate(values)
        ]


def test_each_section_fills_its_cell_of_the_output_when_it_has_been_searched(replay):
    shown = [
        sum(value is not None for row in replay.output() for value in row) for _ in replay.walk()
    ]
    assert shown == [0, 0, 0, 1, 2, 3, 4, 4, 4]


def test_captions_follow_a_dragged_box(replay):
    go_to(replay, "proposal")
    replay.drag("roi-0", -1, 1)
    replay.prev.click()
    replay.next.click()
    expect(replay.caption).to_contain_text("x 1 to 8, y 2 to 7")
    assert numbers(replay.caption.text()) >= {"2–6", "1–7"}


def test_one_click_leads_back_to_the_article(replay):
    go_to(replay, "sections")
    replay.drag("roi-0-handle-n", -2, 0)
    replay.type_cell(0, 0, "5")
    widgets.choose_convention(replay, "fast_rcnn")
    widgets.set_output(replay, 3, 1)
    assert replay.output() == [[None]] * 3
    with replay.rerun():
        widgets.button(replay, "controls.reset").click()
    assert replay.output() == NOTHING
    expect(replay.root).to_have_attribute("data-scene", "input")
    expect(replay.prev).to_be_disabled()
    expect(replay.locator(".cued")).to_have_count(1)
    for key in ("rows", "cols"):
        expect(widgets.number_field(replay, f"controls.output.{key}")).to_have_value("2")
    assert replay.cell(0, 0) == ARTICLE[0][0]
    go_to(replay, "proposal")
    assert replay.drawn() == [3, 8, 0, 7]
    assert replay.finish().output() == OUTPUT


def test_output_takes_the_size_that_is_asked_for(replay):
    replay.finish()
    for size in ((3, 5), (14, 14)):
        widgets.set_output(replay, *size)
        assert replay.output() == pooled(ARTICLE, BOX, size)


def test_who_comes_back_finds_the_step_that_was_left(replay):
    go_to(replay, "scan")
    replay.next.click()
    step = replay.step()
    for page, there in (("playground", ".with-boxes"), ("replay", ".with-story")):
        replay.get_by_role("link", name=TEXT[f"page.{page}"]).first.click()
        expect(replay.locator(there)).to_be_visible()
    assert replay.step() == step


def test_undo_keeps_the_step(replay):
    go_to(replay, "maxima")
    replay.drag("roi-0", -1, 1)
    with replay.rerun():
        widgets.button(replay, "controls.undo").click()
    assert (replay.scene(), replay.drawn()) == ("maxima", [3, 8, 0, 7])


def test_one_look_more_goes_from_cell_to_cell_of_a_section(replay):
    go_to(replay, "sections")
    step = replay.step()
    for k in range(1, 4):
        replay.part("look").click()
        assert replay.step() == step + k
    expect(replay.caption).to_contain_text("0.76")


def test_whoever_reaches_for_the_box_before_it_is_told_of_is_shown_it(replay):
    replay.hand.move(*replay.point(4, 4))
    replay.hand.press()
    replay.hand.release()
    assert replay.scene() == "proposal"
    expect(replay.part("roi-0")).to_be_visible()


def test_after_a_drag_no_label_lies_on_the_cells(replay):
    go_to(replay, "sections")
    replay.drag("roi-0", -1, 1)
    expect(replay.locator(".hover-label")).to_be_hidden()
