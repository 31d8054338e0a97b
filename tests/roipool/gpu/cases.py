"""Maps and boxes for a card, and what NumPy makes of them."""

import numpy as np

from roipool import roi_pool_with_argmax
from tests.common import bits

PLANS = ("reference", "cells", "windows")


def assert_same(cp, found, expected):
    """A CuPy array equals a NumPy array in dtype, shape and bits."""
    assert isinstance(found, cp.ndarray)
    assert (found.dtype, found.shape) == (expected.dtype, expected.shape)
    np.testing.assert_array_equal(bits(cp.asnumpy(found)), bits(expected))


def maps_of(kind, shape, dtype, seed=0):
    rng = np.random.default_rng(seed)
    if kind == "ties":
        return rng.integers(-2, 3, shape).astype(dtype)
    if kind == "special":
        tiny = np.finfo(dtype).smallest_subnormal
        values = [np.nan, np.inf, -np.inf, 0.0, -0.0, tiny, -tiny, 2 * tiny, 1.0, -1.0]
        values += [np.finfo(dtype).max, np.finfo(dtype).min]
        return rng.choice(np.array(values, dtype=dtype), shape)
    return rng.standard_normal(shape).astype(dtype)


def boxes_of(count, images, height, width, seed=0):
    rng = np.random.default_rng(seed)
    first = rng.uniform(-0.2, 0.9, (count, 2)) * [width, height]
    size = rng.uniform(-0.1, 1.0, (count, 2)) * [width, height]
    return np.column_stack([rng.integers(0, images, count), first, first + size])


def on_cpu(maps, boxes, output_size, scale, convention):
    """What NumPy gives; it has no halves, which float32 holds exactly."""
    wide = maps.astype(np.float32) if maps.dtype == np.float16 else maps
    output, argmax = roi_pool_with_argmax(
        wide, boxes, output_size, scale, convention=convention, backend="numpy"
    )
    with np.errstate(over="ignore"):
        return output.astype(maps.dtype), argmax
