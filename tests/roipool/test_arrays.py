"""Arrays as people have them: of another byte order, of integers, masked, of half precision."""

import numpy as np
import pytest

from roipool import (
    PRESETS,
    RoIPoolError,
    article,
    identify,
    roi_align,
    roi_align_backward,
    roi_pool,
    roi_pool_backward,
    roi_pool_with_argmax,
)
from tests.common import Tensor, bits

RNG = np.random.default_rng(3)
MAPS = RNG.normal(size=(2, 5, 9, 11))
BOXES = np.array([[1, 0.5, 1.5, 7.25, 8], [0, 2, 0, 2, 6.5], [1, -3, -3, 20, 20]])
OUTPUT, ARGMAX = roi_pool_with_argmax(MAPS, BOXES, 2)


@pytest.mark.parametrize("dtype", [">f4", ">f8", "<f4", "<f8"])
def test_bytes_in_the_order_of_another_machine_are_the_same_numbers(dtype):
    maps = MAPS.astype(dtype)
    native = MAPS.astype(maps.dtype.newbyteorder("="))
    found = roi_pool(maps, BOXES.astype(">f4"), 2)
    assert found.dtype.isnative
    np.testing.assert_array_equal(found, roi_pool(native, BOXES.astype("f4"), 2), strict=True)
    aligned = roi_align(maps, BOXES, 2)
    np.testing.assert_array_equal(aligned, roi_align(native, BOXES, 2), strict=True)
    grads = OUTPUT.astype(dtype)
    back = roi_pool_backward(grads, ARGMAX.astype(">i4"), BOXES, MAPS.shape)
    expected = roi_pool_backward(grads.astype(native.dtype), ARGMAX, BOXES, MAPS.shape)
    np.testing.assert_array_equal(back, expected, strict=True)
    assert identify(maps, BOXES, OUTPUT.astype(dtype))[0].name == "article"


@pytest.mark.parametrize("form", [np.asarray, list, lambda cells: Tensor(np.asarray(cells))])
@pytest.mark.parametrize("function", [roi_pool, roi_align])
def test_integers_are_an_error_that_says_how_to_make_floats_of_them(function, form):
    given = form([[[[1, 2], [3, 4]]]])
    with pytest.raises(RoIPoolError, match="has dtype int64; expected float32 or") as caught:
        function(given, [[0, 0, 0, 2, 2]], 1)
    way_out = str(caught.value).partition("Convert it with ")[2].rstrip(".")
    assert way_out == "numpy.asarray(input).astype(numpy.float32)"
    if not isinstance(given, Tensor):
        mended = eval(way_out, {"numpy": np, "input": given})
        assert function(mended, [[0, 0, 0, 2, 2]], 1).dtype == np.float32


@pytest.mark.parametrize(
    "call",
    [
        lambda array, mask: roi_pool(mask(array(MAPS)), BOXES, 2),
        lambda array, mask: roi_align(mask(array(MAPS)), BOXES, 2),
        lambda array, mask: roi_pool(MAPS, mask(array(BOXES)), 2),
        lambda array, mask: roi_pool(MAPS, [mask(array(BOXES[:1, 1:])), []], 2),
        lambda array, mask: roi_pool_backward(mask(array(OUTPUT)), ARGMAX, BOXES, MAPS.shape),
        lambda array, mask: identify(mask(array(MAPS)), BOXES, OUTPUT),
    ],
    ids=["pooled", "aligned", "boxes", "boxes of an image", "gradient", "identified"],
)
def test_masked_entries_are_refused_and_a_mask_without_any_is_not(call):
    with pytest.raises(RoIPoolError, match=r"has masked entries, .* \w+\.filled\(value\)"):
        call(np.ma.array, lambda array: np.ma.masked_less(array, array.max() - 1e-9))
    call(np.ma.array, lambda array: np.ma.masked_greater(array, 99))


@pytest.mark.parametrize("dtype", ["bfloat16", "float8_e4m3fn"])
def test_bfloat16_is_an_error_that_says_what_holds_the_same_values(dtype):
    class Foreign:
        """As JAX and torch have arrays that NumPy cannot."""

        def __init__(self):
            self.dtype = f"torch.{dtype}"

        def __dlpack__(self, **options):
            raise BufferError("Unsupported dtype in DLTensor")

        def __dlpack_device__(self):
            return (1, 0)

    with pytest.raises(RoIPoolError, match=rf"NumPy has no {dtype}: pass input in float32, which"):
        roi_pool(Foreign(), BOXES, 2)


def test_bfloat16_of_ml_dtypes_is_an_error_that_says_how_to_convert_it():
    kinds = pytest.importorskip("ml_dtypes", reason="it gives NumPy a bfloat16")
    for function in (roi_pool, roi_align):
        with pytest.raises(RoIPoolError, match=r"dtype bfloat16; .*astype\(numpy\.float32\)"):
            function(MAPS.astype(kinds.bfloat16), BOXES, 2)


def test_a_tensor_that_wants_a_gradient_is_sent_where_there_is_one():
    torch = pytest.importorskip("torch", reason="its tensors are the ones that want gradients")
    maps = torch.tensor(MAPS, requires_grad=True)
    for function in (roi_pool, roi_align):
        with pytest.raises(RoIPoolError, match=r"For a gradient take .* roipool\.torch") as caught:
            function(maps, BOXES, 2)
        assert "input.detach()" in str(caught.value)
    with pytest.raises(RoIPoolError, match=r"bfloat16: pass input in float32, .*input\.float\(\)"):
        roi_pool(maps.detach().bfloat16(), BOXES, 2)


@pytest.mark.parametrize("copies", [1, 60])  # scanned one by one, and looked up
@pytest.mark.parametrize("convention", PRESETS)
def test_half_precision_is_pooled_on_the_cpu_as_it_stands(convention, copies):
    halves = MAPS.astype(np.float16)
    halves[0, 0, 2, 2], halves[1, 1, 3, 3], halves[1, 2] = np.nan, -np.inf, -np.inf
    boxes = np.tile(BOXES, (copies, 1))
    output, argmax = roi_pool_with_argmax(halves, boxes, (3, 2), convention=convention)
    assert output.dtype == np.float16
    wide, places = roi_pool_with_argmax(
        halves.astype(np.float32), boxes, (3, 2), convention=convention
    )
    # A scan from -FLT_MAX starts from the lowest finite number of the map's own dtype.
    wide[wide == np.finfo(np.float32).min] = np.finfo(np.float16).min
    with np.errstate(over="ignore"):
        np.testing.assert_array_equal(bits(output), bits(wide.astype(np.float16)))
    np.testing.assert_array_equal(argmax, places)
    without = roi_pool(halves, boxes, (3, 2), convention=convention)
    np.testing.assert_array_equal(bits(without), bits(output))


def test_gradients_of_half_precision_are_added_in_single_and_rounded_once():
    grads = RNG.normal(size=(200, 5, 2, 2)).astype(np.float16)
    boxes = np.tile(BOXES, (67, 1))[:200]
    _, argmax = roi_pool_with_argmax(MAPS, boxes, 2)
    found = roi_pool_backward(grads, argmax, boxes, MAPS.shape)
    wide = roi_pool_backward(grads.astype(np.float32), argmax, boxes, MAPS.shape)
    np.testing.assert_array_equal(found, wide.astype(np.float16), strict=True)
    huge = np.full((200, 5, 2, 2), np.float16(6e4))
    assert np.isinf(roi_pool_backward(huge, argmax, boxes, MAPS.shape)).any()


def test_half_precision_is_averaged_and_not_interpolated():
    halves = article.FEATURE_MAP.astype(np.float16)
    found = roi_pool(halves, article.BOXES, 2, reduce="mean")
    expected = roi_pool(halves.astype(float), article.BOXES, 2, reduce="mean")
    np.testing.assert_array_equal(found, expected.astype(np.float16), strict=True)
    message = r"has dtype float16; expected float32 or float64, in which roi_align"
    with pytest.raises(RoIPoolError, match=message):
        roi_align(halves, article.BOXES, 2)
    with pytest.raises(RoIPoolError, match=rf"{message}_backward"):
        roi_align_backward(found, article.BOXES, halves.shape)
