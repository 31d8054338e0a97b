"""Fixed filters that stand in for a trained network: a grey picture in, one response a pixel."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float32]

_BINOMIAL = (1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16)
_SMOOTH = (1 / 4, 2 / 4, 1 / 4)
_SLOPE = (-1 / 2, 0.0, 1 / 2)
# Harris and Stephens subtract this share of the squared trace; 0.04 to 0.06 is usual.
_HARRIS = 0.05


def blur(grey: Grey) -> Grey:
    """The picture under the binomial window 1 4 6 4 1, along both axes."""
    return _both(grey, _BINOMIAL, _BINOMIAL)


def edges(grey: Grey) -> Grey:
    """How steep the picture is: the length of Sobel's gradient."""
    down, across = _gradient(grey)
    return np.hypot(down, across)


def corners(grey: Grey) -> Grey:
    """Harris's response, 0 where it is negative: large where the gradient turns."""
    down, across = _gradient(grey)
    a, b, c = blur(down * down), blur(across * across), blur(down * across)
    response: Grey = a * b - c * c - _HARRIS * (a + b) ** 2
    return response.clip(min=0)


def block_mean(response: Grey, stride: int) -> Grey:
    """The mean of every block of stride×stride pixels; the last ones may be smaller."""
    rows, cols = (_starts(side, stride) for side in response.shape)
    sums = np.add.reduceat(np.add.reduceat(response.astype(np.float64), rows, 0), cols, 1)
    heights, widths = (
        np.diff(starts, append=side)
        for starts, side in zip((rows, cols), response.shape, strict=True)
    )
    means: Grey = (sums / np.outer(heights, widths)).astype(np.float32)
    return means


def block_max(response: Grey, stride: int) -> Grey:
    """The maximum of every block of stride×stride pixels; the last ones may be smaller."""
    rows, cols = (_starts(side, stride) for side in response.shape)
    greatest: Grey = np.maximum.reduceat(np.maximum.reduceat(response, rows, 0), cols, 1)
    return greatest


def _starts(side: int, stride: int) -> NDArray[np.intp]:
    return np.arange(0, side, stride)


def _gradient(grey: Grey) -> tuple[Grey, Grey]:
    return _both(grey, _SLOPE, _SMOOTH), _both(grey, _SMOOTH, _SLOPE)


def _both(grey: Grey, down: tuple[float, ...], across: tuple[float, ...]) -> Grey:
    return _along(_along(grey, down).T, across).T


def _along(grey: Grey, taps: tuple[float, ...]) -> Grey:
    """The correlation with a few taps along the rows; past the border the last row goes on."""
    reach = len(taps) // 2
    padded = np.pad(grey, ((reach, reach), (0, 0)), mode="edge")
    total = np.zeros_like(grey)
    for i, tap in enumerate(taps):
        total += np.float32(tap) * padded[i : i + len(grey)]
    return total


# Each filter with what becomes of a block of its responses: thin edges and single corners would
# drown in a mean, and a bright background would drown dark strokes in a maximum.
FILTERS: dict[str, tuple[Callable[[Grey], Grey], Callable[[Grey, int], Grey]]] = {
    "grey": (lambda grey: grey, block_mean),
    "blur": (blur, block_mean),
    "edges": (edges, block_max),
    "corners": (corners, block_max),
}
