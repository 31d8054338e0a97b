"""From a picture to boxes, with the weights that are shipped."""

import numpy as np
import pytest

from app.fast_rcnn.boxes import moved, overlaps
from app.fast_rcnn.detect import LEAST_SCORE, MOST_SHARED, detect
from app.fast_rcnn.layers import CONVENTION
from app.fast_rcnn.network import SECTIONS, SPATIAL_SCALE, head, load
from app.fast_rcnn.pictures import picture
from app.fast_rcnn.proposals import selective_search
from app.fast_rcnn.training import HELD_OUT, held_out, precision
from roipool import roi_pool

LEAST_PRECISION = 0.8


@pytest.fixture(scope="module")
def weights():
    return load()


@pytest.fixture(scope="module")
def seen(weights):
    made = picture(HELD_OUT[3])
    proposals = selective_search(made.pixels)
    return made, proposals, detect(weights, made.pixels, proposals)


def test_the_shipped_detector_finds_what_held_out_pictures_show(weights):
    assert precision(weights, held_out(40)) >= LEAST_PRECISION


def test_what_is_pooled_is_what_roi_pool_gives(seen):
    _, proposals, found = seen
    boxes = np.insert(proposals, 0, 0, axis=1)
    pooled = roi_pool(found.features, boxes, SECTIONS, SPATIAL_SCALE, convention=CONVENTION)
    np.testing.assert_array_equal(found.pooled, pooled)


def test_probabilities_and_moves_are_those_of_the_head(seen, weights):
    made, proposals, found = seen
    scores, moves, _ = head(weights, found.pooled)
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    np.testing.assert_allclose(
        found.probabilities, raised / raised.sum(axis=1, keepdims=True), rtol=1e-5
    )
    np.testing.assert_array_equal(
        found.refined, moved(proposals[:, None], moves, *made.pixels.shape[:2])
    )


def test_a_detection_is_a_proposal_refined_for_its_class(seen):
    _, _, found = seen
    assert len(found.boxes) > 0
    np.testing.assert_array_equal(found.boxes, found.refined[found.sources, found.labels - 1])
    np.testing.assert_array_equal(found.scores, found.probabilities[found.sources, found.labels])
    assert (found.scores >= LEAST_SCORE).all()
    assert (np.diff(found.scores) <= 0).all()


def test_detections_of_a_class_keep_apart(seen):
    _, _, found = seen
    for label in set(found.labels):
        mine = found.boxes[found.labels == label]
        shared = overlaps(mine, mine)
        np.fill_diagonal(shared, 0)
        assert shared.max() <= MOST_SHARED


def test_each_step_says_how_long_it_took(seen):
    _, _, found = seen
    assert found.seconds.keys() == {"backbone", "pooling", "head", "suppression"}
    assert all(took > 0 for took in found.seconds.values())


def test_without_a_proposal_nothing_is_found(weights):
    found = detect(weights, picture(0).pixels, np.zeros((0, 4), np.float32))
    assert (len(found.boxes), len(found.labels), len(found.sources)) == (0, 0, 0)
    assert found.features.shape[1:] == (64, 32, 32)


@pytest.mark.parametrize("size", [(1, 1), (5, 130), (61, 47)])
def test_a_picture_of_any_size_has_a_map_of_whole_cells(weights, size):
    pixels = np.random.default_rng(0).integers(0, 256, (*size, 3), np.uint8)
    found = detect(weights, pixels, np.float32([[0, 0, size[1] - 1, size[0] - 1]]))
    assert found.features.shape[2:] == tuple(-(-side // 4) for side in size)
    assert (found.refined[..., [2, 3]] <= [size[1] - 1, size[0] - 1]).all()
