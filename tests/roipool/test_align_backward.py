"""The gradient of RoIAlign: the transposed sum, as torchvision's."""

import json
from math import inf, nan
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roipool import RoIPoolError, align_samples, article, roi_align, roi_align_backward
from tests import sampling
from tests.common import OnGpu, Tensor

relaxed = settings(deadline=None, max_examples=sampling.examples(100))
ratios = st.sampled_from([-1, 0, 1, 2, 3])
sizes = st.tuples(st.integers(1, 5), st.integers(1, 5))
scales = st.sampled_from([1.0, 0.7, 0.25])
coordinates = st.floats(-6, 14, width=16)
boxes_of_two_images = st.lists(
    st.tuples(st.integers(0, 1), *[coordinates] * 4), min_size=1, max_size=4
)
SHAPE = (2, 3, 9, 7)

GOLDEN = Path(__file__).parents[1] / "golden"
# The manifest's key of a peer -> (sampling_ratio, aligned), and the dtype of its coordinates.
PEERS = {
    "roi_align_al0_sr0": ((0, False), "float32"),
    "roi_align_al0_sr2": ((2, False), "float32"),
    "roi_align_al1_sr0": ((0, True), "float32"),
    "roi_align_al1_sr2": ((2, True), "float32"),
    "chainer_align_sr0": ((0, False), "float64"),
    "chainer_align_sr2": ((2, False), "float64"),
}
ENTRIES = [
    entry
    for entry in json.loads((GOLDEN / "manifest.json").read_text("utf-8"))["entries"]
    if entry["key"] in PEERS and "dx" in entry["arrays"]
]


@relaxed
@given(boxes_of_two_images, sizes, scales, ratios, st.booleans(), st.integers(0, 9))
def test_it_is_the_transpose_of_the_output(boxes, size, scale, ratio, aligned, seed):
    rng = np.random.default_rng(seed)
    maps = rng.normal(size=SHAPE)
    grads = rng.normal(size=(len(boxes), SHAPE[1], *size))
    output = roi_align(maps, boxes, size, scale, ratio, aligned)
    found = roi_align_backward(grads, boxes, SHAPE, scale, ratio, aligned)
    assert found.shape == SHAPE
    assert np.sum(output * grads) == pytest.approx(np.sum(maps * found), abs=1e-10)


@relaxed
@given(boxes_of_two_images, sizes, ratios, st.booleans(), st.integers(0, 2**31))
def test_it_is_the_slope_of_the_output(boxes, size, ratio, aligned, seed):
    rng = np.random.default_rng(seed)
    maps = rng.normal(size=SHAPE)
    grads = rng.normal(size=(len(boxes), SHAPE[1], *size))
    found = roi_align_backward(grads, boxes, SHAPE, 0.7, ratio, aligned)
    at = tuple(rng.integers(0, SHAPE))
    losses = []
    for step in (-0.5, 0.5):  # the output is linear in the map: no step is too large
        moved = maps.copy()
        moved[at] += step
        losses.append(np.sum(grads * roi_align(moved, boxes, size, 0.7, ratio, aligned)))
    assert losses[1] - losses[0] == pytest.approx(found[at], abs=1e-10)


@relaxed
@given(
    boxes_of_two_images,
    sizes,
    ratios,
    st.booleans(),
    st.lists(st.sampled_from([0.0, 1.0, -2.5, inf, -inf, nan]), min_size=1, max_size=6),
)
def test_every_sample_gives_to_its_four_cells_among_gradients_that_are_not_finite(
    boxes, size, ratio, aligned, values
):
    grads = np.resize(values, (len(boxes), 1, *size))
    shape = (2, 1, 9, 7)
    expected = np.zeros(shape)
    every = align_samples(boxes, size, shape[2:], 1.0, ratio, aligned)
    with np.errstate(invalid="ignore"):
        for (image, *_), samples, grad in zip(boxes, every, grads, strict=True):
            y, x = samples.y, samples.x
            for r, c in np.argwhere(y.counts[:, None] & x.counts).tolist():
                given = grad[0, r // y.grid, c // x.grid] / (y.grid * x.grid)
                for row, down in ((y.low[r], y.low_weight[r]), (y.high[r], y.high_weight[r])):
                    for col, across in (
                        (x.low[c], x.low_weight[c]),
                        (x.high[c], x.high_weight[c]),
                    ):
                        expected[int(image), 0, row, col] += given * down * across
    found = roi_align_backward(grads, boxes, shape, 1.0, ratio, aligned)
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: f"{e['case']}-{e['key']}")
def test_it_equals_the_peers(entry):
    arguments, dtype = PEERS[entry["key"]]
    with np.load(GOLDEN / entry["file"]) as case:
        rois = case["rois"].copy()
        rois[:, 0] = np.trunc(rois[:, 0])  # peers take image 0.9 for image 0
        scale, grads = float(case["spatial_scale"]), case["dy"].astype(dtype)
        found = roi_align_backward(grads, rois, case["x"].shape, scale, *arguments)
        expected = case[f"{entry['key']}__dx"]
    assert found.dtype == dtype
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-4)


def test_every_listed_peer_has_golden_gradients():
    assert {entry["key"] for entry in ENTRIES} == set(PEERS)
    assert len(ENTRIES) > 100


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_it_equals_torchvisions_of_many_boxes(dtype):
    ops = pytest.importorskip("torchvision.ops", reason="torchvision is to be compared with")
    import torch

    rng = np.random.default_rng(4)
    tolerance = 1e-4 if dtype is np.float32 else 1e-10
    for seed in range(20):
        corners = rng.uniform(-30, 140, (6, 4))
        boxes = np.column_stack([rng.integers(0, 2, 6), corners]).astype(dtype)
        ratio, aligned, size = seed % 4, bool(seed // 4 % 2), (seed % 3 + 1, seed % 5 + 1)
        maps = torch.zeros(SHAPE, dtype=getattr(torch, np.dtype(dtype).name), requires_grad=True)
        grads = rng.normal(size=(6, SHAPE[1], *size)).astype(dtype)
        output = ops.roi_align(maps, torch.from_numpy(boxes), size, 1 / 16, ratio, aligned)
        output.backward(torch.from_numpy(grads))
        found = roi_align_backward(grads, boxes, SHAPE, 1 / 16, ratio, aligned)
        assert found.dtype == dtype
        np.testing.assert_allclose(found, maps.grad.numpy(), rtol=tolerance, atol=tolerance)


def test_the_same_gradient_every_time():
    rng = np.random.default_rng(7)
    boxes = np.column_stack([rng.integers(0, 2, 50), rng.uniform(-2, 9, (50, 4))])
    grads = rng.normal(size=(50, 3, 4, 4)).astype(np.float32)
    first = roi_align_backward(grads, boxes, SHAPE)
    assert first.tobytes() == roi_align_backward(grads, boxes, SHAPE).tobytes()


def test_what_lies_off_the_map_gives_nothing():
    grads = np.ones((1, 1, 1, 1))
    # Columns at -3, -1, 1 and 3: one in four does not count.
    found = roi_align_backward(grads, [[0, -4, 0, 4, 4]], (1, 1, 6, 6), sampling_ratio=4)
    assert found.sum() == 0.75
    assert not roi_align_backward(grads, [[0, 30, 0, 40, 4]], (1, 1, 6, 6)).any()


def test_no_boxes_give_a_gradient_of_zeros():
    found = roi_align_backward(np.empty((0, 3, 2, 2), np.float32), [], SHAPE)
    assert found.dtype == np.float32
    assert not found.any()
    assert found.shape == SHAPE


def test_arrays_and_boxes_come_as_for_the_output():
    rng = np.random.default_rng(6)
    table = np.array([[0, 1, 1, 5, 6], [1, 0, 2, 7, 7.5]])
    grads = rng.normal(size=(2, 3, 2, 2))
    expected = roi_align_backward(grads, table, SHAPE)
    lists = [table[:1, 1:], table[1:, 1:]]
    np.testing.assert_array_equal(roi_align_backward(grads, lists, SHAPE), expected)
    tensors = roi_align_backward(Tensor(grads), Tensor(table), SHAPE)
    np.testing.assert_array_equal(tensors, expected)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"grad_output": np.zeros((2, 1, 2, 2))}, r"grad_output has shape .* with the 1 boxes and"),
        ({"grad_output": np.zeros((1, 2, 2, 2))}, r"\(1, 2, 2, 2\); expected .* the 1 channels"),
        ({"grad_output": np.zeros((1, 1, 2))}, r"shape \(1, 1, 2\); expected \(N, C, PH, PW\)"),
        ({"grad_output": np.zeros((1, 1, 2, 2), int)}, "grad_output has dtype int64; expected"),
        ({"grad_output": OnGpu(article.OUTPUT)}, r"lives on a GPU; .*: grad_output\.get\(\)"),
        ({"input_shape": (1, 1, 8)}, r"input_shape is \(1, 1, 8\); expected \(B, C, H, W\)"),
        ({"boxes": [[1, 0, 3, 7, 8]]}, r"batch_index = 1; expected a whole number in \[0, 1\)"),
        ({"spatial_scale": 0}, "spatial_scale is 0; expected a positive number"),
        ({"sampling_ratio": 1.5}, r"sampling_ratio is 1\.5; expected a whole number"),
        ({"input_shape": (2**50, 1, 8, 8)}, "a gradient of shape .* takes 5.37e"),
    ],
)
def test_gradient_that_cannot_be_handed_back_is_an_error(change, message):
    shape = (1, 1, 8, 8)
    given = {"grad_output": article.OUTPUT, "boxes": article.BOXES, "input_shape": shape}
    with pytest.raises(RoIPoolError, match=message):
        roi_align_backward(**(given | change))
