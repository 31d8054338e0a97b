"""What is checked before there is any block: all that shapes, dtypes and boxes say.

The library says it, in its own words: it is asked about a batch of the same shape that takes no
memory. Only what lies in the cells themselves is left for the workers to find.
"""

from typing import Any

import dask.array as da
import numpy as np
from numpy.typing import NDArray

from roipool.arrays import check_maps
from roipool.errors import RoIPoolError, shown

Chunks = tuple[tuple[int, ...], ...]


def check_dask(given: Any, name: str, axes: str) -> None:
    """Refuse what is no Dask array, or one of which nobody knows how large it is.

    Raises
    ------
    RoIPoolError
        With how to mend it.
    """
    if not isinstance(given, da.Array):
        raise RoIPoolError(
            f"{name} is a {type(given).__name__}; expected a Dask array {axes}. Make one with "
            f"dask.array.from_array({name}, chunks=...), or take the function of that name from "
            "roipool, which is for arrays in memory."
        )
    if any(np.isnan(size) for size in given.shape):
        raise RoIPoolError(
            f"{name} has shape {given.shape}, with chunks of unknown size; expected {axes} with "
            f"known chunks. Call {name}.compute_chunk_sizes() first."
        )


def as_whole_maps(input: Any) -> Any:
    """Dask maps (B, C, H, W) whose rows and columns lie in one block each: bins cross any cut."""
    check_dask(input, "input", "(B, C, H, W)")
    check_maps(input)
    return input.rechunk({2: -1, 3: -1})


def stand_in(maps: Any) -> NDArray[Any]:
    """Maps of the same shape and dtype, all of one cell: for the library to check arguments with.

    Examples
    --------
    >>> stand_in(da.zeros((1000, 512, 38, 50), dtype="float32")).strides
    (0, 0, 0, 0)
    """
    return np.broadcast_to(np.zeros((), dtype=maps.dtype), maps.shape)


def on_client(backend: Any) -> Any:
    """The backend to check arguments with: a GPU may be with the workers and not here.

    Examples
    --------
    >>> on_client("cupy"), on_client("numpy")
    ('auto', 'numpy')
    """
    return "auto" if isinstance(backend, str) and backend == "cupy" else backend


def as_chunks(given: Any, shape: tuple[int, ...], dtype: Any) -> Chunks:
    """Chunks of a gradient in full, from any form that Dask takes.

    Raises
    ------
    RoIPoolError
        If they do not cover the shape.

    Examples
    --------
    >>> as_chunks((2, -1, -1, -1), (5, 3, 8, 8), "float32")
    ((2, 2, 1), (3,), (8,), (8,))
    """
    try:
        chunks: Chunks = da.core.normalize_chunks(given, shape=shape, dtype=np.dtype(dtype))
        if tuple(map(sum, chunks)) == shape:
            return chunks
        problem = "they do not add up to it"
    except Exception as error:  # of many kinds, one for each form that Dask takes
        problem = str(error)
    raise RoIPoolError(
        f"chunks is {shown(given)}; expected chunks of input_shape {shape}, such as input.chunks "
        f"({problem})."
    )
