"""What is taken away is what was on screen: the animation, a step, the numbers."""

import io

import numpy as np
from PIL import Image

from app.files import read_boxes, read_maps

from .part import expect
from .stage_page import TEXT
from .widgets import button


def taken(stage, label):
    """The file behind a download button: its name and its bytes."""
    opened = stage.part("stPopoverBody")
    return stage.download(opened.get_by_role("button", name=TEXT[label], exact=True))


def test_the_animation_a_step_and_the_numbers_are_those_on_screen(playground):
    playground.type_cell(5, 6, "0.11")
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
    name, content = taken(playground, "exports.page.file")
    assert (name, content[:15]) == ("roipool.html", b"<!doctype html>")
    assert playground.reruns == reruns
    button(playground, "exports.make").click()
    expect(playground.get_by_role("progressbar"), settled=False).to_be_visible()
    name, content = taken(playground, "exports.gif")
    assert (name, Image.open(io.BytesIO(content)).n_frames) == ("roipool.gif", 5)
    as_svg = playground.get_by_role("button", name=TEXT["exports.as"].format(kind="SVG"))
    assert "0.88" in playground.download(as_svg)[1].decode()


def test_an_animation_of_something_else_is_not_offered(playground):
    button(playground, "exports.title").click()
    button(playground, "exports.make").click()
    expect(button(playground, "exports.gif")).to_be_visible()
    playground.press("Escape")
    playground.drag("roi-0", -1, 0)
    button(playground, "exports.title").click()
    expect(button(playground, "exports.make")).to_be_visible()
    assert button(playground, "exports.gif").amount() == 0
