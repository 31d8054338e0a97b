"""The exercise goes along from page to page, and nobody loses what was there."""

from app.exercise.link import encode
from app.exercise.presets import preset_exercise
from tests.pages.test_pages import ROOT, choice, run, sent
from tests.widgets.test_opening import open_page


def go(app, page):
    app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
    assert not app.exception
    return app


def set_rows(app, page, count):
    app.number_input(key=f"{page}.output.rows").set_value(count).run()


def undo(app, page):
    app.button(key=f"{page}.undo").click().run()


def rows(app):
    return sent(app)["outputSize"][0]


def test_what_was_changed_on_replay_is_what_the_other_pages_open_with():
    app = run("replay")
    set_rows(app, "replay", 3)
    for page in ("playground", "sizes", "conventions", "gradient"):
        go(app, page)
        assert rows(app) == 3
        assert app.button(key=f"{page}.undo").disabled is False
        assert app.session_state[page].brought == "replay"


def test_a_page_that_was_never_left_the_start_of_gives_nothing_away():
    app = run("replay")
    go(app, "sizes")
    data = sent(app)
    assert data["link"]["start"]
    assert app.button(key="sizes.undo").disabled
    go(app, "replay")
    assert sent(app)["link"]["start"]


def test_the_newest_change_wins_on_the_way_back_and_what_was_there_is_one_undo_away():
    app = run("replay")
    set_rows(app, "replay", 3)
    go(app, "playground")
    set_rows(app, "playground", 4)
    go(app, "replay")
    assert rows(app) == 4
    undo(app, "replay")
    assert rows(app) == 3
    # What was taken back there is none of the page's changes: nobody loses it where it was made.
    assert app.session_state["replay"].brought == ""
    go(app, "playground")
    assert rows(app) == 4
    go(app, "replay")
    assert rows(app) == 3
    # What is taken back after it was this page's own, and goes along.
    undo(app, "replay")
    assert rows(app) == 2
    go(app, "playground")
    assert rows(app) == 2
    undo(app, "playground")
    assert rows(app) == 4


def test_another_page_opens_with_the_last_change_and_not_with_what_it_was_taken_back_to():
    app = run("playground")
    set_rows(app, "playground", 3)
    go(app, "replay")
    undo(app, "replay")
    assert rows(app) == 2
    app.run()
    assert rows(app) == 2
    go(app, "conventions")
    assert (rows(app), app.session_state["conventions"].brought) == (3, "playground")


def test_back_to_the_start_goes_along_and_can_be_taken_back_on_either_page():
    app = run("replay")
    set_rows(app, "replay", 5)
    go(app, "gradient")
    app.button(key="gradient.reset").click().run()
    assert rows(app) == 2
    go(app, "replay")
    assert sent(app)["link"]["start"]
    undo(app, "replay")
    assert rows(app) == 5


def test_what_goes_through_a_page_without_a_change_arrives_as_it_was():
    app = run("replay")
    set_rows(app, "replay", 3)
    for page in ("sizes", "gradient", "sizes", "conventions", "replay"):
        go(app, page)
    assert app.session_state["replay"].brought == ""
    assert len(app.session_state["replay"].past) == 1
    assert app.session_state["conventions"].exercise == app.session_state["replay"].exercise


def test_a_prepared_case_goes_along_and_the_other_page_s_own_start_is_one_click_away():
    app = run("gradient")
    choice(app, "gradient.preset").set_value("two-boxes").run()
    go(app, "playground")
    assert len(sent(app)["boxes"]) == 2
    app.button(key="playground.reset").click().run()
    assert sent(app)["link"]["start"]


def test_a_link_wins_and_goes_along():
    app = open_page("replay", x=encode(preset_exercise("3-in-7")))
    del app.query_params["x"]
    go(app, "conventions")
    assert sent(app)["outputSize"] == [7, 7]
    # Of the same session, after a change elsewhere.
    app.number_input(key="conventions.output.rows").set_value(3).run()
    app.switch_page(str(ROOT / "pages" / "gradient.py"))
    app.query_params["preset"] = "a-tie"
    app.run()
    assert sent(app)["outputSize"] == [2, 2]
    del app.query_params["preset"]
    go(app, "replay")
    assert app.session_state["replay"].exercise == preset_exercise("a-tie")
    undo(app, "replay")
    assert sent(app)["outputSize"] == [7, 7]


def test_image_to_cells_keeps_its_own_and_what_it_opens_in_the_playground_goes_along():
    app = run("replay")
    set_rows(app, "replay", 3)
    go(app, "pixels")
    assert sent(app)["link"]["start"]
    app.button(key="pixels.open").click().run()
    assert sent(app)["rows"] == 10
    go(app, "replay")
    assert sent(app)["rows"] == 10
    undo(app, "replay")
    assert (sent(app)["rows"], rows(app)) == (8, 3)


def test_a_change_that_comes_with_the_click_to_another_page_is_not_left_behind():
    app = run("replay")
    go(app, "playground")
    # As it is where the browser sends both in one message.
    desk = app.session_state["replay"]
    edit = {"session": desk.session, "changes": [{"seq": 1, "boxes": [[0, 1, 1, 4, 4]]}]}
    app.session_state["replay"] = desk.take(edit)
    app.run()
    assert sent(app)["boxes"][0]["numbers"] == [0, 1, 1, 4, 4]


def selected(app, page, box=None):
    """Which box is looked at on a page, after another one was chosen there."""
    if box is not None:
        desk = app.session_state[page]
        edit = {"session": desk.session, "changes": [{"seq": desk.ack + 1, "selected": box}]}
        app.session_state[page] = desk.take(edit)
        app.run()
    return sent(app)["selected"]


def test_which_box_is_looked_at_goes_along():
    app = run("gradient")
    choice(app, "gradient.preset").set_value("two-boxes").run()
    go(app, "playground")
    assert selected(app, "playground") == 0
    assert selected(app, "playground", 1) == 1
    # It is no change: who comes back has nothing to take back that was not there before.
    go(app, "gradient")
    assert selected(app, "gradient") == 1
    assert app.session_state["gradient"].brought == ""
    assert selected(app, "gradient", 0) == 0
    for page in ("replay", "playground"):
        go(app, page)
        assert selected(app, page) == 0


def test_a_story_that_was_left_goes_on_where_only_the_boxes_or_the_convention_are_others():
    app = run("replay")
    epoch = sent(app)["epoch"]
    go(app, "playground")
    app.selectbox(key="playground.convention").set_value("fast_rcnn").run()
    go(app, "replay")
    assert app.session_state["replay"].brought == "playground"
    assert sent(app)["epoch"] == epoch
    go(app, "playground")
    set_rows(app, "playground", 3)
    go(app, "replay")
    assert sent(app)["epoch"] == epoch + 1
