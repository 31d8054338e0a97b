"""RoI max pooling on an NVIDIA GPU: prepares and launches the kernels of roipool.cu.

Everything runs on the caller's current stream; nothing waits for the device and nothing is read
back. CuPy is imported when it is first used.
"""

import functools
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.arrays import Array
from roipool.backends import device
from roipool.backends.choice import PACKED, cells_per_bin, choose, levels, stage
from roipool.backends.device import (
    BLOCK,
    C_TYPES,
    WORDS,
    OutOfDeviceMemoryError,
    blocks,
    in_parts,
    ints,
    launch,
    with_room,
)
from roipool.conventions import Convention

__all__ = [
    "OutOfDeviceMemoryError",
    "Probe",
    "backward",
    "backward_from_host",
    "forward",
    "forward_from_host",
    "probe",
    "run_plan",
]

_ROUNDING = {"half_away": 0, "half_even": 1, "none": 2}
_ARITHMETIC = {"exact": 0, "float32": 1, "float64": 2}
# Of a block, without asking for more; and what roipool.cu calls SCATTER_CHUNK.
_SHARED_BYTES = 48 * 1024
_SCATTER_CHUNK = 256


# ---- Is there a GPU? -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Probe:
    """Whether the kernels run here.

    Attributes
    ----------
    device : str or None
        The GPU's name.
    reason : str or None
        Why there is none, as a sentence for its user.
    """

    device: str | None
    reason: str | None


def probe() -> Probe:
    """Whether a kernel of ours runs on this machine: it is compiled, launched and waited for, once.

    CuPy counting devices is not enough: it can see a card and still lack the CUDA headers.

    Examples
    --------
    >>> found = probe()
    >>> (found.device is None) == (found.reason is not None)
    True
    """
    with device.lock:
        try:
            return _probe_once()
        except MemoryError as error:  # not for good: it is asked again next time
            return Probe(None, f"the GPU's memory is full: {device.first_line(error)}")


@functools.cache
def _probe_once() -> Probe:
    try:
        cp = device.load_cupy()
        failures: tuple[type[Exception], ...] = (
            RuntimeError,
            OSError,
            cp.cuda.compiler.CompileException,
        )
    except (ImportError, RuntimeError, OSError) as error:
        return Probe(None, _why_no_import(error))
    try:
        cp.cuda.runtime.getDeviceCount()
        card = cp.cuda.Device()
        edges = _bin_edges(cp, np.zeros((1, 5)), (1, 1), (1, 1, 1), 1.0, _ONE_CELL)
        cp.cuda.get_current_stream().synchronize()
        if edges.tolist() != [[0, 1, 0, 1, 0, -1]]:
            return Probe(None, "a first kernel ran on the GPU and gave a wrong result")
        name = cp.cuda.runtime.getDeviceProperties(card.id)["name"]
        return Probe(name.decode() if isinstance(name, bytes) else str(name), None)
    except failures as error:
        return Probe(None, _why_no_kernel(error))


_ONE_CELL = Convention(
    name="probe", inclusive_end=True, rounding="half_away", arithmetic="exact", stop="floor"
)


def _why_no_import(error: Exception) -> str:
    if isinstance(error, ModuleNotFoundError) and error.name == "cupy":
        return "CuPy is not installed: pip install -r requirements-gpu.txt"
    return f"CuPy is installed and cannot be imported: {device.first_line(error)}"


def _why_no_kernel(error: Exception) -> str:
    said = device.first_line(error)
    if "InsufficientDriver" in said:
        return "there is no NVIDIA driver, or it is older than CuPy's CUDA version needs"
    if "NoDevice" in said:
        return "no NVIDIA GPU is visible"
    text = str(error).lower()
    if "header" in text or "nvrtc" in text or "cuda_path" in text or "toolkit" in text:
        return (
            "the CUDA headers or the compiler are missing: pip install -r requirements-gpu.txt "
            f"({said})"
        )
    return f"a first kernel failed on the GPU: {said}"


# ---- Edges ---------------------------------------------------------------------------------------


def _bin_edges(
    cp: Any,
    boxes: Any,
    output_size: tuple[int, int],
    map_size: tuple[int, int, int],
    spatial_scale: float,
    convention: Convention,
    dtype: str = "float32",
) -> Array:
    """(N, 2 PH + 2 PW + 2) int32: the records of roipool.cu, on a map of (B, H, W)."""
    table = cp.ascontiguousarray(cp.asarray(boxes, dtype=np.float64))
    high, wide = output_size
    records = cp.empty((len(table), 2 * high + 2 * wide + 2), dtype=np.int32)
    images, height, width = map_size
    degenerate = convention.degenerate_argmax
    with np.errstate(over="ignore", under="ignore"):
        scale = np.float64(np.float32(spatial_scale))
    launch(
        cp,
        dtype,
        "bin_edges",
        blocks(len(table) * (high + wide), BLOCK),
        (BLOCK,),
        (
            table,
            records,
            np.int64(len(table)),
            *ints(images, height, width, high, wide),
            scale,
            *ints(convention.end_offset, _ROUNDING[convention.rounding]),
            *ints(_ARITHMETIC[convention.arithmetic], convention.stop == "ceil"),
            *ints(convention.min_cells, convention.empty_argmax),
            *ints(degenerate is not None, degenerate or 0),
        ),
    )
    return records


# ---- Forward -------------------------------------------------------------------------------------


def forward(
    maps: Array,
    boxes: Any,
    output_size: tuple[int, int],
    spatial_scale: float,
    convention: Convention,
    *,
    with_argmax: bool,
) -> tuple[Array, Array | None]:
    """Maximum of every bin, and its place where it is asked for.

    Parameters
    ----------
    maps : (B, C, H, W) cupy array, float16, float32 or float64
    boxes : (N, 5) array
        Checked boxes from NumPy, or a cupy array, which is not looked at: a row with NaN, or whose
        batch index names no image, gives empty bins.
    output_size : (PH, PW)
    spatial_scale : float
    convention : Convention
    with_argmax : bool

    Returns
    -------
    output (N, C, PH, PW) in the maps' dtype; argmax (N, C, PH, PW) int32 or None

    Raises
    ------
    OutOfDeviceMemoryError
        If there is no room even with the pool freed and without working memory.
    """
    cp = device.load_cupy()
    with maps.device:
        maps = cp.ascontiguousarray(maps)
        seen = None if isinstance(boxes, cp.ndarray) else boxes
        cells = cells_per_bin(seen, output_size, maps.shape[2:], spatial_scale)
        plan = choose(maps.shape, len(boxes), output_size, cells, maps.dtype, with_argmax)

        def run(plan: str) -> tuple[Array, Array | None]:
            return run_plan(
                plan,
                maps,
                boxes,
                output_size,
                spatial_scale,
                convention,
                with_argmax=with_argmax,
            )

        # Without working memory the plain kernel needs only the result to fit.
        shape = (len(boxes), maps.shape[1], *output_size)
        attempts = (plan, plan, "reference")
        found: tuple[Array, Array | None] = with_room(
            cp, run, attempts, f"an output of shape {shape}"
        )
        return found


def forward_from_host(
    maps: NDArray[Any],
    boxes: NDArray[np.float64],
    output_size: tuple[int, int],
    spatial_scale: float,
    convention: Convention,
    *,
    with_argmax: bool,
    fewest: int = 16,
) -> tuple[NDArray[Any], NDArray[np.int32] | None]:
    """As `forward`, from NumPy to NumPy: where memory is short the boxes are taken in parts.

    Parameters
    ----------
    fewest : int
        Parts are halved until they fit, but not below this many boxes.

    Raises
    ------
    OutOfDeviceMemoryError
        If the map and `fewest` boxes do not fit.
    """
    cp = device.load_cupy()
    shape = (len(boxes), maps.shape[1], *output_size)
    output = np.empty(shape, maps.dtype)
    argmax = np.empty(shape, np.int32) if with_argmax else None
    on_device = with_room(
        cp, lambda _: cp.asarray(maps), (None, None), f"a feature map of shape {maps.shape}"
    )

    def part(start: int, stop: int) -> None:
        found, places = forward(
            on_device,
            boxes[start:stop],
            output_size,
            spatial_scale,
            convention,
            with_argmax=with_argmax,
        )
        output[start:stop] = cp.asnumpy(found)
        if argmax is not None:
            argmax[start:stop] = cp.asnumpy(places)

    in_parts(part, len(boxes), fewest)
    return output, argmax


def run_plan(
    plan: str,
    maps: Array,
    boxes: Any,
    output_size: tuple[int, int],
    spatial_scale: float,
    convention: Convention,
    *,
    with_argmax: bool,
) -> tuple[Array, Array | None]:
    """`forward` by one kernel of the caller's choice; `maps` is contiguous, on the current device.

    Parameters
    ----------
    plan : {"reference", "cells", "windows"}
        See `choose`. There are no "windows" for float64 with argmax: "cells" stand in.
    """
    cp = device.load_cupy()
    images, channels, height, width = maps.shape
    high, wide = output_size
    shape = (len(boxes), channels, high, wide)
    output = cp.empty(shape, dtype=maps.dtype)
    argmax = cp.empty(shape, dtype=np.int32) if with_argmax else None
    if output.size == 0:
        return output, argmax
    dtype = maps.dtype.name
    records = _bin_edges(
        cp, boxes, output_size, (images, height, width), spatial_scale, convention, dtype
    )
    lowest, nan_wins = _start(convention, maps.dtype)
    with np.errstate(over="ignore"):
        empty = maps.dtype.type(convention.empty_value)
    rule = (lowest, np.int32(nan_wins), empty)
    results = (output, np.uint64(0) if argmax is None else argmax)
    if plan == "reference":
        sizes = (np.int64(output.size), *ints(channels, height, width, high, wide))
        args: tuple[Any, ...] = (maps, records, *results, *sizes, *rule)
        name = f"reference<{C_TYPES[dtype]}>"
        launch(cp, dtype, name, blocks(output.size, BLOCK), (BLOCK,), args)
        return output, argmax

    tile, chunk, shared = stage(
        channels, high * wide, maps.dtype.itemsize + (4 if with_argmax else 0)
    )
    grid = len(boxes) * blocks(channels, tile)
    flag = "true" if with_argmax else "false"
    if plan == "cells" or (with_argmax and dtype == "float64"):
        keys = _encoded(cp, maps, False, nan_wins, 1)
        sizes = ints(channels, height, width, high, wide, chunk)
        args = (keys, records, *results, *sizes, *rule)
        name = f"pool_cells<{C_TYPES[dtype]}, {flag}>"
    else:
        down, across = levels(output_size, (height, width))
        table = _encoded(cp, maps, with_argmax, nan_wins, down * across)
        _widen(cp, dtype, table, down, across, channels, height, width)
        sizes = ints(images, channels, height, width, high, wide, chunk, down, across)
        args = (table, records, *results, *sizes, *rule)
        name = f"pool_windows<{C_TYPES[dtype]}, {flag}>"
    launch(cp, dtype, name, grid, (tile,), args, shared)
    return output, argmax


def _start(convention: Convention, dtype: np.dtype[Any]) -> tuple[Any, bool]:
    """What the scan starts from, and whether NaN wins, in which case nothing is read from it."""
    lowest = convention.lowest_of(dtype)
    return (dtype.type(0), True) if lowest is None else (lowest, False)


def _encoded(cp: Any, maps: Array, packed: bool, nan_wins: bool, planes: int) -> Array:
    """(planes, B, H, W, C) words, of which the first plane is filled."""
    images, channels, height, width = maps.shape
    dtype = maps.dtype.name
    word = PACKED if packed else np.dtype(f"int{8 * maps.dtype.itemsize}")
    words = cp.empty((planes, images, height, width, channels), dtype=word)
    launch(
        cp,
        dtype,
        f"encode<{C_TYPES[dtype]}, {'true' if packed else 'false'}>",
        images * blocks(channels, 32) * blocks(height * width, 32),
        (32, 8),
        (maps, words, *ints(channels, height * width, nan_wins)),
        32 * 33 * word.itemsize,
    )
    return words


def _widen(
    cp: Any,
    dtype: str,
    table: Array,
    down: int,
    across: int,
    channels: int,
    height: int,
    width: int,
) -> None:
    """Fill the levels: first the wider windows of one row, then all widths of more rows at once."""
    plane = table.size // (down * across)
    name = "widen<long long>" if table.dtype == PACKED else f"widen<{WORDS[dtype]}>"
    planes = table.reshape(down, across * plane)

    def widen(before: Array, after: Array, span: int, size: int, step: int) -> None:
        sizes = (np.int64(before.size), np.int64(span), *ints(size, step))
        args = (before, after, *sizes)
        launch(cp, dtype, name, blocks(before.size, BLOCK), (BLOCK,), args)

    for b in range(1, across):
        row = planes[0]
        widen(row[(b - 1) * plane : b * plane], row[b * plane : (b + 1) * plane], channels, width,
              1 << (b - 1))  # fmt: skip
    for a in range(1, down):
        widen(planes[a - 1], planes[a], width * channels, height, 1 << (a - 1))


# ---- Backward ------------------------------------------------------------------------------------


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
    images : (N,) array of int
        Batch index of each box, from NumPy or CuPy.
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
        run = _scatter if deterministic else _scatter_atomic
        return with_room(
            cp,
            lambda _: run(cp, grads, places, images, input_shape),
            (None, None),
            f"a gradient of shape {tuple(input_shape)}",
        )


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
