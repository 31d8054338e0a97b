"""The inputs that everybody is timed on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CONVENTION = "fast_rcnn"
"""The one convention that all peers compute."""

SEED = 20240
_SMALLEST_SIDE, _LARGEST_SIDE = 0.05, 1.0
_BYTES = np.dtype(np.float32).itemsize


@dataclass(frozen=True, slots=True)
class Case:
    """One size: float32 maps (B, C, H, W), N boxes, PH x PW bins."""

    maps: tuple[int, int, int, int]
    boxes: int
    output_size: tuple[int, int]

    @property
    def name(self) -> str:
        """As ``--sizes`` takes it.

        Examples
        --------
        >>> Case((1, 512, 38, 50), 300, (7, 7)).name
        '1x512x38x50/300'
        """
        return f"{'x'.join(map(str, self.maps))}/{self.boxes}"

    @property
    def outputs(self) -> int:
        """Output values, N * C * PH * PW."""
        high, wide = self.output_size
        return self.boxes * self.maps[1] * high * wide

    def must_move(self, operation: str) -> int:
        """Bytes that any implementation has to read and write.

        Forward reads the maps once and writes the outputs, and argmax (int32) where it is asked
        for. Backward reads the outputs' gradients and argmax, and writes the maps' gradient.
        """
        cells = int(np.prod(self.maps))
        arrays = 1 if operation == "values" else 2
        return _BYTES * (cells + arrays * self.outputs)


CASES = {
    case.name: case
    for case in (
        Case((1, 1, 8, 8), 1, (2, 2)),
        Case((1, 512, 38, 50), 300, (7, 7)),
        Case((1, 512, 38, 50), 2000, (7, 7)),
        Case((8, 512, 38, 50), 2400, (7, 7)),
        Case((1, 256, 200, 272), 1000, (7, 7)),
    )
}


@dataclass(frozen=True, slots=True)
class Inputs:
    """A case's arrays.

    Attributes
    ----------
    case : Case
    maps : (B, C, H, W) float32
    boxes : (N, 5) float32
        Whole cells, so that no peer's way of rounding comes in; x2, y2 belong to the box.
    gradient : (N, C, PH, PW) float32
        Multiples of 1/64, whose sums are exact in any order.
    """

    case: Case
    maps: NDArray[np.float32]
    boxes: NDArray[np.float32]
    gradient: NDArray[np.float32]


def make_inputs(case: Case, seed: int = SEED) -> Inputs:
    """Maps of normal numbers, and boxes whose sides are 5 to 100 % of the map's, anywhere on it.

    Examples
    --------
    >>> inputs = make_inputs(Case((2, 3, 20, 30), 4, (7, 7)))
    >>> inputs.maps.shape, inputs.boxes.shape, inputs.gradient.shape
    ((2, 3, 20, 30), (4, 5), (4, 3, 7, 7))
    """
    rng = np.random.default_rng(seed)
    images, channels, height, width = case.maps
    maps = rng.standard_normal(case.maps, dtype=np.float32)
    boxes = np.empty((case.boxes, 5), dtype=np.float32)
    boxes[:, 0] = np.arange(case.boxes) * images // max(case.boxes, 1)
    for first, size in ((1, width), (2, height)):
        shortest = max(round(_SMALLEST_SIDE * size), 1)
        sides = rng.integers(shortest, int(_LARGEST_SIDE * size), case.boxes, endpoint=True)
        starts = rng.integers(0, size - sides, endpoint=True)
        boxes[:, first] = starts
        boxes[:, first + 2] = starts + sides - 1
    shape = (case.boxes, channels, *case.output_size)
    gradient = rng.integers(-64, 64, shape, dtype=np.int8, endpoint=True).astype(np.float32) / 64
    return Inputs(case, maps, boxes, gradient)
