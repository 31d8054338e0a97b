"""RoIAlign's other modes, which keep the largest sample, and a grid of its own along each axis."""

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from roipool import RoIPoolError, align_samples, article, roi_align, roi_align_backward
from tests import sampling

relaxed = settings(deadline=None, max_examples=sampling.examples(100))
ratios = st.sampled_from([-1, 0, 1, 2, 3])
pairs = st.tuples(ratios, ratios)
sizes = st.tuples(st.integers(1, 4), st.integers(1, 4))
coordinates = st.floats(-6, 14, width=16)
boxes_of_two_images = st.lists(
    st.tuples(st.integers(0, 1), *[coordinates] * 4), min_size=1, max_size=3
)
SHAPE = (2, 2, 6, 8)


def maps_of(elements):
    return arrays(np.float64, SHAPE, elements=elements)


def products_by_the_rule(maps, boxes, size, ratio, aligned):
    """Of each bin its samples, each as the products of its four cells, or 0 of one off the map."""
    every = align_samples(boxes, size, maps.shape[2:], 1.0, ratio, aligned)
    for n, samples in enumerate(every):
        y, x = samples.y, samples.x
        for c, i, j in np.ndindex(maps.shape[1], *size):
            cells = maps[int(boxes[n][0]), c]
            yield (
                (n, c, i, j),
                [
                    [
                        cells[row, col] * down * across
                        for row, down in (
                            (y.low[r], y.low_weight[r]),
                            (y.high[r], y.high_weight[r]),
                        )
                        for col, across in (
                            (x.low[k], x.low_weight[k]),
                            (x.high[k], x.high_weight[k]),
                        )
                    ]
                    if y.counts[r] and x.counts[k]
                    else [0.0]
                    for r in range(i * y.grid, (i + 1) * y.grid)
                    for k in range(j * x.grid, (j + 1) * x.grid)
                ],
            )


cases = (boxes_of_two_images, sizes, pairs, st.booleans())


@relaxed
@given(maps_of(st.floats(-9, 9, width=16)), *cases)
def test_output_is_the_largest_product_by_the_rule_read_aloud(maps, boxes, size, ratio, aligned):
    found = roi_align(maps, boxes, size, 1.0, ratio, aligned, mode="onnx_max")
    for at, samples in products_by_the_rule(maps, boxes, size, ratio, aligned):
        assert found[at] == pytest.approx(max(map(max, samples), default=0), abs=1e-12)


@relaxed
@given(
    st.one_of(
        maps_of(st.floats(-9, 9, width=16)),
        maps_of(st.sampled_from([0.0, 1.0, -2.5, inf, -inf, nan])),
    ),
    *cases,
)
def test_output_is_the_largest_sample_by_the_rule_read_aloud(maps, boxes, size, ratio, aligned):
    found = roi_align(maps, boxes, size, 1.0, ratio, aligned, mode="max")
    with np.errstate(invalid="ignore"):
        for at, samples in products_by_the_rule(maps, boxes, size, ratio, aligned):
            expected = np.max([sum(products) for products in samples]) if samples else 0
            np.testing.assert_allclose(found[at], expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("mode", ["avg", "max", "onnx_max"])
def test_nan_reaches_the_bins_that_take_it_and_no_other(mode):
    maps = np.ones((1, 1, 8, 8))
    maps[0, 0, 2, 6] = nan
    found = roi_align(maps, [[0, 0.25, 0.25, 6.25, 6.25]], 2, mode=mode)
    assert np.isnan(found[0, 0]).tolist() == [[False, True], [False, False]]


def test_the_largest_sample_of_a_ramp_is_that_nearest_to_its_end():
    ramp = np.tile(np.arange(8.0), (8, 1))[None, None]
    found = roi_align(ramp, [[0, 1, 1, 5, 5]], 2, sampling_ratio=2, mode="max")
    assert found.tolist() == [[[[2.5, 4.5]] * 2]]
    # Half of each of the two cells around, in the middle of a row: 0.5 * 3 and 0.5 * 5.
    found = roi_align(ramp, [[0, 1, 1.5, 5, 5.5]], 2, sampling_ratio=2, mode="onnx_max")
    assert found.tolist() == [[[[1.5, 2.5]] * 2]]


def test_one_sample_is_its_own_average_and_maximum():
    rng = np.random.default_rng(2)
    maps, boxes = rng.normal(size=SHAPE), [[0, 0.3, 0.4, 6, 5], [1, 2, 2, 7.5, 3]]
    largest = roi_align(maps, boxes, 3, sampling_ratio=1, mode="max")
    np.testing.assert_allclose(largest, roi_align(maps, boxes, 3, sampling_ratio=1), rtol=1e-12)


def test_a_sample_off_the_map_is_a_zero_among_which_the_largest_is_sought():
    maps = np.full((1, 1, 6, 6), -5.0)
    for mode in ("max", "onnx_max"):
        assert roi_align(maps, [[0, 1, 1, 4, 4]], 1, sampling_ratio=4, mode=mode).item() < 0
        assert roi_align(maps, [[0, -4, 0, 4, 4]], 1, sampling_ratio=4, mode=mode).item() == 0
        assert roi_align(maps, [[0, 20, 0, 24, 4]], 1, mode=mode).item() == 0
        assert roi_align(maps, [[0, 2, 2, 2, 2]], 1, aligned=True, mode=mode).item() == 0


@pytest.mark.parametrize("mode", ["max", "onnx_max"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_samples_are_held_in_parts_with_the_same_result(monkeypatch, mode, dtype):
    rng = np.random.default_rng(6)
    maps = rng.normal(size=(1, 2, 9, 11)).astype(dtype)
    boxes = [[0, 0, 0, 10, 8], [0, 2.5, 1, 7, 8], [0, -3, 0, 3, 2]]
    whole = roi_align(maps, boxes, (3, 4), sampling_ratio=5, mode=mode)
    assert whole.dtype == dtype
    monkeypatch.setattr("roipool.align_max._HELD_AT_ONCE", 30)
    found = roi_align(maps, boxes, (3, 4), sampling_ratio=5, mode=mode)
    np.testing.assert_array_equal(found, whole)


def test_no_boxes_or_no_channels_have_no_largest_sample():
    assert roi_align(np.zeros((1, 4, 8, 8)), [], 7, mode="max").shape == (0, 4, 7, 7)
    none = roi_align(np.zeros((1, 0, 8, 8)), article.BOXES, 7, mode="max")
    assert none.shape == (1, 0, 7, 7)


def test_the_grid_of_each_axis_is_asked_for_alone():
    box, size = [[0, 0, 3, 7, 8]], (2, 2)

    def grid(ratio):
        return align_samples(box, size, (8, 8), sampling_ratio=ratio)[0].grid

    assert grid((1, 5)) == (1, 5)
    assert grid((-1, 5)) == (3, 5)
    assert grid((2, 0)) == (2, 4)
    assert grid(np.array([3, 1])) == (3, 1)
    assert grid((2, 2)) == grid(2) == grid(np.int64(2)) == grid(np.array(2)) == (2, 2)
    assert grid((-1, -7)) == grid(-1) == (3, 4)


def test_a_grid_for_each_axis_is_that_of_the_map_turned_over():
    rng = np.random.default_rng(3)
    maps, grads = rng.normal(size=(1, 2, 6, 8)), rng.normal(size=(1, 2, 2, 3))
    box, turned = [[0, 0.5, 1, 7, 4]], [[0, 1, 0.5, 4, 7]]
    found = roi_align(maps, box, (2, 3), sampling_ratio=(1, 4))
    expected = roi_align(maps.swapaxes(2, 3), turned, (3, 2), sampling_ratio=(4, 1)).swapaxes(2, 3)
    np.testing.assert_allclose(found, expected, rtol=1e-12)
    assert not np.allclose(found, roi_align(maps, box, (2, 3), sampling_ratio=4))
    back = roi_align_backward(grads, box, maps.shape, sampling_ratio=(1, 4))
    assert np.sum(found * grads) == pytest.approx(np.sum(maps * back))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sampling_ratio": (1, 2, 3)}, r"sampling_ratio is \(1, 2, 3\); expected .* a pair of"),
        ({"sampling_ratio": (1, 2.5)}, r"sampling_ratio is \(1, 2\.5\); expected a whole number"),
        ({"sampling_ratio": "22"}, "sampling_ratio is '22'; expected a whole number"),
        ({"sampling_ratio": (1, 10**30)}, "samples across; expected at most 1048576"),
        ({"mode": "mean"}, "mode is 'mean'; expected one of avg, max, onnx_max"),
        ({"mode": None}, "mode is None; expected one of avg"),
    ],
)
def test_grid_or_mode_that_is_not_offered_is_an_error(change, message):
    given = {"input": article.FEATURE_MAP, "boxes": article.BOXES, "output_size": 2}
    with pytest.raises(RoIPoolError, match=message):
        roi_align(**(given | change))


@pytest.mark.parametrize("mode", ["avg", "max"])
@pytest.mark.parametrize("aligned", [False, True])
def test_output_equals_onnx_runtimes(mode, aligned):
    onnx = pytest.importorskip("onnx", reason="the model for ONNX Runtime is written with onnx")
    runtime = pytest.importorskip("onnxruntime", reason="ONNX Runtime is to be compared with")
    from onnx import helper

    mode_of_ours = {"avg": "avg", "max": "onnx_max"}[mode]
    kinds = {"x": onnx.TensorProto.FLOAT, "r": onnx.TensorProto.FLOAT, "i": onnx.TensorProto.INT64}
    rng = np.random.default_rng(8)
    for ratio in range(4):
        node = helper.make_node(
            "RoiAlign",
            list(kinds),
            ["y"],
            mode=mode,
            output_height=2,
            output_width=3,
            sampling_ratio=ratio,
            spatial_scale=0.75,
            coordinate_transformation_mode="half_pixel" if aligned else "output_half_pixel",
        )
        inputs = [helper.make_tensor_value_info(name, kind, None) for name, kind in kinds.items()]
        output = helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, None)
        model = helper.make_model(
            helper.make_graph([node], "align", inputs, [output]),
            opset_imports=[helper.make_opsetid("", 16)],
            ir_version=8,
        )
        options = runtime.SessionOptions()
        options.log_severity_level = 3  # it warns of itself
        session = runtime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        maps = rng.normal(size=SHAPE).astype(np.float32)
        corners = rng.uniform(-4, 9, (40, 2))
        rois = np.hstack([corners, corners + rng.uniform(0.1, 9, (40, 2))]).astype(np.float32)
        images = rng.integers(0, 2, 40)
        (expected,) = session.run(None, {"x": maps, "r": rois, "i": images})
        table = np.column_stack([images, rois])
        found = roi_align(maps, table, (2, 3), 0.75, ratio, aligned, mode=mode_of_ours)
        np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5)
