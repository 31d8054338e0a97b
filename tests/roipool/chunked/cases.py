"""Batches of every kind that blocks can make a difference to, each from a number."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from roipool import ALIASES, PRESETS, get_convention

CONVENTIONS = sorted({*PRESETS, *ALIASES, "mxnet", "openvino"})
"""Presets, names that follow a framework further, and one whose boxes may name no image."""

EXTREMES = (np.nan, np.inf, -np.inf, 0.0, -0.0)


@dataclass(frozen=True)
class Batch:
    """What is pooled, and how it is chunked."""

    maps: Any
    chunks: tuple
    boxes: Any
    output_size: tuple
    spatial_scale: float
    convention: str


def make_batch(seed: int) -> Batch:
    """A batch of few images, unevenly chunked, some blocks and images without boxes."""
    rng = np.random.default_rng(seed)
    shape = (int(rng.integers(0, 9)), *rng.integers(1, [7, 14, 16]).tolist())
    convention = CONVENTIONS[seed % len(CONVENTIONS)]
    return Batch(
        maps=_cells(rng, shape),
        chunks=(*_cuts(rng, shape[:2], empty=True), *_cuts(rng, shape[2:], empty=False)),
        boxes=_boxes(rng, shape[0], get_convention(convention).missing_image == "empty"),
        output_size=tuple(rng.integers(1, 6, 2).tolist()),
        spatial_scale=float(rng.choice([1.0, 0.5, 0.3, 2.0])),
        convention=convention,
    )


def _cells(rng, shape):
    cells = rng.standard_normal(shape).astype(rng.choice(["float32", "float64"]))
    if rng.random() < 0.5:
        cells = cells.round(0)  # equal cells, among which the first counts
    if rng.random() < 0.4 and cells.size:
        places = rng.integers(0, cells.size, 1 + cells.size // 50)
        cells.ravel()[places] = rng.choice(EXTREMES, len(places))
    return cells


def _cuts(rng, shape, *, empty):
    """Chunks of each axis: uneven and, where they may be, empty too."""
    for size in shape:
        inner = rng.integers(0, size + 1, rng.integers(0, 4))
        inner = inner if empty and rng.random() < 0.3 else np.setdiff1d(inner, [0, size])
        yield tuple(np.diff([0, *sorted(inner), size]).tolist())


def _boxes(rng, images, padded):
    """Boxes (N, 5), mostly of some of the images and shuffled, or a list of them per image."""
    count = int(rng.choice([0, 1, 3, 10, 30])) if images else 0
    corners = rng.uniform(-8, 30, (count, 2, 2))
    if rng.random() < 0.7:
        corners.sort(axis=1)
    named = rng.permutation(images)[: rng.integers(1, images + 1)] if images else []
    index = rng.choice(named, count) if count else np.empty(0)
    if padded and rng.random() < 0.7:
        index = np.append(index, [-1, images, 1e12])
        corners = np.concatenate([corners, rng.uniform(0, 9, (3, 2, 2))])
    if rng.random() < 0.3:
        index = np.sort(index)
    table = np.concatenate([index[:, None], corners.reshape(-1, 4)], axis=1)
    if images and not padded and rng.random() < 0.3:
        return [table[index == image, 1:] for image in range(images)]
    return table
