"""Who computes, in a line; and which thread computes the chosen cell of the output."""

import json
import re

import pytest

from . import widgets
from .part import expect
from .stage_page import TEXT
from .test_keyboard import tab_to
from .test_pages import CUT_OFF, ENGLISH, PHONE, RECORD_PLACES, SCROLLED

MARKED = "(cells) => cells.filter((cell) => cell.dataset.picked !== undefined).map((cell) => "
MARKED += "[Number(cell.dataset.row), Number(cell.dataset.col)])"
# Where the widgets around the stage are, frame by frame.
RECORD_WIDGETS = """() => {
  const widgets = new Set();
  const look = () => {
    const found = document.querySelectorAll(
      "[data-testid=stNumberInput], [data-testid=stSelectbox], [data-testid=stPopover], "
      + "[data-testid=stButtonGroup], [data-testid=stExpander]");
    widgets.add(JSON.stringify([...found].map((one) => {
      const {x, y, width, height} = one.getBoundingClientRect();
      return [x, y, width, height];
    })));
    window.widgets = [...widgets];
    requestAnimationFrame(look);
  };
  look();
}"""


def question(stage):
    return stage.get_by_text(TEXT["thread.title"])


@pytest.fixture
def asked(playground):
    """The playground with the question opened."""
    with playground.rerun():
        question(playground).click()
    expect(playground.part("stCode")).to_have_count(2)
    return playground


def sentence(stage):
    return stage.get_by_text("thread").filter(has_text=re.compile(r"^Block \d+, thread"))


# What computed and how long it took, in the top bar.
TIMED = re.compile(r"^(NumPy|GPU) · [\d.]+ ms")


def marked(stage):
    return stage.cells.read_all(MARKED)


def cell(stage, row, col):
    return stage.part("output").locator(f"[data-row='{row}'][data-col='{col}']")


@pytest.mark.sampled(2)
@pytest.mark.parametrize("path", ["", "/playground"])
def test_a_line_names_who_computed_and_how_long_it_took(open_page, path):
    stage = open_page(path)
    stage.get_by_role("button", name=TIMED).click()
    line = stage.get_by_text(re.compile(r"^(NumPy on the CPU|GPU \(.+\)) · [\d.]+ ms$"))
    expect(line).to_be_visible()
    group = stage.get_by_role("radiogroup").filter(has_text="NumPy")
    expect(group.get_by_role("radio")).to_have_count(2)


def test_choosing_a_cell_changes_the_sentence_and_marks_the_cell(asked):
    expect(sentence(asked)).to_contain_text("thread 0 of 256 computes row 0, column 0 of box 0")
    assert marked(asked) == [[0, 0]]
    before = asked.reruns
    cell(asked, 1, 0).click()
    with asked.at_once():
        assert marked(asked) == [[1, 0]]
    expect(sentence(asked)).to_have_text(
        "Block 0, thread 2 of 256 computes row 1, column 0 of box 0’s output: "
        "it reads rows 5–7, columns 0–2 (9 cells) and writes 0.97."
    )
    assert marked(asked) == [[1, 0]]
    cell(asked, 1, 0).click()
    assert asked.reruns == before + 1


def test_the_chosen_cell_stays_while_boxes_move_and_when_the_output_shrinks(asked):
    widgets.set_output(asked, 3, 4)
    cell(asked, 2, 3).click()
    asked.settle()
    expect(sentence(asked)).to_contain_text("thread 11 of 256 computes row 2, column 3")
    before = asked.reruns
    hold = asked.grab("roi-0-handle-ne").pull(-2, 1).pull(-1, 0)
    assert asked.reruns == before
    assert marked(asked) == [[2, 3]]
    hold.release()
    assert asked.reruns == before + 1
    expect(sentence(asked)).to_contain_text("row 2, column 3")
    widgets.set_output(asked, 2, 4)
    expect(sentence(asked)).to_contain_text("thread 7 of 256 computes row 1, column 3")
    assert marked(asked) == [[1, 3]]


def test_a_cell_is_chosen_with_the_keyboard_and_the_box_stays(asked):
    boxes = asked.boxes()
    asked.root.focus()
    # The cells of the map come first.
    asked.press("Tab", "Tab")
    expect(cell(asked, 0, 0)).to_be_focused()
    before = asked.reruns
    asked.press("ArrowDown", "ArrowRight", "ArrowRight")
    expect(cell(asked, 1, 1)).to_be_focused()
    assert asked.reruns == before
    asked.press("Enter")
    asked.settle()
    assert marked(asked) == [[1, 1]]
    expect(sentence(asked)).to_contain_text("row 1, column 1")
    expect(cell(asked, 1, 1)).to_be_focused()
    assert asked.boxes() == boxes
    asked.press("ArrowUp", "Space")
    asked.settle()
    assert marked(asked) == [[0, 1]]
    tab_to(asked, "play")


def test_cells_are_a_picture_only_where_nobody_asks(playground):
    before = playground.reruns
    cell(playground, 1, 0).click()
    assert playground.reruns == before
    assert marked(playground) == []
    expect(cell(playground, 1, 0)).to_have_role("img")
    expect(playground.part("stCode")).to_have_count(0)


def test_nothing_moves_while_cells_are_chosen(asked):
    asked.root.record(RECORD_PLACES)
    asked.record(RECORD_WIDGETS)
    for place in ((1, 1), (1, 0)):
        cell(asked, *place).click()
        asked.settle()
    asked.drag("roi-0", -1, 1)
    places, around = asked.recorded("places"), asked.recorded("widgets")
    assert len(places) == 1, places
    # What is under the question may grow by a line with its sentence, what is above it stays.
    assert len({json.dumps(json.loads(one)[:-1]) for one in around}) == 1, around


def test_the_answer_fits_a_phone_in_both_languages(open_page):
    for locale in ("en-US", "zh-CN"):
        stage = open_page("/playground", **PHONE, locale=locale)
        stage.part("stExpander").locator("summary").click()
        expect(stage.part("stCode")).to_have_count(2)
        assert stage.root.read(SCROLLED, "X") == []
        assert stage.root.read(CUT_OFF) == []
        # The line stands at the end of the page, under the answer.
        line = stage.get_by_role("button", name=TIMED).place()
        answer = stage.part("stExpander").place()
        assert answer["y"] + answer["height"] <= line["y"]
        assert line["x"] + line["width"] <= 360


def test_whoever_wonders_about_the_gpu_is_told(playground):
    line = playground.get_by_role("button", name=TIMED)
    if line.text().startswith(ENGLISH["backend.cupy"]):
        pytest.skip("there is a GPU here")
    line.focus()
    playground.press("Enter")
    said = playground.part("stPopoverBody")
    expect(said).to_contain_text(re.compile("NumPy computes"))
    switch = playground.get_by_role("radio", name=ENGLISH["backend.cupy"], exact=True)
    expect(switch).to_be_disabled()
