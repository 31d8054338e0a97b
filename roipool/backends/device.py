"""CuPy and the card: import, compilation of roipool.cu, launches, and what to do without memory."""

import functools
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from roipool.errors import RoIPoolError

C_TYPES = {"float16": "Half", "float32": "float", "float64": "double"}
WORDS = {"float16": "short", "float32": "int", "float64": "long long"}

BLOCK = 256
"""Threads of a block of the kernels in which every thread computes one thing by itself."""

OPTIONS = ("--std=c++17",)
GET_CUPY = (
    'pip install "roipool[gpu]", or in a checkout of the project pip install -r '
    "requirements-gpu.txt"
)

lock = threading.RLock()
_kernels: dict[tuple[int, str], Any] = {}
_modules: dict[str, Any] = {}


class DeviceError(RoIPoolError):
    """The GPU, its driver or CuPy failed: nothing is wrong with the input."""


class OutOfDeviceMemoryError(DeviceError):
    """The GPU has no room for the result, however the work is cut."""


@functools.cache
def load_cupy() -> Any:
    """The module cupy, imported once.

    Raises
    ------
    ImportError
        If it is not installed. If it is and cannot be imported, this or any other exception: that
        of its extensions, made for another NumPy, is a ValueError.
    """
    with lock, warnings.catch_warnings():
        # It warns of a missing CUDA path, which the probe reports where it matters.
        warnings.simplefilter("ignore")
        import cupy

        return cupy


def kernel_names(dtype: str) -> tuple[str, ...]:
    """The kernels of roipool.cu for one dtype: C++ name expressions, compiled as one module.

    Examples
    --------
    >>> kernel_names("float32")[:2]
    ('bin_edges', 'reference<float>')
    """
    c_type, word = C_TYPES[dtype], WORDS[dtype]
    names = ["bin_edges", *(f"{k}<{c_type}>" for k in ("reference", "scatter", "scatter_atomic"))]
    flags = ("false", "true")
    for with_argmax in flags:
        names += [f"pool_cells<{c_type}, {with_argmax}, {in_order}>" for in_order in flags]
        # A double and its cell do not fit one word.
        if dtype != "float64" or with_argmax == "false":
            names += [f"{k}<{c_type}, {with_argmax}>" for k in ("encode", "pool_windows")]
    names += [f"widen<{name}>" for name in dict.fromkeys((word, "long long"))]
    return tuple(names)


def source() -> str:
    """The text of roipool.cu."""
    # Imported late: it costs a tenth of what NumPy does, and only a GPU's first kernel needs it.
    from importlib.resources import files

    return files(__package__).joinpath("roipool.cu").read_text("utf-8")


def launch(
    cp: Any,
    dtype: str,
    name: str,
    blocks: int,
    threads: tuple[int, ...],
    args: Any,
    shared: int = 0,
) -> None:
    """Queue a kernel on the current stream; CuPy checks neither types nor sizes of what it gets.

    Parameters
    ----------
    cp : module
        CuPy.
    dtype : str
        Whose module to take the kernel from. It is compiled when it is first asked for, which
        takes a second or so, and kept on disk by CuPy.
    name : str
        One of `kernel_names`.
    blocks : int
    threads : tuple of int
        Of a block.
    args : tuple of cupy arrays and NumPy scalars
        In the kernel's order, each of exactly its parameter's type, arrays contiguous.
    shared : int
        Bytes of dynamic shared memory.
    """
    key = (cp.cuda.Device().id, f"{dtype} {name}")
    kernel = _kernels.get(key)
    if kernel is None:
        with lock:
            if dtype not in _modules:
                _modules[dtype] = cp.RawModule(
                    code=source(), options=OPTIONS, name_expressions=kernel_names(dtype)
                )
            kernel = _kernels.setdefault(key, _modules[dtype].get_function(name))
    kernel((blocks,), threads, args, shared_mem=shared)


def blocks(count: int, per_block: int) -> int:
    """How many blocks hold `count` things.

    Examples
    --------
    >>> blocks(257, 256)
    2
    """
    return -(-count // per_block)


def ints(*values: int) -> tuple[np.int32, ...]:
    """Numbers as C's int, the type of most kernel parameters."""
    return tuple(map(np.int32, values))


def in_parts(run: Callable[[int, int], None], count: int, fewest: int) -> None:
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


def with_room(cp: Any, run: Callable[[Any], Any], attempts: tuple[Any, ...], what: str) -> Any:
    """The first attempt that finds memory; after the first the pool's idle blocks are freed."""
    for number, attempt in enumerate(attempts):
        if number:
            cp.get_default_memory_pool().free_all_blocks()
        try:
            return run(attempt)
        except cp.cuda.memory.OutOfMemoryError as error:
            said = first_line(error)
    free, total = cp.cuda.runtime.memGetInfo()
    raise OutOfDeviceMemoryError(
        f"the GPU has no room for {what}: {free / 2**30:.1f} of its {total / 2**30:.1f} GB are "
        f"free ({said}). Pool fewer boxes at a time, or take backend='numpy'."
    )


@contextmanager
def failures_told() -> Iterator[None]:
    """Whatever a card, its driver or a CuPy of another version raises inside, as a DeviceError.

    They raise what they like: a sticky fault of the card is a RuntimeError, an attribute that an
    older CuPy has not is an AttributeError, a broken extension a SystemError.
    """
    try:
        yield
    except RoIPoolError:
        raise
    except Exception as error:
        said = first_line(error)
        if is_out_of_memory(error):
            raise OutOfDeviceMemoryError(f"the GPU has no room for this ({said}).") from error
        raise DeviceError(f"the GPU failed: {said}. Take backend='numpy'.") from error


def is_out_of_memory(error: Exception) -> bool:
    """Whether an error says that memory is full: CuPy's own, and those of CUDA's calls.

    Examples
    --------
    >>> is_out_of_memory(RuntimeError("CUDA_ERROR_OUT_OF_MEMORY: out of memory"))
    True
    """
    return isinstance(error, MemoryError) or "out of memory" in str(error).lower()


def first_line(error: Exception) -> str:
    r"""What an error says, without the frames and lists that some put around it.

    Examples
    --------
    >>> first_line(RuntimeError("\n=====\nno driver\n====="))
    'no driver'
    """
    lines = [line.strip(" =") for line in str(error).splitlines()]
    return next((line for line in lines if line), type(error).__name__)
