"""Whatever the batch and its blocks are: equal to the library, bit for bit."""

import numpy as np
import pytest

import roipool
from tests.roipool.chunked.cases import CONVENTIONS, make_batch
from tests.roipool.chunked.same import assert_same_bits

SEEDS = range(1000)
each_batch = pytest.mark.parametrize("seed", SEEDS)


def lazily(da, batch):
    return da.from_array(batch.maps, chunks=batch.chunks)


@pytest.mark.sampled(100)
@each_batch
def test_maxima_and_their_places_are_those_of_the_library(da, chunked, seed):
    batch = make_batch(seed)
    arguments = (batch.boxes, batch.output_size, batch.spatial_scale)
    expected = roipool.roi_pool_with_argmax(batch.maps, *arguments, convention=batch.convention)
    maps = lazily(da, batch)
    found = chunked.roi_pool_with_argmax(maps, *arguments, convention=batch.convention)
    for lazy, one in zip(found, expected, strict=True):
        assert_same_bits(lazy, one)
        assert lazy.chunks[1] == maps.chunks[1]
    alone = chunked.roi_pool(maps, *arguments, convention=batch.convention)
    assert_same_bits(alone, expected[0])


@pytest.mark.sampled(100)
@each_batch
def test_averages_are_those_of_the_library(da, chunked, seed):
    batch = make_batch(seed)
    arguments = (batch.boxes, batch.output_size, batch.spatial_scale)
    options = {"convention": batch.convention, "reduce": "mean"}
    lazy = chunked.roi_pool(lazily(da, batch), *arguments, **options)
    assert_same_bits(lazy, roipool.roi_pool(batch.maps, *arguments, **options))


@pytest.mark.sampled(100)
@each_batch
def test_aligned_averages_and_maxima_are_those_of_the_library(da, chunked, seed):
    batch = make_batch(seed)
    boxes = batch.boxes
    if not isinstance(boxes, list):  # here no box may name no image
        boxes = boxes[(boxes[:, 0] >= 0) & (boxes[:, 0] < len(batch.maps))]
    arguments = (boxes, batch.output_size, batch.spatial_scale, seed % 4 - 1, seed % 3 == 0)
    mode = ("avg", "max", "onnx_max")[seed // 7 % 3]
    lazy = chunked.roi_align(lazily(da, batch), *arguments, mode=mode)
    assert_same_bits(lazy, roipool.roi_align(batch.maps, *arguments, mode=mode))
    assert lazy.chunks[1] == lazily(da, batch).chunks[1]


@pytest.mark.sampled(100)
@each_batch
def test_gradients_are_those_of_the_library_in_the_chunks_of_the_input(da, chunked, seed):
    batch = make_batch(seed)
    arguments = (batch.boxes, batch.output_size, batch.spatial_scale)
    maps = lazily(da, batch)
    output, argmax = chunked.roi_pool_with_argmax(maps, *arguments, convention=batch.convention)
    grads = np.random.default_rng(seed).standard_normal(output.shape).astype(output.dtype)
    shape = batch.maps.shape
    expected = roipool.roi_pool_backward(grads, argmax.compute(), batch.boxes, shape)
    like = da.from_array(grads, chunks=output.chunks if seed % 2 else "auto")
    found = chunked.roi_pool_backward(like, argmax, batch.boxes, shape, chunks=maps.chunks)
    assert_same_bits(found, expected)
    assert found.chunks == maps.chunks
    assert_same_bits(chunked.roi_pool_backward(like, argmax, batch.boxes, shape), expected)


def test_the_batches_have_what_blocks_can_make_a_difference_to():
    batches = [make_batch(seed) for seed in SEEDS]
    kinds = {
        "no images": lambda b: len(b.maps) == 0,
        "no boxes": lambda b: len(b.boxes) == 0,
        "a list": lambda b: isinstance(b.boxes, list),
        "channels in blocks": lambda b: len(b.chunks[1]) > 1,
        "rows in blocks": lambda b: len(b.chunks[2]) > 1,
        "empty blocks": lambda b: 0 in b.chunks[0] and len(b.maps) > 0,
        "uneven blocks": lambda b: len(set(b.chunks[0])) > 1,
        "images without boxes": lambda b: (
            not isinstance(b.boxes, list) and 0 < len(np.unique(b.boxes[:, 0])) < len(b.maps)
        ),
        "shuffled": lambda b: not isinstance(b.boxes, list) and (np.diff(b.boxes[:, 0]) < 0).any(),
        "no such image": lambda b: not isinstance(b.boxes, list) and (b.boxes[:, 0] < 0).any(),
        "not finite": lambda b: not np.isfinite(b.maps).all(),
    }
    met = {name: sum(map(bool, map(kind, batches))) for name, kind in kinds.items()}
    assert min(met.values()) >= 30, met
    assert {(b.convention, b.maps.dtype.name) for b in batches} == {
        (name, dtype) for name in CONVENTIONS for dtype in ("float32", "float64")
    }
