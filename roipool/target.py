"""The output that is to be explained, and what it means that another equals it."""

import hashlib
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.arrays import as_array, as_maps, to_host
from roipool.bins import as_scale
from roipool.boxes import as_boxes_for, without_index
from roipool.effort import Budget, of_key
from roipool.errors import RoIPoolError, shown
from roipool.readings import Boxes, Change, Reading
from roipool.rules import Rule

Suspect = tuple[Rule, Reading]
Some = slice | NDArray[np.intp]

# Of sums and averages, whose last digits depend on the order of the cells.
_CLOSE = 1e-4
# An output that people paste is rounded to what they saw printed.
_MOST_DECIMALS = 4
_HUGE = 1e9
# Of a sample of what is too much to be counted for each suspect.
_SAMPLE_CHANNELS = 4

_ALL = slice(None)
_EXPECTED = "expected (N, C, PH, PW), the PH x PW bins of each box and channel"


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """An output and the maps that it was pooled from, in the dtype in which they are compared.

    Attributes
    ----------
    maps : (B, C, H, W) float32 or float64
    output : (N, C, PH, PW), in the same dtype
    tolerance : float
        How far apart equal values may be.
    closeness : float
        The same where a rule is not exact, for a value of zero.
    finite : bool
        Whether all cells of the maps are.
    """

    maps: NDArray[Any]
    output: NDArray[Any]
    tolerance: float
    closeness: float
    finite: bool

    def differs(self, rule: Rule, reading: Reading, boxes: Some = _ALL) -> NDArray[np.bool_]:
        """(n, C, PH, PW) bool, as the output: what the rule does not make, of some of the boxes."""
        wanted = self._wanted(reading, boxes)
        found = rule.pool(self.maps, reading.of(boxes), wanted.shape[2:])
        same = (found == wanted) | (np.isnan(found) & np.isnan(wanted))
        if self.tolerance or not rule.exact:
            with np.errstate(over="ignore", invalid="ignore"):
                allowed = np.full_like(wanted, self.tolerance)
                if not rule.exact:
                    np.maximum(allowed, self.closeness + _CLOSE * np.abs(wanted), out=allowed)
                same |= np.isfinite(wanted) & (np.abs(found - wanted) <= allowed)
        differs: NDArray[np.bool_] = ~(same.swapaxes(2, 3) if reading.transposed else same)
        return differs

    def counts(
        self, suspects: Iterable[Suspect], budget: Budget, boxes: Some = _ALL
    ) -> Iterator[int | None]:
        """How many cells each suspect does not make, or None where that would take too long.

        Those that cut the same bins pool once.
        """
        known: dict[bytes, int | None] = {}
        for rule, reading in suspects:
            some, size = reading.of(boxes), self._size(reading)
            if not budget.takes(of_key(len(some.boxes), size)):
                yield None
                continue
            text = rule.key(self.maps, some, size)
            key = hashlib.sha256(text + bytes([reading.transposed])).digest()
            if key not in known:
                affordable = budget.takes(rule.effort(self.maps, some, size, finite=self.finite))
                differs = self.differs(rule, reading, boxes) if affordable else None
                known[key] = None if differs is None else int(np.count_nonzero(differs))
            yield known[key]

    def effort(self, suspects: Iterable[Suspect], boxes: Some = _ALL) -> float:
        """How long `counts` will take at most, in seconds."""
        total = 0.0
        for rule, reading in suspects:
            some, size = reading.of(boxes), self._size(reading)
            total += of_key(len(some.boxes), size)
            total += rule.effort(self.maps, some, size, finite=self.finite)
        return total

    def portions(self) -> Iterator[slice]:
        """All boxes, first a single one: most suspects fail there."""
        start, count = 0, 1
        while start < len(self.output):
            yield slice(start, start + count)
            start, count = start + count, 4 * count

    def sample(self, count: int) -> tuple["Target", NDArray[np.intp]]:
        """A few channels, and the numbers of a few boxes: all of what is not many."""
        some = slice(_SAMPLE_CHANNELS)
        count = min(len(self.output), count)
        boxes = np.linspace(0, len(self.output) - 1, count).astype(np.intp)
        return replace(self, maps=self.maps[:, some], output=self.output[:, some]), boxes

    def _size(self, reading: Reading) -> tuple[int, int]:
        high, wide = self.output.shape[2:]
        return (wide, high) if reading.transposed else (high, wide)

    def _wanted(self, reading: Reading, boxes: Some) -> NDArray[Any]:
        wanted = self.output[boxes]
        return wanted.swapaxes(2, 3) if reading.transposed else wanted


def read_target(
    input: Any, boxes: Any, output: Any, spatial_scale: Any, tolerance: Any
) -> tuple[Target, Reading]:
    """The arguments of `roipool.identify`, checked, and the boxes as given.

    Raises
    ------
    RoIPoolError
        See there.
    """
    maps = to_host(as_maps(input))
    as_scale(spatial_scale)
    scale = float(spatial_scale)  # RoIAlign of float64 maps takes all of its digits
    table, changes = _read_boxes(maps, boxes)
    values = _read_output(output, len(table), maps.shape[1])
    slack = 0.0 if tolerance is None else _as_tolerance(tolerance)
    with np.errstate(over="ignore", invalid="ignore"):
        if values.dtype == np.float16:
            maps = maps.astype(np.float16)
        if maps.dtype == np.float16:
            maps = maps.astype(np.float32)  # where it makes the same maxima
        small = np.float32 if _is_float32(values) else np.float64
        dtype = min(maps.dtype, np.dtype(small), key=lambda dtype: dtype.itemsize)
        maps, values = maps.astype(dtype), values.astype(dtype)
    if tolerance is None:
        slack = _rounding(maps, values)
        if slack:
            # What somebody printed was of float32, more often than not; it decides RoIAlign's grid.
            maps, values = maps.astype(np.float32), values.astype(np.float32)
    cells = np.abs(maps[np.isfinite(maps)])
    closeness = _CLOSE * min(1.0, float(cells.max(initial=0)))
    finite = cells.size == maps.size
    return Target(maps, values, slack, closeness, finite), Reading(changes, table, scale)


def _read_boxes(maps: NDArray[Any], boxes: Any) -> tuple[Boxes, tuple[Change, ...]]:
    table = without_index(boxes)
    if table is None:
        return as_boxes_for(maps, boxes, len(maps)), ()
    return as_boxes_for(maps, [table], 1), (Change("no_batch_index"),)


def _read_output(output: Any, boxes: int, channels: int) -> NDArray[Any]:
    values = to_host(as_array(output, "output", "(N, C, PH, PW)"))
    if values.dtype.kind not in "fiu":
        raise RoIPoolError(f"output has dtype {values.dtype}; expected numbers.")
    if values.ndim != 4:
        hint = {
            2: " The bins of a single box and channel: output[None, None].",
            3: " Of a single channel output[:, None], of a single box output[None].",
        }.get(values.ndim, "")
        raise RoIPoolError(f"output has shape {values.shape}; {_EXPECTED}.{hint}")
    if values.size == 0:
        raise RoIPoolError(
            f"output has shape {values.shape}, which holds nothing to compare; {_EXPECTED}, from a "
            "single box."
        )
    if values.shape[:2] != (boxes, channels):
        raise RoIPoolError(
            f"output has shape {values.shape}; expected ({boxes}, {channels}, PH, PW), as boxes "
            f"has {boxes} boxes and input {channels} channels."
        )
    return values


def _as_tolerance(tolerance: Any) -> float:
    try:
        given = float(tolerance)
    except Exception:
        given = math.nan
    if not 0 <= given < math.inf:
        raise RoIPoolError(
            f"tolerance is {shown(tolerance)}; expected a number from 0, how far apart equal "
            "values of the output may be, or None."
        )
    return given


def _is_float32(values: NDArray[Any]) -> bool:
    """Whether float32 holds all values, as it does where a float32 array was printed in full."""
    return np.array_equal(values, values.astype(np.float32), equal_nan=True)


def _rounding(maps: NDArray[Any], values: NDArray[Any]) -> float:
    """Half a unit of the decimal to which the output is rounded, or 0 if it is cells of the maps.

    And a little more, for the nearest float to such a decimal.
    """
    # What an empty bin yields is as round as can be, and not because somebody rounded it.
    kept = values[(values != 0) & (np.abs(values) < _HUGE)]
    for decimals in range(_MOST_DECIMALS + 1):
        if kept.size and _is_rounded(kept, decimals):
            return 0.0 if np.isin(kept, maps).all() else 0.55 * 10.0**-decimals
    return 0.0


def _is_rounded(values: NDArray[Any], decimals: int) -> bool:
    with np.errstate(over="ignore", invalid="ignore"):
        return bool((np.round(values, decimals) == values).all())
