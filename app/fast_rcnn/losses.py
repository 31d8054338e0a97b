"""The loss of Fast R-CNN: which class, and for boxes on an object, how far from it."""

from app.fast_rcnn.layers import namespace
from roipool.arrays import Array


def softmax(scores: Array) -> Array:
    """Class probabilities (N, K) of scores (N, K)."""
    xp = namespace(scores)
    raised = xp.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def cross_entropy(scores: Array, labels: Array) -> tuple[Array, Array]:
    """The mean of -log p of the right class, and its gradient at the scores.

    Parameters
    ----------
    scores : (N, K), before the softmax
    labels : (N,) int, the right class of each

    Examples
    --------
    >>> import numpy as np
    >>> loss, gradient = cross_entropy(np.zeros((1, 2)), np.array([1]))
    >>> round(float(loss), 3), gradient
    (0.693, array([[ 0.5, -0.5]]))
    """
    xp = namespace(scores)
    gradient, rows = softmax(scores), xp.arange(len(scores))
    # Not less than the smallest number there is: log 0 would end the training.
    right = xp.maximum(gradient[rows, labels], xp.finfo(scores.dtype).tiny)
    gradient[rows, labels] -= 1
    return -xp.log(right).mean(), gradient / len(scores)


def smooth_l1(moves: Array, targets: Array, labels: Array) -> tuple[Array, Array]:
    """How far the moves of the right classes are from their targets, and the gradient.

    Half the square of a difference under 1, and beyond it the difference less a half: a box far
    off does not outweigh all others. Boxes on the background have no target and cost nothing.

    Parameters
    ----------
    moves : (N, classes, 4)
    targets : (N, 4)
    labels : (N,) int, 0 for the background

    Examples
    --------
    >>> import numpy as np
    >>> loss, gradient = smooth_l1(np.full((1, 1, 4), 3.0), np.zeros((1, 4)), np.array([1]))
    >>> float(loss), gradient[0, 0]
    (10.0, array([1., 1., 1., 1.]))
    """
    xp = namespace(moves)
    gradient = xp.zeros_like(moves)
    rows = xp.flatnonzero(labels)
    difference = moves[rows, labels[rows] - 1] - targets[rows]
    size = xp.abs(difference)
    gradient[rows, labels[rows] - 1] = xp.clip(difference, -1, 1) / len(moves)
    loss = xp.where(size < 1, size**2 / 2, size - 0.5).sum() / len(moves)
    return loss, gradient


def detection_loss(
    scores: Array, moves: Array, labels: Array, targets: Array
) -> tuple[float, Array, Array]:
    """Both losses together, and the gradients at scores and moves. The paper weighs them alike."""
    of_class, grad_scores = cross_entropy(scores, labels)
    of_place, grad_moves = smooth_l1(moves, targets, labels)
    return float(of_class + of_place), grad_scores, grad_moves
