"""The arguments of `roipool.identify`, checked, and how they can be read at all."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.alternatives import laid_out, poolable
from roipool.arrays import as_array, as_maps, to_host
from roipool.bins import as_scale
from roipool.boxes import as_boxes_for, as_table, without_index
from roipool.errors import RoIPoolError, shown
from roipool.formats import FEW_DECIMALS, format_of, nearness
from roipool.readings import Boxes, Change, Reading
from roipool.target import CLOSE, Target

_EXPECTED = "expected (N, C, PH, PW), the PH x PW bins of each box and channel"


def read_maps(input: Any) -> NDArray[Any]:
    """Maps in the CPU's memory, those of float16 in float32, where they make the same maxima."""
    maps: NDArray[Any] = to_host(as_maps(input))
    return maps.astype(np.float32) if maps.dtype == np.float16 else maps


def read_boxes(maps: NDArray[Any], boxes: Any, spatial_scale: Any) -> Reading:
    """Boxes as given, or as the first of the maps where they carry no batch index.

    Raises
    ------
    RoIPoolError
        Boxes that cannot be pooled, a scale that is none.
    """
    as_scale(spatial_scale)
    scale = float(spatial_scale)  # RoIAlign of float64 maps takes all of its digits
    table, changes = _read_boxes(maps, boxes)
    return Reading(changes, table, scale, maps.shape)


def read_any_boxes(
    maps: NDArray[Any], boxes: Any, spatial_scale: Any
) -> tuple[Reading, RoIPoolError | None]:
    """Boxes as given, and if their first column is no batch index, what is wrong with it."""
    as_scale(spatial_scale)
    try:
        return read_boxes(maps, boxes, spatial_scale), None
    except RoIPoolError as error:
        table = as_table(boxes)
        if table is None:
            raise
        return Reading((), table, float(spatial_scale), maps.shape), error


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What `roipool.identify` was asked, checked.

    Attributes
    ----------
    target : Target
    readings : list of Reading
        As given; or where that cannot be pooled, the readings that can.
    table : (N, 4) or (N, 5)
        The boxes as given.
    refusal : RoIPoolError or None
        Why it cannot be pooled as given.
    """

    target: Target
    readings: list[Reading]
    table: Boxes
    refusal: RoIPoolError | None = None


def read_question(input: Any, boxes: Any, output: Any, spatial_scale: Any, tolerance: Any) -> Asked:
    """The arguments of `roipool.identify`.

    Raises
    ------
    RoIPoolError
        See there.
    """
    maps = to_host(as_maps(input))
    given, refusal = read_any_boxes(maps, boxes, spatial_scale)
    if refusal is not None and len(given.boxes) == 1:
        raise refusal  # from a single row nobody can tell what else its first column is
    values = _read_output(output)
    layouts = [reading for reading in laid_out(given) if _fits(values, reading)]
    if given not in layouts:
        refusal = refusal or _misfit(values, given)
    readings = [reading for layout in layouts[:1] for reading in poolable(layout)]
    if refusal and not readings:
        raise refusal
    has_no_index = any(change.key == "no_batch_index" for change in given.changes)
    table = given.boxes[:, 1:] if has_no_index else given.boxes
    return Asked(_target(maps, values, tolerance), readings, table, refusal)


def _target(maps: NDArray[Any], values: NDArray[Any], tolerance: Any) -> Target:
    slack: float | NDArray[Any] = 0.0 if tolerance is None else _as_tolerance(tolerance)
    with np.errstate(over="ignore", invalid="ignore"):
        if values.dtype == np.float16:
            maps = maps.astype(np.float16)
        if maps.dtype == np.float16:
            maps = maps.astype(np.float32)  # where it makes the same maxima
        small = np.float32 if _is_float32(values) else np.float64
        dtype = min(maps.dtype, np.dtype(small), key=lambda dtype: dtype.itemsize)
        exact = values.astype(dtype)
        form = format_of(maps.astype(dtype), exact, values) if tolerance is None else None
        if form is None:
            maps, values = maps.astype(dtype), exact
        else:
            slack = form.slack(values)
            if form.kind == "decimals" and form.digits <= FEW_DECIMALS:
                # What somebody printed was of float32, more often than not; it decides RoIAlign's
                # grid.
                maps, values = maps.astype(np.float32), values.astype(np.float32)
    cells = np.abs(maps[np.isfinite(maps)])
    closeness = CLOSE * min(1.0, float(cells.max(initial=0)))
    # Of half floats an average may by chance be a cell of the map, and so in no format.
    near = max(CLOSE, nearness(values)) if tolerance is None else CLOSE
    return Target(maps, values, slack, closeness, cells.size == maps.size, form, near)


def _read_boxes(maps: NDArray[Any], boxes: Any) -> tuple[Boxes, tuple[Change, ...]]:
    table = without_index(boxes)
    if table is None:
        return as_boxes_for(maps, boxes, len(maps)), ()
    return as_boxes_for(maps, [table], 1), (Change("no_batch_index"),)


def _read_output(output: Any) -> NDArray[Any]:
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
    return values


def _fits(values: NDArray[Any], reading: Reading) -> bool:
    return reading.wanted(values).shape[:2] == (len(reading.boxes), reading.channels)


def _misfit(values: NDArray[Any], given: Reading) -> RoIPoolError:
    boxes, channels = len(given.boxes), given.channels
    return RoIPoolError(
        f"output has shape {values.shape}; expected ({boxes}, {channels}, PH, PW), as boxes "
        f"has {boxes} boxes and input {channels} channels."
    )


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
