"""From a picture to boxes: the steps of Fast R-CNN, with what each made and how long it took."""

from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from app.fast_rcnn import network
from app.fast_rcnn.boxes import Boxes, moved, non_maximum_suppression
from app.fast_rcnn.layers import namespace, roi_pooled
from app.fast_rcnn.losses import softmax
from app.fast_rcnn.network import SECTIONS, SPATIAL_SCALE, Weights
from app.fast_rcnn.pictures import CLASSES
from roipool.arrays import Array, to_host

LEAST_SCORE = 0.05  # of a detection that is kept at all
MOST_SHARED = 0.3  # by two detections of a class


@dataclass(frozen=True, slots=True)
class Detections:
    """What the network says of a picture.

    Attributes
    ----------
    features : (1, C, H, W) the feature map
    pooled : (N, C, SECTIONS, SECTIONS)
    probabilities : (N, 1 + classes), the background's first
    refined : (N, classes, 4), where each class would move the proposal
    boxes : (D, 4) detections after non-maximum suppression, the most certain first
    labels : (D,) from 1
    scores : (D,)
    sources : (D,) the proposal that each comes from
    seconds : {"backbone": …, "pooling": …, "head": …, "suppression": …}
    """

    features: NDArray[np.float32]
    pooled: NDArray[np.float32]
    probabilities: NDArray[np.float32]
    refined: NDArray[np.float32]
    boxes: Boxes
    labels: NDArray[np.int64]
    scores: NDArray[np.float32]
    sources: NDArray[np.int64]
    seconds: dict[str, float]


def as_input(pixels: NDArray[np.uint8], weights: Weights) -> Array:
    """A picture (H, W, 3) as the network takes it: (1, 3, H, W) in [0, 1], where the weights are.

    What is missing to a whole number of cells is filled with the last row and column.
    """
    xp = namespace(weights["conv1.weight"])
    high, wide = (-size % network.STRIDE for size in pixels.shape[:2])
    filled = np.pad(pixels, ((0, high), (0, wide), (0, 0)), mode="edge")
    planes = xp.asarray(np.ascontiguousarray(filled.transpose(2, 0, 1)))[None]
    return planes.astype(weights["conv1.weight"].dtype) / 255


def detect(weights: Weights, pixels: NDArray[np.uint8], proposals: Boxes) -> Detections:
    """Run the network on a picture (H, W, 3) and proposals (N, 4) in its pixels."""
    seconds: dict[str, float] = {}
    last = perf_counter()

    def took(step: str) -> None:
        nonlocal last
        now = perf_counter()
        seconds[step], last = now - last, now

    features, _ = network.backbone(weights, as_input(pixels, weights))
    took("backbone")
    boxes = np.concatenate([np.zeros((len(proposals), 1), np.float32), proposals], axis=1)
    pooled = roi_pooled(features, boxes, SECTIONS, SPATIAL_SCALE)
    took("pooling")
    scores, moves, _ = network.head(weights, pooled)
    probabilities = to_host(softmax(scores))
    took("head")
    refined = moved(proposals[:, None], to_host(moves), *pixels.shape[:2])
    found = suppress(probabilities, refined)
    took("suppression")
    return Detections(
        to_host(features), to_host(pooled), probabilities, refined, *found, seconds=seconds
    )


def suppress(
    probabilities: NDArray[np.float32], refined: NDArray[np.float32]
) -> tuple[Boxes, NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
    """Boxes, labels, scores and sources of what remains of each class, the most certain first."""
    sources, labels = [], []
    for label in range(1, 1 + len(CLASSES)):
        likely = np.flatnonzero(probabilities[:, label] >= LEAST_SCORE)
        kept = non_maximum_suppression(
            refined[likely, label - 1], probabilities[likely, label], MOST_SHARED
        )
        sources += likely[kept].tolist()
        labels += [label] * len(kept)
    source, label_of = np.array(sources, np.int64), np.array(labels, np.int64)
    score = probabilities[source, label_of]
    order = np.argsort(-score, kind="stable")
    source, label_of = source[order], label_of[order]
    return refined[source, label_of - 1], label_of, score[order], source
