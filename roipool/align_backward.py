"""The gradient of RoIAlign: the way of `align.py` back, with the very same weights."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.align_axis import Cells, shares, taken, takings
from roipool.arrays import (
    as_array,
    as_input_shape,
    check_cpu_float,
    check_float,
    check_on_cpu,
    room_told,
    size_of,
)
from roipool.boxes import as_boxes_for
from roipool.errors import RoIPoolError
from roipool.samples import AxisSamples, Samples, Sampling, as_sampling


def roi_align_backward(
    grad_output: Any,
    boxes: Any,
    input_shape: tuple[int, int, int, int],
    spatial_scale: float = 1.0,
    sampling_ratio: int | tuple[int, int] = -1,
    aligned: bool = False,
) -> NDArray[Any]:
    """Hand each output's gradient to the cells that its samples took, by their weights.

    Parameters
    ----------
    grad_output : array_like (N, C, PH, PW), float32 or float64
        Gradient of the loss with respect to the output, in the CPU's memory.
    boxes, spatial_scale, sampling_ratio, aligned
        Those of the forward pass: see `roi_align`.
    input_shape : (B, C, H, W)
        Shape of the input of the forward pass.

    Returns
    -------
    grad_input : (B, C, H, W) array in the dtype of `grad_output`

    Raises
    ------
    RoIPoolError
        Shapes that do not fit each other, a gradient that is not floating point or lives on a GPU,
        and arguments that `roi_align` refuses.

    Notes
    -----
    The average of samples is linear in the input, so that its gradient needs neither the input nor
    the output: this is the transposed sum. For the other modes of `roi_align` there is no gradient
    here. Samples off the map give nothing. Boxes get no gradient, as in
    torchvision.

    A cell's gradients are added in the order of boxes, always with the same result. Coordinates are
    computed in the dtype of `grad_output`, which is to be that of the forward pass's input.

    Examples
    --------
    The last sample of the first bin lies at column 3.0625, so that its gradient reaches column 4.

    >>> import numpy as np
    >>> from roipool import roi_align_backward, article
    >>> grads = np.array([[[[1.0, 0.0], [0.0, 0.0]]]])
    >>> gradient = roi_align_backward(grads, article.BOXES, article.FEATURE_MAP.shape)
    >>> gradient[0, 0, 4].round(3).tolist()
    [0.055, 0.109, 0.109, 0.109, 0.006, 0.0, 0.0, 0.0]
    >>> print(round(gradient.sum(), 12))
    1.0
    """
    shape = as_input_shape(input_shape)
    check_on_cpu(grad_output, "grad_output", "roi_align_backward")
    grads = as_array(grad_output, "grad_output", "(N, C, PH, PW)")
    table = as_boxes_for(grads, boxes, shape[0])
    if grads.ndim != 4 or grads.shape[:2] != (len(table), shape[1]):
        raise RoIPoolError(
            f"grad_output has shape {grads.shape}; expected (N, C, PH, PW) with the {len(table)} "
            f"boxes and the {shape[1]} channels of input_shape."
        )
    check_float(grads, "grad_output")
    check_cpu_float(grads, "grad_output")
    sampling = as_sampling(
        table, grads.shape[2:], shape[2:], spatial_scale, sampling_ratio, aligned, grads.dtype
    )
    with room_told(f"a gradient of shape {shape}", size_of(shape, grads.dtype)):
        return _spread(grads, table[:, 0].astype(np.intp), sampling, shape)


def _spread(
    grads: Cells,
    images: NDArray[np.intp],
    sampling: Sampling,
    shape: tuple[int, int, int, int],
) -> Cells:
    batch, channels, height, width = shape
    # Channels last, so that what goes to a row of the map is one run of memory.
    total = np.zeros((batch, height, width, channels), dtype=grads.dtype)
    finite = [bool(np.isfinite(grad).all()) for grad in grads]
    with np.errstate(invalid="ignore", over="ignore"):
        for n, image in enumerate(images.tolist()):
            spread = _spread_finite if finite[n] else _spread_any
            _spread_box(grads[n].transpose(1, 2, 0), sampling.of(n), total[image], spread)
    return np.ascontiguousarray(total.transpose(0, 3, 1, 2))


def _spread_box(grads: Cells, samples: Samples, total: Cells, spread: Any) -> None:
    """Add to cells (H, W, C) what the bins (PH, PW, C) of one box give them."""
    rows, cols = taken(samples.y), taken(samples.x)
    down = spread(grads, samples.y, rows).swapaxes(0, 1)
    total[rows, cols] += spread(down, samples.x, cols).swapaxes(0, 1)


def _spread_finite(grads: Cells, axis: AxisSamples, cells: slice) -> Cells:
    """Gradients (n, ...) of the n cells of a slice, from those of the bins (P, ...) of an axis."""
    weights = shares(axis, cells.start, len(grads), cells.stop - cells.start, grads.dtype)
    given: Cells = np.tensordot(weights.T, grads, axes=1)
    return given


def _spread_any(grads: Cells, axis: AxisSamples, cells: slice) -> Cells:
    """As `_spread_finite`, sample by sample: 0 times infinity, or NaN, is no 0."""
    given = np.zeros((cells.stop - cells.start, *grads.shape[1:]), dtype=grads.dtype)
    for bin_of, cell, weight in takings(axis, cells.start, len(grads)):
        for giver, taker, share in zip(bin_of.tolist(), cell.tolist(), weight, strict=True):
            given[taker] += grads[giver] * (share / axis.grid)
    return given
