"""The gradient: each goes to the cell that its maximum came from, and none is lost or made."""

import numpy as np
import pytest

from roipool import (
    PRESETS,
    RoIPoolError,
    bin_edges,
    roi_pool,
    roi_pool_backward,
    roi_pool_with_argmax,
)

BOXES = np.array(
    [[1, 0.5, 1.5, 7.25, 8], [0, 2, 0, 2, 6.5], [1, -3, -3, 20, 20], [1, 30, 30, 40, 40]]
)
SHAPE = (2, 3, 9, 11)


def forward(convention="article", dtype=np.float64, boxes=BOXES, output_size=(3, 2)):
    random = np.random.default_rng(5)
    maps = random.standard_normal(SHAPE).astype(dtype)
    output, argmax = roi_pool_with_argmax(maps, boxes, output_size, convention=convention)
    return maps, random.standard_normal(output.shape).astype(dtype), argmax


def scattered(grads, argmax, boxes, shape):
    """The rule, a value at a time, in the order that the sum is said to have."""
    found = np.zeros((shape[0], shape[1], shape[2] * shape[3]), grads.dtype)
    for n, c, i, j in np.ndindex(grads.shape):
        if argmax[n, c, i, j] >= 0:
            found[int(boxes[n][0]), c, argmax[n, c, i, j]] += grads[n, c, i, j]
    return found.reshape(shape)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("convention", PRESETS)
def test_every_value_is_added_to_its_cell_in_order_of_boxes_and_bins(convention, dtype):
    _, grads, argmax = forward(convention, dtype)
    found = roi_pool_backward(grads, argmax, BOXES, SHAPE)
    np.testing.assert_array_equal(found, scattered(grads, argmax, BOXES, SHAPE), strict=True)


def test_sums_of_many_boxes_run_in_the_same_order():
    random = np.random.default_rng(2)
    # Many channels on a large map, and thousands of boxes on few cells, of mixed images.
    for shape, count in (((2, 40, 100, 90), 20), ((3, 2, 3, 3), 3000)):
        boxes = np.column_stack([random.integers(0, shape[0], count), np.zeros((count, 4))])
        grads = random.standard_normal((count, shape[1], 2, 2)).astype(np.float32)
        argmax = random.integers(-1, shape[2] * shape[3], grads.shape).astype(np.int32)
        found = roi_pool_backward(grads, argmax, boxes, shape)
        np.testing.assert_array_equal(found, scattered(grads, argmax, boxes, shape))


@pytest.mark.parametrize("convention", PRESETS)
def test_the_sum_of_the_gradient_is_conserved(convention):
    # Multiples of 1/64, whose sums are exact. Bins that are not empty alone take part.
    _, grads, argmax = forward(convention, np.float64)
    grads = np.round(grads * 64) / 64
    empty = bin_edges(BOXES, (3, 2), SHAPE[2:], convention=convention).empty
    grads[np.broadcast_to(empty[:, None], grads.shape)] = 0
    found = roi_pool_backward(grads, argmax, BOXES, SHAPE)
    assert found.sum() == grads.sum() != 0


def test_the_gradient_is_the_slope_of_the_output():
    maps, grads, argmax = forward()
    found = roi_pool_backward(grads, argmax, BOXES, SHAPE)
    step = 1e-6
    for at in [(0, 0, 3, 2), (1, 2, 8, 10), (1, 1, 2, 5), *map(tuple, np.argwhere(found)[::17])]:
        moved = [maps.copy(), maps.copy()]
        moved[0][at] -= step
        moved[1][at] += step
        low, high = (np.sum(grads * roi_pool(m, BOXES, (3, 2))) for m in moved)
        assert (high - low) / (2 * step) == pytest.approx(found[at], abs=1e-6)


def test_no_boxes_give_a_gradient_of_zeros():
    empty = np.empty((0, 3, 2, 2), np.float32)
    found = roi_pool_backward(empty, empty.astype(np.int32), [], SHAPE)
    np.testing.assert_array_equal(found, np.zeros(SHAPE, np.float32), strict=True)


def test_the_gradient_is_an_array_of_its_own():
    found = roi_pool_backward(*forward()[1:], BOXES, SHAPE)
    assert found.flags.c_contiguous
    assert found.base is None or found.base.size == found.size


@pytest.mark.parametrize("dtype", [np.int64, np.uint8, np.uint64])
def test_argmax_may_be_of_any_integer_dtype(dtype):
    _, grads, argmax = forward(boxes=BOXES[:1])
    assert argmax.min() >= 0
    found = roi_pool_backward(grads, argmax.astype(dtype), BOXES[:1], SHAPE)
    np.testing.assert_array_equal(found, scattered(grads, argmax, BOXES[:1], SHAPE))


def test_arguments_are_never_modified():
    _, grads, argmax = forward()
    arguments = grads, argmax, BOXES.copy()
    before = [array.tobytes() for array in arguments]
    for array in arguments:
        array.setflags(write=False)
    roi_pool_backward(*arguments, SHAPE)
    assert [array.tobytes() for array in arguments] == before


_, GRADS, ARGMAX = forward()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            {"grad_output": GRADS[0]},
            r"shape \(3, 3, 2\); expected \(N, C, PH, PW\)",
        ),
        ({"grad_output": GRADS[:2]}, r"shape \(2, 3, 3, 2\); .*the 4 boxes and the 3 channels"),
        ({"grad_output": GRADS.astype(int)}, r"grad_output has dtype int64; .*astype"),
        (
            {"argmax": ARGMAX[:, :2]},
            r"argmax has shape \(4, 2, 3, 2\); expected that of",
        ),
        ({"argmax": ARGMAX.astype(float)}, "argmax has dtype float64; expected the int32 array"),
        ({"argmax": ARGMAX + 98}, r"argmax goes from 97 to .*; expected places from -1 .* to 98"),
        ({"argmax": ARGMAX - 1}, "argmax goes from -2"),
        ({"argmax": np.where(ARGMAX.max() == ARGMAX, 99, ARGMAX)}, "to 99; expected"),
        ({"input_shape": (2, 3, 2**16, 2**16)}, "input_shape is .*; expected at most 2147483647"),
        ({"boxes": BOXES[:, 1:]}, r"boxes has shape \(4, 4\); .*The batch index is missing"),
        ({"boxes": BOXES + 1}, r"batch_index = 2; .*in \[0, 2\)"),
        ({"input_shape": (3, 9, 11)}, r"input_shape is \(3, 9, 11\); expected \(B, C, H, W\)"),
        ({"input_shape": 7}, "input_shape is 7; expected"),
        ({"backend": "abacus"}, "backend is 'abacus'; expected one of"),
    ],
)
def test_wrong_argument_is_named_with_what_is_allowed(wrong, message):
    right = {"grad_output": GRADS, "argmax": ARGMAX, "boxes": BOXES, "input_shape": SHAPE}
    roi_pool_backward(**right)
    with pytest.raises(RoIPoolError, match=message):
        roi_pool_backward(**{**right, **wrong})
