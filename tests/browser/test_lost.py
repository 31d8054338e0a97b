"""What the hand changes while the server is away, or has lost the session, is not lost."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from app.exercise import article_exercise
from app.share import decode

from .broken_line import PATIENCE, Line, Restartable, alone, answered, state
from .conftest import DESKTOP
from .stage_page import TEXT, Stage
from .test_link import boxes_in
from .test_pixels import Pixels
from .widgets import choose_convention, set_map

LATE = TEXT["saved.late"]
COPIED = TEXT["stage.link.copied"], TEXT["stage.link.select"]
KEPT = TEXT["problem.lost.kept"]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Restartable(tmp_path_factory.mktemp("server"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def new_page(browser):
    """A page in a browser of its own."""
    contexts = []

    def new_page():
        contexts.append(browser.new_context(**DESKTOP))
        return contexts[-1].new_page()

    yield new_page
    for context in contexts:
        context.close()


@pytest.fixture
def open_page(new_page, server):
    """Opens a page of the server that can be restarted; no script of it may throw."""
    opened = []

    def open_page(path, kind=Stage):
        opened.append(kind(new_page()))
        return opened[-1].open(server.url + path)

    yield open_page
    assert [stage.thrown for stage in opened if stage.thrown] == []


@pytest.fixture
def open_cuttable(new_page, app_url):
    """Opens a page, and gives it and its line."""
    opened = []

    def open_page(path, kind=Stage):
        opened.append(kind(new_page()))
        line = Line(opened[-1].page)
        return opened[-1].open(app_url + path), line

    yield open_page
    assert [stage.thrown for stage in opened if stage.thrown] == []


def pulled(stage, rows, cols):
    """Drag the box, and do not wait for anybody."""
    stage.grab("roi-0").pull(rows, cols).release()


def moved(boxes, rows, cols):
    index, x1, y1, x2, y2 = boxes[0]
    return [[index, x1 + cols, y1 + rows, x2 + cols, y2 + rows]]


def test_drags_made_while_the_server_restarts_and_after_it_are_all_there(open_page, server):
    stage = open_page("/playground")
    stage.drag("roi-0", -1, 0)
    before = stage.boxes()
    stage.until(lambda: boxes_in(stage), before)
    while stage.scene() != "scan":
        stage.prev.click()
        stage.frame()
    step = stage.part("scrub").input_value()
    server.stop()
    alone(stage)
    pulled(stage, -1, 0)
    pulled(stage, 0, 1)
    assert stage.boxes() == moved(before, -1, 1)
    expect(stage.part("saved")).to_have_text(LATE)
    server.start()
    state(stage, connected=True)
    pulled(stage, -1, 0)
    answered(stage)
    assert stage.boxes() == moved(before, -2, 1)
    stage.until(lambda: boxes_in(stage), moved(before, -2, 1))
    expect(stage.part("saved")).to_have_text(KEPT)
    assert stage.part("scrub").input_value() == step
    stage.drag("roi-0", 1, 0)
    assert stage.boxes() == moved(before, -1, 1)
    expect(stage.part("saved")).to_be_hidden()


def test_a_map_too_large_for_a_link_is_brought_back_by_the_page_that_shows_it(open_page, server):
    stage = open_page("/playground")
    choose_convention(stage, "fast_rcnn")
    set_map(stage, np.random.default_rng(7).random((40, 40)).tolist())
    stage.type_cell(0, 0, "0.125")
    stage.settle()
    output, before = stage.output(), stage.boxes()
    server.stop()
    alone(stage)
    server.start()
    state(stage, connected=True)
    pulled(stage, 1, 1)
    answered(stage)
    expect(stage.part("saved")).to_have_text(KEPT)
    assert stage.size() == (40, 40)
    assert stage.boxes() == moved(before, 1, 1)
    assert stage.cell(0, 0) == 0.125
    stage.drag("roi-0", -1, -1)
    assert stage.output() == output


def test_a_box_in_pixels_and_how_it_is_sampled_outlive_the_server(open_page, server):
    stage = open_page("/pixels", Pixels)
    stage.part("ratio").select_option("4")
    stage.settle()
    server.stop()
    alone(stage)
    stage.pull("roi-0", -3, 2)
    stage.page.mouse.up()
    box = stage.numbers()["box"]
    expect(stage.part("saved")).to_have_text(LATE)
    server.start()
    answered(stage)
    assert stage.numbers()["box"] == box
    assert stage.part("ratio").input_value() == "4"
    expect(stage.part("saved")).to_have_text(KEPT)


def test_an_edit_made_while_the_line_is_cut_arrives_by_itself(open_cuttable):
    stage, line = open_cuttable("/playground")
    stage.drag("roi-0", -1, 0)
    before = stage.boxes()
    line.cut()
    state(stage, connected=False)
    pulled(stage, -1, 1)
    expect(stage.part("saved")).to_have_text(LATE)
    line.mend()
    answered(stage)
    expect(stage.part("saved")).to_be_hidden()
    assert stage.boxes() == moved(before, -1, 1)
    stage.until(lambda: boxes_in(stage), moved(before, -1, 1))
    # The session is the same, and what was done before the cut can still be taken back.
    for _ in range(2):
        stage.page.keyboard.press("Control+z")
        stage.settle()
    assert stage.boxes() == [list(box) for box in article_exercise().boxes]


def test_a_box_in_pixels_arrives_by_itself_after_a_cut(open_cuttable):
    stage, line = open_cuttable("/pixels", Pixels)
    line.cut()
    state(stage, connected=False)
    stage.pull("roi-0", 5, 3)
    stage.page.mouse.up()
    box = stage.numbers()["box"]
    line.mend()
    answered(stage)
    assert stage.numbers()["box"] == box


def test_the_link_that_is_copied_after_a_cut_is_to_what_is_on_screen(open_cuttable):
    stage, line = open_cuttable("/playground")
    line.cut()
    state(stage, connected=False)
    pulled(stage, -1, 1)
    stage.part("copy-link").click()
    card, field = stage.page.locator(".link-card"), stage.part("link")
    expect(card).to_contain_text(TEXT["stage.link.away"])
    expect(field).to_be_hidden()
    line.mend()
    expect(field).to_be_visible(timeout=PATIENCE)
    code = field.input_value().partition("?x=")[2]
    assert [list(box) for box in decode(code).boxes] == stage.boxes()
    expect(card).to_contain_text(re.compile("|".join(map(re.escape, COPIED))))


def test_nothing_is_sent_while_nothing_is_unanswered(open_cuttable):
    stage, line = open_cuttable("/playground")
    stage.drag("roi-0", -1, 0)
    asked = stage.reruns
    line.cut()
    state(stage, connected=False)
    line.mend()
    state(stage, connected=True)
    assert stage.reruns == asked
    expect(stage.part("saved")).to_be_hidden()
