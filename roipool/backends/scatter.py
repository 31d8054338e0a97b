"""The backward pass on an NVIDIA GPU: launches the kernels scatter and scatter_atomic."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.arrays import Array
from roipool.backends import device
from roipool.backends.device import BLOCK, C_TYPES, blocks, in_parts, ints, launch, with_room

# Of a block, without asking for more; and what roipool.cu calls SCATTER_CHUNK.
_SHARED_BYTES = 48 * 1024
_SCATTER_CHUNK = 256


def backward(
    grad_output: Array,
    argmax: Array,
    images: Any,
    input_shape: tuple[int, int, int, int],
    *,
    deterministic: bool,
) -> Array:
    """Each gradient goes to the cell its maximum came from.

    Parameters
    ----------
    grad_output : (N, C, PH, PW) cupy array, float16, float32 or float64
    argmax : (N, C, PH, PW) cupy array of int32
        A place outside the map, -1 among them, gives its gradient to nobody.
    images : (N,) array
        Batch index of each box, from NumPy or CuPy. A box that names no image is passed over.
    input_shape : (B, C, H, W)
    deterministic : bool
        True: a cell's gradients are added box by box and bin by bin, in float32 for float16, which
        is rounded once: always the same sum. False: in the order in which they arrive.

    Returns
    -------
    grad_input (B, C, H, W) in the dtype of `grad_output`

    Raises
    ------
    OutOfDeviceMemoryError
        If there is no room for it even with the pool freed.
    """
    cp = device.load_cupy()
    with grad_output.device:
        grads = cp.ascontiguousarray(grad_output)
        if argmax.dtype != np.int32:
            # So that no place far outside becomes one inside by losing its upper bits.
            inside = (argmax >= 0) & (argmax < input_shape[2] * input_shape[3])
            argmax = cp.where(inside, argmax, -1)
        places = cp.ascontiguousarray(cp.asarray(argmax, dtype=np.int32))
        images = _images(images, input_shape[0])
        run = _scatter if deterministic else _scatter_atomic
        return with_room(
            cp,
            lambda _: run(cp, grads, places, images, input_shape),
            (None, None),
            f"a gradient of shape {tuple(input_shape)}",
        )


def _images(images: Any, batch: int) -> Any:
    """Integers of batch indices, -1 where there is no such image: those of a GPU are unseen."""
    if images.dtype.kind != "f":
        return images
    known = images.copy()
    known[~((images >= 0) & (images < batch) & (images % 1 == 0))] = -1
    return known.astype(np.int64)


def backward_from_host(
    grad_output: NDArray[Any],
    argmax: NDArray[Any],
    images: NDArray[np.integer[Any]],
    input_shape: tuple[int, int, int, int],
    *,
    deterministic: bool,
) -> NDArray[Any]:
    """As `backward`, from NumPy to NumPy: where memory is short the channels are taken in parts.

    Channels and not boxes, so that a cell's gradients are still added in one go.

    Raises
    ------
    OutOfDeviceMemoryError
        If a single channel does not fit.
    """
    cp = device.load_cupy()
    batch, channels, height, width = input_shape
    grad_input = np.empty(input_shape, grad_output.dtype)

    def part(start: int, stop: int) -> None:
        shape = (batch, stop - start, height, width)
        taken = slice(start, stop)
        found = with_room(
            cp,
            lambda _: backward(
                cp.asarray(np.ascontiguousarray(grad_output[:, taken])),
                cp.asarray(np.ascontiguousarray(argmax[:, taken]), dtype=np.int32),
                images,
                shape,
                deterministic=deterministic,
            ),
            (None, None),
            f"a gradient of shape {shape}",
        )
        grad_input[:, taken] = cp.asnumpy(found)

    in_parts(part, channels, fewest=1)
    return grad_input


def _scatter(
    cp: Any, grads: Array, argmax: Array, images: Any, input_shape: tuple[int, int, int, int]
) -> Array:
    batch, channels, height, width = input_shape
    cells = height * width
    if grads.size == 0 or batch == 0:
        return cp.zeros(input_shape, dtype=grads.dtype)
    # A box without an image comes before or after all that are walked. The sort is stable.
    xp = cp if isinstance(images, cp.ndarray) else np
    rois = xp.argsort(images, kind="stable")
    first_roi = xp.searchsorted(images[rois], xp.arange(batch + 1, dtype=images.dtype))
    rois, first_roi = (cp.asarray(item, dtype=np.int32) for item in (rois, first_roi))
    grad_input = cp.empty(input_shape, dtype=grads.dtype)
    sum_bytes = max(4, grads.dtype.itemsize)
    room = (_SHARED_BYTES - _SCATTER_CHUNK * (sum_bytes + 4)) // sum_bytes
    slabs = blocks(cells, room)
    slab = blocks(cells, slabs)
    dtype = grads.dtype.name
    sizes = ints(channels, cells, grads.shape[2] * grads.shape[3], slab)
    launch(
        cp,
        dtype,
        f"scatter<{C_TYPES[dtype]}>",
        batch * channels * blocks(cells, slab),
        (32,),
        (grads, argmax, rois, first_roi, grad_input, *sizes),
        slab * sum_bytes + _SCATTER_CHUNK * (sum_bytes + 4),
    )
    return grad_input


def _scatter_atomic(
    cp: Any, grads: Array, argmax: Array, images: Any, input_shape: tuple[int, int, int, int]
) -> Array:
    batch, channels, height, width = input_shape
    half = grads.dtype == np.float16
    sums = cp.zeros(input_shape, dtype=np.float32 if half else grads.dtype)
    if grads.size and sums.size:
        dtype = grads.dtype.name
        images = cp.ascontiguousarray(cp.asarray(images, dtype=np.int32))
        sizes = ints(batch, channels, height * width, grads.shape[2] * grads.shape[3])
        launch(
            cp,
            dtype,
            f"scatter_atomic<{C_TYPES[dtype]}>",
            blocks(grads.size, BLOCK),
            (BLOCK,),
            (grads, argmax, images, sums, np.int64(grads.size), *sizes),
        )
    return sums.astype(np.float16) if half else sums
