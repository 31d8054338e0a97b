"""Dragging: what is in the hand is right at once, and Python hears of it once, on release."""

from random import Random

import pytest

from . import widgets
from .by_hand import ARTICLE, INCLUSIVE, pooled, pulled
from .part import expect
from .stage_page import BODY_AND_HANDLES

SIZES = (8, 32, 64)

RECORD_MOVES = """(box) => {
  window.moves = 0;
  const seen = new MutationObserver(() => (window.moves += 1));
  seen.observe(box, { attributeFilter: ["x", "y", "width", "height"] });
}"""
UNDER_MIDDLE = """(element) => {
  const {x, y, width, height} = element.getBoundingClientRect();
  return element.getRootNode().elementFromPoint(x + width / 2, y + height / 2).dataset.testid;
}"""


def some_cells(size, random):
    """Two decimals and no value twice."""
    values = random.sample(range(10_000), size[0] * size[1])
    return [[values[i * size[1] + j] / 100 for j in range(size[1])] for i in range(size[0])]


def handy(box, size, random, convention):
    """The box, or another if one of its sides has no two cells: handles lie apart from there on."""
    _, x1, y1, x2, y2 = box
    end = INCLUSIVE[convention]
    while min(y2 - y1, x2 - x1) < 2 - end:
        (y1, y2), (x1, x2) = (sorted(random.sample(range(count + 1 - end), 2)) for count in size)
    return [0, x1, y1, x2, y2]


def some_pulls(size, random):
    """One somewhere on the map, one far outside it, and one to rest at."""
    rows, cols = size
    near = random.randint(-rows, rows), random.randint(-cols, cols)
    far = random.choice([-2, 2]) * rows, random.choice([-2, 2]) * cols
    return [*random.sample([near, far], 2), random.choice([near, far])]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("side", SIZES)
def test_output_is_the_brute_force_maximum_before_and_after_release(playground, side):
    # Every handle with every size and convention: tests/figures/common/geometry.test.mjs.
    k, size, random = SIZES.index(side), (side, side), Random(side)
    convention = list(INCLUSIVE)[k % 2]
    cells = some_cells(size, random)
    widgets.set_map(playground, cells)
    widgets.choose_convention(playground, convention)
    output_size = random.randint(1, 14), random.randint(1, 14)
    widgets.set_output(playground, *output_size)
    for name in BODY_AND_HANDLES[k :: len(SIZES)]:
        start = take(playground, handy(playground.boxes()[0], size, random, convention))
        hold = playground.grab(name)
        for rows, cols in some_pulls(size, random):
            hold.pull(rows, cols)
            box = pulled(start, name, rows, cols, size, convention)
            assert playground.boxes() == [box]
            assert playground.output() == pooled(cells, box, output_size, convention)
        hold.release()
        assert playground.boxes() == [box]
        assert playground.output() == pooled(cells, box, output_size, convention)
        (_, x1, y1, x2, y2), end = box, INCLUSIVE[convention]
        assert playground.drawn() == [y1, y2 + end, x1, x2 + end]


def take(stage, box):
    """Type a box into the table if another one stands there."""
    if stage.boxes() != [box]:
        for column, number in zip(("x1", "y1", "x2", "y2"), box[1:], strict=True):
            stage.type_box(0, column, f"{number}")
    return box


def test_server_reruns_once_a_drag_and_not_before_the_release(playground):
    before = playground.reruns
    for k in range(1, 4):
        hold = playground.grab("roi-0-handle-ne")
        for rows in (-2, 1, -3, 2, -1):
            hold.pull(rows, rows)
        assert playground.reruns == before + k - 1
        hold.release()
        assert playground.reruns == before + k


def test_second_drag_begun_before_the_answer_to_the_first_is_not_thrown_back(delayed):
    stage, server = delayed
    server.holding = True
    stage.grab("roi-0").pull(-1, 1).release()
    hold = stage.grab("roi-0-handle-se").pull(0, -2)
    stage.until(server.answers, 1)
    expect(stage.root).to_have_attribute("data-ack", "0")
    server.let_go()
    expect(stage.root).to_have_attribute("data-ack", "1")
    assert stage.boxes() == [[0, 1, 2, 6, 7]]
    hold.pull(1, -3).release()
    assert stage.boxes() == [[0, 1, 2, 5, 8]]
    assert stage.output() == pooled(ARTICLE, [0, 1, 2, 5, 8])


def test_answer_to_the_first_of_two_drags_does_not_take_the_second_back(delayed):
    stage, server = delayed
    server.holding = True
    stage.grab("roi-0").pull(-1, 1).release()
    stage.until(server.answers, 1)
    stage.grab("roi-0").pull(-2, 0).release()
    stage.part("roi-0").record(RECORD_MOVES)
    server.let_go()
    assert stage.recorded("moves") == 0
    assert stage.boxes() == [[0, 1, 0, 8, 5]]


def test_box_of_one_cell_on_the_finest_map_can_be_taken_everywhere(playground):
    widgets.open_map(playground, "gradient")
    widgets.set_map_size(playground, 64, 64)
    widgets.close(playground)
    widgets.set_boxes(playground, [[0, 30, 30, 31, 31]])
    taken = {name: playground.part(name).read(UNDER_MIDDLE) for name in BODY_AND_HANDLES}
    assert taken == {name: name for name in BODY_AND_HANDLES}


def test_dragging_another_box_selects_it(playground):
    widgets.set_boxes(playground, [[0, 0, 0, 2, 2], [0, 4, 4, 8, 8]])
    expect(playground.part("pick-0")).to_be_checked()
    playground.drag("roi-1", -4, 0)
    expect(playground.part("pick-1")).to_be_checked()
    assert playground.boxes() == [[0, 0, 0, 2, 2], [0, 4, 0, 8, 4]]
    assert playground.output() == pooled(ARTICLE, [0, 4, 0, 8, 4])


# Of the map's canvas: the colour in the middle of a cell's upper left, where no number stands.
COLOUR = """(stage, [row, col]) => {
  const canvas = stage.querySelector("[data-testid=map] canvas");
  const { rows, cols } = canvas.parentNode.dataset;
  const [x, y] = [(col + 0.1) * canvas.width / cols, (row + 0.1) * canvas.height / rows];
  return [...canvas.getContext("2d").getImageData(x, y, 1, 1).data];
}"""


def test_what_is_lit_in_the_search_moves_with_the_box(open_page):
    stage = open_page()
    plain = [stage.root.read(COLOUR, cell) for cell in ([2, 1], [4, 1])]
    next(scene for scene in stage.walk() if scene == "scan")
    assert stage.root.read(COLOUR, [4, 1]) == plain[1]
    assert stage.root.read(COLOUR, [2, 1]) != plain[0]
    stage.drag("roi-0", -2, 0)
    # Of the first section, rows 1 and 2 now.
    assert stage.root.read(COLOUR, [2, 1]) == plain[0]
    assert stage.root.read(COLOUR, [4, 1]) != plain[1]


def test_what_came_of_a_drag_stays_said_until_the_next_step(replay):
    list(replay.walk())
    before = replay.caption.text()
    hold = replay.grab("roi-0").pull(0, 1)
    said = replay.caption.text()
    assert "0.84" in said
    hold.release()
    expect(replay.caption).to_have_text(said)
    replay.part("prev").click()
    replay.next.click()
    expect(replay.caption).to_have_text(before)
