"""An animation: every scene with its time, and nothing that jumps between frames."""

from dataclasses import replace

import numpy as np
import pytest

from app.exercise.record import pool
from app.exports.draw import draw
from app.exports.gif import gif
from app.exports.picture import rendered
from app.story.scenes import scenes
from tests.exports.drawings import ARTICLE, EMPTY, EN, SHARED, drawn, frames, lines, opened, scanned


@pytest.mark.sampled(3)
@pytest.mark.parametrize("exercise", [ARTICLE, SHARED, EMPTY], ids=["article", "shared", "empty"])
def test_with_the_scan_every_scene_is_a_frame_with_its_time(exercise):
    result = pool(exercise)
    told = scenes(exercise, result, EN)
    shown = scanned(exercise)
    assert [duration for _, duration in shown] == [scene.hold for scene in told]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("exercise", [ARTICLE, SHARED, EMPTY], ids=["article", "shared", "empty"])
def test_frames_that_share_their_ground_look_as_if_drawn_alone(exercise):
    result = pool(exercise)
    told = scenes(exercise, result, EN)
    shown = scanned(exercise)
    for k in (0, 1, 2, len(told) // 2, len(told) - 2, len(told) - 1):
        alone = np.asarray(rendered(draw(exercise, result, told[k], EN), shown[k][0].shape[1]))
        # The palette has not every grey at the edges of letters.
        assert np.abs(alone.astype(int) - shown[k][0]).max() < 90, told[k]


def test_areas_keep_their_colours_in_every_frame():
    first, *_, last = (pixels for pixels, _ in frames(gif(ARTICLE, pool(ARTICLE), EN)))
    assert first[2, 2].tolist() == last[2, 2].tolist() == [255, 255, 255]
    yellow = [253, 231, 37]
    counts = [int((pixels == yellow).all(axis=2).sum()) for pixels in (first, last)]
    assert min(counts) > 5000


def test_progress_rises_from_nothing_to_all():
    heard = []
    gif(ARTICLE, pool(ARTICLE), EN, scan=True, progress=heard.append)
    assert heard == sorted(heard)
    assert (heard[0], heard[-1]) == (0, 1)
    assert len(heard) == 42  # 40 scenes, the start and the end


def test_a_map_without_a_box_is_one_frame():
    alone = replace(ARTICLE, boxes=())
    assert opened(gif(alone, pool(alone), EN)).n_frames == 1
    assert opened(gif(alone, pool(alone), EN, scan=True)).n_frames == 1
    assert lines(drawn(alone, "input")) == set()
