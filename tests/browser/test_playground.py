"""Playground: boxes as a table in step with the stage, and bad input."""

from . import widgets
from .by_hand import ARTICLE, pooled
from .part import expect
from .stage_page import TEXT

BOX = [0, 0, 3, 7, 8]
HOSTILE = '<img src="x" onerror="window.hacked=1">'


def test_boxes_are_added_duplicated_chosen_and_removed(playground):
    playground.part("add-box").click()
    expect(playground.part("pick-1")).to_be_checked()
    added = playground.boxes()[1]
    assert playground.output() == pooled(ARTICLE, added)
    playground.part("duplicate-0").click()
    copied = playground.boxes()[2]
    assert [copied[3] - copied[1], copied[4] - copied[2]] == [7, 5]
    playground.part("pick-0").check()
    assert playground.output() == pooled(ARTICLE, BOX)
    expect(playground.part("roi-0-handle-se")).to_be_visible()
    playground.part("remove-1").click()
    assert playground.boxes() == [BOX, copied]
    expect(playground.part("pick-0")).to_be_checked()
    assert playground.output() == pooled(ARTICLE, BOX)
    expect(playground.part("roi-2")).to_have_count(0)


def test_the_story_is_that_of_the_chosen_box(playground):
    widgets.set_boxes(playground, [BOX, [0, 1, 0, 4, 3]])
    playground.part("pick-1").check()
    playground.rewind()
    playground.next.click()
    expect(playground.caption).to_contain_text("x 1 to 4, y 0 to 3")


def test_typed_numbers_move_the_box_on_the_stage(playground):
    for column, text in (("x1", "2"), ("y2", "6"), ("x2", "8.0"), ("y1", "1")):
        playground.type_box(0, column, text)
    assert playground.boxes() == [[0, 2, 1, 8, 6]]
    assert playground.drawn() == [1, 6, 2, 8]
    assert playground.output() == pooled(ARTICLE, [0, 2, 1, 8, 6])


def test_the_arithmetic_of_a_box_longer_than_the_map_says_what_the_map_leaves(playground):
    playground.type_box(0, "x1", "-3")
    columns = playground.part("arithmetic").locator("table:last-child")
    assert columns.locator("td").texts() == [
        *("−3 + ⌊0·10/2⌋ = −3 → 0", "−3 + ⌊1·10/2⌋ = 2", "0–1"),
        *("−3 + ⌊1·10/2⌋ = 2", "−3 + ⌊2·10/2⌋ = 7", "2–6"),
    ]


def test_table_follows_the_box_in_the_hand(playground):
    hold = playground.grab("roi-0-handle-ne").pull(-2, 1)
    assert playground.boxes() == [[0, 0, 1, 8, 8]]
    hold.pull(1, -2)
    assert playground.boxes() == [[0, 0, 4, 5, 8]]
    hold.release()


def test_text_in_the_table_is_kept_with_a_message_and_changes_nothing(playground):
    before, shown = playground.reruns, playground.output()
    panel = playground.get_by_role("alert")
    # What else is no number: tests/figures/common/text.test.mjs.
    for text in ("", HOSTILE):
        field = playground.type_box(0, "x2", text)
        message = TEXT["stage.not-a-number"].format(text=text)
        expect(panel.filter(has_text=message)).to_be_visible()
        expect(field).to_have_value(text)
        expect(field).to_have_attribute("aria-invalid", "")
        assert playground.output() == shown
        assert playground.drawn() == [3, 8, 0, 7]
    assert playground.reruns == before
    playground.type_box(0, "x2", "6")
    expect(panel.filter(visible=True)).to_have_count(0)
    assert playground.output() == pooled(ARTICLE, [0, 0, 3, 6, 8])


def test_text_in_the_table_outlives_other_edits(playground):
    field = playground.type_box(0, "x2", "abc")
    playground.type_cell(0, 0, "3")
    expect(field).to_have_value("abc")
    message = TEXT["stage.not-a-number"].format(text="abc")
    expect(playground.get_by_role("alert").filter(has_text=message)).to_be_visible()


def test_batch_index_of_no_image_is_refused_by_name(playground):
    field = playground.type_box(0, "batch_index", "3")
    message = TEXT["problem.batch_index"].format(index=3)
    expect(playground.get_by_role("alert").filter(has_text=message)).to_be_visible()
    expect(field).to_have_value("3")
    assert playground.output() == pooled(ARTICLE, BOX)


def test_box_that_runs_backwards_gets_a_notice_and_empty_bins(playground):
    playground.type_box(0, "x1", "7")
    wanted = TEXT["notice.backwards"].format(first="x1", last="x2", a="7", b="7")
    expect(playground.notices).to_contain_text(wanted)
    expect(playground.part("output").locator("[data-empty]")).to_have_count(4)
    assert playground.output() == [[0, 0], [0, 0]]
    playground.type_box(0, "x1", "8")
    wanted = TEXT["notice.backwards"].format(first="x1", last="x2", a="8", b="7")
    expect(playground.notices).to_contain_text(wanted)
    playground.type_box(0, "x1", "0")
    expect(playground.notices).not_to_contain_text("x1")
    assert playground.output() == pooled(ARTICLE, BOX)


def test_output_larger_than_the_box_shows_its_empty_bins_and_says_so(playground):
    widgets.set_boxes(playground, [[0, 2, 2, 4, 4]])
    widgets.set_output(playground, 3, 4)
    wanted = TEXT["notice.empty_bins"].format(count=8, total=12, high=2, wide=2, value="0.00")
    expect(playground.notices).to_contain_text(wanted)
    expect(playground.part("output").locator("[data-empty]")).to_have_count(8)
    expect(playground.part("output").get_by_text("∅")).to_have_count(8)
    assert playground.output() == pooled(ARTICLE, [0, 2, 2, 4, 4], (3, 4))


def test_no_box_is_an_invitation_to_draw_one(playground):
    playground.part("remove-0").click()
    expect(playground.caption).to_have_text(TEXT["stage.caption.empty"])
    expect(playground.play).to_be_disabled()
    assert playground.output() == [[None, None], [None, None]]
    playground.draw((2, 1), (5, 6))
    assert playground.boxes() == [[0, 1, 2, 7, 6]]
    assert playground.output() == pooled(ARTICLE, [0, 1, 2, 7, 6])


def test_random_map_takes_the_rows_and_columns_asked_for(playground):
    widgets.open_map(playground, "random")
    widgets.set_map_size(playground, 12, 20)
    widgets.close(playground)
    assert playground.drawn() == [3, 8, 0, 7]
    cells = [[playground.cell(row, col) for col in range(7)] for row in range(3, 8)]
    assert playground.output() == pooled(cells, [0, 0, 0, 7, 5])
    playground.drag("roi-0-handle-se", 40, 40)
    assert playground.boxes() == [[0, 0, 3, 20, 12]]
    assert playground.drawn() == [3, 12, 0, 20]


def test_text_that_looks_like_markup_is_shown_as_text(playground):
    playground.edit(1, 1)
    playground.editor.fill(HOSTILE)
    playground.editor.press("Enter")
    expect(playground.map.get_by_role("alert")).to_contain_text(HOSTILE)
    playground.editor.press("Escape")
    playground.type_box(0, "y1", HOSTILE)
    expect(playground.get_by_role("alert").filter(has_text=HOSTILE)).to_be_visible()
    expect(playground.root.locator("img")).to_have_count(0)
    assert playground.recorded("hacked") is None


def test_fifty_boxes_are_the_most(playground):
    widgets.set_boxes(playground, [BOX] * 50)
    expect(playground.part("add-box")).to_be_disabled()
    expect(playground.part("add-box")).to_contain_text("50")
    expect(playground.part("duplicate-7")).to_be_disabled()
    playground.part("remove-49").click()
    expect(playground.part("add-box")).to_be_enabled()


def test_outputs_of_all_boxes_stand_side_by_side_and_are_linked_by_the_pointer(playground):
    assert playground.locator("[data-testid=stack] button").amount() == 0
    playground.part("add-box").click()
    items = playground.locator("[data-testid=stack] button")
    assert items.texts() == ["0: 5×7", "1: 4×4"]
    items.nth(0).hover()
    expect(playground.locator(".roi.pointed")).to_have_count(1)
    playground.part("roi-1").hover()
    expect(items.nth(1)).to_have_attribute("data-pointed", "")
    with playground.rerun():
        items.nth(0).click()
    expect(playground.part("pick-0")).to_be_checked()
    expect(items.nth(0)).to_have_attribute("aria-pressed", "true")


def test_what_was_taken_back_is_done_again(playground):
    playground.drag("roi-0", -1, 1)
    moved = playground.boxes()
    for key, boxes in (("z", [[0, 0, 3, 7, 8]]), ("Shift+Z", moved), ("z", [[0, 0, 3, 7, 8]])):
        with playground.rerun():
            playground.press(f"Control+{key}")
        assert playground.boxes() == boxes
    with playground.rerun():
        playground.get_by_role("button", name=TEXT["controls.redo"]).click()
    assert playground.boxes() == moved
