"""The article's animation is what the stage shows, frame for frame."""

import numpy as np
import pytest
from matplotlib.collections import QuadMesh
from matplotlib.colors import to_hex

from app.exercise.record import pool
from app.exports.colour import DARK_RED, fills
from app.exports.gif import gif
from app.exports.plane import plane
from tests.exports.drawings import (
    ARTICLE,
    EN,
    FIVE,
    drawn,
    frames,
    lines,
    numbers,
    opened,
    rectangles,
    reds,
    rings,
    words,
)

BOX = (0, 3, 7, 8)  # left, top, right, bottom
CUTS = {(0, 3, 3, 5), (3, 3, 7, 5), (0, 5, 3, 8), (3, 5, 7, 8)}  # at column 3 and row 5
MAXIMA = {(0.5, 3.5): "0.85", (3.5, 3.5): "0.84", (2.5, 7.5): "0.97", (6.5, 5.5): "0.96"}
LINES = {"input": set(), "proposal": {BOX}, "sections": {BOX, *CUTS}, "maxima": {BOX, *CUTS}}
TITLES = ("input", "region proposal", "pooling sections", "max values in sections", "output")


@pytest.mark.parametrize(("kind", "title"), list(zip(FIVE, TITLES, strict=True)))
def test_each_frame_has_the_article_s_title(kind, title):
    axes = drawn(ARTICLE, kind)
    assert words(axes).count(title) == 1
    assert not set(TITLES) - {title} & set(words(axes))


@pytest.mark.parametrize("kind", FIVE[:4])
def test_the_map_and_its_lines_are_the_article_s_in_every_frame(kind):
    axes = drawn(ARTICLE, kind)
    written = {at: said for at, (said, _) in numbers(axes).items()}
    assert written == {
        (col + 0.5, row + 0.5): f"{value:.2f}"
        for row, values in enumerate(ARTICLE.cells)
        for col, value in enumerate(values)
    }
    assert lines(axes) == LINES[kind]
    red = {at: said for at, (said, colour) in numbers(axes).items() if colour == DARK_RED}
    assert red == (MAXIMA if kind == "maxima" else {})
    assert set(rings(axes)) == set(red)


def test_cells_have_the_colours_of_viridis_between_the_smallest_and_the_largest():
    (mesh,) = (c for c in drawn(ARTICLE, "input").collections if isinstance(c, QuadMesh))
    colours = mesh.get_facecolor().reshape(8, 8, 4)
    assert to_hex(colours[6, 6]) == "#440154"  # 0.01
    assert to_hex(colours[7, 2]) == "#fde725"  # 0.97
    assert mesh.get_coordinates()[[0, -1], [0, -1]].tolist() == [[0, 0], [8, 8]]


def test_the_fifth_frame_holds_the_sections_alone_each_with_its_maximum_in_the_middle():
    axes = drawn(ARTICLE, "output")
    assert lines(axes) == CUTS
    assert {at: said for at, (said, _) in numbers(axes).items()} == {
        (1.5, 4.0): "0.85", (5.0, 4.0): "0.84", (1.5, 6.5): "0.97", (5.0, 6.5): "0.96"
    }  # fmt: skip
    viridis = {
        value: to_hex(fills(np.array(value), plane_of(ARTICLE).values)) for value in (0.85, 0.97)
    }
    filled = rectangles(axes)
    assert filled[0, 3, 3, 5] == viridis[0.85]
    assert filled[0, 5, 3, 8] == viridis[0.97] == "#fde725"


def plane_of(exercise):
    return plane(exercise, pool(exercise))


def test_the_gif_is_the_article_s_five_frames_of_a_second_and_a_half_for_ever():
    data = gif(ARTICLE, pool(ARTICLE), EN)
    assert [duration for _, duration in frames(data)] == [1500] * 5
    assert opened(data).info["loop"] == 0


def test_red_appears_with_the_maxima_and_not_before():
    counted = [reds(pixels) for pixels, _ in frames(gif(ARTICLE, pool(ARTICLE), EN))]
    assert counted[3] > 500
    assert counted[:3] + counted[4:] == [0] * 4
