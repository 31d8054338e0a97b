"""RoI max pooling on an NVIDIA GPU: the kernels of roipool.cu, and what to do without memory.

Everything runs on the caller's current stream; nothing waits for the device and nothing is read
back. CuPy is imported when it is first used.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.arrays import Array
from roipool.backends import device
from roipool.backends.choice import cells_per_bin, choose
from roipool.backends.device import (
    DeviceError,
    OutOfDeviceMemoryError,
    failures_told,
    in_parts,
    with_room,
)
from roipool.backends.gather import run_plan
from roipool.backends.records import bin_edges
from roipool.backends.scatter import backward, backward_from_host
from roipool.conventions import Convention

__all__ = [
    "DeviceError",
    "OutOfDeviceMemoryError",
    "backward",
    "backward_from_host",
    "bin_edges",
    "failures_told",
    "forward",
    "forward_from_host",
    "run_plan",
]


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
