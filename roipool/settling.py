"""What else to pool, so that explanations that make one output are told apart by the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.errors import RoIPoolError

Array = NDArray[Any]

_TRIES = 24
# Of the way that coordinates spread over: how far they are moved.
_MOVED = 0.2

Pool = Callable[[Array, Array, tuple[int, int], float], Array]
"""As `roipool.Match.pool`."""


@dataclass(frozen=True, slots=True, eq=False)
class Settling:
    """A map and a box on which explanations differ.

    Attributes
    ----------
    input : (B, C, H, W)
        The maps that were given, or such of random numbers.
    boxes : (1, 4) or (1, 5)
        A box in the form of those that were given.
    outputs : int
        How many different outputs the explanations make of it.
    is_same_map : bool
        Whether the maps are those that were given.
    """

    input: Array
    boxes: Array
    outputs: int
    is_same_map: bool


def settling(
    pools: Sequence[Pool], maps: Array, table: Array, numbers: slice, scale: float, size: Any
) -> Settling | None:
    """The box that most ways of pooling differ on, of boxes near those given; None if none does.

    Parameters
    ----------
    pools : sequence of `roipool.Match.pool`
    maps, table, scale, size
        What was given, and the bins of the output.
    numbers : slice
        The columns of the table that are coordinates.
    """
    rng = np.random.default_rng(0)
    spread = max(float(np.ptp(table[:, numbers])), 1e-3)
    cells = rng.permutation(maps.size).reshape(maps.shape).astype(maps.dtype)
    least, most = table[:, numbers].min(), table[:, numbers].max()
    for some, is_same in ((maps, True), (cells, False)):
        best: Settling | None = None
        for _ in range(_TRIES):
            box = table[rng.integers(len(table))][None].copy()
            moved = box[:, numbers] + rng.uniform(-_MOVED, _MOVED, 4) * spread
            moved = moved.clip(least, most)
            box[:, numbers] = np.round(moved, 0 if spread > 20 else 1 if spread > 2 else 3)
            outputs = _outputs(pools, some, box, size, scale)
            if outputs > (best.outputs if best else 1):
                best = Settling(some, box, outputs, is_same)
            if outputs == len(pools):
                break
        if best is not None:
            return best
    return None


def _outputs(pools: Sequence[Pool], input: Array, box: Array, size: Any, scale: float) -> int:
    made = set()
    for pool in pools:
        try:
            made.add(pool(input, box, size, scale).tobytes())
        except RoIPoolError:
            return 0  # a box that one of them cannot read
    return len(made)
