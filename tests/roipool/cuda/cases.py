"""Maps and boxes that have gone wrong somewhere, and the loop that compares a backend on them."""

import dataclasses

import numpy as np

from roipool import get_convention
from roipool.backends import cupy as cupy_backend
from tests.common import bits
from tests.roipool.cuda import oracle

DTYPES = ("float16", "float32", "float64")
PLANS = ("reference", "cells", "windows")


def assert_same(actual, expected, what):
    """Equal dtype, shape and bits."""
    assert (actual.dtype, actual.shape) == (expected.dtype, expected.shape), what
    np.testing.assert_array_equal(bits(actual), bits(expected), err_msg=what)


def maps_of(kind, shape, dtype, seed=0):
    """A feature map: "ties", "special" (NaN, infinities, zeros, subnormals), "nan" or "low"."""
    rng = np.random.default_rng(seed)
    tiny = np.finfo(dtype).smallest_subnormal
    if kind == "ties":
        return rng.integers(-2, 3, shape).astype(dtype)
    if kind == "special":
        values = [np.nan, np.inf, -np.inf, 0.0, -0.0, tiny, -tiny, 2 * tiny, 1.0, -1.0, 0.5]
        values += [np.finfo(dtype).max, np.finfo(dtype).min]
        return rng.choice(np.array(values, dtype=dtype), shape)
    if kind == "zeros":
        return rng.choice(np.array([0.0, -0.0, -tiny], dtype=dtype), shape)
    if kind == "nan":
        return np.full(shape, np.nan, dtype)
    if kind == "low":
        return rng.choice(np.array([-np.inf, np.finfo(dtype).min], dtype=dtype), shape)
    return rng.standard_normal(shape).astype(dtype)


def boxes_of(count, images, height, width, seed=0):
    """Boxes of every size, some upside down, outside, half-way, huge, or naming no image."""
    rng = np.random.default_rng(seed)
    table = np.empty((count, 5))
    table[:, 0] = rng.integers(0, images, count)
    table[:, [1, 3]] = rng.uniform(-0.3 * width, 1.3 * width, (count, 2))
    table[:, [2, 4]] = rng.uniform(-0.3 * height, 1.3 * height, (count, 2))
    ordered = rng.random(count) < 0.8
    table[ordered, 1:] = np.column_stack(
        [
            np.minimum(table[ordered, 1:3], table[ordered, 3:5]),
            np.maximum(table[ordered, 1:3], table[ordered, 3:5]),
        ]
    )
    whole = rng.random(count) < 0.4
    table[whole, 1:] = np.round(table[whole, 1:] * 2) / 2
    return table


ODD_BOXES = np.array(
    [
        [0, 0, 0, 1e9, 1e9],
        [0, -1e30, -1e30, 1e30, 1e30],
        [0, 3e38, 3e38, -3e38, -3e38],
        [0, -1e300, 0, 1e300, 3],
        [0, -4e38, 0, 4e38, 3],
        [0, -9, -9, -5, -5],
        [0, 0, 0, -1, -1],
        [0, 1e-42, 1e-45, 3, 3],
        [0, -1e-42, 2, 4, 2 - 1e-7],
        [0, 0.49999997, 0.5, 2.5, 3.5],
    ]
)
"""Rows that the public functions accept."""

BAD_BOXES = np.array(
    [
        [np.nan, 0, 0, 4, 4],
        [0.9, 0, 0, 4, 4],
        [-1, 0, 0, 4, 4],
        [99, 0, 0, 4, 4],
        [1e12, 0, 0, 4, 4],
        [0, np.nan, 0, 4, 4],
        [0, 0, 0, np.nan, 4],
        [0, 0, 0, 4, np.inf],
        [0, 0, -np.inf, 4, 4],
        [99, 4, 4, 0, 0],
    ]
)
"""Rows that can only come in an array on the device, which nobody reads before the kernel."""


def check_forward(cp, plan, maps, boxes, output_size, scale, convention, *, device_boxes=True):
    """Value and argmax of one kernel, with and without argmax, against the oracle."""
    convention = get_convention(convention)
    expected = oracle.forward(maps, boxes, output_size, scale, convention)
    given = cp.asarray(boxes) if device_boxes else boxes
    for with_argmax in (True, False):
        output, argmax = cupy_backend.run_plan(
            plan, cp.asarray(maps), given, output_size, scale, convention, with_argmax=with_argmax
        )
        what = f"{plan}, {maps.dtype} {maps.shape}, {convention.name}, argmax {with_argmax}"
        assert_same(cp.asnumpy(output), expected[0], what)
        assert (argmax is not None) == with_argmax
        if with_argmax:
            assert_same(cp.asnumpy(argmax), expected[1], what)


def every_choice(convention):
    """Each combination of choices that a Convention may hold, on the pattern of one."""
    for inclusive in (True, False):
        for rounding in ("half_away", "half_even", "floor", "outward", "none"):
            for arithmetic in ("exact", "float32", "float64", "step", "step_rest"):
                if rounding == "none" and not arithmetic.startswith("float"):
                    continue
                for stop in ("floor", "ceil", "nearest", "floor_or_one"):
                    for min_cells in (0, 1):
                        for degenerate in (None, 0):
                            for product in ("float32", "float64", "exact"):
                                yield dataclasses.replace(
                                    convention,
                                    name=f"{inclusive} {rounding} {arithmetic} {stop} {min_cells} "
                                    f"{degenerate} {product}",
                                    inclusive_end=inclusive,
                                    rounding=rounding,
                                    arithmetic=arithmetic,
                                    stop=stop,
                                    min_cells=min_cells,
                                    degenerate_argmax=degenerate,
                                    product=product,
                                )
