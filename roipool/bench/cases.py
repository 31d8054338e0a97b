"""The inputs that everybody is timed on."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

import roipool

CONVENTION = "fast_rcnn"
"""The one convention that all peers compute."""

Array = NDArray[Any]

SEED = 20240
_SHORTEST_SIDE = 0.05
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

        Forward reads the maps once and writes the outputs, and int32 argmax where it is asked for.
        Backward reads the outputs' gradient and argmax, and writes the maps' gradient.

        Examples
        --------
        >>> case = Case((1, 1, 8, 8), 1, (2, 2))
        >>> [case.must_move(operation) for operation in ("values", "argmax", "backward")]
        [272, 288, 288]
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
"""The sizes by name."""

QUICK = ("1x1x8x8/1", "1x512x38x50/300", "1x512x38x50/2000")
"""The sizes of ``--quick``."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """A case's arrays.

    Attributes
    ----------
    case : Case
    maps : (B, C, H, W) float32
    boxes : (N, 5) float32
        Whole cells, so that no peer's way of rounding comes in; x2, y2 belong to the box.
    grad_output : (N, C, PH, PW) float32
        Multiples of 1/64, whose sums are exact in any order.
    expected : dict
        What roipool in NumPy gives, all others being compared with it: "values" and "argmax", both
        (N, C, PH, PW), and "gradient" (B, C, H, W). Whoever runs backward gets this argmax.
    """

    case: Case
    maps: Array
    boxes: Array
    grad_output: Array
    expected: dict[str, Array]


def make_inputs(case: Case, seed: int = SEED) -> Inputs:
    """Maps of normal numbers, and boxes whose sides are 5 to 100 % of the map's, anywhere on it.

    Examples
    --------
    >>> inputs = make_inputs(Case((2, 3, 20, 30), 4, (7, 7)))
    >>> inputs.maps.shape, inputs.boxes.shape, inputs.grad_output.shape
    ((2, 3, 20, 30), (4, 5), (4, 3, 7, 7))
    >>> inputs.boxes[:, 0].tolist()  # shared out over the images
    [0.0, 0.0, 1.0, 1.0]
    """
    rng = np.random.default_rng(seed)
    images, channels, height, width = case.maps
    maps = rng.standard_normal(case.maps, dtype=np.float32)
    boxes = np.empty((case.boxes, 5), dtype=np.float32)
    boxes[:, 0] = np.arange(case.boxes) * images // max(case.boxes, 1)
    for column, size in ((1, width), (2, height)):
        shortest = max(round(_SHORTEST_SIDE * size), 1)
        sides = rng.integers(shortest, size, case.boxes, endpoint=True)
        starts = rng.integers(0, size - sides, endpoint=True)
        boxes[:, column] = starts
        boxes[:, column + 2] = starts + sides - 1
    shape = (case.boxes, channels, *case.output_size)
    grad_output = rng.integers(-64, 64, shape, dtype=np.int8, endpoint=True) / np.float32(64)
    values, argmax = roipool.roi_pool_with_argmax(
        maps, boxes, case.output_size, convention=CONVENTION, backend="numpy"
    )
    scattered = roipool.roi_pool_backward(grad_output, argmax, boxes, case.maps, backend="numpy")
    expected = {"values": values, "argmax": argmax, "gradient": scattered}
    return Inputs(case, maps, boxes, grad_output, expected)
