"""RoIAlign in NumPy, for comparison with pooling: the average of a bin's samples (`samples.py`).

Rows and columns never need each other: a box is averaged along its rows, then along its columns.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.align_axis import Cells, shares, taken, takings
from roipool.align_max import largest_of_box
from roipool.arrays import as_maps, check_cpu_float, check_on_cpu, room_told, size_of
from roipool.boxes import as_boxes_for
from roipool.errors import check_choice
from roipool.samples import AxisSamples, Samples, Sampling, as_sampling

# Cells times their weights that are held at a time: a sample takes a whole row of the map.
_WEIGHED_AT_ONCE = 1 << 20

# What becomes of the four products of a sample, where the largest sample is kept.
_MODES: dict[str, np.ufunc | None] = {"avg": None, "max": np.add, "onnx_max": np.maximum}


def roi_align(
    input: Any,
    boxes: Any,
    output_size: int | tuple[int, int],
    spatial_scale: float = 1.0,
    sampling_ratio: int | tuple[int, int] = -1,
    aligned: bool = False,
    *,
    mode: str = "avg",
) -> NDArray[Any]:
    """Cut each box into PH x PW bins, without rounding, and average samples of each.

    Parameters
    ----------
    input : array_like (B, C, H, W), float32 or float64
        Feature maps of a batch of B images, in the CPU's memory.
    boxes : array_like (N, 5), or a list of B arrays (L, 4)
        ``[batch_index, x1, y1, x2, y2]``, or ``[x1, y1, x2, y2]`` per image.
    output_size : int or (PH, PW)
        Bins along the rows and the columns.
    spatial_scale : float
        Cells per unit of the boxes: 1/16 for image pixels and a stride of 16.
    sampling_ratio : int or pair of int
        Samples of a bin along each axis, or down and across. With 0 or less their number adapts to
        the box: ``ceil(size / P)``.
    aligned : bool
        True moves boxes by minus half a cell, because a cell's value is that of its middle. False
        does not, and makes a box at least one cell high and wide.
    mode : {"avg", "max", "onnx_max"}
        What is kept of the samples of a bin: their average, the largest of them, or ONNX's idea of
        that; see the notes.

    Returns
    -------
    (N, C, PH, PW) array in the dtype of `input`

    Raises
    ------
    RoIPoolError
        Input that is not four-dimensional or not floating point, or lives on a GPU; boxes that are
        malformed, name an image that is not there, or take more than a million samples along an
        axis; sizes that are not positive, a sampling_ratio that is not whole, an unknown mode.

    Notes
    -----
    The rule is torchvision's. ``aligned=True`` is also detectron2's ROIAlign and, in its default
    modes avg and half_pixel, ONNX Runtime's RoiAlign; ``aligned=False`` is also Chainer's
    roi_average_align_2d, which computes as for a map in float64.

    "max" is mmcv's ``pool_mode="max"``. ONNX Runtime's ``mode="max"``, like the reference of the
    ONNX standard, does not interpolate: it keeps the largest *product* of a cell and its weight
    among all samples. That is "onnx_max", whose values are mostly smaller than any cell. With both
    a NaN stays one, where some kernels skip it.

    Samples off the map are zeros of the average, and zeros among which the largest is sought. A
    bin without any sample is 0. Coordinates are computed in the dtype of `input`.
    Where a sample takes an infinite cell with a weight of 0 the result is NaN.

    Examples
    --------
    >>> from roipool import roi_align, article
    >>> roi_align(article.FEATURE_MAP, article.BOXES, 2).round(4)
    array([[[[0.3727, 0.4893],
             [0.4749, 0.4099]]]])
    >>> roi_align(article.FEATURE_MAP, article.BOXES, 2, aligned=True).round(4)
    array([[[[0.4744, 0.4795],
             [0.4326, 0.4234]]]])
    >>> roi_align(article.FEATURE_MAP, article.BOXES, 2, mode="max").round(4)
    array([[[[0.6311, 0.7936],
             [0.8034, 0.8632]]]])
    """
    check_on_cpu(input, "input", "roi_align")
    maps = as_maps(input)
    check_cpu_float(maps, "input")
    table = as_boxes_for(maps, boxes, maps.shape[0])
    sampling = as_sampling(
        table, output_size, maps.shape[2:], spatial_scale, sampling_ratio, aligned, maps.dtype
    )
    check_choice(mode, "mode", _MODES)
    shape = (len(table), maps.shape[1], *sampling.output_size)
    with room_told(f"an output of shape {shape}", size_of(shape, maps.dtype)):
        return _aligned(maps, table, sampling, mode)


def _aligned(maps: Cells, table: NDArray[np.float64], sampling: Sampling, mode: str) -> Cells:
    output = np.empty((len(table), maps.shape[1], *sampling.output_size), dtype=maps.dtype)
    images = table[:, 0].astype(np.intp)
    for image in np.unique(images).tolist():
        # Channels last, so that a row of the map is one run of memory.
        cells = np.ascontiguousarray(maps[image].transpose(1, 2, 0))
        finite = np.isfinite(cells).all(axis=2)
        for n in np.flatnonzero(images == image).tolist():
            samples, size = sampling.of(n), sampling.output_size
            joined = _MODES[mode]
            if joined is None:
                bins = _average_box(cells, finite, samples, size)
            else:
                bins = largest_of_box(cells, samples, size, joined)
            output[n] = bins.transpose(2, 0, 1)
    return output


def _average_box(
    cells: Cells, finite: NDArray[np.bool_], samples: Samples, output_size: tuple[int, int]
) -> Cells:
    """Averages (PH, PW, C) of the samples of one box among cells (H, W, C)."""
    rows, cols = taken(samples.y), taken(samples.x)
    average = _average_finite if finite[rows, cols].all() else _average_any
    across = average(cells[rows, cols], samples.y, rows.start, output_size[0]).swapaxes(0, 1)
    return average(across, samples.x, cols.start, output_size[1]).swapaxes(0, 1)


def _average_finite(cells: Cells, axis: AxisSamples, first: int, bins: int) -> Cells:
    """Averages (P, ...) along the first axis of cells (n, ...), of which one is cell `first`.

    A product with a matrix of weights, where a cell weighs 0 in a bin that does not take it.
    """
    weights = shares(axis, first, bins, len(cells), cells.dtype)
    averages: Cells = np.tensordot(weights, cells, axes=1)
    return averages


def _average_any(cells: Cells, axis: AxisSamples, first: int, bins: int) -> Cells:
    """As `_average_finite`, sample by sample: 0 times infinity, or NaN, is no 0."""
    sums = np.zeros((bins, *cells.shape[1:]), dtype=cells.dtype)
    at_once = max(1, _WEIGHED_AT_ONCE // max(1, math.prod(cells.shape[1:])))
    with np.errstate(invalid="ignore", over="ignore"):
        for bin_of, cell, weight in takings(axis, first, bins):
            for start in range(0, len(cell), at_once):
                some = slice(start, start + at_once)
                np.add.at(sums, bin_of[some], cells[cell[some]] * weight[some, None, None])
    sums /= max(axis.grid, 1)
    return sums
