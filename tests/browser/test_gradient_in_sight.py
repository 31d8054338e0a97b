"""Gradient: what play changes is in sight together with play, and can be read or is told."""

import json

import pytest

from .pages import screen
from .part import expect
from .stage_page import TEXT


@pytest.mark.parametrize("size", ["phone", "sideways", "zoomed"])
def test_play_is_in_sight_and_brings_what_it_changes_to_it(open_page, size):
    stage = open_page("/gradient", **screen(size))
    expect(stage.play).to_be_in_viewport(ratio=1)
    stage.play.click()
    for name in ("play", "output", "gradient-map", "caption"):
        expect(stage.part(name), settled=False).to_be_in_viewport(ratio=1)
    stage.until(stage.scene, "arrived")
    for name in ("play", "output", "gradient-map", "caption"):
        expect(stage.part(name)).to_be_in_viewport(ratio=1)


def test_a_step_on_a_phone_brings_what_it_changes_into_sight(open_page):
    stage = open_page("/gradient", **screen("phone"))
    stage.prev.click()
    for name in ("play", "output", "gradient-map", "caption"):
        expect(stage.part(name)).to_be_in_viewport(ratio=1)


def test_where_cells_are_too_small_for_numbers_it_is_said_how_to_read_them(open_page):
    stage = open_page("/gradient?preset=57-in-7")
    expect(stage.play).to_be_in_viewport(ratio=1)
    readout = stage.part("gradient-readout")
    expect(readout).to_contain_text(TEXT["stage.gradient.small"])
    received = json.loads(stage.part("gradient-map").attribute("data-received"))
    row, col, most = max(received, key=lambda cell: cell[2])
    expect(readout).to_contain_text(f"row {row}, column {col}: {most:.2f}")
    stage.rewind()
    expect(readout).to_have_text(TEXT["stage.gradient.small"])
    stage.open(stage.address().split("gradient")[0] + "gradient")
    expect(readout).to_have_text("")
