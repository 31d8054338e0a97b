"""RoI max pooling: the public functions. They check the input, pick a backend and call it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.backends import numpy as numpy_backend
from roipool.backends import pick
from roipool.bins import bin_edges
from roipool.boxes import as_boxes
from roipool.conventions import Convention, get_convention
from roipool.errors import RoIPoolError


def roi_pool(
    input: Any,
    boxes: Any,
    output_size: int | tuple[int, int],
    spatial_scale: float = 1.0,
    *,
    convention: str | Convention = "article",
    backend: str = "auto",
) -> NDArray[Any]:
    """Cut each box of a feature map into PH x PW bins and keep the maximum of each.

    Parameters
    ----------
    input : array_like (B, C, H, W), float32 or float64
        Feature maps of a batch of B images.
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
    backend : {"auto", "numpy"}
        Where to compute. See `backend_status`.

    Returns
    -------
    (N, C, PH, PW) array in the dtype of `input`

    Raises
    ------
    RoIPoolError
        Input that is not four-dimensional or not floating point, boxes that are malformed or
        name an image that is not there, sizes that are not positive, an unknown convention.

    Notes
    -----
    The rule is that of the article "Region of interest pooling explained" (deepsense.ai, 2017)
    for the layer of Fast R-CNN (Girshick, 2015). The article's figures are the "article"
    convention; the code that it links computes another.

    Edges are computed from the boxes in float32 whatever the dtype of `input`, so that a map in
    float64 is cut as the same map in float32.

    Examples
    --------
    >>> from roipool import roi_pool, article
    >>> roi_pool(article.FEATURE_MAP, article.BOXES, article.OUTPUT_SIZE)
    array([[[[0.85, 0.84],
             [0.97, 0.96]]]])
    >>> roi_pool(article.FEATURE_MAP, article.BOXES, 2, convention="torchvision")
    array([[[[0.85, 0.96],
             [0.97, 0.91]]]])
    """
    return roi_pool_with_argmax(
        input, boxes, output_size, spatial_scale, convention=convention, backend=backend
    )[0]


def roi_pool_with_argmax(
    input: Any,
    boxes: Any,
    output_size: int | tuple[int, int],
    spatial_scale: float = 1.0,
    *,
    convention: str | Convention = "article",
    backend: str = "auto",
) -> tuple[NDArray[Any], NDArray[np.int32]]:
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
    pick(backend)
    maps = _as_maps(input)
    table = as_boxes(boxes, batch_size=maps.shape[0])
    chosen = get_convention(convention)
    bins = bin_edges(table, output_size, maps.shape[2:], spatial_scale, chosen)
    return numpy_backend.forward(maps, table[:, 0].astype(np.intp), bins, chosen)


def _as_maps(input: Any) -> NDArray[Any]:
    if hasattr(input, "__dlpack__") and not isinstance(input, np.ndarray):
        try:
            maps = np.from_dlpack(input)
        except (BufferError, RuntimeError, TypeError, ValueError) as error:
            raise RoIPoolError(
                f"input ({type(input).__name__}) cannot be shared with NumPy: {error}. Pass it "
                "from CPU memory, and detached from a graph that needs its gradient."
            ) from error
    else:
        try:
            maps = np.asarray(input)
        except ValueError as error:
            raise RoIPoolError(
                f"input cannot be read as an array ({error}); expected (B, C, H, W)."
            ) from error
    if maps.ndim != 4:
        hint = {
            2: " A single map: input[None, None].",
            3: " A single image: input[None].",
        }.get(maps.ndim, "")
        raise RoIPoolError(f"input has shape {maps.shape}; expected (B, C, H, W).{hint}")
    if maps.dtype not in (np.float32, np.float64):
        raise RoIPoolError(
            f"input has dtype {maps.dtype}; expected float32 or float64. "
            "Convert it with input.astype(numpy.float32)."
        )
    if 0 in maps.shape[2:]:
        raise RoIPoolError(f"input has shape {maps.shape}; expected at least one row and column.")
    return maps
