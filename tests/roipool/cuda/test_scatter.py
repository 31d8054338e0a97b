"""Backward kernels against np.add.at: the deterministic one bit for bit, in the same order."""

import numpy as np
import pytest

from roipool.backends import cupy as cupy_backend
from tests.roipool.cuda import oracle
from tests.roipool.cuda.cases import DTYPES, assert_same, maps_of


def problem(shape, count, output_size, dtype, seed=0, spread=None):
    """Gradients, places and images; places repeat much, and some lie nowhere."""
    batch, channels, height, width = shape
    rng = np.random.default_rng(seed)
    results = (count, channels, *output_size)
    grads = rng.standard_normal(results).astype(dtype)
    places = rng.integers(0, spread or height * width, results).astype(np.int32)
    # Neighbouring bins often share their maximum.
    shared = rng.random(results) < 0.4
    places[..., 1:][shared[..., 1:]] = places[..., :-1][shared[..., 1:]]
    nowhere = rng.random(results) < 0.1
    odd = np.array([-1, -(2**31), 2**31 - 1, height * width], np.int32)
    places[nowhere] = rng.choice(odd, nowhere.sum())
    return grads, places, rng.integers(0, batch, count)


def run(cp, grads, places, images, shape, deterministic=True):
    found = cupy_backend.backward(
        cp.asarray(grads), cp.asarray(places), images, shape, deterministic=deterministic
    )
    return cp.asnumpy(found)


def check_order(cp, shape, count, output_size, dtype):
    """Bit for bit the sums of np.add.at."""
    for seed, spread in enumerate((None, 3)):
        grads, places, images = problem(shape, count, output_size, dtype, seed, spread)
        expected = oracle.backward(grads, places, images, shape)
        assert_same(run(cp, grads, places, images, shape), expected, "images of the host")
        found = run(cp, grads, places, cp.asarray(images), shape)
        assert_same(found, expected, "images of the device")


def check_rounding(cp):
    """Sums of two halves of all kinds, back to a half."""
    rng = np.random.default_rng(5)
    parts = rng.integers(0, 2**16, (2, 4096), dtype=np.uint16).view(np.float16)
    # Halves lie 2 apart from 2048 on: every odd number beside it is a tie. So is 65520.
    parts[:, :64] = np.full(64, 2048), np.arange(64)
    parts[:, 64:66] = np.array([[65504, 65504], [16, 15.99]])
    parts[:, 66:68] = [[2.0**-24, -(2.0**-24)], [0, 0]]
    parts[np.isnan(parts)] = 1
    grads = parts.reshape(2, 1, 64, 64)
    places = np.broadcast_to(np.arange(4096, dtype=np.int32).reshape(64, 64), grads.shape).copy()
    with np.errstate(over="ignore", invalid="ignore"):
        expected = oracle.backward(grads, places, np.zeros(2, int), (1, 1, 64, 64))
    assert_same(run(cp, grads, places, np.zeros(2, int), (1, 1, 64, 64)), expected, "sums")


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(
    ("shape", "count", "output_size"),
    [
        ((1, 1, 1, 1), 1, (1, 1)),
        ((1, 2, 5, 7), 9, (2, 2)),
        ((3, 2, 9, 9), 40, (3, 5)),
        ((2, 1, 6, 6), 3, (17, 19)),
        ((1, 1, 4, 4), 33, (16, 16)),
        ((1, 1, 130, 131), 20, (7, 7)),
    ],
)
def test_gradients_are_added_in_the_order_of_the_boxes(cp, dtype, shape, count, output_size):
    check_order(cp, shape, count, output_size, dtype)


@pytest.mark.parametrize("dtype", DTYPES)
def test_halves_infinities_and_subnormals_survive(cp, dtype):
    shape = (1, 2, 4, 4)
    _, places, images = problem(shape, 30, (2, 2), dtype)
    grads = maps_of("special", places.shape, dtype)
    with np.errstate(invalid="ignore", over="ignore"):
        for values in (grads, np.where(np.isfinite(grads), grads, 0).astype(dtype)):
            expected = oracle.backward(values, places, images, shape)
            assert_same(run(cp, values, places, images, shape), expected, str(dtype))


def test_every_half_is_read_and_written_back_unchanged(cp):
    # One gradient a cell: a sum of 0 and itself.
    halves = np.arange(2**16, dtype=np.uint16).view(np.float16).reshape(64, 1, 32, 32)
    places = np.arange(2**16, dtype=np.int32).reshape(halves.shape)
    images = np.zeros(64, np.int64)
    found = run(cp, halves, places, images, (1, 1, 256, 256))
    with np.errstate(invalid="ignore"):
        expected = (halves.astype(np.float32) + 0).astype(np.float16)
    assert_same(found.ravel(), expected.ravel(), "halves")


def test_sums_are_rounded_to_the_nearest_half_ties_to_even(cp):
    check_rounding(cp)


def test_boxes_of_no_image_give_nothing(cp):
    shape = (2, 1, 4, 4)
    for deterministic in (True, False):
        grads, places, _ = problem(shape, 6, (2, 2), "float32")
        images = np.array([-1, 0, 5, 1, 2, 0])
        found = run(cp, grads, places, images, shape, deterministic)
        expected = oracle.backward(grads, places, images, shape)
        np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_atomic_kernel_gives_the_same_sums_up_to_rounding(cp, dtype):
    shape = (3, 2, 9, 9)
    grads, places, images = problem(shape, 40, (3, 5), dtype)
    grads = np.round(grads * 64) / 64
    # Multiples of 1/64 add up to the same sum in any order.
    expected = oracle.backward(grads, places, images, shape)
    assert_same(run(cp, grads, places, images, shape, deterministic=False), expected, dtype)


@pytest.mark.parametrize("deterministic", [True, False])
@pytest.mark.parametrize(
    ("shape", "count"), [((1, 2, 4, 4), 0), ((0, 2, 4, 4), 0), ((1, 0, 4, 4), 3)]
)
def test_no_gradient_leaves_zeros_and_launches_nothing(cp, shape, count, deterministic):
    grads = np.zeros((count, shape[1], 2, 2), np.float32)
    places = np.zeros(grads.shape, np.int32)
    found = run(cp, grads, places, np.zeros(count, int), shape, deterministic)
    assert_same(found, np.zeros(shape, np.float32), "zeros")
    assert cp.launched == []


@pytest.mark.parametrize("deterministic", [True, False])
@pytest.mark.parametrize("dtype", DTYPES)
def test_no_kernel_races_or_leaves_its_arrays(watched_cp, dtype, deterministic):
    # Shared memory is watched too: the sums, and what the lanes of a warp hand each other.
    for shape, count, size in (((2, 2, 3, 3), 45, (3, 5)), ((1, 1, 130, 131), 3, (7, 7))):
        grads, places, images = problem(shape, count, size, dtype)
        run(watched_cp, grads, places, images, shape, deterministic)
