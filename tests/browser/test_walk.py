"""Map and output are walked cell by cell, and what is said of a cell is what is shown of it."""

import pytest

from .part import expect
from .stage_page import TEXT
from .test_pages import CHINESE

# Name and role of what has the focus, inside the figures too.
NAMED = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return [at.getAttribute("role"), at.getAttribute("aria-label")];
}"""
# Whether the focus is to be seen: the width of the line round what has it, in px.
LINE = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const {outlineStyle, outlineWidth, outlineColor, width} = getComputedStyle(at);
  return [at.dataset.testid ?? at.tagName, outlineStyle, outlineWidth, outlineColor];
}"""


def cell(row, col, value, *more, text=TEXT):
    named = text["stage.cell.hover"].format(row=row, col=col, value=value)
    return ["gridcell", ", ".join([named, *more])]


def test_arrows_walk_over_the_map_and_the_box_stays(playground):
    box = playground.boxes()
    playground.root.focus()
    playground.press("Tab")
    assert playground.read(NAMED) == cell(0, 0, "0.88")
    playground.press(*["ArrowDown"] * 3)
    words = TEXT["stage.cell.in_box"], TEXT["stage.cell.maximum"].format(i=0, j=0)
    assert playground.read(NAMED) == cell(3, 0, "0.85", *words)
    playground.press("Control+End")
    assert playground.read(NAMED) == cell(7, 7, "0.91")
    playground.press("ArrowDown", "ArrowRight", "Home", "PageUp")
    assert playground.read(NAMED) == cell(0, 0, "0.88")
    assert playground.boxes() == box


def test_a_cell_is_edited_from_the_table_and_the_focus_comes_back(playground):
    playground.root.focus()
    playground.press("Tab", "ArrowDown", "Enter")
    expect(playground.editor).to_be_focused()
    playground.press(*"0.5", "Enter")
    assert playground.read(NAMED) == cell(1, 0, "0.50")
    playground.press("Escape")
    assert playground.focused() == "stage"


def test_the_cell_that_ctrl_and_arrows_choose_is_spoken(open_page):
    stage = open_page(locale="zh-CN")
    stage.root.focus()
    stage.press("Control+ArrowDown", "Control+ArrowDown")
    words = cell(1, 0, "0.19", text=CHINESE)[1]
    expect(stage.part("cell-said")).to_have_text(words)


def test_a_large_map_has_no_more_cells_than_are_near(open_page):
    stage = open_page("/sizes")
    assert stage.part("map-table").locator("[role=gridcell]").amount() == 1
    stage.part("map-table").locator("[role=gridcell]").focus()
    stage.press("Control+End")
    rows, cols = stage.size()
    assert stage.read(NAMED)[1].startswith(
        TEXT["stage.cell.hover"].format(row=rows - 1, col=cols - 1, value="")
    )
    assert stage.part("map-table").locator("[role=gridcell]").amount() <= 81


def test_the_output_is_named_by_its_size_and_a_cell_by_what_is_shown(replay):
    size = TEXT["stage.output.described"].format(high=2, wide=2)
    expect(replay.part("output")).to_have_attribute("aria-label", size)
    assert not any(character.isdecimal() for character in size.replace("2", ""))
    replay.cells.first.focus()
    assert replay.read(NAMED) == ["img", TEXT["stage.output.closed"].format(i=0, j=0)]
    *_, last = replay.walk()
    assert last == "output"
    replay.cells.first.focus()
    replay.press("ArrowRight", "ArrowDown")
    said = TEXT["stage.output.hovered"].format(i=1, j=1, value="0.96")
    assert replay.read(NAMED) == ["img", said]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_whoever_tabs_through_the_page_sees_where_the_focus_is(open_page, scheme):
    stage = open_page("/playground", color_scheme=scheme)
    seen = []
    for _ in range(40):
        stage.press("Tab")
        seen.append(stage.read(LINE))
    assert len({name for name, *_ in seen}) > 10
    faint = [one for one in seen if one[1] == "none" and one[0] not in ("BODY", "stage")]
    faint += [one for one in seen if "/" in one[3] or one[3].startswith("rgba")]
    assert [name for name, *_ in faint] == []
