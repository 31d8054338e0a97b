"""A storyboard: the frames of the animation on one sheet, in their order."""

from dataclasses import replace

import numpy as np

from app.exercise.record import pool
from app.exports.film import Film
from app.exports.storyboard import storyboard
from tests.exports.drawings import ARTICLE, EN, opened, reds

WIDE = 320


def cut(exercise, **options):
    """The frames of a storyboard, by row and column, and the film that they are from."""
    film = Film(exercise, pool(exercise), EN, wide=WIDE, **options)
    high, wide = film.frame(film.scenes[0]).shape[:2]
    sheet = np.asarray(opened(storyboard(exercise, pool(exercise), EN, wide=WIDE, **options)))
    down, across = sheet.shape[0] // high, sheet.shape[1] // wide
    assert sheet.shape == (down * high, across * wide, 3)
    return film, sheet.reshape(down, high, across, wide, 3).swapaxes(1, 2)


def test_the_article_s_five_frames_stand_in_two_rows():
    film, frames = cut(ARTICLE)
    assert frames.shape[:2] == (2, 3)
    five = frames.reshape(-1, *frames.shape[2:])
    for scene, frame in zip(film.scenes, five, strict=False):
        assert (frame == film.frame(scene)[..., :3]).all(), scene.kind
    assert (five[5] == 255).all()
    # The maxima are red, and nothing else is.
    assert [reds(frame) > 50 for frame in five] == [False, False, False, True, False, False]


def test_with_the_search_each_section_is_there_when_it_is_done():
    _, frames = cut(ARTICLE, scan=True)
    # Five and four sections.
    assert frames.shape[:2] == (3, 3)


def test_a_map_without_a_box_is_one_frame():
    _, frames = cut(replace(ARTICLE, boxes=()))
    assert frames.shape[:2] == (1, 1)
