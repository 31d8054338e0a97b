"""Everything the pointer can do, with the keyboard alone."""

from playwright.sync_api import expect

from .by_hand import ARTICLE, pooled
from .stage_page import TEXT

FOCUSED = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at?.dataset.testid ?? null;
}"""


def focused(stage):
    """The data-testid of what has the focus, inside the stage too."""
    return stage.page.evaluate(FOCUSED)


def tab_to(stage, name, key="Tab"):
    """Press Tab until a part of the stage has the focus."""
    for _ in range(60):
        stage.page.keyboard.press(key)
        if focused(stage) == name:
            return
    raise AssertionError(f"{name} is not reached by {key}")


def press(stage, *keys):
    for key in keys:
        stage.page.keyboard.press(key)
    stage.frame()


def test_arrows_move_the_box_and_stop_at_the_edge(playground):
    tab_to(playground, "stage")
    press(playground, "ArrowUp", "ArrowUp", "ArrowRight")
    assert playground.boxes() == [[0, 1, 1, 8, 6]]
    assert playground.output() == pooled(ARTICLE, [0, 1, 1, 8, 6])
    press(playground, *["ArrowUp"] * 3, "ArrowRight")
    playground.settle()
    assert playground.boxes() == [[0, 1, 0, 8, 5]]
    assert playground.output() == pooled(ARTICLE, [0, 1, 0, 8, 5])


def test_shift_and_arrows_resize_the_box_down_to_a_cell(playground):
    tab_to(playground, "stage")
    press(playground, "Shift+ArrowUp", "Shift+ArrowLeft", "Shift+ArrowLeft")
    assert playground.boxes() == [[0, 0, 3, 5, 7]]
    press(playground, *["Shift+ArrowUp"] * 8, "Shift+ArrowRight")
    playground.settle()
    assert playground.boxes() == [[0, 0, 3, 6, 4]]
    assert playground.output() == pooled(ARTICLE, [0, 0, 3, 6, 4])


def test_several_arrows_are_one_edit(playground):
    tab_to(playground, "stage")
    before = playground.reruns
    press(playground, "ArrowUp", "ArrowRight", "Shift+ArrowUp", "Shift+ArrowUp", "ArrowUp")
    playground.settle()
    assert 1 <= playground.reruns - before < 5
    assert playground.boxes() == [[0, 1, 1, 8, 4]]


def test_space_plays_and_pauses_and_brackets_step(replay):
    before = replay.reruns
    tab_to(replay, "stage")
    press(replay, "]", "]")
    assert replay.scene() == "sections"
    press(replay, "[")
    assert replay.scene() == "proposal"
    press(replay, "Space")
    expect(replay.play).to_have_accessible_name(TEXT["stage.pause"])
    press(replay, "Space")
    expect(replay.play).to_have_accessible_name(TEXT["stage.play"])
    press(replay, *["]"] * 12)
    assert replay.scene() == "output"
    assert replay.reruns == before


def test_cell_is_chosen_with_ctrl_and_arrows_and_edited_with_enter(playground):
    tab_to(playground, "stage")
    press(playground, *["Control+ArrowDown"] * 6, *["Control+ArrowRight"] * 2, "Enter")
    expect(playground.editor).to_be_focused()
    at = next(
        (row, col)
        for row, values in enumerate(ARTICLE)
        for col, value in enumerate(values)
        if playground.editor.get_attribute("aria-label")
        == TEXT["stage.cell.edit"].format(row=row, col=col)
    )
    assert at in {(5, 1), (5, 2), (6, 1), (6, 2)}
    press(playground, *"8.5", "Enter")
    playground.settle()
    cells = [list(row) for row in ARTICLE]
    cells[at[0]][at[1]] = 8.5
    assert playground.output() == pooled(cells, [0, 0, 3, 7, 8])
    assert playground.boxes() == [[0, 0, 3, 7, 8]]
    assert focused(playground) == "stage"


def test_escape_leaves_the_edit_and_gives_the_focus_back(playground):
    before = playground.reruns
    tab_to(playground, "stage")
    press(playground, "Control+ArrowDown", "Enter", "9", "Escape")
    expect(playground.editor).to_be_hidden()
    assert focused(playground) == "stage"
    assert playground.output() == pooled(ARTICLE, [0, 0, 3, 7, 8])
    assert playground.reruns == before


def test_streamlits_hotkeys_rest_while_the_stage_has_the_focus(playground):
    page, before = playground.page, playground.reruns
    for name in ("stage", "play", "scrub", "box-0-x1", "add-box"):
        tab_to(playground, name)
        press(playground, "r", "c")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert playground.reruns == before
    # They are alive elsewhere: what was just seen is the stage's doing.
    page.evaluate("() => document.activeElement.blur()")
    with playground.rerun():
        press(playground, "r")


def test_box_is_added_chosen_and_removed_with_the_keyboard(playground):
    tab_to(playground, "add-box")
    press(playground, "Enter")
    expect(playground.part("pick-1")).to_be_checked()
    tab_to(playground, "pick-1", "Shift+Tab")
    press(playground, "ArrowUp")
    expect(playground.part("pick-0")).to_be_checked()
    playground.settle()
    assert playground.output() == pooled(ARTICLE, [0, 0, 3, 7, 8])
    tab_to(playground, "remove-1")
    press(playground, "Enter")
    playground.settle()
    assert playground.boxes() == [[0, 0, 3, 7, 8]]


def test_brush_is_put_down_with_escape(playground):
    tab_to(playground, "brush")
    press(playground, "Enter")
    expect(playground.part("brush")).to_have_attribute("aria-pressed", "true")
    tab_to(playground, "stage", "Shift+Tab")
    press(playground, "Escape")
    expect(playground.part("brush")).to_have_attribute("aria-pressed", "false")


def test_ctrl_z_takes_changes_back_one_after_the_other(playground):
    tab_to(playground, "stage")
    playground.drag("roi-0", -1, 0).drag("roi-0", 0, 1)
    playground.type_cell(0, 0, "5")
    playground.settle()
    press(playground, "Control+z")
    playground.settle()
    assert playground.cell(0, 0) == ARTICLE[0][0]
    assert playground.boxes() == [[0, 1, 2, 8, 7]]
    press(playground, "Control+z", "Control+z")
    playground.settle()
    playground.until(playground.boxes, [[0, 0, 3, 7, 8]])
    assert playground.output() == pooled(ARTICLE, [0, 0, 3, 7, 8])


def test_caption_is_a_live_region_that_says_the_scene(replay):
    said = TEXT["scene.input"].format(rows=8, cols=8)
    live = replay.page.get_by_role("status").filter(has_text=said)
    expect(live).to_have_attribute("aria-live", "polite")
    replay.next.click()
    expect(replay.caption).to_contain_text("[0, 0, 3, 7, 8]")


def test_a_question_mark_lists_the_keys_and_escape_puts_them_away(replay):
    replay.root.focus()
    replay.page.keyboard.press("?")
    expect(replay.page.locator(".keys")).to_be_visible()
    replay.page.keyboard.press("Escape")
    expect(replay.page.locator(".keys")).to_be_hidden()
