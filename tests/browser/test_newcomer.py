"""What a person tries first, who has got the address alone: each of it does what the hand means."""

import pytest

from . import widgets
from .by_hand import ARTICLE, pooled, pulled
from .part import expect
from .stage_page import TEXT

BOX = [0, 0, 3, 7, 8]
NOTHING = [[None, None], [None, None]]
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
SHOWN = "(one) => getComputedStyle(one).opacity > 0"
IN_SIGHT = """(one) => {
  const { top, bottom } = one.getBoundingClientRect();
  return top >= 0 && bottom <= window.innerHeight;
}"""


def drawn(box):
    _, x1, y1, x2, y2 = box
    return [y1, y2, x1, x2]


@pytest.fixture
def stage(open_page):
    """Replay, as it opens."""
    return open_page()


def test_the_first_drag_moves_the_box_and_says_what_shows_the_rest(stage):
    hint = stage.part("hint")
    expect(hint).to_have_text(TEXT["stage.hint.drag"])
    assert hint.read(SHOWN)
    box = pulled(BOX, "roi-0", -2, 1, (8, 8))
    stage.draw((4, 4), (2, 5))
    stage.settle()
    assert (stage.scene(), stage.drawn(), stage.output()) == ("proposal", drawn(box), NOTHING)
    assert not hint.read(SHOWN)
    wanted = TEXT["stage.caption.waits"].format(said="").strip()
    expect(stage.caption).to_contain_text(wanted)
    expect(stage.locator(".beckoning")).to_have_count(1)
    stage.finish()
    expect(stage.locator(".beckoning")).to_have_count(0)
    assert stage.output() == pooled(ARTICLE, box)


def test_beside_the_box_a_drag_draws_it_anew_at_the_first_step_and_later(stage):
    stage.draw((2, 5), (1, 1))
    stage.settle()
    assert (stage.scene(), stage.drawn()) == ("proposal", [1, 3, 1, 6])
    stage.finish()
    stage.draw((5, 6), (7, 3))
    stage.settle()
    assert stage.drawn() == [5, 8, 3, 7]
    assert stage.output() == pooled(ARTICLE, [0, 3, 5, 7, 8])
    # A press alone draws nothing.
    stage.draw((0, 0), (0, 0))
    assert stage.drawn() == [5, 8, 3, 7]


def test_arrows_move_the_box_from_the_first_step_on(stage):
    stage.press("ArrowRight")
    stage.settle()
    assert (stage.scene(), stage.drawn()) == ("proposal", [3, 8, 1, 8])
    # With the focus nowhere they step.
    stage.blur()
    stage.press("ArrowRight")
    assert stage.scene() == "sections"


def test_the_box_that_can_be_dragged_is_seen_again_after_the_way_back(stage):
    stage.drag("roi-0", -1, 0)
    with stage.rerun():
        stage.get_by_role("button", name=TEXT["controls.reset"]).click()
    stage.rewind()
    stage.hand.move(*stage.part("play").middle())  # nowhere near
    assert stage.scene() == "input"
    stage.until(lambda: stage.locator(".cued .roi").first.read(SHOWN), True)


def test_a_question_mark_lists_all_keys_on_the_screen_from_anywhere(stage):
    keys = stage.locator(".keys")
    stage.resize(1920, 1080)
    stage.blur()
    stage.settle()
    for at_all in ("p", "Escape"):
        stage.press("?")
        expect(keys).to_be_visible()
        assert keys.read(IN_SIGHT)
        assert keys.read("(one) => one.scrollHeight <= one.clientHeight + 1")
        stage.press("Escape")
        expect(keys).to_be_hidden()
        stage.press(at_all)
    expect(stage.part("stHeader")).to_be_visible()


def test_who_hides_the_answer_and_shows_it_again_is_where_they_were(stage):
    stage.next.click()
    stage.next.click()
    for _ in range(2):
        with stage.rerun():
            stage.press("h")
    assert stage.scene() == "sections"
    with stage.rerun():
        stage.press("h")
    with stage.rerun():
        stage.part("reveal").click()
    assert stage.scene() == "maxima"


def test_presented_the_arrows_step_and_on_the_box_they_move_it(stage):
    stage.press("p", "ArrowRight", "ArrowRight")
    assert stage.scene() == "sections"
    stage.hand.move(*stage.point(4, 4))
    stage.hand.press()
    stage.hand.release()
    assert stage.focused() == "box-focus"
    stage.press("ArrowUp", "Shift+ArrowLeft")
    assert (stage.scene(), stage.drawn()) == ("sections", [2, 7, 0, 6])
    stage.press("PageDown")
    assert stage.scene() == "scan"
    stage.press("Escape", "ArrowLeft")
    assert (stage.scene(), stage.drawn()) == ("sections", [2, 7, 0, 6])
    stage.press("Escape")
    expect(stage.part("stHeader")).to_be_visible()


def test_a_finger_drags_the_box_at_once_and_the_page_follows_the_story(open_page):
    phone = open_page(**PHONE)
    output = phone.part("output")
    assert [one.read(IN_SIGHT) for one in (phone.map, phone.play)] == [True, True]
    expect(phone.part("roi-0-handle-n")).to_be_visible()
    finger = phone.touch(*phone.point(4, 4))
    finger.move(*phone.point(3, 4))
    finger.move(*phone.point(2, 4))
    finger.lift()
    phone.settle()
    assert (phone.scene(), phone.drawn()) == ("proposal", [1, 6, 0, 7])
    phone.finish()
    assert output.read(IN_SIGHT)
    phone.rewind()
    assert phone.map.read(IN_SIGHT)


def test_what_a_finger_s_drag_changes_is_brought_into_sight(open_page):
    phone = open_page("/playground", **PHONE)
    assert not phone.part("output").read(IN_SIGHT)
    finger = phone.touch(*phone.point(4, 4))
    finger.move(*phone.point(2, 4))
    finger.lift()
    phone.settle()
    assert phone.output() == pooled(ARTICLE, [0, 0, 1, 7, 6])
    assert phone.part("output").read(IN_SIGHT)


def test_a_size_that_cannot_be_is_refused_beside_its_field_and_the_exercise_stays(open_page):
    stage = open_page("/playground")
    before = stage.output()
    field = widgets.number_field(stage, "controls.output.rows")
    field.fill("99")
    field.press("Enter")
    said = stage.part("stNumberInput").get_by_role("alert")
    expect(said).to_contain_text("between 1 and 14")
    assert said.read(IN_SIGHT)
    assert said.place()["height"] > 10
    assert (field.value(), stage.output()) == ("99", before)
    widgets.set_output(stage, 3, 2)
    expect(said).to_have_count(0)
    assert stage.output() == pooled(ARTICLE, BOX, (3, 2))


def test_the_convention_can_be_read_whole_and_no_label_lies_on_its_cell(open_page):
    stage = open_page("/playground")
    for width in (1120, 1280, 1400):
        stage.resize(width, 800)
        chosen = stage.part("stSelectbox").locator("input")
        assert chosen.read("(one) => one.scrollWidth <= one.clientWidth"), width
    for row in (0, 3):
        stage.hand.move(*stage.point(row, 1))
        label = stage.locator(".hover-label").place()
        top, high = (stage.point(row - 0.5, 1)[1], stage.point(row + 0.5, 1)[1])
        assert label["y"] + label["height"] <= top or label["y"] >= high
