"""The network: a backbone that sees the picture once, and a head that sees each box's pooled map.

    picture (3, H, W)
      conv 16, pool 2x2 -> conv 32, pool 2x2 -> conv 64 -> conv 64      the backbone
    feature map (64, H/4, W/4)   +   boxes (N, 5)
      RoI pooling in 4x4 sections
    pooled maps (N, 64, 4, 4)
      linear 128 -> class scores (N, 1 + classes), box refinements (N, classes, 4)      the head

Each convolution and the first linear layer is followed by a ReLU.
"""

from collections.abc import Callable
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from app.fast_rcnn.layers import (
    Pullback,
    convolution,
    linear,
    max_pooling,
    relu,
    roi_pooling,
)
from app.fast_rcnn.pictures import CLASSES
from roipool.arrays import Array, to_host

Weights = dict[str, Array]
"""The network's parameters by name, and likewise their gradients."""

CHANNELS = (3, 16, 32, 64, 64)
POOLED = (1, 2)  # the convolutions whose maps are halved
STRIDE = 2 ** len(POOLED)
SPATIAL_SCALE = 1 / STRIDE
SECTIONS = 4
HIDDEN = 128

SHIPPED = Path(__file__).parents[2] / "assets/detector/weights.npz"


def new_weights(rng: np.random.Generator, dtype: Any = np.float32) -> Weights:
    """Random weights in which no layer makes its input louder or quieter (He et al., 2015).

    Examples
    --------
    >>> weights = new_weights(np.random.default_rng(0))
    >>> sum(array.size for array in weights.values())
    195066
    """
    weights: Weights = {}

    def add(name: str, shape: tuple[int, ...], inputs: int, gain: float = 1.0) -> None:
        weights[f"{name}.weight"] = rng.normal(0, gain * (2 / inputs) ** 0.5, shape).astype(dtype)
        outputs = shape[0] if len(shape) == 4 else shape[1]
        weights[f"{name}.bias"] = np.zeros(outputs, dtype)

    for n, (inputs, outputs) in enumerate(pairwise(CHANNELS), 1):
        add(f"conv{n}", (outputs, inputs, 3, 3), inputs * 9)
    pooled = CHANNELS[-1] * SECTIONS**2
    add("hidden", (pooled, HIDDEN), pooled)
    # The heads start without an opinion: all classes as likely, no box moved.
    add("scores", (HIDDEN, 1 + len(CLASSES)), HIDDEN, gain=0.1)
    add("moves", (HIDDEN, 4 * len(CLASSES)), HIDDEN, gain=0.1)
    return weights


def backbone(weights: Weights, pictures: Array) -> tuple[Array, Callable[[Array], Weights]]:
    """The feature maps (B, 64, H/4, W/4) of pictures (B, 3, H, W) in [0, 1], and the pullback.

    Unlike a layer's, the pullback gives the gradients of the weights, by name.
    """
    layers: list[tuple[str, Pullback]] = []

    def apply(name: str, layer: tuple[Array, Pullback]) -> Array:
        layers.append((name, layer[1]))
        return layer[0]

    # Around zero, as the layers' outputs are.
    maps = pictures * 2 - 1
    for n in range(1, len(CHANNELS)):
        name = f"conv{n}"
        parameters = weights[f"{name}.weight"], weights[f"{name}.bias"]
        maps = apply("", relu(apply(name, convolution(maps, *parameters))))
        if n in POOLED:
            maps = apply("", max_pooling(maps))
    return maps, lambda grad: _gradients(layers, grad)[1]


def head(
    weights: Weights, pooled: Array
) -> tuple[Array, Array, Callable[[Array, Array], tuple[Array, Weights]]]:
    """Class scores and box refinements of pooled maps (N, 64, 4, 4).

    Returns
    -------
    scores : (N, 1 + classes), the background's first, before the softmax
    moves : (N, classes, 4), how each class would move the box: see `app.fast_rcnn.boxes.moved`
    pullback : gradients of both -> gradient of `pooled`, and of the weights by name
    """
    # Not -1 for a size: of no box at all it could not be told.
    flat = pooled.reshape(len(pooled), len(weights["hidden.weight"]))
    hidden, to_flat = linear(flat, weights["hidden.weight"], weights["hidden.bias"])
    active, to_hidden = relu(hidden)
    scores, from_scores = linear(active, weights["scores.weight"], weights["scores.bias"])
    moves, from_moves = linear(active, weights["moves.weight"], weights["moves.bias"])

    def pullback(grad_scores: Array, grad_moves: Array) -> tuple[Array, Weights]:
        by_scores = from_scores(grad_scores)
        by_moves = from_moves(grad_moves.reshape(moves.shape))
        layers = [("hidden", to_flat), ("", to_hidden)]
        grad, gradients = _gradients(layers, by_scores[0] + by_moves[0])
        gradients |= _named("scores", by_scores[1:]) | _named("moves", by_moves[1:])
        return grad.reshape(pooled.shape), gradients

    return scores, moves.reshape(len(pooled), len(CLASSES), 4), pullback


def forward(
    weights: Weights, pictures: Array, boxes: Array, *, blocked: bool = False
) -> tuple[Array, Array, Callable[[Array, Array], Weights]]:
    """The whole network, end to end, for boxes (N, 5) in pixels.

    Where it is `blocked`, no gradient passes RoI pooling: the head learns, the backbone stays as
    it is.
    """
    maps, to_backbone = backbone(weights, pictures)
    pooled, to_maps = roi_pooling(maps, boxes, SECTIONS, SPATIAL_SCALE)
    scores, moves, to_pooled = head(weights, pooled)

    def pullback(grad_scores: Array, grad_moves: Array) -> Weights:
        grad, gradients = to_pooled(grad_scores, grad_moves)
        return gradients if blocked else gradients | to_backbone(to_maps(grad)[0])

    return scores, moves, pullback


def _gradients(layers: list[tuple[str, Pullback]], grad: Array) -> tuple[Array, Weights]:
    """Take a gradient back through layers, last first, and gather those of their weights."""
    gradients: Weights = {}
    for name, pullback in reversed(layers):
        grad, *of_weights = pullback(grad)
        gradients |= _named(name, tuple(of_weights))
    return grad, gradients


def _named(name: str, gradients: tuple[Array, ...]) -> Weights:
    parts = (f"{name}.weight", f"{name}.bias")
    return dict(zip(parts, gradients, strict=True)) if gradients else {}


def copied(weights: Weights, xp: Any) -> Weights:
    """Weights as arrays of numpy, or of cupy, with which the network computes on the GPU."""
    return {name: xp.asarray(to_host(array)) for name, array in weights.items()}


def save(weights: Weights, path: Path) -> None:
    """Write weights as .npz, in float16: a thousandth of a weight is no matter here.

    Whoever reads the file meanwhile finds the ones before, or these, and never a half.
    """
    stored = {name: to_host(array).astype(np.float16) for name, array in weights.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.unfinished")
    with unfinished.open("wb") as file:
        # All are arrays: an option of later NumPys would be one more to an earlier one.
        np.savez_compressed(file, **stored)  # type: ignore[arg-type]
    unfinished.replace(path)


def digest(weights: Weights) -> str:
    """A name for weights that no others have."""
    whole = sha256()
    for name, array in sorted(weights.items()):
        whole.update(name.encode())
        whole.update(to_host(array).tobytes())
    return whole.hexdigest()


def load(path: Path = SHIPPED) -> Weights:
    """Read weights; those that the project ships, unless told otherwise."""
    with np.load(path, allow_pickle=False) as stored:
        return {name: array.astype(np.float32) for name, array in stored.items()}
