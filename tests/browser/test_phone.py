"""A finger on a phone: what it taps is named where it can be read, and no longer than meant."""

import pytest

from .part import expect
from .stage_page import TEXT

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TAP = TEXT["stage.cell.hint.touch"]
# Whether the middle of a button is its own to tap, and a finger finds it.
UPON = """(one) => {
  const { left, right, top, width, height } = one.getBoundingClientRect();
  const upon = document.elementFromPoint(left + width / 2, top + height / 2);
  return one.contains(upon) && width >= 44 && height >= 44 && left >= 0 && right <= innerWidth;
}"""


@pytest.fixture
def phone(open_page):
    return open_page("/playground", **PHONE)


def test_a_tapped_cell_is_named_inside_the_window_and_beside_itself(phone):
    label = phone.locator(".hover-label")
    for presented in (False, True):
        for row, col in ((0, 0), (0, 7), (5, 1), (1, 4), (7, 6)):
            phone.touch(*phone.point(row, col)).lift()
            expect(label).to_contain_text(TAP)
            at = label.place()
            case = presented, row, col
            assert at["x"] >= 0, case
            assert at["x"] + at["width"] <= 390, case
            top, end = (phone.point(row + edge, col)[1] for edge in (-0.5, 0.5))
            assert at["y"] + at["height"] <= top or at["y"] >= end, case
        if not presented:
            phone.part("present").tap()
            expect(label).to_be_hidden()


def test_what_is_named_goes_as_another_place_is_tapped_and_a_swipe_names_nothing(phone):
    label = phone.locator(".hover-label")
    place = phone.map.place()
    phone.touch(*phone.point(1, 3)).lift()
    expect(label).to_contain_text(TAP)
    phone.caption.tap()
    expect(label).to_be_hidden()
    finger = phone.touch(*phone.point(2, 3))
    finger.move(*phone.point(-1, 3))
    finger.lift()
    phone.until(lambda: phone.map.place()["y"] < place["y"], True)
    phone.settle()
    expect(label).to_be_hidden()


def test_a_finger_is_told_what_a_finger_does(phone):
    phone.part("brush").tap()
    phone.part("brush-value").fill("4.5")
    expect(phone.caption).to_have_text(TEXT["stage.brush.on.touch"].format(value="4.5"))
    phone.touch(*phone.point(1, 3)).lift()
    wanted = TEXT["stage.cell.hint.brush.touch"].format(value="4.5")
    expect(phone.locator(".hover-label")).to_contain_text(wanted)
    with phone.rerun():
        phone.part("hide").tap()
    expect(phone.part("reveal")).to_have_text(TEXT["stage.reveal.touch"])


def test_the_list_of_gestures_says_what_the_signs_beside_it_are_for(phone):
    phone.part("help").tap()
    card = phone.locator(".keys")
    for sign in ("brush", "hide", "present", "link"):
        expect(card).to_contain_text(TEXT[f"stage.touch.{sign}"])
    assert card.locator("kbd svg").amount() == 4


def test_the_ways_back_can_be_tapped_without_a_swipe(phone):
    names = ("undo", "redo", "reset")
    ways = [phone.get_by_role("button", name=TEXT[f"controls.{name}"]) for name in names]
    assert [way.read(UPON) for way in ways] == [True] * 3
    # The row goes on beneath them, and ends beside them.
    phone.get_by_role("button", name=TEXT["exports.title"]).scroll_into_view_if_needed()
    assert [way.read(UPON) for way in ways] == [True] * 3
    phone.drag("roi-0", -1, 0)
    ways[0].tap()
    phone.until(phone.boxes, [[0, 0, 3, 7, 8]])


def test_what_an_empty_section_gives_is_said_under_the_output(phone):
    readout = phone.locator(".readout")
    expect(readout).to_be_hidden()
    phone.type_box(0, "y1", "7")
    expect(readout).to_have_text(TEXT["stage.output.empties"].format(value="0.00"))
    expect(readout).to_be_visible()
    output, said = phone.part("output").place(), readout.place()
    assert output["y"] + output["height"] <= said["y"]
    assert said["width"] <= output["width"] + 2


def test_the_row_that_goes_on_fades_without_a_sign_to_be_tapped(open_page):
    page = open_page("/playground", **PHONE | {"viewport": {"width": 740, "height": 360}})
    row = page.locator("[data-testid=stHorizontalBlock]:has(> [class*=-undo])")
    fade = "(row) => getComputedStyle(row, '::after')"
    assert row.read(f"{fade}.content") == '""'
    assert row.read(f"{fade}.backgroundImage") != "none"


def test_on_its_side_play_is_in_sight_and_brings_what_it_changes_to_it(open_page):
    page = open_page("/", **PHONE | {"viewport": {"width": 740, "height": 360}})
    expect(page.part("play")).to_be_in_viewport(ratio=1)
    page.part("play").click()
    for name in ("map", "output", "play"):
        expect(page.part(name), settled=False).to_be_in_viewport(ratio=1)
