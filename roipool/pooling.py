"""RoI max pooling: the public functions. They check the input, pick a backend and call it.

One file, because all of them check the same arguments, each in the same words.
"""

import math
import warnings
from typing import Any

import numpy as np

from roipool.arrays import (
    Array,
    as_array,
    as_input_shape,
    as_maps,
    check_float,
    check_on_cpu,
    check_one_device,
    is_on_gpu,
    room_told,
    size_of,
    to_host,
)
from roipool.average import average_bins
from roipool.backends import check_name, check_resident, pick
from roipool.backends import cupy as cupy_backend
from roipool.backends import numpy as numpy_backend
from roipool.bins import as_output_size, as_scale, cut_boxes, size_of_edges
from roipool.boxes import as_boxes, as_boxes_for
from roipool.conventions import Convention, get_convention
from roipool.errors import RoIPoolError, check_choice


def roi_pool(
    input: Any,
    boxes: Any,
    output_size: int | tuple[int, int],
    spatial_scale: float = 1.0,
    *,
    convention: str | Convention = "article",
    reduce: str = "max",
    backend: str = "auto",
) -> Array:
    """Cut each box of a feature map into PH x PW bins and keep the maximum of each.

    Parameters
    ----------
    input : array_like (B, C, H, W), float16, float32 or float64
        Feature maps of a batch of B images: from NumPy, CuPy or, without a copy, any library that
        speaks DLPack.
    boxes : array_like (N, 5), or a list of B arrays (L, 4)
        ``[batch_index, x1, y1, x2, y2]``, or ``[x1, y1, x2, y2]`` per image. Whether x2, y2
        belong to the box is the convention's choice.
    output_size : int or (PH, PW)
        Bins along the rows and the columns.
    spatial_scale : float
        Cells per unit of the boxes: 1/16 for image pixels and a stride of 16.
    convention : str or Convention
        Which implementation's bins to cut: "article" (the default, exact and without overlap),
        "fast_rcnn", "torchvision", "mmcv", ... See `roipool.conventions`.
    reduce : {"max", "mean"}
        What is kept of a bin: the maximum of its cells, or their average, which NumPy computes, in
        float64. It has no argmax, and no gradient here.
    backend : {"auto", "numpy", "cupy"}
        Where to compute. "auto" stays on the GPU with what lives there, and takes other input there
        if there is a GPU and enough to do. See `backend_status`.

    Returns
    -------
    (N, C, PH, PW) array in the dtype of `input`, of CuPy if `input` lives on a GPU, else of NumPy

    Raises
    ------
    RoIPoolError
        Input that is not four-dimensional or not floating point, boxes that are malformed or
        name an image that is not there, sizes that are not positive or for whose output there is
        no memory, an unknown convention, a backend that is not there, an average on a GPU. The
        values of boxes on a GPU
        are not read back to be checked: a box that has NaN or names no image is empty.

    Warns
    -----
    RuntimeWarning
        If the GPU has no room for work sent there from the CPU's memory, or fails at it, and NumPy
        took over.

    Notes
    -----
    A maximum of zero is +0, whichever zero the map holds: frameworks return the zero that they
    found. ``docs/bit-for-bit.md`` says what else "equal to a framework" means, of each.

    The rule is that of the article "Region of interest pooling explained" (deepsense.ai, 2017)
    for the layer of Fast R-CNN (Girshick, 2015). The article's figures are the "article"
    convention; the code that it links computes another.

    Edges are computed from the boxes in float32 whatever the dtype of `input`, so that a map in
    float64 is cut as the same map in float32. Only "torchvision" computes them in that dtype, as
    torchvision does.

    Examples
    --------
    >>> from roipool import roi_pool, article
    >>> roi_pool(article.FEATURE_MAP, article.BOXES, article.OUTPUT_SIZE)
    array([[[[0.85, 0.84],
             [0.97, 0.96]]]])
    >>> roi_pool(article.FEATURE_MAP, article.BOXES, 2, convention="torchvision")
    array([[[[0.85, 0.96],
             [0.97, 0.91]]]])
    >>> roi_pool(article.FEATURE_MAP, article.BOXES, 2, reduce="mean").round(4)
    array([[[[0.5367, 0.4488],
             [0.39  , 0.4517]]]])
    """
    arguments = (input, boxes, output_size, spatial_scale, convention, backend)
    check_choice(reduce, "reduce", ("max", "mean"))
    if reduce == "mean":
        return _mean(*arguments)
    output, _ = _forward(*arguments, with_argmax=False)
    return output


def roi_pool_with_argmax(
    input: Any,
    boxes: Any,
    output_size: int | tuple[int, int],
    spatial_scale: float = 1.0,
    *,
    convention: str | Convention = "article",
    backend: str = "auto",
) -> tuple[Array, Array]:
    """As `roi_pool`, and where each maximum was found.

    Returns
    -------
    output : (N, C, PH, PW) array in the dtype of `input`
    argmax : (N, C, PH, PW) int32
        ``h * W + w`` in the box's own image; the first maximum in row-major order. -1 where a bin
        is empty (the Chainer and mmcv conventions have cases of 0).

    Raises
    ------
    RoIPoolError
        As `roi_pool`.

    Examples
    --------
    >>> from roipool import roi_pool_with_argmax, article
    >>> _, argmax = roi_pool_with_argmax(article.FEATURE_MAP, article.BOXES, 2)
    >>> [(int(a) // 8, int(a) % 8) for a in argmax.ravel()]  # (row, column)
    [(3, 0), (3, 3), (7, 2), (5, 6)]
    """
    output, argmax = _forward(
        input, boxes, output_size, spatial_scale, convention, backend, with_argmax=True
    )
    return output, argmax


def roi_pool_backward(
    grad_output: Any,
    argmax: Any,
    boxes: Any,
    input_shape: tuple[int, int, int, int],
    *,
    deterministic: bool = True,
    backend: str = "auto",
) -> Array:
    """Hand each output's gradient to the cell that its maximum came from; cells add up theirs.

    Parameters
    ----------
    grad_output : array_like (N, C, PH, PW), float16, float32 or float64
        Gradient of the loss with respect to the output.
    argmax : array_like (N, C, PH, PW) of int
        Of `roi_pool_with_argmax`. Where it is -1, in an empty bin, the gradient goes nowhere.
    boxes : array_like (N, 5), or a list of B arrays (L, 4)
        Those of the forward pass, for the image that each belongs to.
    input_shape : (B, C, H, W)
        Shape of the input of the forward pass.
    deterministic : bool
        True: a cell's gradients are added in the order of boxes, then of bins, in the gradient's
        dtype (of float16 in float32, rounded once), always with the same result. False lets the
        GPU add them as they come, sooner and with sums that differ in their last bits.
    backend : {"auto", "numpy", "cupy"}
        Where to compute. See `backend_status`.

    Returns
    -------
    grad_input : (B, C, H, W) array in the dtype of `grad_output`

    Raises
    ------
    RoIPoolError
        Shapes that do not fit each other, dtypes that cannot be used, a place outside the map,
        boxes that are malformed or, with a place, name an image that is not there, a shape for
        which there is no memory. The values of what lives on a GPU are not read back: there such a
        place, or box, is passed over.

    Notes
    -----
    This is the rule of torchvision and mmcv: only `argmax` decides. The Chainer and mmcv
    conventions have empty bins whose argmax is 0, so that under this rule their gradient arrives
    at the first cell of the map.

    Examples
    --------
    >>> import numpy as np
    >>> from roipool import roi_pool_backward, roi_pool_with_argmax, article
    >>> output, argmax = roi_pool_with_argmax(article.FEATURE_MAP, article.BOXES, 2)
    >>> ones = np.ones_like(output)
    >>> gradient = roi_pool_backward(ones, argmax, article.BOXES, article.FEATURE_MAP.shape)
    >>> np.argwhere(gradient[0, 0]).tolist()  # the cells of the four maxima: (row, column)
    [[3, 0], [3, 3], [5, 6], [7, 2]]
    """
    shape = as_input_shape(input_shape)
    grads = as_array(grad_output, "grad_output", "(N, C, PH, PW)")
    places = as_array(argmax, "argmax", "(N, C, PH, PW)")
    table = as_boxes_for(grads, boxes, shape[0], "empty")
    check_gradient(grads, places, len(table), shape)
    _check_places(places, shape)
    if not is_on_gpu(table):
        images = numpy_backend.images_of(table, shape[0])
        _check_images(images, table, places, shape[0])
    check_one_device(grads, places, "grad_output and argmax")
    if is_on_gpu(grads):
        check_resident(backend, grad_output)
        with cupy_backend.failures_told():
            return cupy_backend.backward(
                grads, places, table[:, 0], shape, deterministic=deterministic
            )
    check_name(backend)
    if pick(backend, grads.size) == "cupy":
        try:
            with cupy_backend.failures_told():
                return cupy_backend.backward_from_host(
                    grads, places, images, shape, deterministic=deterministic
                )
        except cupy_backend.DeviceError as error:
            _notice(error, above=2)
    with room_told(f"a gradient of shape {shape}", size_of(shape, grads.dtype)):
        return numpy_backend.backward(grads, places, images, shape, deterministic=deterministic)


def _forward(
    input: Any,
    boxes: Any,
    output_size: int | tuple[int, int],
    spatial_scale: float,
    convention: str | Convention,
    backend: str,
    *,
    with_argmax: bool,
) -> tuple[Array, Array]:
    maps = as_maps(input)
    size, scale = as_output_size(output_size), as_scale(spatial_scale)
    chosen = get_convention(convention)
    table = as_boxes_for(maps, boxes, maps.shape[0], chosen.missing_image)
    arguments = (maps, table, size, scale, chosen)
    if is_on_gpu(maps):
        check_resident(backend, input)
        with cupy_backend.failures_told():
            return cupy_backend.forward(*arguments, with_argmax=with_argmax)
    check_name(backend)
    shape = (len(table), maps.shape[1], *size)
    if pick(backend, math.prod(shape)) == "cupy":
        try:
            with cupy_backend.failures_told():
                return cupy_backend.forward_from_host(*arguments, with_argmax=with_argmax)
        except cupy_backend.DeviceError as error:
            _notice(error, above=3)
    needed = size_of(shape, maps.dtype) + size_of_edges(len(table), size)
    with room_told(f"an output of shape {shape}", needed):
        return numpy_backend.forward(*arguments, with_argmax=with_argmax)


def _mean(
    input: Any,
    boxes: Any,
    output_size: int | tuple[int, int],
    spatial_scale: float,
    convention: str | Convention,
    backend: str,
) -> Array:
    check_on_cpu(input, "input", 'roi_pool with reduce="mean"')
    check_name(backend)
    if backend == "cupy":
        raise RoIPoolError(
            "backend is 'cupy' and reduce is 'mean', for which there is no kernel: averages are "
            "computed in the CPU's memory. Leave the backend to 'auto'."
        )
    maps = as_maps(input)
    size, scale = as_output_size(output_size), as_scale(spatial_scale)
    chosen = get_convention(convention)
    table = as_boxes_for(maps, boxes, maps.shape[0], chosen.missing_image)
    shape = (len(table), maps.shape[1], *size)
    needed = size_of(shape, maps.dtype) + size_of_edges(len(table), size)
    with np.errstate(over="ignore"), room_told(f"an output of shape {shape}", needed):
        bins = cut_boxes(table, size, maps.shape[2:], scale, chosen, len(maps))
        images = numpy_backend.images_of(table, len(maps))
        return average_bins(maps, images, bins, chosen.empty_value)


def check_gradient(
    grads: Array, places: Array, boxes: int, shape: tuple[int, int, int, int]
) -> None:
    """Refuse gradients and places by shape, dtype and device: their values need not be there yet.

    Raises
    ------
    RoIPoolError
        If they do not fit each other, so many boxes, or the shape of the input.
    """
    if grads.ndim != 4 or grads.shape[:2] != (boxes, shape[1]):
        raise RoIPoolError(
            f"grad_output has shape {grads.shape}; expected (N, C, PH, PW) with the {boxes} boxes "
            f"and the {shape[1]} channels of input_shape."
        )
    if places.shape != grads.shape:
        raise RoIPoolError(
            f"argmax has shape {places.shape}; expected that of grad_output, {grads.shape}."
        )
    if places.dtype.kind not in "iu":
        raise RoIPoolError(
            f"argmax has dtype {places.dtype}; expected the int32 array of roi_pool_with_argmax."
        )
    if is_on_gpu(places) != is_on_gpu(grads):
        raise RoIPoolError("argmax and grad_output live on different devices; expected one.")
    check_float(grads, "grad_output")


def _check_places(places: Array, shape: tuple[int, int, int, int]) -> None:
    if not is_on_gpu(places) and places.size:
        low, high = int(places.min()), int(places.max())
        if low < -1 or high >= shape[2] * shape[3]:
            raise RoIPoolError(
                f"argmax goes from {low} to {high}; expected places from -1 (none) to "
                f"{shape[2] * shape[3] - 1}, the last cell of a {shape[2]}x{shape[3]} map."
            )


def _check_images(images: Array, table: Array, places: Array, batch_size: int) -> None:
    """A box may name no image where nothing of it has a place, as of a batch padded with boxes."""
    absent = images == batch_size
    if absent.any() and (to_host(places)[absent] != -1).any():
        as_boxes(table, batch_size)


def _notice(error: RoIPoolError, above: int) -> None:
    """Warn in the name of the line that called the public function, so many calls above."""
    warnings.warn(f"{error} NumPy computed instead.", RuntimeWarning, stacklevel=above + 1)
