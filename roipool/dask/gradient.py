"""The way back of Dask arrays: gradients from the boxes to the blocks of their images."""

from typing import Any

import roipool
from roipool.arrays import as_input_shape
from roipool.backends import check_name
from roipool.boxes import as_boxes_for
from roipool.dask.blocks import hand_back
from roipool.dask.checks import as_chunks, check_dask
from roipool.pooling import check_gradient


def roi_pool_backward(
    grad_output: Any,
    argmax: Any,
    boxes: Any,
    input_shape: tuple[int, int, int, int],
    *,
    deterministic: bool = True,
    backend: str = "auto",
    chunks: Any = None,
) -> Any:
    """As `roipool.roi_pool_backward`, lazily: each block of images gets its own boxes' gradients.

    Parameters
    ----------
    grad_output : (N, C, PH, PW) Dask array, float16, float32 or float64
        Chunked in any way.
    argmax : (N, C, PH, PW) Dask array of int
        Of `roi_pool_with_argmax`.
    boxes, input_shape, deterministic, backend
        As for `roipool.roi_pool_backward`.
    chunks : optional
        Of the result, in any form that Dask takes: ``input.chunks`` for those of the input. By
        default the channels as in `grad_output`, and as many images as Dask likes a block to have.

    Returns
    -------
    grad_input : (B, C, H, W) Dask array in the dtype of `grad_output`
        Equal to `roipool.roi_pool_backward` of all at once: a cell's gradients are added in the
        same order.

    Raises
    ------
    RoIPoolError
        As `roipool.roi_pool_backward`: at once for shapes, dtypes and boxes, and while it is
        computed for the places in `argmax`, with a note that names the images. Arrays that are not
        Dask's or have chunks of unknown size; chunks that do not cover `input_shape`.

    Examples
    --------
    >>> import dask.array as da
    >>> from roipool import article
    >>> from roipool.dask import roi_pool_backward, roi_pool_with_argmax
    >>> maps = da.from_array(article.FEATURE_MAP)
    >>> output, argmax = roi_pool_with_argmax(maps, article.BOXES, 2)
    >>> ones = da.ones_like(output)
    >>> gradient = roi_pool_backward(
    ...     ones, argmax, article.BOXES, maps.shape, chunks=maps.chunks)
    >>> da.argwhere(gradient[0, 0]).compute().tolist()  # the cells of the four maxima
    [[3, 0], [3, 3], [5, 6], [7, 2]]
    """
    check_dask(grad_output, "grad_output", "(N, C, PH, PW)")
    check_dask(argmax, "argmax", "(N, C, PH, PW)")
    shape = as_input_shape(input_shape)
    table = as_boxes_for(grad_output, boxes, shape[0], "empty")
    check_gradient(grad_output, argmax, len(table), shape)
    check_name(backend)
    wanted = ("auto", grad_output.chunks[1], -1, -1) if chunks is None else chunks
    return hand_back(
        roipool.roi_pool_backward,
        grad_output,
        argmax,
        table,
        as_chunks(wanted, shape, grad_output.dtype),
        deterministic=deterministic,
        backend=backend,
    )
