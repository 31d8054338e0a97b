"""The photograph stands beside a map that could be its own, and beside no other."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from app.exercise.feature_maps import make_maps
from app.exercise.record import article_exercise
from app.frame.photo import PIXELS, photo
from app.serving.addresses import PHOTO, address, pictures
from app.text import Text
from tests.pages.test_pages import run, sent

EN, ARTICLE = Text("en"), article_exercise()


def test_the_article_s_map_has_its_photograph_on_replay_alone():
    assert sent(run("replay"))["photo"] == photo(ARTICLE, EN)
    assert photo(ARTICLE, EN)["at"] == address(PHOTO)
    assert "photo" not in sent(run("playground"))


def test_a_changed_value_is_no_picture_s_any_more_and_the_photograph_stays():
    cells = [list(row) for row in ARTICLE.cells]
    cells[0][0] = 0.5
    told = photo(ARTICLE.with_cells(tuple(map(tuple, cells))), EN)
    assert told["own"]
    assert "your own" in told["said"]


@pytest.mark.parametrize(
    "other",
    [
        ARTICLE.with_maps(make_maps("continued", 9, 8)),
        ARTICLE.with_maps(make_maps("random", 8, 8, channels=2)),
        ARTICLE.with_maps(make_maps("random", 8, 8, images=2)),
        replace(ARTICLE, spatial_scale=1 / 16),
    ],
)
def test_a_map_of_another_kind_has_none(other):
    assert photo(other, EN) is None


def test_a_cell_stands_for_as_many_pixels_as_is_said():
    with Image.open(BytesIO(pictures()[PHOTO])) as image:
        assert image.size == (PIXELS, PIXELS)
    assert f"{PIXELS // 8}×{PIXELS // 8} of its {PIXELS}×{PIXELS}" in photo(ARTICLE, EN)["said"]
