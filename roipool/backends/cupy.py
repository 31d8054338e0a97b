"""RoI max pooling on an NVIDIA GPU: chooses, prepares and launches the kernels of roipool.cu.

Everything runs on the caller's current stream; nothing waits for the device and nothing is read
back, so that sizes are all a choice can look at. CuPy is imported when it is first used.
"""

import functools
import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.conventions import DTYPE_LOWEST, Convention
from roipool.errors import RoIPoolError

Array = Any
"""A cupy.ndarray, which is not there to be named before CuPy is imported."""

_C_TYPES = {"float16": "Half", "float32": "float", "float64": "double"}
_WORDS = {"float16": "short", "float32": "int", "float64": "long long"}
_PACKED = np.dtype(np.int64)

_ROUNDING = {"half_away": 0, "half_even": 1, "none": 2}
_ARITHMETIC = {"exact": 0, "float32": 1, "float64": 2}

_OPTIONS = ("--std=c++17",)
# A block has 48 KB of shared memory without asking for more. A third less for pooling lets an SM
# hold more blocks, whose reads hide each other's latency.
_STAGE_BYTES = 32 * 1024
_SHARED_BYTES = 48 * 1024
_SCATTER_CHUNK = 256
_WINDOW_BYTES = 2 * 1024**3
# Fewer outputs than this are done before a second launch would have begun.
_FEW_OUTPUTS = 1 << 16

_lock = threading.RLock()
_kernels: dict[tuple[int, str], Any] = {}
_modules: dict[str, Any] = {}


class OutOfDeviceMemoryError(RoIPoolError):
    """The GPU has no room for the result, however the work is cut."""


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
    with _lock:
        return _probe_once()


@functools.cache
def _probe_once() -> Probe:
    try:
        cp = _cupy()
        failures: tuple[type[Exception], ...] = (
            RuntimeError,
            OSError,
            MemoryError,
            cp.cuda.compiler.CompileException,
        )
    except (ImportError, RuntimeError, OSError) as error:
        return Probe(None, _why_no_import(error))
    try:
        cp.cuda.runtime.getDeviceCount()
        device = cp.cuda.Device()
        edges = _bin_edges(cp, np.zeros((1, 5)), (1, 1), (1, 1, 1), 1.0, _ONE_CELL)
        cp.cuda.get_current_stream().synchronize()
        if edges.tolist() != [[0, 1, 0, 1, 0, -1]]:
            return Probe(None, "a first kernel ran on the GPU and gave a wrong result")
        name = cp.cuda.runtime.getDeviceProperties(device.id)["name"]
        return Probe(name.decode() if isinstance(name, bytes) else str(name), None)
    except failures as error:
        return Probe(None, _why_no_kernel(error))


_ONE_CELL = Convention(
    name="probe", inclusive_end=True, rounding="half_away", arithmetic="exact", stop="floor"
)


def _why_no_import(error: Exception) -> str:
    if isinstance(error, ModuleNotFoundError) and error.name == "cupy":
        return "CuPy is not installed: pip install -r requirements-gpu.txt"
    return f"CuPy is installed and cannot be imported: {_first_line(error)}"


def _why_no_kernel(error: Exception) -> str:
    said = _first_line(error)
    if "InsufficientDriver" in said:
        return "there is no NVIDIA driver, or it is older than CuPy's CUDA version needs"
    if "NoDevice" in said:
        return "no NVIDIA GPU is visible"
    if isinstance(error, MemoryError):
        return f"the GPU's memory is full: {said}"
    text = str(error).lower()
    if "header" in text or "nvrtc" in text or "cuda_path" in text or "toolkit" in text:
        return (
            "the CUDA headers or the compiler are missing: pip install -r requirements-gpu.txt "
            f"({said})"
        )
    return f"a first kernel failed on the GPU: {said}"


def _first_line(error: Exception) -> str:
    lines = [line.strip(" =") for line in str(error).splitlines()]
    return next((line for line in lines if line), type(error).__name__)


@functools.cache
def _cupy() -> Any:
    with _lock, warnings.catch_warnings():
        # It warns of a missing CUDA path, which the probe reports where it matters.
        warnings.simplefilter("ignore")
        import cupy

        return cupy


# ---- Kernels -------------------------------------------------------------------------------------


def kernel_names(dtype: str) -> tuple[str, ...]:
    """The kernels of roipool.cu for one dtype: C++ name expressions, compiled as one module.

    Examples
    --------
    >>> kernel_names("float32")[:2]
    ('bin_edges', 'reference<float>')
    """
    c_type, word = _C_TYPES[dtype], _WORDS[dtype]
    names = ["bin_edges", *(f"{k}<{c_type}>" for k in ("reference", "scatter", "scatter_atomic"))]
    for with_argmax in ("false", "true"):
        names.append(f"pool_cells<{c_type}, {with_argmax}>")
        # A double and its cell do not fit one word.
        if dtype != "float64" or with_argmax == "false":
            names += [f"{k}<{c_type}, {with_argmax}>" for k in ("encode", "pool_windows")]
    names += [f"widen<{name}>" for name in dict.fromkeys((word, "long long"))]
    return tuple(names)


def source() -> str:
    """The text of roipool.cu."""
    return files(__package__).joinpath("roipool.cu").read_text("utf-8")


def _launch(
    cp: Any,
    dtype: str,
    name: str,
    blocks: int,
    threads: tuple[int, ...],
    args: Any,
    shared: int = 0,
) -> None:
    key = (cp.cuda.Device().id, f"{dtype} {name}")
    kernel = _kernels.get(key)
    if kernel is None:
        with _lock:
            if dtype not in _modules:
                _modules[dtype] = cp.RawModule(
                    code=source(), options=_OPTIONS, name_expressions=kernel_names(dtype)
                )
            kernel = _kernels.setdefault(key, _modules[dtype].get_function(name))
    kernel((blocks,), threads, args, shared_mem=shared)


def _blocks(count: int, per_block: int) -> int:
    return -(-count // per_block)


def _ints(*values: int) -> tuple[np.int32, ...]:
    return tuple(map(np.int32, values))


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
    _launch(
        cp,
        dtype,
        "bin_edges",
        _blocks(len(table) * (high + wide), 256),
        (256,),
        (
            table,
            records,
            np.int64(len(table)),
            *_ints(images, height, width, high, wide),
            scale,
            *_ints(convention.end_offset, _ROUNDING[convention.rounding]),
            *_ints(_ARITHMETIC[convention.arithmetic], convention.stop == "ceil"),
            *_ints(convention.min_cells, convention.empty_argmax),
            *_ints(degenerate is not None, degenerate or 0),
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
    cp = _cupy()
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
        found: tuple[Array, Array | None] = _with_room(
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
    cp = _cupy()
    shape = (len(boxes), maps.shape[1], *output_size)
    output = np.empty(shape, maps.dtype)
    argmax = np.empty(shape, np.int32) if with_argmax else None
    on_device = _with_room(
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

    _in_parts(part, len(boxes), fewest)
    return output, argmax


def cells_per_bin(
    boxes: NDArray[np.float64] | None,
    output_size: tuple[int, int],
    map_size: tuple[int, int],
    spatial_scale: float,
) -> float:
    """About how many cells a bin has, for choosing a kernel; no result depends on it.

    Boxes on the device, given as None, are not read: they count as a quarter of the map.

    Examples
    --------
    >>> cells_per_bin(np.array([[0, 0, 0, 15, 7]]), (2, 2), (32, 32), 1.0)
    36.0
    """
    height, width = map_size
    area = height * width / 4
    if boxes is not None and len(boxes):
        with np.errstate(over="ignore"):
            wide = np.abs(boxes[:, 3] - boxes[:, 1]) * spatial_scale + 1
            high = np.abs(boxes[:, 4] - boxes[:, 2]) * spatial_scale + 1
        # Neighbouring bins share a cell: that is what ceil leaves.
        across = np.minimum(wide, width) / output_size[1] + 0.5
        down = np.minimum(high, height) / output_size[0] + 0.5
        return float(np.mean(np.rint(across) * np.rint(down)))
    return area / (output_size[0] * output_size[1]) + 1


def choose(
    maps_shape: tuple[int, ...],
    boxes: int,
    output_size: tuple[int, int],
    cells: float,
    dtype: Any,
    with_argmax: bool,
) -> str:
    """Which kernel: "reference", "cells" or "windows". By counting words moved; not yet measured.

    - A channels-last kernel has one thread per channel and turns the whole map over first. With
      few channels, few outputs or little of the map read, the plain kernel is done earlier.
    - Windows read four words a bin instead of every cell, after moving each level of the table
      about three times (read twice, written once).

    Examples
    --------
    >>> choose((1, 1, 8, 8), 1, (2, 2), 9.0, "float32", True)
    'reference'
    >>> choose((1, 512, 38, 50), 2000, (7, 7), 18.0, "float32", False)
    'windows'
    """
    images, channels, height, width = maps_shape
    bins = boxes * output_size[0] * output_size[1]
    whole_map = images * height * width
    # The plain kernel reads one word of a sector of eight.
    if channels < 8 or bins * channels < _FEW_OUTPUTS or bins * cells * 8 < whole_map:
        return "reference"
    if with_argmax and np.dtype(dtype) == np.float64:
        return "cells"
    key_bytes = np.dtype(dtype).itemsize
    word_bytes = _PACKED.itemsize if with_argmax else key_bytes
    high, wide = levels(output_size, (height, width))
    table = high * wide * whole_map
    if table * channels * word_bytes > _WINDOW_BYTES:
        return "cells"
    by_windows = (4 * bins + 3 * table) * word_bytes
    return "windows" if by_windows < bins * cells * key_bytes else "cells"


def levels(output_size: tuple[int, int], map_size: tuple[int, int]) -> tuple[int, int]:
    """Levels of windows, down and across: enough for the bins of a box as large as the map.

    Examples
    --------
    38 rows in 7 bins are at most 7 rows a bin, which windows of 1, 2 and 4 rows cover.

    >>> levels((7, 7), (38, 50))
    (3, 4)
    """
    high, wide = (
        (-(-size // count) + 1).bit_length()
        for size, count in zip(map_size, output_size, strict=True)
    )
    # No window is larger than the map.
    return min(high, map_size[0].bit_length()), min(wide, map_size[1].bit_length())


def stage(channels: int, bins: int, bytes_per_bin: int) -> tuple[int, int, int]:
    """(threads, bins at a time, bytes) of a pooling block's shared memory.

    A thread is a channel. Fewer channels a block leave room for more bins at a time, of which
    a channel's lie side by side in the output: 64 are two full lines of a cache.

    Examples
    --------
    >>> stage(512, 49, 4)
    (128, 49, 25088)
    >>> stage(512, 49, 8)
    (64, 49, 25088)
    """
    tile = min(128, 32 * _blocks(channels, 32))
    while tile > 32 and _STAGE_BYTES // (tile * bytes_per_bin) < min(bins, 64):
        tile //= 2
    room = _STAGE_BYTES // (tile * bytes_per_bin)
    # Rows are of odd length, so that neighbouring channels lie in different banks.
    chunk = min(bins, (room - 1) | 1)
    return tile, chunk, tile * (chunk | 1) * bytes_per_bin


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
    cp = _cupy()
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
    lowest, nan_wins = _lowest(convention, maps.dtype)
    rule = (lowest, np.int32(nan_wins), maps.dtype.type(convention.empty_value))
    results = (output, np.uint64(0) if argmax is None else argmax)
    if plan == "reference":
        sizes = (np.int64(output.size), *_ints(channels, height, width, high, wide))
        args: tuple[Any, ...] = (maps, records, *results, *sizes, *rule)
        name = f"reference<{_C_TYPES[dtype]}>"
        _launch(cp, dtype, name, _blocks(output.size, 256), (256,), args)
        return output, argmax

    tile, chunk, shared = stage(
        channels, high * wide, maps.dtype.itemsize + (4 if with_argmax else 0)
    )
    blocks = len(boxes) * _blocks(channels, tile)
    flag = "true" if with_argmax else "false"
    if plan == "cells" or (with_argmax and dtype == "float64"):
        keys = _encoded(cp, maps, False, nan_wins, 1)
        sizes = _ints(channels, height, width, high, wide, chunk)
        args = (keys, records, *results, *sizes, *rule)
        name = f"pool_cells<{_C_TYPES[dtype]}, {flag}>"
    else:
        down, across = levels(output_size, (height, width))
        table = _encoded(cp, maps, with_argmax, nan_wins, down * across)
        _widen(cp, dtype, table, down, across, channels, height, width)
        sizes = _ints(images, channels, height, width, high, wide, chunk, down, across)
        args = (table, records, *results, *sizes, *rule)
        name = f"pool_windows<{_C_TYPES[dtype]}, {flag}>"
    _launch(cp, dtype, name, blocks, (tile,), args, shared)
    return output, argmax


def _lowest(convention: Convention, dtype: np.dtype[Any]) -> tuple[Any, bool]:
    """What the scan starts from, and whether NaN wins, in which case nothing is read from it."""
    if convention.lowest is None:
        return dtype.type(0), True
    if convention.lowest == DTYPE_LOWEST:
        return np.finfo(dtype).min, False
    with np.errstate(over="ignore"):
        return dtype.type(convention.lowest), False


def _encoded(cp: Any, maps: Array, packed: bool, nan_wins: bool, planes: int) -> Array:
    """(planes, B, H, W, C) words, of which the first plane is filled."""
    images, channels, height, width = maps.shape
    dtype = maps.dtype.name
    word = _PACKED if packed else np.dtype(f"int{8 * maps.dtype.itemsize}")
    words = cp.empty((planes, images, height, width, channels), dtype=word)
    _launch(
        cp,
        dtype,
        f"encode<{_C_TYPES[dtype]}, {'true' if packed else 'false'}>",
        images * _blocks(channels, 32) * _blocks(height * width, 32),
        (32, 8),
        (maps, words, *_ints(channels, height * width, nan_wins)),
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
    name = "widen<long long>" if table.dtype == _PACKED else f"widen<{_WORDS[dtype]}>"
    planes = table.reshape(down, across * plane)

    def widen(before: Array, after: Array, span: int, size: int, step: int) -> None:
        sizes = (np.int64(before.size), np.int64(span), *_ints(size, step))
        args = (before, after, *sizes)
        _launch(cp, dtype, name, _blocks(before.size, 256), (256,), args)

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
    cp = _cupy()
    with grad_output.device:
        grads = cp.ascontiguousarray(grad_output)
        places = cp.ascontiguousarray(cp.asarray(argmax, dtype=np.int32))
        run = _scatter if deterministic else _scatter_atomic
        return _with_room(
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
    cp = _cupy()
    batch, channels, height, width = input_shape
    grad_input = np.empty(input_shape, grad_output.dtype)

    def part(start: int, stop: int) -> None:
        shape = (batch, stop - start, height, width)
        taken = slice(start, stop)
        found = _with_room(
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

    _in_parts(part, channels, fewest=1)
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
    slabs = _blocks(cells, room)
    slab = _blocks(cells, slabs)
    dtype = grads.dtype.name
    sizes = _ints(channels, cells, grads.shape[2] * grads.shape[3], slab)
    _launch(
        cp,
        dtype,
        f"scatter<{_C_TYPES[dtype]}>",
        batch * channels * _blocks(cells, slab),
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
        sizes = _ints(batch, channels, height * width, grads.shape[2] * grads.shape[3])
        _launch(
            cp,
            dtype,
            f"scatter_atomic<{_C_TYPES[dtype]}>",
            _blocks(grads.size, 256),
            (256,),
            (grads, argmax, images, sums, np.int64(grads.size), *sizes),
        )
    return sums.astype(np.float16) if half else sums


# ---- Memory --------------------------------------------------------------------------------------


def _in_parts(run: Callable[[int, int], None], count: int, fewest: int) -> None:
    """Run over 0 to `count`, in halves and halves of those wherever memory is short."""
    waiting = [(0, count)]
    while waiting:
        start, stop = waiting.pop()
        try:
            run(start, stop)
        except OutOfDeviceMemoryError:
            middle = (start + stop) // 2
            if middle - start < fewest:
                raise
            waiting += [(middle, stop), (start, middle)]


def _with_room(cp: Any, run: Callable[[Any], Any], attempts: tuple[Any, ...], what: str) -> Any:
    """The first attempt that finds memory; after the first the pool's idle blocks are freed."""
    for number, attempt in enumerate(attempts):
        if number:
            cp.get_default_memory_pool().free_all_blocks()
        try:
            return run(attempt)
        except cp.cuda.memory.OutOfMemoryError as error:
            said = _first_line(error)
    free, total = cp.cuda.runtime.memGetInfo()
    raise OutOfDeviceMemoryError(
        f"the GPU has no room for {what}: {free / 2**30:.1f} of its {total / 2**30:.1f} GB are "
        f"free ({said}). Pool fewer boxes at a time, or take backend='numpy'."
    )
