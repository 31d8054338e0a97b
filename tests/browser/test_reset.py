"""The way back to the article, and back from there: at which step the story then stands."""

from . import widgets
from .test_replay import NOTHING, go_to


def test_undo_of_the_way_back_to_the_article_shows_what_was_on_screen(replay):
    go_to(replay, "proposal")
    replay.drag("roi-0", -1, 0)
    go_to(replay, "maxima")
    output = replay.output()
    with replay.rerun():
        widgets.button(replay, "controls.reset").click()
    assert (replay.scene(), replay.output()) == ("input", NOTHING)
    with replay.rerun():
        widgets.button(replay, "controls.undo").click()
    assert (replay.scene(), replay.output()) == ("maxima", output)


def test_an_exercise_that_begins_anew_begins(replay):
    go_to(replay, "maxima")
    with replay.rerun():
        widgets.button(replay, "controls.reset").click()
    with replay.rerun():
        replay.part("hide").click()
    assert replay.scene() == "input"
