"""The functions of the library, of Dask arrays; the way back is in `gradient.py`."""

from typing import Any

import numpy as np

import roipool
from roipool.arrays import check_single_or_double
from roipool.boxes import as_boxes_for
from roipool.conventions import Convention, get_convention
from roipool.dask.blocks import pool_blocks
from roipool.dask.checks import as_whole_maps, on_client, stand_in
from roipool.samples import as_sampling


def roi_pool(
    input: Any,
    boxes: Any,
    output_size: int | tuple[int, int],
    spatial_scale: float = 1.0,
    *,
    convention: str | Convention = "article",
    reduce: str = "max",
    backend: str = "auto",
) -> Any:
    """As `roipool.roi_pool`, lazily: each block of images is pooled with its own boxes.

    Parameters
    ----------
    input : (B, C, H, W) Dask array, float16, float32 or float64
        Chunked over images, and over channels if an image is large. Rows and columns that are
        chunked are put together first, since bins cross any cut. A block without boxes is not read.
    boxes : array_like (N, 5), or a list of B arrays (L, 4)
        As `roipool.roi_pool` takes them. They are read at once, those of a Dask array too: how many
        an image has makes the chunks of the result.
    output_size, spatial_scale, convention, reduce
        As for `roipool.roi_pool`. An average is rounded as the channels of an image lie together:
        for "mean" their blocks are put together first.
    backend : {"auto", "numpy", "cupy"}
        Where each block is computed, on the machine of its worker.

    Returns
    -------
    (N, C, PH, PW) Dask array in the dtype of `input`
        In the order of the boxes, equal to `roipool.roi_pool` of all at once. Its chunks are known:
        one of all its boxes for each block with any, if the boxes are sorted by image, else of
        about as many; channels as those of `input`.

    Raises
    ------
    RoIPoolError
        As `roipool.roi_pool`, at once for whatever shapes, dtypes and boxes say; an `input` that is
        no Dask array, or has chunks of unknown size. While it is computed, for a lack of memory.

    Notes
    -----
    The rule is `roipool.roi_pool`'s: this only hands the blocks to it. Workers need roipool, too.

    Examples
    --------
    >>> import dask.array as da
    >>> from roipool import article
    >>> from roipool.dask import roi_pool
    >>> maps = da.from_array(article.FEATURE_MAP.repeat(3, axis=0), chunks=(2, 1, 8, 8))
    >>> output = roi_pool(maps, [[2, 0, 3, 7, 8], [0, 0, 3, 7, 8]], output_size=2)
    >>> output.shape, output.chunks[0]
    ((2, 1, 2, 2), (1, 1))
    >>> output[0].compute()
    array([[[0.85, 0.84],
            [0.97, 0.96]]])
    """
    maps = as_whole_maps(input)
    options: dict[str, Any] = {"spatial_scale": spatial_scale, "convention": convention}
    asked = backend if reduce == "mean" else on_client(backend)
    none = roipool.roi_pool(
        stand_in(maps), (), output_size, **options, reduce=reduce, backend=asked
    )
    options |= {"reduce": reduce, "backend": backend}
    table = as_boxes_for(maps, boxes, len(maps), get_convention(convention).missing_image)
    together = maps.rechunk({1: -1}) if reduce == "mean" else maps
    (output,) = pool_blocks(
        roipool.roi_pool, together, table, none.shape[2:], (none.dtype,), **options
    )
    return output.rechunk({1: maps.chunks[1]})


def roi_pool_with_argmax(
    input: Any,
    boxes: Any,
    output_size: int | tuple[int, int],
    spatial_scale: float = 1.0,
    *,
    convention: str | Convention = "article",
    backend: str = "auto",
) -> tuple[Any, Any]:
    """As `roi_pool`, and where each maximum was found.

    Returns
    -------
    output : (N, C, PH, PW) Dask array in the dtype of `input`
    argmax : (N, C, PH, PW) Dask array of int32
        See `roipool.roi_pool_with_argmax`. Compute both at once, ``dask.compute(output, argmax)``:
        what is computed alone is pooled alone.

    Raises
    ------
    RoIPoolError
        As `roi_pool`.

    Examples
    --------
    >>> import dask.array as da
    >>> from roipool import article
    >>> from roipool.dask import roi_pool_with_argmax
    >>> maps = da.from_array(article.FEATURE_MAP)
    >>> _, argmax = roi_pool_with_argmax(maps, article.BOXES, 2)
    >>> [(int(a) // 8, int(a) % 8) for a in argmax.compute().ravel()]  # (row, column)
    [(3, 0), (3, 3), (7, 2), (5, 6)]
    """
    maps = as_whole_maps(input)
    options: dict[str, Any] = {"spatial_scale": spatial_scale, "convention": convention}
    none = roipool.roi_pool(stand_in(maps), (), output_size, **options, backend=on_client(backend))
    table = as_boxes_for(maps, boxes, len(maps), get_convention(convention).missing_image)
    output, argmax = pool_blocks(
        roipool.roi_pool_with_argmax,
        maps,
        table,
        none.shape[2:],
        (none.dtype, np.int32),
        **options,
        backend=backend,
    )
    return output, argmax


def roi_align(
    input: Any,
    boxes: Any,
    output_size: int | tuple[int, int],
    spatial_scale: float = 1.0,
    sampling_ratio: int | tuple[int, int] = -1,
    aligned: bool = False,
    *,
    mode: str = "avg",
) -> Any:
    """As `roipool.roi_align`, lazily: each block of images with its own boxes.

    Parameters
    ----------
    input : (B, C, H, W) Dask array, float32 or float64
        As for `roi_pool`. Its last bit, and the sign of a NaN, come out as the channels of an image
        lie together: their blocks are put together first.
    boxes : array_like (N, 5), or a list of B arrays (L, 4)
        As for `roi_pool`.
    output_size, spatial_scale, sampling_ratio, aligned, mode
        As for `roipool.roi_align`.

    Returns
    -------
    (N, C, PH, PW) Dask array in the dtype of `input`, with the chunks of `roi_pool`

    Raises
    ------
    RoIPoolError
        As `roipool.roi_align`, at once for whatever shapes, dtypes and boxes say, and as `roi_pool`
        for an `input` that is no Dask array of known chunks.

    Examples
    --------
    >>> import dask.array as da
    >>> from roipool import article
    >>> from roipool.dask import roi_align
    >>> maps = da.from_array(article.FEATURE_MAP)
    >>> roi_align(maps, article.BOXES, 2).compute().round(4)
    array([[[[0.3727, 0.4893],
             [0.4749, 0.4099]]]])
    """
    maps = as_whole_maps(input)
    check_single_or_double(maps, "input", "roi_align")
    how = (spatial_scale, sampling_ratio, aligned)
    none = roipool.roi_align(stand_in(maps), (), output_size, *how, mode=mode)
    table = as_boxes_for(maps, boxes, len(maps))
    # Too many samples are told with the number that the box has among all.
    as_sampling(table, output_size, maps.shape[2:], *how, maps.dtype)
    names = ("spatial_scale", "sampling_ratio", "aligned")
    (output,) = pool_blocks(
        roipool.roi_align,
        maps.rechunk({1: -1}),
        table,
        none.shape[2:],
        (none.dtype,),
        **dict(zip(names, how, strict=True)),
        mode=mode,
    )
    return output.rechunk({1: maps.chunks[1]})
