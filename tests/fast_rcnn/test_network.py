"""The network as a whole: its gradient end to end, what blocking keeps back, its weights' file."""

import numpy as np
import pytest

from app.fast_rcnn import network
from app.fast_rcnn.losses import detection_loss
from app.fast_rcnn.network import SECTIONS, backbone, forward, head, load, new_weights, save
from tests.fast_rcnn.differences import relative_errors

BOXES = np.array([[0, 2, 3, 12, 15], [1, 0, 0, 15, 15], [1, 6, 4, 14, 9]], float)
LABELS = np.array([1, 0, 3])


@pytest.fixture
def rng():
    return np.random.default_rng(5)


@pytest.fixture
def weights(rng):
    return new_weights(rng, np.float64)


@pytest.fixture
def pictures(rng):
    return rng.uniform(size=(2, 3, 16, 16))


@pytest.fixture
def targets(rng):
    return rng.normal(size=(3, 4))


def loss_and_gradients(weights, pictures, targets, **options):
    scores, moves, pullback = forward(weights, pictures, BOXES, **options)
    loss, at_scores, at_moves = detection_loss(scores, moves, LABELS, targets)
    return loss, pullback(at_scores, at_moves)


def test_the_gradient_of_the_whole_network_is_the_differences(weights, pictures, targets, rng):
    _, gradients = loss_and_gradients(weights, pictures, targets)
    assert gradients.keys() == weights.keys()
    for name, gradient in gradients.items():
        errors = relative_errors(
            lambda: loss_and_gradients(weights, pictures, targets)[0],
            weights[name],
            gradient,
            rng,
            samples=5,
        )
        assert errors.max() < 1e-4, name


def test_a_gradient_that_is_blocked_at_pooling_reaches_the_head_alone(weights, pictures, targets):
    loss, gradients = loss_and_gradients(weights, pictures, targets)
    same, blocked = loss_and_gradients(weights, pictures, targets, blocked=True)
    assert same == loss
    assert {name.partition(".")[0] for name in blocked} == {"hidden", "scores", "moves"}
    for name, gradient in blocked.items():
        np.testing.assert_array_equal(gradient, gradients[name])


def test_a_feature_map_is_a_cell_for_four_pixels(weights, pictures):
    maps, _ = backbone(weights, pictures[:, :, :, :12])
    assert maps.shape == (2, network.CHANNELS[-1], 4, 3)


def test_the_head_answers_for_each_box_by_itself(weights, rng):
    pooled = rng.normal(size=(4, network.CHANNELS[-1], SECTIONS, SECTIONS))
    scores, moves, _ = head(weights, pooled)
    for n in range(4):
        alone = head(weights, pooled[n : n + 1])
        np.testing.assert_allclose(alone[0][0], scores[n])
        np.testing.assert_allclose(alone[1][0], moves[n])


def test_no_box_is_an_answer_too(weights, pictures):
    scores, moves, _ = forward(weights, pictures, np.zeros((0, 5)))
    assert (len(scores), len(moves)) == (0, 0)


def test_weights_come_back_from_their_file(tmp_path):
    weights = new_weights(np.random.default_rng(6))
    save(weights, tmp_path / "new" / "weights.npz")
    again = load(tmp_path / "new" / "weights.npz")
    assert again.keys() == weights.keys()
    for name, array in again.items():
        assert array.dtype == np.float32
        np.testing.assert_allclose(array, weights[name], rtol=1e-3, atol=1e-6)


def test_the_shipped_weights_are_those_of_this_network():
    shipped, new = load(), new_weights(np.random.default_rng(0))
    assert {name: array.shape for name, array in shipped.items()} == {
        name: array.shape for name, array in new.items()
    }
