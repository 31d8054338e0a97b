"""Callers' arrays, taken without a copy: NumPy's, CuPy's, and any that speaks DLPack."""

import functools
import math
import operator
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from roipool.errors import RoIPoolError, shown

Array = Any
"""A numpy.ndarray, or a cupy.ndarray, which cannot be named where CuPy is not installed."""

_MOST_CELLS = 2**31 - 1
_DLPACK_CUDA = (2, 13)  # device memory, and memory that device and host share


def is_on_gpu(array: Any) -> bool:
    """Whether an array lives on an NVIDIA GPU. Imports nothing.

    Examples
    --------
    >>> is_on_gpu(np.zeros(3))
    False
    """
    if isinstance(array, (np.ndarray, list, tuple)):
        return False
    # While another thread imports CuPy the module is there, and what it defines is not.
    kind = getattr(sys.modules.get("cupy"), "ndarray", None)
    if kind is not None and isinstance(array, kind):
        return True
    try:
        return int(array.__dlpack_device__()[0]) in _DLPACK_CUDA
    except Exception:  # no array, or one without memory: whatever it raises
        return False


def as_array(given: Any, name: str, expected: str) -> Array:
    """A NumPy array, or a CuPy one of what lives on a GPU, that shares its memory with `given`.

    Numbers whose bytes stand in the order of another machine are copied into this one's.

    Raises
    ------
    RoIPoolError
        If `given`, called `name` in the message, is no array and cannot be made one.
    """
    try:
        if is_on_gpu(given):
            cupy = load_cupy()
            return given if isinstance(given, cupy.ndarray) else cupy.from_dlpack(given)
        if hasattr(given, "__dlpack__") and not isinstance(given, np.ndarray):
            return _native(np.from_dlpack(given))
    except Exception as error:  # a foreign array's, or that of a CuPy that cannot be imported
        raise RoIPoolError(
            f"{name} ({type(given).__name__}) cannot be shared: {error}. {_way_out(given, name)}"
        ) from error
    check_unmasked(given, name)
    try:
        return _native(np.asarray(given))  # what a subclass makes of a maximum is its own affair
    except Exception as error:  # what the items of a list raise is theirs
        raise RoIPoolError(
            f"{name} cannot be read as an array ({error}); expected {expected}."
        ) from error


def _native(array: NDArray[Any]) -> NDArray[Any]:
    return array if array.dtype.isnative else array.astype(array.dtype.newbyteorder("="))


def check_unmasked(given: Any, name: str) -> None:
    """Refuse masked cells: what lies under a mask is no value, and nobody can tell what is."""
    if isinstance(given, np.ma.MaskedArray) and np.ma.is_masked(given):
        raise RoIPoolError(
            f"{name} has masked entries, for which there is no rule. Say what they count as: "
            f"{name}.filled(value), with numpy.nan for none."
        )


def _way_out(given: Any, name: str) -> str:
    """What to do with an array that DLPack does not hand over."""
    dtype = str(getattr(given, "dtype", "")).rpartition(".")[2]
    if getattr(given, "requires_grad", False) is True:
        return (
            "For a gradient take the function of that name from roipool.torch, which has one; for "
            f"the values alone pass {name}.detach()."
        )
    if dtype.startswith(("bfloat", "float8", "float4")):
        return (
            f"NumPy has no {dtype}: pass {name} in float32, which holds the same values: "
            f"{name}.float() in torch, {name}.astype('float32') in JAX."
        )
    return "Pass it from CPU memory or, where CuPy is installed, from an NVIDIA GPU."


def load_cupy() -> Any:
    """The module cupy, imported when it is first needed."""
    from roipool.backends import device

    return device.load_cupy()


def check_one_device(first: Array, second: Array, names: str) -> None:
    """Refuse two arrays on different GPUs: a kernel of one cannot read the other's memory.

    Raises
    ------
    RoIPoolError
        If they do. Arrays of NumPy live on none.
    """
    devices = [getattr(array, "device", None) for array in (first, second)]
    if is_on_gpu(first) and is_on_gpu(second) and devices[0] != devices[1]:
        raise RoIPoolError(f"{names} live on different GPUs: {devices[0]} and {devices[1]}.")


def to_host(array: Array) -> NDArray[Any]:
    """The array in NumPy: itself, or a copy of what lives on the GPU."""
    on_host: NDArray[Any] = array.get() if is_on_gpu(array) else array
    return on_host


def as_maps(given: Any) -> Array:
    """Feature maps (B, C, H, W) of floats, on the device where they were.

    Raises
    ------
    RoIPoolError
        If they are not four-dimensional, not floating point, or without rows or columns.
    """
    maps = as_array(given, "input", "(B, C, H, W)")
    check_maps(maps)
    return maps


def check_maps(maps: Array) -> None:
    """Refuse maps by shape and dtype alone: their cells need not be there yet."""
    if maps.ndim != 4:
        hint = {
            2: " A single map: input[None, None].",
            3: " A single image: input[None].",
        }.get(maps.ndim, "")
        raise RoIPoolError(f"input has shape {maps.shape}; expected (B, C, H, W).{hint}")
    check_float(maps, "input")
    if 0 in maps.shape[2:]:
        raise RoIPoolError(f"input has shape {maps.shape}; expected at least one row and column.")
    check_cells(maps.shape, f"input has shape {maps.shape}")


def as_input_shape(given: Any) -> tuple[int, int, int, int]:
    """(B, C, H, W), the shape that a gradient is to have, or a RoIPoolError."""
    try:
        batch, channels, height, width = (operator.index(size) for size in given)
    except Exception:  # what the items raise is theirs
        batch = -1
    if batch < 0 or channels < 0 or height < 1 or width < 1 or max(batch, channels) > sys.maxsize:
        raise RoIPoolError(
            f"input_shape is {shown(given)}; expected (B, C, H, W), the shape of the input of the "
            "forward pass."
        )
    shape = (batch, channels, height, width)
    check_cells(shape, f"input_shape is {shown(given)}")
    return shape


def check_cells(shape: tuple[int, ...], what: str) -> None:
    """Refuse maps (B, C, H, W) of more cells than argmax can name."""
    if shape[2] * shape[3] > _MOST_CELLS:
        raise RoIPoolError(
            f"{what}; expected at most {_MOST_CELLS} cells a map, so that argmax, an int32, can "
            "name each."
        )


@contextmanager
def room_told(what: str, size: int) -> Iterator[None]:
    """Refuse work that takes more bytes than there are, and tell so where memory runs out inside.

    Raises
    ------
    RoIPoolError
        With what was asked for and what it takes.
    """
    try:
        if size > _memory():
            raise MemoryError
        yield
    except MemoryError as error:
        raise RoIPoolError(
            f"{what} takes {size / 2**30:.3g} GiB at least, for which there is no memory here. Ask "
            "for fewer bins, or pass fewer boxes or channels at a time."
        ) from error


def size_of(shape: tuple[int, ...], dtype: DTypeLike) -> int:
    """The bytes of an array of such a shape; NumPy counts an axis of length 0 as one of 1 here.

    Examples
    --------
    >>> size_of((0, 1, 7, 7), np.float32)
    196
    """
    return math.prod(max(1, count) for count in shape) * np.dtype(dtype).itemsize


@functools.cache
def _memory() -> int:
    """The bytes of this machine's memory, or of what a process can address where nobody says."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):  # Windows has no sysconf
        return 2**47


def check_float(array: Array, name: str) -> None:
    """Refuse what no backend computes with: anything but float16, float32 and float64."""
    if array.dtype.kind != "f" or array.dtype.itemsize > 8:
        raise RoIPoolError(
            f"{name} has dtype {array.dtype}; expected float32 or float64. "
            f"Convert it with {_converted(array, name)}."
        )


def check_single_or_double(array: Array, name: str, function: str) -> None:
    """Refuse float16, in which no function interpolates."""
    if array.dtype == np.float16:
        raise RoIPoolError(
            f"{name} has dtype float16; expected float32 or float64, in which {function} computes "
            f"its coordinates too. Convert it with {_converted(array, name)}."
        )


def _converted(array: Array, name: str) -> str:
    # Also of a list, which has no astype. What stays elsewhere than in NumPy is converted there.
    called = f"numpy.asarray({name})" if isinstance(array, np.ndarray) else name
    return f"{called}.astype(numpy.float32)"


def check_on_cpu(array: Any, name: str, function: str) -> None:
    """Refuse what lives on a GPU, for a function that has no kernel there."""
    if is_on_gpu(array):
        raise RoIPoolError(
            f"{name} lives on a GPU; {function} computes in the CPU's memory only. Copy it there: "
            f"{name}.get() in CuPy, {name}.cpu() in torch."
        )
