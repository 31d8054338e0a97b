"""RoI max pooling against a brute force from the formulas, and what it does and doesn't take."""

from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from roipool import (
    PRESETS,
    RoIPoolError,
    article,
    bin_edges,
    roi_pool,
    roi_pool_with_argmax,
)
from tests import sampling
from tests.common import Tensor


def test_article_is_the_default_and_gives_the_figure_of_the_article():
    output = roi_pool(article.FEATURE_MAP, article.BOXES, article.OUTPUT_SIZE)
    np.testing.assert_array_equal(output, article.OUTPUT)


# The brute force: CONVENTIONS.md's formulas once more, in scalars.


def half_away(coordinate, scale):
    exact = Fraction(float(np.float32(coordinate) * np.float32(scale)))
    cells = floor(abs(exact) + Fraction(1, 2))
    return cells if exact >= 0 else -cells


def article_edges(first, last, scale, count):
    start, stop = half_away(first, scale), half_away(last, scale)
    length = max(stop - start, 0)
    return list(pairwise(start + floor(Fraction(i * length, count)) for i in range(count + 1)))


def fast_rcnn_edges(first, last, scale, count):
    start, end = half_away(first, scale), half_away(last, scale)
    size = np.float32(max(end - start + 1, 1)) / np.float32(count)
    return [
        (start + floor(np.float32(i) * size), start + ceil(np.float32(i + 1) * size))
        for i in range(count)
    ]


def scan(cells, rows, cols, skips_nan):
    """Maximum of one bin and its place, cell by cell in row-major order."""
    rows, cols = range(*rows), range(*cols)
    inside = [(h, w) for h, w in np.ndindex(cells.shape) if h in rows and w in cols]
    if not inside:
        return 0, -1
    best, place = (np.finfo(cells.dtype).min, None) if skips_nan else (cells[inside[0]], inside[0])
    for at in inside:
        value = cells[at]
        if value > best or (not skips_nan and np.isnan(value) and not np.isnan(best)):
            best, place = value, at
    return best, -1 if place is None else place[0] * cells.shape[1] + place[1]


def brute_force(maps, boxes, output_size, scale, convention):
    skips_nan = convention == "fast_rcnn"
    edges = fast_rcnn_edges if skips_nan else article_edges
    shape = (len(boxes), maps.shape[1], *output_size)
    output, argmax = np.empty(shape, maps.dtype), np.empty(shape, np.int32)
    for n, (image, x1, y1, x2, y2) in enumerate(boxes):
        rows = edges(y1, y2, scale, output_size[0])
        cols = edges(x1, x2, scale, output_size[1])
        for c, i, j in np.ndindex(shape[1:]):
            found = scan(maps[image, c], rows[i], cols[j], skips_nan)
            output[n, c, i, j], argmax[n, c, i, j] = found
    return output, argmax


@st.composite
def problems(draw):
    """Small maps with ties, NaN and infinities; boxes over, beside and upside down on them."""
    images, channels = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    shape = (images, channels, draw(st.integers(1, 9)), draw(st.integers(1, 9)))
    values = st.sampled_from([-2.5, -0.0, 0.125, 0.75, 3.0, nan, inf, -inf])
    maps = draw(arrays(draw(st.sampled_from([np.float32, np.float64])), shape, elements=values))
    scale = draw(st.sampled_from([1.0, 0.5, 0.7, 1 / 16]))
    coordinate = st.integers(-12, 48).map(lambda quarters: quarters / 4 / scale)
    row = st.tuples(st.integers(0, images - 1), *[coordinate] * 4)
    output_size = draw(st.tuples(st.integers(1, 5), st.integers(1, 5)))
    return maps, draw(st.lists(row, min_size=1, max_size=3)), output_size, scale


@settings(deadline=None, max_examples=sampling.examples(150))
@given(problem=problems(), convention=st.sampled_from(["article", "fast_rcnn"]))
def test_output_and_argmax_equal_brute_force(problem, convention):
    expected = brute_force(*problem, convention)
    found = roi_pool_with_argmax(*problem, convention=convention)
    np.testing.assert_array_equal(roi_pool(*problem, convention=convention), expected[0])
    for ours, theirs in zip(found, expected, strict=True):
        np.testing.assert_array_equal(ours, theirs, strict=True)


def some_maps(dtype=np.float64):
    return np.random.default_rng(7).standard_normal((2, 3, 9, 11)).astype(dtype)


SOME_BOXES = np.array([[1, 0.5, 1.5, 7.25, 8], [0, 2, 0, 2, 6.5], [1, -3, -3, 20, 20]])


@pytest.mark.parametrize("convention", PRESETS)
def test_argmax_points_at_the_maximum(convention):
    maps = some_maps()
    output, argmax = roi_pool_with_argmax(maps, SOME_BOXES, (3, 2), convention=convention)
    full = ~bin_edges(SOME_BOXES, (3, 2), (9, 11), convention=convention).empty
    assert full.any()
    images = maps.reshape(2, 3, -1)
    for n, i, j in np.argwhere(full):
        image = images[int(SOME_BOXES[n, 0])]
        assert output[n, :, i, j].tolist() == image[range(3), argmax[n, :, i, j]].tolist()


@pytest.mark.parametrize("convention", PRESETS)
def test_first_of_equal_maxima_in_row_major_order_wins(convention):
    maps = np.zeros((1, 1, 4, 4))
    maps[0, 0, [1, 1, 2, 3], [2, 3, 0, 1]] = 5
    _, argmax = roi_pool_with_argmax(maps, [[0, 0, 0, 9, 9]], 1, convention=convention)
    assert argmax.item() == 1 * 4 + 2


@pytest.mark.parametrize("convention", PRESETS)
@pytest.mark.parametrize("writeable", [True, False])
def test_input_and_boxes_may_be_read_only_and_are_never_modified(convention, writeable):
    maps, boxes = some_maps(), SOME_BOXES.copy()
    maps[0, 0, 3, 3:5] = nan, -inf
    before = maps.tobytes(), boxes.tobytes()
    for array in (maps, boxes):
        array.setflags(write=writeable)
    roi_pool(maps, boxes, 2, convention=convention)
    assert (maps.tobytes(), boxes.tobytes()) == before


class TensorElsewhere(Tensor):
    def __dlpack__(self, **options):
        raise BufferError("it lives on a GPU")


@pytest.mark.parametrize("form", [Tensor, np.asfortranarray, np.ndarray.tolist])
def test_every_form_of_a_map_gives_the_same_result(form):
    expected = roi_pool(some_maps(), SOME_BOXES, 2)
    np.testing.assert_array_equal(roi_pool(form(some_maps()), SOME_BOXES, 2), expected)


@pytest.mark.parametrize("function", [roi_pool, lambda *a: roi_pool_with_argmax(*a)[0]])
def test_a_subclass_of_array_is_taken_as_what_it_holds(function):
    unmasked = np.ma.masked_greater(some_maps(), 99)
    found = function(unmasked, SOME_BOXES, 2)
    assert type(found) is np.ndarray
    np.testing.assert_array_equal(found, roi_pool(some_maps(), SOME_BOXES, 2))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("boxes", [[], np.empty((0, 5)), [[], []]])
def test_no_boxes_give_an_empty_result_in_the_dtype_of_the_map(boxes, dtype):
    output, argmax = roi_pool_with_argmax(some_maps(dtype), boxes, (4, 5))
    assert (output.shape, output.dtype) == ((0, 3, 4, 5), dtype)
    assert (argmax.shape, argmax.dtype) == ((0, 3, 4, 5), np.int32)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"input": np.zeros((8, 8))}, r"shape \(8, 8\); .*single map: input\[None, None\]"),
        ({"input": np.zeros((3, 8, 8))}, r"shape \(3, 8, 8\); .*single image: input\[None\]"),
        ({"input": np.zeros((1, 1, 1, 8, 8))}, r"shape \(1, 1, 1, 8, 8\); expected \(B, C, H, W\)"),
        ({"input": np.zeros((2, 3, 0, 8))}, r"shape \(2, 3, 0, 8\); expected at least one row"),
        # Of one float: it takes no memory.
        (
            {"input": np.broadcast_to(np.float32(1), (1, 1, 2**16, 2**15))},
            "at most 2147483647",
        ),
        ({"input": np.zeros((2, 3, 8, 0))}, r"shape \(2, 3, 8, 0\); expected at least one row"),
        ({"input": np.zeros((2, 3, 8, 8), np.int64)}, r"dtype int64; .*astype\(numpy\.float32\)"),
        ({"input": np.zeros((2, 3, 8, 8), complex)}, "dtype complex128; expected float32 or"),
        ({"input": [[1.0], [1.0, 2.0]]}, r"cannot be read as an array .*expected \(B, C, H, W\)"),
        ({"input": TensorElsewhere(some_maps())}, r"\(TensorElsewhere\) .*it lives on a GPU.*CPU"),
        ({"boxes": [[2, 0, 0, 1, 1]]}, r"batch_index = 2; .*in \[0, 2\)"),
        ({"output_size": 0}, r"output_size is .*whole numbers from 1"),
        ({"spatial_scale": 0}, "spatial_scale is 0; expected a positive number"),
        ({"convention": "torchvison"}, r"'torchvison'; .*Did you mean 'torchvision'\?"),
        ({"backend": "abacus"}, "backend is 'abacus'; expected one of auto, numpy, cupy"),
    ],
)
@pytest.mark.parametrize("function", [roi_pool, roi_pool_with_argmax])
def test_wrong_argument_is_named_with_what_is_allowed(function, wrong, message):
    right = {"input": some_maps(), "boxes": SOME_BOXES, "output_size": 2}
    function(**right)
    with pytest.raises(RoIPoolError, match=message):
        function(**{**right, **wrong})


def test_a_map_without_channels_gives_an_output_without_channels():
    assert roi_pool(np.zeros((1, 0, 8, 8)), [[0, 0, 3, 7, 8]], 2).shape == (1, 0, 2, 2)
