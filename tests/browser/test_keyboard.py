"""Everything the pointer can do, with the keyboard alone."""

from .by_hand import ARTICLE, pooled
from .part import expect
from .stage_page import TEXT

# From one part of a figure to another the focus goes without a word to the document.
RECORD_FOCUS = """(stage) => {
  window.reached = [];
  const note = (event) => window.reached.push(event.composedPath()[0].dataset?.testid);
  for (const root of [document, stage.getRootNode()]) root.addEventListener("focusin", note);
}"""


def tab_to(stage, name, key="Tab"):
    """Press Tab until a part of the stage has the focus."""
    for _ in range(60):
        stage.press(key)
        if stage.focused() == name:
            return
    raise AssertionError(f"{name} is not reached by {key}")


def test_tab_reaches_what_the_pointer_can_use(playground):
    playground.root.record(RECORD_FOCUS)
    playground.press(*["Tab"] * 60)
    reached = playground.recorded("reached")
    assert {"stage", "play", "scrub", "brush", "box-0-x1", "add-box"} <= set(reached)


def test_a_cell_of_the_output_keeps_the_focus_when_the_page_gets_narrower(unasked):
    cell = unasked.part("output").locator("[data-row='0'][data-col='0']")
    cell.focus()
    wide = cell.place()["width"]
    unasked.resize(360, 740)
    assert cell.place()["width"] < wide
    expect(cell).to_be_focused()


def test_escape_leaves_the_edit_and_gives_the_focus_back(unasked):
    before = unasked.reruns
    unasked.root.focus()
    unasked.press("Control+ArrowDown", "Enter", "9", "Escape")
    expect(unasked.editor).to_be_hidden()
    assert unasked.focused() == "stage"
    assert unasked.output() == pooled(ARTICLE, [0, 0, 3, 7, 8])
    assert unasked.reruns == before


def test_brush_is_put_down_with_escape(unasked):
    unasked.part("brush").focus()
    unasked.press("Enter")
    expect(unasked.part("brush")).to_have_attribute("aria-pressed", "true")
    tab_to(unasked, "stage", "Shift+Tab")
    unasked.press("Escape")
    expect(unasked.part("brush")).to_have_attribute("aria-pressed", "false")


def test_streamlits_hotkeys_rest_while_the_stage_has_the_focus(unasked):
    before = unasked.reruns
    for name in ("stage", "play", "scrub", "box-0-x1", "add-box"):
        unasked.part(name).focus()
        unasked.press("r", "c")
    expect(unasked.get_by_role("dialog")).to_have_count(0)
    assert unasked.reruns == before
    # They are alive elsewhere: what was just seen is the stage's doing.
    unasked.blur()
    with unasked.rerun():
        unasked.press("r")


def test_arrows_move_the_box_and_stop_at_the_edge(playground):
    playground.root.focus()
    playground.press("ArrowUp", "ArrowUp", "ArrowRight")
    with playground.at_once():
        assert playground.boxes() == [[0, 1, 1, 8, 6]]
        assert playground.output() == pooled(ARTICLE, [0, 1, 1, 8, 6])
    playground.press(*["ArrowUp"] * 3, "ArrowRight")
    assert playground.boxes() == [[0, 1, 0, 8, 5]]
    assert playground.output() == pooled(ARTICLE, [0, 1, 0, 8, 5])


def test_shift_and_arrows_resize_the_box_down_to_a_cell(playground):
    playground.root.focus()
    playground.press("Shift+ArrowUp", "Shift+ArrowLeft", "Shift+ArrowLeft")
    with playground.at_once():
        assert playground.boxes() == [[0, 0, 3, 5, 7]]
    playground.press(*["Shift+ArrowUp"] * 8, "Shift+ArrowRight")
    assert playground.boxes() == [[0, 0, 3, 6, 4]]
    assert playground.output() == pooled(ARTICLE, [0, 0, 3, 6, 4])


def test_several_arrows_are_one_edit(playground):
    playground.root.focus()
    before = playground.reruns
    keys = "ArrowUp", "ArrowRight", "Shift+ArrowUp", "Shift+ArrowUp", "ArrowUp"
    playground.press_together(*keys)
    assert playground.reruns - before == 1
    assert playground.boxes() == [[0, 1, 1, 8, 4]]


def test_space_plays_and_pauses_and_brackets_step(replay):
    before = replay.reruns
    replay.root.focus()
    replay.press("]", "]")
    assert replay.scene() == "sections"
    replay.press("[")
    assert replay.scene() == "proposal"
    replay.press("Space")
    expect(replay.play).to_have_accessible_name(TEXT["stage.pause"])
    replay.press("Space")
    expect(replay.play).to_have_accessible_name(TEXT["stage.play"])
    replay.press(*["]"] * 12)
    assert replay.scene() == "output"
    assert replay.reruns == before


def test_cell_is_chosen_with_ctrl_and_arrows_and_edited_with_enter(playground):
    playground.root.focus()
    playground.press(*["Control+ArrowDown"] * 6, *["Control+ArrowRight"] * 2, "Enter")
    expect(playground.editor).to_be_focused()
    at = next(
        (row, col)
        for row, values in enumerate(ARTICLE)
        for col, value in enumerate(values)
        if playground.editor.attribute("aria-label")
        == TEXT["stage.cell.edit"].format(row=row, col=col)
    )
    assert at in {(5, 1), (5, 2), (6, 1), (6, 2)}
    playground.press(*"8.5", "Enter")
    cells = [list(row) for row in ARTICLE]
    cells[at[0]][at[1]] = 8.5
    assert playground.output() == pooled(cells, [0, 0, 3, 7, 8])
    assert playground.boxes() == [[0, 0, 3, 7, 8]]
    assert playground.focused() == "stage"


def test_box_is_added_chosen_and_removed_with_the_keyboard(playground):
    playground.part("add-box").focus()
    playground.press("Enter")
    expect(playground.part("pick-1")).to_be_checked()
    tab_to(playground, "pick-1", "Shift+Tab")
    playground.press("ArrowUp")
    expect(playground.part("pick-0")).to_be_checked()
    assert playground.output() == pooled(ARTICLE, [0, 0, 3, 7, 8])
    tab_to(playground, "remove-1")
    playground.press("Enter")
    assert playground.boxes() == [[0, 0, 3, 7, 8]]


def test_ctrl_z_takes_changes_back_one_after_the_other(playground):
    playground.root.focus()
    playground.drag("roi-0", -1, 0).drag("roi-0", 0, 1)
    playground.type_cell(0, 0, "5")
    playground.press("Control+z")
    assert playground.cell(0, 0) == ARTICLE[0][0]
    assert playground.boxes() == [[0, 1, 2, 8, 7]]
    playground.press("Control+z", "Control+z")
    assert playground.boxes() == [[0, 0, 3, 7, 8]]
    assert playground.output() == pooled(ARTICLE, [0, 0, 3, 7, 8])


def test_ctrl_z_is_the_page_s_where_nothing_has_the_focus_and_a_field_s_where_it_has(playground):
    playground.drag("roi-0", -1, 0)
    playground.part("box-0-x1").focus()
    playground.press("Control+z")
    assert playground.boxes() == [[0, 0, 2, 7, 7]]
    playground.blur()
    playground.press("Control+z")
    playground.until(playground.boxes, [[0, 0, 3, 7, 8]])
    playground.press("Control+Shift+z")
    playground.until(playground.boxes, [[0, 0, 2, 7, 7]])


def test_caption_is_a_live_region_that_says_the_scene(replay):
    said = TEXT["scene.input"].format(rows=8, cols=8)
    live = replay.get_by_role("status").filter(has_text=said)
    expect(live).to_have_attribute("aria-live", "polite")
    replay.next.click()
    expect(replay.caption).to_contain_text("(x 0 to 7, y 3 to 8)")


def test_a_question_mark_lists_the_keys_and_escape_puts_them_away(replay):
    replay.root.focus()
    replay.press("?")
    expect(replay.locator(".keys")).to_be_visible()
    replay.press("Escape")
    expect(replay.locator(".keys")).to_be_hidden()
