"""Each layer computes what its definition says, and its gradients are the differences."""

import numpy as np
import pytest

from app.fast_rcnn.layers import convolution, linear, max_pooling, relu, roi_pooling
from app.fast_rcnn.losses import cross_entropy, detection_loss, smooth_l1, softmax
from tests.fast_rcnn.differences import relative_errors

BOXES = np.array([[0, 1, 2, 9, 8], [1, 0, 0, 15, 15], [1, 3, 3, 4, 5], [0, 4, 2, 12, 8]], float)
LAYERS = {
    "convolution": (convolution, [(2, 3, 6, 5), (4, 3, 3, 3), (4,)]),
    "relu": (relu, [(3, 7)]),
    "max_pooling": (max_pooling, [(2, 3, 6, 4)]),
    "roi_pooling": (lambda maps: roi_pooling(maps, BOXES, 3, 0.5), [(2, 2, 8, 8)]),
    "linear": (linear, [(5, 4), (4, 3), (3,)]),
}


@pytest.mark.parametrize("name", LAYERS)
def test_gradients_of_a_layer_are_its_differences(name):
    layer, shapes = LAYERS[name]
    rng = np.random.default_rng(0)
    arguments = [rng.normal(size=shape) for shape in shapes]
    output, pullback = layer(*arguments)
    weights = rng.normal(size=output.shape)
    gradients = pullback(weights)
    assert len(gradients) == len(arguments)

    def loss():
        return float((layer(*arguments)[0] * weights).sum())

    for argument, gradient in zip(arguments, gradients, strict=True):
        assert np.abs(gradient).max() > 0.1
        assert relative_errors(loss, argument, gradient, rng).max() < 1e-4


def test_a_convolution_is_the_sum_over_its_window():
    rng = np.random.default_rng(1)
    maps, weight = rng.normal(size=(1, 2, 4, 5)), rng.normal(size=(3, 2, 3, 3))
    output, _ = convolution(maps, weight, np.array([0.0, 1.0, 2.0]))
    bordered = np.pad(maps, ((0, 0), (0, 0), (1, 1), (1, 1)))
    for kernel, row, col in np.ndindex(3, 4, 5):
        window = bordered[0, :, row : row + 3, col : col + 3]
        np.testing.assert_allclose(
            output[0, kernel, row, col], (window * weight[kernel]).sum() + kernel
        )


def test_of_equal_maxima_the_first_gets_the_gradient():
    _, pullback = max_pooling(np.ones((1, 1, 2, 4)))
    (gradient,) = pullback(np.array([[[[1.0, 2.0]]]]))
    assert gradient.tolist() == [[[[1, 0, 2, 0], [0, 0, 0, 0]]]]


def test_layers_keep_float32():
    rng = np.random.default_rng(2)
    for layer, shapes in LAYERS.values():
        output, pullback = layer(*(rng.normal(size=shape).astype(np.float32) for shape in shapes))
        assert output.dtype == np.float32
        assert {gradient.dtype for gradient in pullback(output)} == {np.dtype(np.float32)}


def test_pooling_gives_the_same_size_whatever_the_box_and_the_map():
    maps = np.random.default_rng(3).normal(size=(2, 2, 8, 8))
    for size in (1, 4, 7):
        assert roi_pooling(maps, BOXES, size, 0.5)[0].shape == (4, 2, size, size)
        assert roi_pooling(maps[:, :, :5], BOXES, size, 0.5)[0].shape == (4, 2, size, size)


def test_probabilities_sum_to_one_also_of_large_scores():
    np.testing.assert_allclose(softmax(np.array([[1e4, 0, -1e4], [1.0, 1, 1]])).sum(axis=1), 1)


def test_gradients_of_the_losses_are_their_differences():
    rng = np.random.default_rng(4)
    scores, moves = rng.normal(size=(6, 4)), rng.normal(scale=2, size=(6, 3, 4))
    labels, targets = np.array([0, 1, 2, 3, 0, 2]), rng.normal(size=(6, 4))
    loss, at_scores, at_moves = detection_loss(scores, moves, labels, targets)
    assert loss == pytest.approx(
        float(cross_entropy(scores, labels)[0] + smooth_l1(moves, targets, labels)[0])
    )

    def again():
        return detection_loss(scores, moves, labels, targets)[0]

    assert relative_errors(again, scores, at_scores, rng).max() < 1e-4
    assert relative_errors(again, moves, at_moves, rng, samples=moves.size).max() < 1e-4


def test_the_loss_of_a_box_is_quadratic_near_and_linear_far():
    moves = np.array([[[0.5, 0, 0, 0]], [[3.0, 0, 0, 0]], [[9.0, 9, 9, 9]]])
    loss, gradient = smooth_l1(moves, np.zeros((3, 4)), np.array([1, 1, 0]))
    assert loss == pytest.approx((0.125 + 2.5) / 3)
    np.testing.assert_allclose(gradient[:, 0, 0], [0.5 / 3, 1 / 3, 0])


def test_a_class_without_any_probability_costs_much_and_not_everything():
    loss, gradient = cross_entropy(np.array([[0.0, 1e4]]), np.array([0]))
    assert 100 < loss < np.inf
    assert np.isfinite(gradient).all()
