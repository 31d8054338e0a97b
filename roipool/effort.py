"""How long it takes to try a suspect: estimated from sizes before it is tried, and then budgeted.

The estimates are in seconds of one core of an ordinary machine, made to be rather too long than too
short. They are computed and never measured, so that the same question has the same answer however
busy the machine is.
"""

import math
from dataclasses import dataclass

import numpy as np

from roipool.errors import RoIPoolError, shown
from roipool.samples import Sampling

Size = tuple[int, int]

# What the estimates count, in seconds each. Measured on one machine.
_CALL = 2.5e-4  # of a suspect, to cut its bins and to compare its output
_KEY_OF_EDGE = 1e-7
_COMPARED = 5e-8  # a value of the output
_TABLE_CELL = 3e-8  # of the tables from which maxima are looked up
_BIN = 2e-7  # looked up in them
_MAXIMUM = 1e-7
_SCANNED_BIN = 6e-6  # cut out of the map, where tables are not worth it
_SCANNED_CELL = 3e-9
_AVERAGED_BOX = 1.5e-4
_AVERAGED_BIN = 3e-5  # one by one
_ALIGNED_BOX = 5e-4
_SAMPLE = 4e-8  # along an axis
_WEIGHED_CELL = 1e-9  # times a bin, where every cell is finite
_SAMPLED_CELL = 4e-8  # times a sample, where one is not


def of_key(boxes: int, size: Size) -> float:
    """To cut the bins of so many boxes."""
    return _CALL / 2 + boxes * sum(size) * _KEY_OF_EDGE


def of_maximum(shape: tuple[int, ...], boxes: int, size: Size) -> float:
    """To pool boxes from maps (B, C, H, W): in tables or bin by bin, whichever is quicker."""
    images, channels, cells = min(shape[0], boxes), shape[1], shape[2] * shape[3]
    bins = boxes * math.prod(size)
    tables = images * channels * cells * _TABLE_CELL + bins * _BIN
    scan = bins * _SCANNED_BIN + boxes * channels * cells * _SCANNED_CELL
    return _CALL + min(tables, scan) + bins * channels * (_MAXIMUM + _COMPARED)


def of_average(shape: tuple[int, ...], boxes: int, size: Size, *, finite: bool) -> float:
    """To average the bins of boxes: a box at a time, or where a cell is not finite a bin."""
    channels, height, width = shape[1:]
    bins = boxes * math.prod(size)
    if finite:
        read = boxes * _AVERAGED_BOX
        read += boxes * channels * size[0] * width * (height + size[1]) * _WEIGHED_CELL
    else:
        read = bins * _AVERAGED_BIN + boxes * channels * height * width * _SCANNED_CELL
    return _CALL + read + bins * channels * _COMPARED


def of_align(shape: tuple[int, ...], sampling: Sampling, *, finite: bool) -> float:
    """To sample boxes: how many samples an adaptive grid takes is known from the boxes."""
    channels, bins = shape[1], np.array(sampling.output_size)
    grid = sampling.grid * bins  # (N, 2), samples down and across
    span = (sampling.length * bins + 2).clip(0, shape[2:])  # cells that they lie between
    high, wide = bins.tolist()
    if finite:
        cols = span[:, 1].sum()
        read = (high * (span[:, 0] @ span[:, 1]) + high * wide * cols) * _WEIGHED_CELL
    else:
        # Of an adaptive grid no more lie on the map than it has cells, and one a bin.
        down, across = grid.clip(max=2 * (np.array(shape[2:]) + bins)).T
        read = (down @ span[:, 1] + across.sum() * high) * _SAMPLED_CELL
    boxes = len(grid)
    compared = boxes * high * wide * _COMPARED
    return float(_CALL + boxes * _ALIGNED_BOX + grid.sum() * _SAMPLE + channels * (read + compared))


def of_resize(shape: tuple[int, ...], boxes: int, size: Size) -> float:
    """To crop boxes and resize them to twice the output."""
    channels, height, width = shape[1:]
    samples = 4 * math.prod(size)
    cells = height * width + 2 * size[0] * width + samples
    return _CALL + boxes * (_ALIGNED_BOX + channels * cells * _TABLE_CELL)


@dataclass(slots=True)
class Budget:
    """Seconds that may still be spent.

    Attributes
    ----------
    left : float
        Infinite where there is no limit.
    kept : float
        Of these, for what is tried later.
    """

    left: float
    kept: float = 0.0

    def takes(self, seconds: float) -> bool:
        """Whether there is enough left for this, which is then spent.

        Examples
        --------
        >>> budget = Budget(3.0, kept=1.0)
        >>> budget.takes(1.5), budget.takes(1.0), budget.left
        (True, False, 1.5)
        """
        if self.left - seconds < self.kept:
            return False
        self.left -= seconds
        return True


def as_budget(seconds: object) -> Budget:
    """A Budget of so many seconds; of None one without a limit.

    Raises
    ------
    RoIPoolError
        If they are no number from 0.
    """
    if seconds is None:
        return Budget(math.inf)
    try:
        left = float(seconds)  # type: ignore[arg-type]
    except Exception:
        left = math.nan
    if not left >= 0:
        raise RoIPoolError(
            f"budget is {shown(seconds)}; expected a number of seconds from 0, or None."
        )
    return Budget(left)
