"""Tensors as the arrays that the library computes with, and back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch

from roipool.arrays import load_cupy
from roipool.backends.device import GET_CUPY
from roipool.errors import RoIPoolError


@contextmanager
def shared(tensor: torch.Tensor) -> Iterator[Any]:
    """The tensor's memory as an array of NumPy, or of CuPy on torch's device and current stream.

    float16 on the CPU, and bfloat16 anywhere, come as float32, which holds each of their numbers.
    """
    tensor = tensor.detach().to(_computed_in(tensor))
    if tensor.device.type == "cpu":
        yield tensor  # the library takes it by DLPack
        return
    cupy = _cupy()
    stream = torch.cuda.current_stream(tensor.device).cuda_stream
    with cupy.cuda.Device(tensor.device.index), cupy.cuda.ExternalStream(stream):
        yield cupy.from_dlpack(tensor)


def as_tensor(array: Any, dtype: torch.dtype | None = None) -> torch.Tensor:
    """A tensor in the memory of an array, or in that dtype: rounded once."""
    tensor = torch.from_dlpack(array)
    return tensor if dtype is None else tensor.to(dtype)


def _computed_in(tensor: torch.Tensor) -> torch.dtype:
    narrow = tensor.dtype == torch.bfloat16 or (
        tensor.dtype == torch.float16 and tensor.device.type == "cpu"
    )
    return torch.float32 if narrow else tensor.dtype


def _cupy() -> Any:
    try:
        return load_cupy()
    except Exception as error:  # see `roipool.backends.device.load_cupy`
        raise RoIPoolError(
            f"input is on a GPU, where roipool computes with CuPy, and that cannot be imported "
            f"({error}). Get it with {GET_CUPY}; or move the input with input.cpu()."
        ) from error
