"""Where RoIAlign takes its samples: the home of its rule. Nothing is rounded.

Along an axis a RoI is cut in P bins of equal, fractional length, and each bin in `grid` parts with
a sample in the middle of each::

    start     sample k of bin p lies at
      |       start + p * length + (k + 1/2) * length / grid
      |__.____.__|__.____.__|
         k=0  k=1           P = 2 bins, grid = 2

A sample lies between two cells of the axis, and the nearer one weighs more. On the map it lies
between two rows and two columns: four cells, whose weights are products.
"""

import operator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from roipool.arrays import room_told
from roipool.bins import as_output_size, as_pair, as_scale, near
from roipool.boxes import as_boxes
from roipool.errors import RoIPoolError, shown

Floats = NDArray[Any]

_MOST_SAMPLES = 1 << 20  # a grid that adapts to a box far larger than any map would fill the memory
_BYTES_OF_A_SAMPLE = 5 * 8 + 1


@dataclass(frozen=True, slots=True)
class AxisSamples:
    """Samples of a box along one axis: P * grid of them, bin after bin.

    Attributes
    ----------
    position : (P * grid,) float
        Where each lies, in cells, cell i at i; off the map too.
    low, high : (P * grid,) int
        The two cells that it lies between; past the first or last cell both are that cell, or the
        one after it has no weight.
    low_weight, high_weight : (P * grid,) float
        Their weights: together 1, or 0 where the sample does not count.
    counts : (P * grid,) bool
        Whether the position is in ``[-1, size of the map]``.
    grid : int
        Samples a bin. 0 where a grid that adapts meets a box without extent.
    """

    position: Floats
    low: NDArray[np.intp]
    high: NDArray[np.intp]
    low_weight: Floats
    high_weight: Floats
    counts: NDArray[np.bool_]
    grid: int


@dataclass(frozen=True, slots=True)
class Samples:
    """Samples of one box: every row position `y` with every column position `x`.

    A sample counts where both do. Its cells are its two rows by its two columns; weights multiply.
    """

    y: AxisSamples
    x: AxisSamples

    @property
    def grid(self) -> tuple[int, int]:
        """Samples of a bin, down and across."""
        return self.y.grid, self.x.grid


def align_samples(
    boxes: Any,
    output_size: int | tuple[int, int],
    map_size: tuple[int, int],
    spatial_scale: float = 1.0,
    sampling_ratio: int | tuple[int, int] = -1,
    aligned: bool = False,
    *,
    dtype: DTypeLike = np.float64,
) -> tuple[Samples, ...]:
    """Where `roipool.roi_align` takes its samples, and with which cells and weights.

    Parameters
    ----------
    boxes, output_size, spatial_scale, sampling_ratio, aligned
        As of `roipool.roi_align`.
    map_size : (H, W)
        Cells of the feature map.
    dtype : float32 or float64
        That of the feature map, in which positions are computed.

    Returns
    -------
    tuple of Samples, one a box

    Raises
    ------
    RoIPoolError
        As `roipool.roi_align`.

    Examples
    --------
    The article's 7x5 RoI in 2x2 bins: 3 samples down and 4 across each.

    >>> (samples,) = align_samples([[0, 0, 3, 7, 8]], 2, (8, 8))
    >>> samples.grid
    (3, 4)
    >>> samples.x.position.tolist()
    [0.4375, 1.3125, 2.1875, 3.0625, 3.9375, 4.8125, 5.6875, 6.5625]
    >>> samples.x.low[:2].tolist(), samples.x.high_weight[:2].tolist()
    ([0, 1], [0.4375, 0.3125])
    """
    size = as_pair(map_size, map_size, "map_size", "(H, W)")
    sampling = as_sampling(
        as_boxes(boxes), output_size, size, spatial_scale, sampling_ratio, aligned, dtype
    )
    count = int((sampling.grid * sampling.output_size).sum())
    with room_told(f"an array of {count} samples", count * _BYTES_OF_A_SAMPLE):
        return tuple(sampling.of(n) for n in range(len(sampling.grid)))


@dataclass(frozen=True, slots=True)
class Sampling:
    """N boxes in cells, ready to be sampled one by one.

    Attributes
    ----------
    start, length, grid : (N, 2)
        First corner, length of a bin, samples of a bin: y, x.
    output_size, map_size : (PH, PW), (H, W)
    """

    start: Floats
    length: Floats
    grid: NDArray[np.int64]
    output_size: tuple[int, int]
    map_size: tuple[int, int]

    def of(self, n: int) -> Samples:
        """Samples of box n."""
        y, x = (
            _along(
                self.start[n, axis],
                self.length[n, axis],
                int(self.grid[n, axis]),
                self.output_size[axis],
                self.map_size[axis],
            )
            for axis in (0, 1)
        )
        return Samples(y, x)


def as_sampling(
    table: NDArray[np.float64],
    output_size: Any,
    map_size: tuple[int, int],
    spatial_scale: Any,
    sampling_ratio: Any,
    aligned: bool,
    dtype: DTypeLike,
) -> Sampling:
    """Boxes (N, 5) that have been checked, with the other arguments checked here.

    Computed in `dtype`, the scale too, in torchvision's order: a ceil shows the last bit.
    """
    size, ratio, real = as_output_size(output_size), _as_ratios(sampling_ratio), _as_real(dtype)
    as_scale(spatial_scale)
    if not isinstance(aligned, (bool, int, np.bool_)):
        raise RoIPoolError(f"aligned is {shown(aligned)}; expected True or False.")
    if max(size) > _MOST_SAMPLES:
        raise RoIPoolError(
            f"output_size is {size}; expected at most {_MOST_SAMPLES} bins along an axis, each of "
            "which takes a sample."
        )
    with np.errstate(over="ignore"):  # what float32 cannot hold is merely far
        corners = near(table[:, 1:].astype(real) * real.type(spatial_scale))
    corners = corners[:, [1, 0, 3, 2]] - real.type(0.5 if aligned else 0)  # y, x, y, x
    start, extent = corners[:, :2], corners[:, 2:] - corners[:, :2]
    if not aligned:
        extent = np.maximum(extent, real.type(1))
    length = extent / np.array(size, dtype=real)
    adaptive = np.ceil(np.maximum(length, 0)).astype(np.int64)
    grid = np.where(ratio > 0, ratio, adaptive)
    _check_grid(grid, size)
    return Sampling(start, length, grid, size, map_size)


def _along(
    start: np.floating, length: np.floating, grid: int, count: int, cells: int
) -> AxisSamples:
    """`grid` samples of each of `count` bins, on an axis of so many cells: the rule itself."""
    real = start.dtype
    bins = np.repeat(np.arange(count, dtype=real), grid)
    middles = np.tile(np.arange(grid, dtype=real) + real.type(0.5), count)
    position = start + bins * length + middles * length / real.type(grid)
    counts = (position >= -1) & (position <= cells)
    clamped = np.minimum(np.maximum(position, 0), cells - 1)
    below = np.floor(clamped)
    low = below.astype(np.intp)
    high_weight = (clamped - below) * counts
    return AxisSamples(
        position=position,
        low=low,
        high=np.minimum(low + 1, cells - 1),
        low_weight=counts - high_weight,
        high_weight=high_weight,
        counts=counts,
        grid=grid,
    )


def _as_ratios(sampling_ratio: Any) -> NDArray[np.int64]:
    """Samples of a bin down and across, 0 where their number adapts; more than any is refused."""
    try:
        pair = sampling_ratio if np.ndim(sampling_ratio) else (sampling_ratio,) * 2
        down, across = (min(max(operator.index(ratio), 0), _MOST_SAMPLES + 1) for ratio in pair)
    except Exception as error:
        raise RoIPoolError(
            f"sampling_ratio is {shown(sampling_ratio)}; expected a whole number, or a pair of "
            "them, down and across: the samples of a bin, or -1 for as many as the box asks for."
        ) from error
    return np.array([down, across])


def _as_real(dtype: DTypeLike) -> np.dtype[Any]:
    try:
        real = np.dtype(dtype)
    except Exception:
        real = np.dtype(object)
    if real not in (np.float32, np.float64):
        raise RoIPoolError(f"dtype is {shown(dtype)}; expected that of a map, float32 or float64.")
    return real


def _check_grid(grid: NDArray[np.int64], output_size: tuple[int, int]) -> None:
    samples = grid * np.array(output_size)
    if (samples > _MOST_SAMPLES).any():
        n, axis = (int(i) for i in np.argwhere(samples > _MOST_SAMPLES)[0])
        raise RoIPoolError(
            f"box {n} would take {samples[n, axis]} samples {('down', 'across')[axis]}; expected "
            f"at most {_MOST_SAMPLES}. Check that spatial_scale brings the box to the size of the "
            "map, or set a small sampling_ratio."
        )
