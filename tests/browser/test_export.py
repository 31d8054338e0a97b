"""What is taken away is what was on screen: the animation, a step, the numbers."""

import io
from pathlib import Path

import numpy as np
from PIL import Image

from app.files import read_boxes, read_maps

from .stage_page import TEXT
from .widgets import button


def taken(stage, label):
    """The file behind a download button: its name and its bytes."""
    opened = stage.part("stPopoverBody")
    with stage.page.expect_download() as download:
        opened.get_by_role("button", name=TEXT[label], exact=True).click()
    path = Path(download.value.path())
    return download.value.suggested_filename, path.read_bytes()


def test_the_animation_a_step_and_the_numbers_are_those_on_screen(playground):
    playground.type_cell(5, 6, "0.11")
    playground.settle()
    output = playground.output()
    button(playground, "exports.title").click()
    reruns = playground.reruns
    name, content = taken(playground, "exports.numbers.map")
    assert name == "map.csv"
    assert read_maps(name, content)[0, 0, 5, 6] == 0.11
    name, content = taken(playground, "exports.numbers.output")
    np.testing.assert_array_equal(np.loadtxt(io.BytesIO(content), delimiter=","), output)
    name, content = taken(playground, "exports.numbers.boxes")
    assert [list(box) for box in read_boxes(name, content, 1)] == playground.boxes()
    assert playground.reruns == reruns
    button(playground, "exports.make").click()
    playground.page.get_by_role("progressbar").wait_for()
    name, content = taken(playground, "exports.gif")
    assert (name, Image.open(io.BytesIO(content)).n_frames) == ("roipool.gif", 5)
    downloads = playground.page.get_by_role("button", name=TEXT["exports.as"].format(kind="SVG"))
    with playground.page.expect_download() as download:
        downloads.click()
    assert "0.88" in Path(download.value.path()).read_text("utf-8")


def test_an_animation_of_something_else_is_not_offered(playground):
    button(playground, "exports.title").click()
    button(playground, "exports.make").click()
    button(playground, "exports.gif").wait_for()
    playground.page.keyboard.press("Escape")
    playground.drag("roi-0", -1, 0)
    button(playground, "exports.title").click()
    button(playground, "exports.make").wait_for()
    assert button(playground, "exports.gif").count() == 0
