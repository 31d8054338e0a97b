"""The bins of boxes on an NVIDIA GPU, as roipool.cu takes them: launches the kernel bin_edges."""

from typing import Any

import numpy as np

from roipool.arrays import Array
from roipool.backends.device import BLOCK, blocks, ints, launch
from roipool.conventions import Convention

_ROUNDING = {"half_away": 0, "half_even": 1, "none": 2, "floor": 3, "outward": 4}
_ARITHMETIC = {"exact": 0, "float32": 1, "float64": 2, "step": 3, "step_rest": 4}
_PRODUCT = {"float32": 0, "float64": 1, "exact": 2}
_STOP = {"floor": 0, "ceil": 1, "nearest": 2, "floor_or_one": 3}


def bin_edges(
    cp: Any,
    boxes: Any,
    output_size: tuple[int, int],
    map_size: tuple[int, int, int],
    spatial_scale: float,
    convention: Convention,
    dtype: str = "float32",
) -> Array:
    """(N, 2 PH + 2 PW + 2) int32: the records of roipool.cu, on a map of (B, H, W)."""
    convention = convention.on(dtype)
    table = cp.ascontiguousarray(cp.asarray(boxes, dtype=np.float64))
    high, wide = output_size
    records = cp.empty((len(table), 2 * high + 2 * wide + 2), dtype=np.int32)
    images, height, width = map_size
    degenerate = convention.degenerate_argmax
    with np.errstate(over="ignore", under="ignore"):
        scale = np.float64(spatial_scale)
        if convention.product != "float64":
            scale = np.float64(np.float32(scale))
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
            *ints(_ARITHMETIC[convention.arithmetic], _STOP[convention.stop]),
            *ints(convention.min_cells, convention.empty_argmax),
            *ints(degenerate is not None, degenerate or 0, _PRODUCT[convention.product]),
        ),
    )
    return records
