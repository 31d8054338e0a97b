"""The map goes along with the exercise: as large as it was, and called what it was."""

import pytest

from app.exercise.feature_maps import make_cells
from tests.pages.test_pages import run, sent
from tests.widgets.test_brought import go, rows, set_rows, undo


def test_the_kind_of_map_goes_along_with_the_map():
    app = run("playground")
    app.selectbox(key="playground.map.kind").set_value("checkerboard").run()
    go(app, "gradient")
    assert app.selectbox(key="gradient.map.kind").value == "checkerboard"
    assert sent(app)["cells"][:3] == [0, 1, 0]
    app.button(key="gradient.reset").click().run()
    go(app, "playground")
    assert app.selectbox(key="playground.map.kind").value == "article"
    assert sent(app)["cells"][0] == 0.88


def test_the_room_that_sizes_adds_stays_on_sizes():
    app = run("sizes")
    set_rows(app, "sizes", 3)
    assert sent(app)["rows"] == 9
    go(app, "replay")
    assert (sent(app)["rows"], rows(app)) == (8, 3)
    app = run("sizes")
    app.slider(key="sizes.box.rows").set_value(57).run()
    go(app, "replay")
    assert (sent(app)["rows"], sent(app)["boxes"][0]["numbers"]) == (60, [0, 0, 3, 7, 60])


def test_a_random_map_that_was_brought_keeps_its_numbers_when_it_gets_another_size():
    app = run("playground")
    app.selectbox(key="playground.map.kind").set_value("random").run()
    app.number_input(key="playground.map.seed").set_value(7).run()
    go(app, "gradient")
    assert app.number_input(key="gradient.map.seed").value == 7
    app.number_input(key="gradient.map.rows").set_value(9).run()
    assert sent(app)["cells"] == [v for row in make_cells("random", 9, 8, seed=7) for v in row]


def test_where_what_was_brought_goes_again_the_map_is_called_what_it_was():
    app = run("playground")
    app.selectbox(key="playground.map.kind").set_value("checkerboard").run()
    go(app, "gradient")
    app.selectbox(key="gradient.map.kind").set_value("random").run()
    go(app, "playground")
    assert app.selectbox(key="playground.map.kind").value == "random"
    # It is what it was also where something was changed before all of it was taken back.
    app.number_input(key="playground.map.rows").set_value(9).run()
    undo(app, "playground")
    assert app.selectbox(key="playground.map.kind").value == "random"
    undo(app, "playground")
    assert app.selectbox(key="playground.map.kind").value == "checkerboard"
    app.number_input(key="playground.map.rows").set_value(9).run()
    assert sent(app)["cells"] == [v for row in make_cells("checkerboard", 9, 8) for v in row]


def resize(app, kind, count):
    app.selectbox(key="playground.map.kind").set_value(kind).run()
    for side in ("rows", "cols"):
        app.number_input(key=f"playground.map.{side}").set_value(count).run()


@pytest.mark.parametrize("back", ["playground", "replay"])
def test_a_map_that_sizes_was_brought_comes_back_as_large_as_it_was(back):
    app = run("playground")
    resize(app, "continued", 20)
    maps = app.session_state["playground"].exercise.maps
    go(app, "sizes")
    assert (sent(app)["rows"], sent(app)["cols"]) == (20, 20)
    app.slider(key="sizes.box.rows").set_value(20).run()
    assert sent(app)["rows"] == 24
    go(app, back)
    assert app.session_state[back].exercise.maps == maps
    assert app.session_state[back].exercise.boxes[0][4] == 23


def test_the_room_that_sizes_adds_for_a_box_past_the_edge_stays_on_sizes():
    app = run("playground")
    desk = app.session_state["playground"]
    edit = {"session": desk.session, "changes": [{"seq": 1, "boxes": [[0, 2, 2, 11, 11]]}]}
    app.session_state["playground"] = desk.take(edit)
    app.run()
    maps = app.session_state["playground"].exercise.maps
    go(app, "sizes")
    assert sent(app)["rows"] > 11
    set_rows(app, "sizes", 3)
    for page in ("playground", "replay", "sizes"):
        go(app, page)
        assert rows(app) == 3
        assert sent(app)["boxes"][0]["numbers"] == [0, 2, 2, 11, 11]
        assert page == "sizes" or app.session_state[page].exercise.maps == maps
