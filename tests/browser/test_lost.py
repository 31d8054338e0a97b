"""What the hand changes while the server is away, or has lost the session, is not lost."""

import re

import numpy as np

from app.exercise.link import decode
from app.exercise.record import article_exercise
from app.lessons.answers import right
from app.lessons.place import Place

from .broken_line import PATIENCE, alone, answered, state
from .lesson_page import Lesson
from .part import expect
from .stage_page import TEXT
from .test_link import code_in
from .test_pixels import Pixels
from .widgets import choose_convention, set_map

LATE = TEXT["saved.late"]
COPIED = TEXT["stage.link.copied"], TEXT["stage.link.select"]
KEPT = TEXT["problem.lost.kept"]


def boxes_in(stage):
    """The boxes of the link in the address."""
    return [list(box) for box in decode(code_in(stage)).boxes]


def moved(boxes, rows, cols):
    index, x1, y1, x2, y2 = boxes[0]
    return [[index, x1 + cols, y1 + rows, x2 + cols, y2 + rows]]


def test_drags_made_while_the_server_restarts_and_after_it_are_all_there(open_mortal, mortal):
    stage = open_mortal("/playground")
    stage.drag("roi-0", -1, 0)
    before = stage.boxes()
    assert boxes_in(stage) == before
    while stage.scene() != "scan":
        stage.prev.click()
    step = stage.step()
    mortal.kill()
    alone(stage)
    with stage.at_once():
        stage.drag("roi-0", -1, 0)
        stage.drag("roi-0", 0, 1)
        assert stage.boxes() == moved(before, -1, 1)
        expect(stage.part("saved")).to_have_text(LATE)
        mortal.start()
        state(stage, connected=True)
        stage.drag("roi-0", -1, 0)
    answered(stage)
    assert stage.boxes() == moved(before, -2, 1)
    assert boxes_in(stage) == moved(before, -2, 1)
    expect(stage.part("saved")).to_have_text(KEPT)
    assert stage.step() == step
    stage.drag("roi-0", 1, 0)
    assert stage.boxes() == moved(before, -1, 1)
    expect(stage.part("saved")).to_be_hidden()


def test_the_first_field_that_is_changed_after_the_server_was_away_is_heard(open_mortal, mortal):
    stage = open_mortal("/playground")
    stage.drag("roi-0", -1, 0)
    before = stage.boxes()
    mortal.kill()
    alone(stage)
    mortal.start()
    answered(stage)
    expect(stage.part("saved")).to_have_text(KEPT)
    choose_convention(stage, "fast_rcnn")
    assert decode(code_in(stage)).convention == "fast_rcnn"
    assert stage.boxes() == before


def test_a_map_too_large_for_a_link_is_brought_back_by_the_page_that_shows_it(open_mortal, mortal):
    stage = open_mortal("/playground")
    choose_convention(stage, "fast_rcnn")
    set_map(stage, np.random.default_rng(7).random((40, 40)).tolist())
    stage.type_cell(0, 0, "0.125")
    output, before = stage.output(), stage.boxes()
    mortal.kill()
    alone(stage)
    with stage.at_once():
        stage.drag("roi-0", 1, 1)
    mortal.start()
    answered(stage)
    expect(stage.part("saved")).to_have_text(KEPT)
    assert stage.size() == (40, 40)
    assert stage.boxes() == moved(before, 1, 1)
    assert stage.cell(0, 0) == 0.125
    stage.drag("roi-0", -1, -1)
    assert stage.output() == output


def test_a_box_in_pixels_and_how_it_is_sampled_outlive_the_server(open_mortal, mortal):
    stage = open_mortal("/pixels", Pixels)
    stage.part("ratio").select_option("4")
    stage.settle()
    mortal.kill()
    alone(stage)
    with stage.at_once():
        stage.pull("roi-0", -3, 2)
        stage.hand.release()
        box = stage.numbers()["box"]
        expect(stage.part("saved")).to_have_text(LATE)
    mortal.start()
    answered(stage)
    assert stage.numbers()["box"] == box
    assert stage.part("ratio").value() == "4"
    expect(stage.part("saved")).to_have_text(KEPT)


def test_the_link_of_a_lesson_s_step_asks_the_same_on_a_server_that_was_started_again(
    open_mortal, mortal
):
    question = Place("lesson", 4, 2, 3).question
    page = open_mortal("/lessons?lesson=4&step=2&seed=3", Lesson)
    asked = page.sentence.text()
    mortal.restart()
    page.reload()
    assert page.sentence.text() == asked
    page.answer(question, right(question))
    expect(page.verdict).to_contain_text(TEXT["lessons.figure.right"])


def test_an_edit_made_while_the_line_is_cut_arrives_by_itself(open_cuttable):
    stage, line = open_cuttable("/playground")
    stage.drag("roi-0", -1, 0)
    before = stage.boxes()
    line.cut()
    state(stage, connected=False)
    stage.drag("roi-0", -1, 1)
    expect(stage.part("saved")).to_have_text(LATE)
    line.mend()
    answered(stage)
    expect(stage.part("saved")).to_be_hidden()
    assert stage.boxes() == moved(before, -1, 1)
    assert boxes_in(stage) == moved(before, -1, 1)
    # The session is the same, and what was done before the cut can still be taken back.
    for _ in range(2):
        stage.press("Control+z")
        stage.settle()
    assert stage.boxes() == [list(box) for box in article_exercise().boxes]


def test_a_box_in_pixels_arrives_by_itself_after_a_cut(open_cuttable):
    stage, line = open_cuttable("/pixels", Pixels)
    line.cut()
    state(stage, connected=False)
    stage.pull("roi-0", 5, 3)
    stage.hand.release()
    box = stage.numbers()["box"]
    line.mend()
    answered(stage)
    assert stage.numbers()["box"] == box


def test_the_link_that_is_copied_after_a_cut_is_to_what_is_on_screen(open_cuttable):
    stage, line = open_cuttable("/playground")
    line.cut()
    state(stage, connected=False)
    stage.drag("roi-0", -1, 1)
    stage.part("copy-link").click()
    card, field = stage.locator(".link-card"), stage.part("link")
    expect(card).to_contain_text(TEXT["stage.link.away"])
    expect(field).to_be_hidden()
    line.mend()
    expect(field, settled=False).to_be_visible(timeout=PATIENCE)
    code = field.value().partition("?x=")[2]
    assert [list(box) for box in decode(code).boxes] == stage.boxes()
    expect(card).to_contain_text(re.compile("|".join(map(re.escape, COPIED))))


def test_an_answer_that_is_checked_while_the_line_is_cut_arrives_by_itself(open_cuttable):
    page, line = open_cuttable("/lessons?lesson=4&step=2&seed=3", Lesson)
    question = Place("lesson", 4, 2, 3).question
    page.bring_about(question, right(question))
    line.cut()
    state(page, connected=False)
    page.part("check").click()
    line.mend()
    verdict = expect(page.verdict, settled=False)
    verdict.to_contain_text(TEXT["lessons.figure.right"], timeout=PATIENCE)


def test_a_line_that_stands_again_is_asked_once_where_nothing_is_unanswered(open_cuttable):
    stage, line = open_cuttable("/playground")
    stage.drag("roi-0", -1, 0)
    before, asked = stage.boxes(), stage.reruns
    line.cut()
    state(stage, connected=False)
    assert stage.reruns == asked
    line.mend()
    state(stage, connected=True)
    stage.until(lambda: stage.reruns, asked + 1)
    stage.settle()
    assert stage.reruns == asked + 1
    assert stage.boxes() == before
    expect(stage.part("saved")).to_be_hidden()


def test_a_server_that_is_slow_to_begin_is_asked_once(delayed):
    stage, server = delayed
    asked = stage.reruns
    server.holding = True
    stage.drag("roi-0", -1, 0)
    expect(stage.part("saved")).to_have_text(LATE)
    assert stage.reruns == asked + 1
    server.let_go()
    expect(stage.part("saved")).to_be_hidden()
    assert stage.reruns == asked + 1
