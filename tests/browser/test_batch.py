"""Batches on the stage: images, their boxes and the channels of their outputs."""

import numpy as np
import pytest

from app.exercise.feature_maps import make_maps
from app.exercise.link import encode
from app.exercise.record import Exercise, pool

from .part import expect

BATCH = Exercise(
    maps=make_maps("random", 8, 8, images=3, channels=4),
    boxes=((0, 0, 3, 7, 8), (1, 1, 1, 5, 6)),
)
SHOWN = pool(BATCH).outputs


@pytest.fixture
def batch(open_page):
    return open_page(f"/playground?x={encode(BATCH)}")


def image(stage, k):
    return stage.part("images").locator("button").nth(k)


def output_of(box, channel):
    return SHOWN[box, channel].tolist()


def test_choosing_an_image_shows_its_map_and_plays_its_box(batch):
    assert batch.output() == output_of(0, 0)
    image(batch, 1).click()
    assert batch.output() == output_of(1, 0)
    expect(batch.part("pick-1")).to_be_checked()
    expect(batch.part("roi-0")).to_be_hidden()
    assert batch.drawn(1) == [1, 6, 1, 5]


def test_choosing_a_box_of_another_image_brings_that_image(batch):
    batch.part("pick-1").click()
    assert batch.output() == output_of(1, 0)
    expect(image(batch, 1)).to_have_attribute("aria-pressed", "true")
    assert batch.cell(0, 0) == BATCH.maps.array[1, 0, 0, 0]


def test_choosing_a_channel_shows_its_plane_and_its_output(batch):
    batch.part("channels").locator("button").nth(3).click()
    assert batch.output() == output_of(0, 3)
    assert batch.cell(2, 5) == BATCH.maps.array[0, 3, 2, 5]


def test_an_image_without_a_box_invites_to_draw_one(batch):
    image(batch, 2).click()
    assert batch.output() == [[None, None]] * 2
    batch.draw((2, 2), (5, 6))
    assert batch.boxes()[2][0] == 2
    top, bottom, left, right = (int(edge) for edge in batch.drawn(2))
    cells = BATCH.maps.array[2, 0, top:bottom, left:right]
    assert np.nanmax(np.array(batch.output(), dtype=float)) == cells.max()


def test_a_batch_index_moves_a_box_to_its_image_and_one_of_no_image_is_explained(batch):
    batch.type_box(0, "batch_index", "1")
    assert batch.root.attribute("data-image") == "1"
    assert batch.boxes()[0] == [1, 0, 3, 7, 8]
    batch.type_box(0, "batch_index", "3")
    batch.press("Tab")
    expect(batch.locator(".box-panel .problem")).to_contain_text("There are 3 here, 0 to 2")
    assert batch.part("box-0-batch_index").value() == "3"
