"""What is lazy, what is known beforehand, what is read, and what is refused when."""

import subprocess
import sys

import numpy as np
import pytest

import roipool
from roipool import RoIPoolError
from tests.roipool.chunked.same import assert_same_bits

MAPS = np.random.default_rng(0).standard_normal((6, 4, 9, 11))
BOXES = np.array([[4, 1, 2, 9, 7], [1, 0, 0, 10, 8], [4, 4, 3, 6, 4], [0, 2, 1, 7, 6.0]])


@pytest.fixture
def maps(da):
    return da.from_array(MAPS, chunks=(2, 3, 5, -1))


@pytest.fixture
def watched(da):
    """Maps in blocks of two images that note which of them are asked for."""
    read = []

    def block(block_info):
        (start, stop), *_ = block_info[None]["array-location"]
        read.append((start, stop))
        return MAPS[start:stop]

    chunks = ((2, 2, 2), *((size,) for size in MAPS.shape[1:]))
    return da.map_blocks(block, chunks=chunks, dtype=MAPS.dtype, meta=MAPS[:0]), read


def test_without_dask_the_error_says_how_to_get_it():
    code = "import sys; sys.modules['dask'] = None; import roipool.dask"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.returncode == 1
    assert "ImportError: roipool.dask needs Dask" in run.stderr
    assert "pip install 'dask[array]'" in run.stderr


def test_nothing_is_read_before_it_is_computed_and_no_block_without_boxes_then(chunked, watched):
    maps, read = watched
    output = chunked.roi_pool(maps, BOXES, 2)
    assert read == []
    assert_same_bits(output, roipool.roi_pool(MAPS, BOXES, 2))
    assert sorted(read) == [(0, 2), (4, 6)]


def test_output_and_argmax_computed_at_once_read_each_block_once(da, chunked, watched):
    import dask

    maps, read = watched
    found = dask.compute(*chunked.roi_pool_with_argmax(maps, BOXES, 2))
    assert sorted(read) == [(0, 2), (4, 6)]
    for one, other in zip(found, roipool.roi_pool_with_argmax(MAPS, BOXES, 2), strict=True):
        np.testing.assert_array_equal(one, other)


def test_boxes_sorted_by_image_give_a_chunk_for_each_block_that_has_any(chunked, maps):
    output = chunked.roi_pool(maps, BOXES[[3, 1, 0, 2]], (2, 3))
    assert output.chunks == ((2, 2), (3, 1), (2,), (3,))
    assert output.dtype == np.float64


def test_boxes_changed_afterwards_change_no_result(chunked, maps):
    boxes = BOXES.copy()
    output = chunked.roi_pool(maps, boxes, 2)
    boxes[:] = 0
    assert_same_bits(output, roipool.roi_pool(MAPS, BOXES, 2))


def test_boxes_of_dask_are_read_at_once(da, chunked, maps):
    lazy = da.from_array(BOXES, chunks=2)
    unknown = lazy[lazy[:, 0] >= 0]
    output = chunked.roi_pool(maps, unknown, 2)
    assert_same_bits(output, roipool.roi_pool(MAPS, BOXES, 2))


def test_the_same_call_gives_the_same_names_so_that_nothing_is_computed_twice(chunked, maps):
    first, second = (chunked.roi_pool(maps, BOXES, 2, convention="mmcv") for _ in range(2))
    assert first.name == second.name
    assert first.name != chunked.roi_pool(maps, BOXES, 2, convention="article").name
    assert first.name != chunked.roi_pool(maps, BOXES[::-1], 2, convention="mmcv").name


def test_float16_is_pooled_as_by_the_library(chunked, maps):
    output = chunked.roi_pool(maps.astype(np.float16), BOXES, 2)
    assert_same_bits(output, roipool.roi_pool(MAPS.astype(np.float16), BOXES, 2))


def test_threads_give_what_one_thread_gives(da, chunked, maps):
    output = chunked.roi_pool(maps, np.tile(BOXES, (20, 1)), 3)
    expected = roipool.roi_pool(MAPS, np.tile(BOXES, (20, 1)), 3)
    assert_same_bits(output, expected, output.compute(scheduler="threads", num_workers=4))


def test_images_without_a_gradient_get_zeros(da, chunked):
    ones = da.ones((4, 4, 2, 2), chunks=(3, 2, 1, 2))
    argmax = da.zeros((4, 4, 2, 2), dtype=np.int32, chunks=2)
    found = chunked.roi_pool_backward(ones, argmax, BOXES, MAPS.shape, chunks=(2, 3, 4, 5))
    assert found.chunks == ((2, 2, 2), (3, 1), (4, 4, 1), (5, 5, 1))
    expected = np.zeros(MAPS.shape)
    expected[[0, 1, 4], :, 0, 0] = [[4], [4], [8]]
    assert_same_bits(found, expected)


REFUSED = {
    "rank": (lambda m: m[0], BOXES, 2, {}),
    "whole numbers": (lambda m: m.astype(int), BOXES, 2, {}),
    "no rows": (lambda m: m[:, :, :0], BOXES, 2, {}),
    "no batch index": (lambda m: m, BOXES[:, 1:], 2, {}),
    "no such image": (lambda m: m, BOXES + 2, 2, {}),
    "not a number": (lambda m: m, BOXES * np.nan, 2, {}),
    "too few lists": (lambda m: m, [BOXES[:, 1:]], 2, {}),
    "output_size": (lambda m: m, BOXES, 0, {}),
    "spatial_scale": (lambda m: m, BOXES, 2, {"spatial_scale": -1}),
    "convention": (lambda m: m, BOXES, 2, {"convention": "torchvison"}),
    "reduce": (lambda m: m, BOXES, 2, {"reduce": "median"}),
    "backend": (lambda m: m, BOXES, 2, {"backend": "gpu"}),
    "average on a GPU": (lambda m: m, BOXES, 2, {"reduce": "mean", "backend": "cupy"}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_library_refuses_is_refused_at_once_in_its_words(chunked, maps, case):
    change, boxes, size, options = REFUSED[case]
    with pytest.raises(RoIPoolError) as expected:
        roipool.roi_pool(change(MAPS), boxes, size, **options)
    with pytest.raises(RoIPoolError) as found:
        chunked.roi_pool(change(maps), boxes, size, **options)
    # What is advised must not put all cells into memory.
    words = str(expected.value).replace("numpy.asarray(input)", "input")
    assert str(found.value) == words


@pytest.mark.parametrize(
    ("change", "arguments"),
    [
        (lambda m: m, (BOXES * [1, 1, 1, 1, 1e9], 2)),
        (lambda m: m, (BOXES, 2, 1.0, 0.5)),
        (lambda m: m, (BOXES, 2, 1.0, 2, "yes")),
        (lambda m: m.astype("float16"), (BOXES, 2)),
    ],
)
def test_what_alignment_refuses_is_refused_at_once_in_its_words(chunked, maps, change, arguments):
    with pytest.raises(RoIPoolError) as expected:
        roipool.roi_align(change(MAPS), *arguments)
    with pytest.raises(RoIPoolError) as found:
        chunked.roi_align(change(maps), *arguments)
    assert str(found.value) == str(expected.value).replace("numpy.asarray(input)", "input")


def test_what_is_no_dask_array_or_of_unknown_size_is_refused_with_the_way_out(chunked, maps):
    with pytest.raises(RoIPoolError, match=r"input is a ndarray; expected a Dask array.*from_arr"):
        chunked.roi_pool(MAPS, BOXES, 2)
    with pytest.raises(RoIPoolError, match=r"grad_output is a ndarray"):
        chunked.roi_pool_backward(MAPS, maps, BOXES, MAPS.shape)
    unknown = maps[maps[:, 0, 0, 0] > -9]
    with pytest.raises(RoIPoolError, match=r"input\.compute_chunk_sizes\(\)"):
        chunked.roi_align(unknown, BOXES, 2)


@pytest.mark.parametrize(
    ("grads", "places", "shape"),
    [
        ((3, 4, 2, 2), (3, 4, 2, 2), MAPS.shape),
        ((4, 4, 2, 2), (4, 4, 2, 1), MAPS.shape),
        ((4, 4, 2, 2), (4, 4, 2, 2), (6, 4, 0, 11)),
    ],
)
def test_gradients_that_do_not_fit_are_refused_at_once(da, chunked, grads, places, shape):
    ones, zeros = np.ones(grads), np.zeros(places, dtype=np.int32)
    with pytest.raises(RoIPoolError) as expected:
        roipool.roi_pool_backward(ones, zeros, BOXES, shape)
    with pytest.raises(RoIPoolError) as found:
        chunked.roi_pool_backward(da.from_array(ones), da.from_array(zeros), BOXES, shape)
    assert str(found.value) == str(expected.value)


@pytest.mark.parametrize("chunks", [((2, 2), 4, 9, 11), "many", (2, 2)])
def test_chunks_that_do_not_cover_the_input_are_refused(da, chunked, chunks):
    ones, zeros = da.ones((4, 4, 2, 2)), da.zeros((4, 4, 2, 2), dtype=np.int32)
    with pytest.raises(RoIPoolError, match=r"^chunks is .*input_shape \(6, 4, 9, 11\)"):
        chunked.roi_pool_backward(ones, zeros, BOXES, MAPS.shape, chunks=chunks)


def test_a_place_off_the_map_is_told_when_it_is_met_and_with_its_images(da, chunked):
    ones = da.ones((4, 4, 2, 2))
    places = np.zeros((4, 4, 2, 2), dtype=np.int32)
    places[0, 0, 0, 0] = 99
    lazy = chunked.roi_pool_backward(
        ones, da.from_array(places), BOXES, MAPS.shape, chunks=(2, -1, -1, -1)
    )
    with pytest.raises(RoIPoolError, match="argmax goes from 0 to 99") as told:
        lazy.compute()
    assert "In images 4 to 5" in told.value.__notes__[0]
