"""Cells edited in place: by typing, by painting; and what the pointer names."""

from contextlib import nullcontext
from itertools import product

from .by_hand import ARTICLE, pooled
from .part import expect
from .stage_page import TEXT

BOX = [0, 0, 3, 7, 8]

LIGHT = "(cells) => cells.map((cell) => cell.dataset.lit ?? null)"


def edited(*changes):
    """The article's map with some cells changed, pooled."""
    cells = [list(row) for row in ARTICLE]
    for row, col, value in changes:
        cells[row][col] = value
    return pooled(cells, BOX)


def test_escape_leaves_the_cell_as_it_was(unasked):
    before = unasked.reruns
    unasked.edit(5, 5)
    unasked.type("9")
    unasked.press("Escape")
    expect(unasked.editor).to_be_hidden()
    assert unasked.output() == pooled(ARTICLE, BOX)
    assert unasked.cell(5, 5) == ARTICLE[5][5]
    assert unasked.reruns == before


def test_text_in_a_cell_is_kept_with_a_message_and_changes_nothing(unasked):
    before = unasked.reruns
    message = unasked.map.get_by_role("alert")
    # What else is no number: tests/figures/common/text.test.mjs.
    for text, leave in product(("abc", "1e999"), ("Enter", "Tab", "click")):
        unasked.edit(5, 5)
        unasked.editor.fill(text)
        if leave == "click":
            unasked.caption.click()
        else:
            unasked.press(leave)
        expect(message).to_be_visible()
        expect(message).to_contain_text(TEXT["stage.not-a-number"].format(text=text))
        expect(unasked.editor).to_have_value(text)
        assert unasked.output() == pooled(ARTICLE, BOX)
        unasked.editor.press("Escape")
        expect(message).to_be_hidden()
    assert unasked.cell(5, 5) == ARTICLE[5][5]
    assert unasked.reruns == before


def test_output_cell_and_its_bin_light_each_other(unasked):
    def lit():
        return [k for k, light in enumerate(unasked.cells.read_all(LIGHT)) if light is not None]

    unasked.hand.move(1, 1)
    assert lit() == []
    looks = {unasked.map.picture()}
    for cell in range(4):
        unasked.cells.nth(cell).hover()
        assert lit() == [cell]
        looks.add(unasked.map.picture())
    assert len(looks) == 5, "the map shows which bin is meant"
    for cell, (row, col) in enumerate([(4, 2), (3, 3), (5, 0), (7, 6)]):
        unasked.hand.move(*unasked.point(row, col))
        assert lit() == [cell]
    unasked.hand.move(*unasked.point(1, 1))
    assert lit() == []


def test_pointer_on_a_cell_names_it(unasked):
    unasked.hand.move(*unasked.point(5, 6))
    label = unasked.map.get_by_text("0.96")
    expect(label).to_be_visible()
    expect(label).to_contain_text("5")
    expect(label).to_contain_text("6")


def test_typed_cell_changes_the_output_at_once_and_after_the_answer(playground):
    before, changes = playground.reruns, [(4, 5, 7.25), (3, 0, -3), (7, 2, 1e-3)]
    for k, (row, col, value) in enumerate(changes, 1):
        assert edited(*changes[:k]) != edited(*changes[: k - 1])
        playground.type_cell(row, col, f"{value}")
        with playground.at_once():
            assert playground.output() == edited(*changes[:k])
        assert playground.output() == edited(*changes[:k])
        expect(playground.editor).to_be_hidden()
        assert playground.reruns == before + k


def test_cell_outside_the_box_leaves_the_output_and_keeps_its_value(playground):
    playground.type_cell(0, 7, "9")
    assert playground.output() == pooled(ARTICLE, BOX)
    assert playground.cell(0, 7) == 9
    playground.drag("roi-0", -3, 1)
    assert playground.output()[0][1] == 9


def test_what_is_typed_over_a_number_that_was_double_clicked_takes_all_its_place(playground):
    field = playground.type_box(0, "x1", "-3")
    playground.settle()
    field.dblclick()
    playground.type("2")
    playground.press("Enter")
    assert playground.boxes() == [[0, 2, 3, 7, 8]]


def test_tab_takes_the_value_and_goes_on_to_the_next_cell(playground):
    playground.edit(3, 7)
    for text in ("1", "2"):
        playground.type(text)
        playground.press("Tab")
    expect(playground.editor).to_have_value(str(ARTICLE[4][1]))
    playground.press("Shift+Tab")
    expect(playground.editor).to_have_value("2")
    playground.press("Escape")
    assert playground.output() == edited((3, 7, 1), (4, 0, 2))


def test_leaving_the_editor_takes_the_value(playground):
    playground.edit(5, 5)
    playground.type("9")
    playground.caption.click()
    assert playground.output() == edited((5, 5, 9))


def test_brush_paints_its_value_over_the_cells_it_meets(playground):
    playground.part("brush").click()
    playground.part("brush-value").fill("4.5")
    before = playground.reruns
    hand = playground.hand
    hand.move(*playground.point(4, 1))
    hand.press()
    hand.move(*playground.point(4, 4), steps=12)
    painted = [(4, col, 4.5) for col in range(1, 5)]
    assert playground.output() == edited(*painted)
    assert playground.reruns == before
    hand.release()
    assert playground.reruns == before + 1
    assert playground.boxes() == [BOX]
    playground.part("brush").click()
    assert [playground.cell(4, col) for col in range(6)] == [
        ARTICLE[4][0], 4.5, 4.5, 4.5, 4.5, ARTICLE[4][5]
    ]  # fmt: skip


def test_the_brush_says_that_it_is_on_and_is_put_away_by_all_that_is_something_else(playground):
    brush, value, caption = map(playground.part, ("brush", "brush-value", "caption"))
    label = playground.locator(".hover-label")
    said = caption.text()
    told = TEXT["stage.brush.on"].format(value="4.5")
    field = playground.locator(".brush-field")

    def in_hand():
        return brush.attribute("aria-pressed") == "true"

    def esc_in_a_field():
        playground.part("box-0-x1").focus()
        playground.press("Escape")

    def esc_on_the_page():
        playground.blur()
        playground.press("Escape")

    def looked_at(key):
        playground.blur()
        with playground.rerun() if key == "h" else nullcontext():
            playground.press(key)

    def played():
        playground.play.click()
        playground.until(lambda: playground.scene() != "output", True)

    ways = [
        lambda: value.press("Escape"),
        esc_in_a_field,
        esc_on_the_page,
        lambda: looked_at("p"),
        # It is put away first, and the presentation is left by the next.
        lambda: value.press("Escape"),
        lambda: looked_at("Escape"),
        lambda: looked_at("h"),
        lambda: looked_at("h"),
        played,
    ]
    for k, way in enumerate(ways):
        if k != 5:
            brush.click()
            value.fill("4.5")
            expect(caption).to_have_text(told)
            expect(field).to_contain_text(TEXT["stage.brush.label"])
            assert in_hand()
        way()
        assert not in_hand(), k
        expect(caption).not_to_have_text(told)
        expect(field).to_be_hidden()
        assert ("present=1" in playground.address()) == (k in (3, 4)), k
    playground.finish()
    expect(caption).to_have_text(said)
    brush.click()
    playground.hand.move(*playground.point(4, 4))
    expect(label).to_contain_text(TEXT["stage.cell.hint.brush"].format(value="4.5"))
    brush.click()
    playground.hand.move(*playground.point(4, 5))
    expect(label).to_contain_text(TEXT["stage.cell.hint"])
