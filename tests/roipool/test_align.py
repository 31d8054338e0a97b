"""RoIAlign: equal to torchvision, ONNX Runtime and Chainer, and to its rule read aloud.

One file, because the rule that is read aloud serves most of the tests.
"""

import json
from math import ceil, floor, inf, nan
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from roipool import RoIPoolError, align_samples, article, roi_align
from tests.common import OnGpu, Tensor

GOLDEN = Path(__file__).parents[1] / "golden"

# The manifest's key of a peer -> (sampling_ratio, aligned), and the dtype of its coordinates.
PEERS = {
    "roi_align_al0_sr0": ((0, False), "float32"),
    "roi_align_al0_sr2": ((2, False), "float32"),
    "roi_align_al1_sr0": ((0, True), "float32"),
    "roi_align_al1_sr2": ((2, True), "float32"),
    "ort_roi_align_avg_half_pixel_sr0": ((0, True), "float32"),
    "chainer_align_sr0": ((0, False), "float64"),
    "chainer_align_sr2": ((2, False), "float64"),
}

ENTRIES = [
    entry
    for entry in json.loads((GOLDEN / "manifest.json").read_text("utf-8"))["entries"]
    if entry["key"] in PEERS
]

relaxed = settings(deadline=None)
ratios = st.sampled_from([-1, 0, 1, 2, 3])
sizes = st.tuples(st.integers(1, 5), st.integers(1, 5))
# Half precision, so that no product of two weights is too small for a float64.
coordinates = st.floats(-6, 14, width=16)
boxes_of_two_images = st.lists(
    st.tuples(st.integers(0, 1), *[coordinates] * 4), min_size=1, max_size=3
)


def maps_of(elements):
    shapes = st.tuples(st.just(2), st.integers(1, 2), st.integers(1, 9), st.integers(1, 9))
    return arrays(np.float64, shapes, elements=elements)


def by_the_rule(maps, boxes, output_size, scale, ratio, aligned):
    """RoIAlign cell by cell, sample by sample, in Python's floats."""
    output = np.empty((len(boxes), maps.shape[1], *output_size))
    for n, (image, *corners) in enumerate(boxes):
        x1, y1, x2, y2 = (corner * scale - (0.5 if aligned else 0.0) for corner in corners)
        rows = axis_by_the_rule(y1, y2, output_size[0], ratio, aligned, maps.shape[2])
        cols = axis_by_the_rule(x1, x2, output_size[1], ratio, aligned, maps.shape[3])
        for c, i, j in np.ndindex(output.shape[1:]):
            samples = [
                sum(wy * wx * float(maps[int(image), c, y, x]) for y, wy in row for x, wx in col)
                for row in rows[i]
                for col in cols[j]
            ]
            output[n, c, i, j] = sum(samples) / max(len(samples), 1)
    return output


def axis_by_the_rule(start, end, count, ratio, aligned, cells):
    """For each bin its samples, each with its (cell, weight) pairs: none of one off the map."""
    length = (end - start if aligned else max(end - start, 1.0)) / count
    grid = ratio if ratio > 0 else max(ceil(length), 0)
    bins = []
    for p in range(count):
        bins.append([])
        for k in range(grid):
            position = start + p * length + (k + 0.5) * length / grid
            inside = min(max(position, 0.0), cells - 1.0)
            low = floor(inside)
            pairs = [(low, 1 - (inside - low)), (min(low + 1, cells - 1), inside - low)]
            bins[-1].append(pairs if -1 <= position <= cells else [])
    return bins


@pytest.mark.sampled(2)
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: f"{e['case']}-{e['key']}")
def test_output_equals_the_peer(entry):
    with np.load(GOLDEN / entry["file"]) as arrays_of_case:
        case = dict(arrays_of_case)
    case["rois"][:, 0] = np.trunc(case["rois"][:, 0])  # peers take image 0.9 for image 0
    arguments, dtype = PEERS[entry["key"]]
    found = roi_align(
        case["x"].astype(dtype),
        case["rois"],
        tuple(case["output_size"]),
        float(case["spatial_scale"]),
        *arguments,
    )
    assert found.dtype == dtype
    np.testing.assert_allclose(found, case[f"{entry['key']}__y"], rtol=1e-5, atol=1e-5)


def test_every_listed_peer_has_golden_cases():
    assert {entry["key"] for entry in ENTRIES} == set(PEERS)
    assert len(ENTRIES) > 180


@relaxed
@given(
    maps_of(st.floats(-9, 9)),
    boxes_of_two_images,
    sizes,
    st.sampled_from([1.0, 0.7, 0.25]),
    ratios,
    st.booleans(),
)
def test_output_equals_the_rule_read_aloud(maps, boxes, size, scale, ratio, aligned):
    arguments = (boxes, size, scale, ratio, aligned)
    np.testing.assert_allclose(
        roi_align(maps, *arguments), by_the_rule(maps, *arguments), rtol=1e-12, atol=1e-12
    )


@relaxed
@given(
    maps_of(st.sampled_from([0.0, 1.0, -2.5, inf, -inf, nan])),
    boxes_of_two_images,
    sizes,
    ratios,
    st.booleans(),
)
def test_output_equals_the_rule_among_infinite_cells_and_nan(maps, boxes, size, ratio, aligned):
    arguments = (boxes, size, 1.0, ratio, aligned)
    np.testing.assert_allclose(
        roi_align(maps, *arguments), by_the_rule(maps, *arguments), rtol=1e-12, atol=1e-12
    )


@pytest.mark.parametrize("value", [inf, -inf, nan])
def test_cell_that_is_not_finite_reaches_only_the_bins_that_take_it(value):
    cells = np.ones((1, 2, 8, 8))
    cells[0, 1, 2, 6] = value
    found = roi_align(cells, [[0, 0.25, 0.25, 6.25, 6.25]], 2)
    expected = np.ones((1, 2, 2, 2))
    expected[0, 1, 0, 1] = value
    np.testing.assert_allclose(found, expected)


@relaxed
@given(
    box=st.tuples(*[st.floats(0, 5)] * 2, *[st.floats(6, 9)] * 2),
    slopes=st.tuples(*[st.floats(-3, 3)] * 3),
    size=sizes,
    ratio=ratios,
    aligned=st.booleans(),
)
def test_average_of_a_ramp_is_its_value_in_the_middle_of_the_bin(box, slopes, size, ratio, aligned):
    base, down, across = slopes
    rows, cols = np.mgrid[:10, :10]
    x1, y1, x2, y2 = box
    shift = 0.5 if aligned else 0.0
    found = roi_align(
        (base + down * rows + across * cols)[None, None],
        [[0, *(corner + shift for corner in box)]],
        size,
        sampling_ratio=ratio,
        aligned=aligned,
    )
    y = y1 + (np.arange(size[0]) + 0.5) * (y2 - y1) / size[0]
    x = x1 + (np.arange(size[1]) + 0.5) * (x2 - x1) / size[1]
    expected = base + down * y[:, None] + across * x
    np.testing.assert_allclose(found[0, 0], expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_constant_map_gives_the_constant_in_its_own_dtype(dtype):
    maps = np.full((1, 3, 9, 7), 0.3, dtype=dtype)
    found = roi_align(maps, [[0, 0, 0, 7, 9], [0, 2.3, 1.7, 2.4, 8]], (3, 2))
    assert found.dtype == dtype
    np.testing.assert_allclose(found, np.full((2, 3, 3, 2), 0.3), rtol=1e-6)


@pytest.mark.parametrize(
    ("position", "counts"),
    [(-1.25, False), (-1, True), (0.5, True), (5.5, True), (6, True), (6.25, False)],
)
def test_sample_counts_up_to_a_cell_outside_the_six(position, counts):
    maps = np.full((1, 1, 4, 6), 5.0)
    box = [0, position - 0.5, 0, position + 0.5, 1]
    assert roi_align(maps, [box], 1, sampling_ratio=1).item() == (5 if counts else 0)
    (samples,) = align_samples([box], 1, (4, 6), sampling_ratio=1)
    assert samples.x.position.tolist() == [position]
    assert samples.x.counts.tolist() == [counts]


def test_samples_off_the_map_are_zeros_of_the_average():
    maps = np.full((1, 1, 6, 6), 5.0)
    # Columns at -3, -1, 1 and 3: one in four does not count.
    assert roi_align(maps, [[0, -4, 0, 4, 4]], 1, sampling_ratio=4).item() == 3.75


def test_box_without_extent_is_a_cell_unless_aligned():
    maps = np.arange(36.0).reshape(1, 1, 6, 6)
    box = [[0, 2, 3, 2, 3]]
    assert roi_align(maps, box, 1).item() == 3.5 * 6 + 2.5
    assert roi_align(maps, box, 1, aligned=True).item() == 0
    assert align_samples(box, 1, (6, 6), aligned=True)[0].grid == (0, 0)
    assert roi_align(maps, box, 1, 1.0, 2, True).item() == 2.5 * 6 + 1.5


@relaxed
@given(boxes_of_two_images, sizes, ratios, st.booleans())
def test_samples_weigh_one_where_they_count_and_stay_on_the_map(boxes, size, ratio, aligned):
    every = align_samples(boxes, size, (5, 8), 1.0, ratio, aligned)
    assert len(every) == len(boxes)
    for samples in every:
        for axis, count, cells in zip((samples.y, samples.x), size, (5, 8), strict=True):
            assert axis.position.shape == axis.low.shape == (count * axis.grid,)
            np.testing.assert_array_equal(axis.low_weight + axis.high_weight, axis.counts)
            assert ((axis.low_weight >= 0) & (axis.high_weight >= 0)).all()
            assert ((axis.low >= 0) & (axis.low <= axis.high) & (axis.high < cells)).all()


@relaxed
@given(boxes_of_two_images, sizes, ratios, st.booleans(), st.sampled_from(["float32", "float64"]))
def test_samples_are_those_that_the_output_averages(boxes, size, ratio, aligned, dtype):
    maps = np.random.default_rng(5).random((2, 1, 5, 8)).astype(dtype)
    output = roi_align(maps, boxes, size, 0.7, ratio, aligned)
    every = align_samples(boxes, size, (5, 8), 0.7, ratio, aligned, dtype=dtype)
    for (image, *_), samples, found in zip(boxes, every, output, strict=True):
        y, x = samples.y, samples.x
        values = sum(
            wy[:, None] * wx * maps[image, 0][rows[:, None], cols]
            for rows, wy in ((y.low, y.low_weight), (y.high, y.high_weight))
            for cols, wx in ((x.low, x.low_weight), (x.high, x.high_weight))
        )
        bins = values.reshape(size[0], y.grid, size[1], x.grid)
        expected = bins.sum((1, 3)) / max(y.grid * x.grid, 1)
        np.testing.assert_allclose(found[0], expected, rtol=1e-5, atol=1e-6)


def test_grid_that_adapts_is_found_in_the_dtype_of_the_map():
    box = [[0, 0, 0, 50, 50]]  # 50 * 0.3 is 15 in float64 and a little more in float32
    assert align_samples(box, 3, (20, 20), 0.3)[0].grid == (5, 5)
    assert align_samples(box, 3, (20, 20), 0.3, dtype="float32")[0].grid == (6, 6)


def test_boxes_come_as_a_table_or_as_a_list_per_image_or_from_another_library():
    maps = np.random.default_rng(6).random((2, 3, 8, 8))
    table = np.array([[0, 1, 1, 5, 6], [1, 0, 2, 7, 7.5]])
    expected = roi_align(maps, table, (2, 3))
    np.testing.assert_array_equal(roi_align(maps, [table[:1, 1:], table[1:, 1:]], (2, 3)), expected)
    np.testing.assert_array_equal(roi_align(Tensor(maps), Tensor(table), (2, 3)), expected)
    # Whichever image comes first.
    np.testing.assert_array_equal(roi_align(maps, table[::-1], (2, 3)), expected[::-1])


def test_no_boxes_or_no_channels_give_an_empty_output():
    assert roi_align(np.zeros((1, 4, 8, 8)), [], 7).shape == (0, 4, 7, 7)
    assert roi_align(np.zeros((1, 0, 8, 8)), article.BOXES, 7).shape == (1, 0, 7, 7)
    assert align_samples([], 7, (8, 8)) == ()


def test_far_box_is_zero_where_its_samples_are_few():
    box = [[0, -1e300, 5, 1e300, 8]]
    assert not roi_align(article.FEATURE_MAP, box, 2, sampling_ratio=2).any()
    assert not roi_align(article.FEATURE_MAP.astype("float32"), box, 2, sampling_ratio=2).any()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"input": np.zeros((8, 8))}, r"shape \(8, 8\); expected \(B, C, H, W\)"),
        ({"input": np.zeros((1, 1, 8, 8), int)}, "dtype int64; expected float32 or float64"),
        ({"input": np.zeros((1, 1, 8, 8), "f2")}, "dtype float16; expected float32 or float64"),
        ({"input": OnGpu(article.FEATURE_MAP)}, r"lives on a GPU; .* Copy it there: input\.get"),
        ({"boxes": [[1, 0, 3, 7, 8]]}, r"batch_index = 1; expected a whole number in \[0, 1\)"),
        ({"boxes": [[0, 3, 7, 8]]}, "The batch index is missing"),
        ({"output_size": 0}, "output_size is 0; expected an int"),
        ({"spatial_scale": -1}, "spatial_scale is -1; expected a positive number"),
        ({"sampling_ratio": 1.5}, r"sampling_ratio is 1\.5; expected a whole number"),
        ({"sampling_ratio": None}, "sampling_ratio is None; expected a whole number"),
        ({"sampling_ratio": 10**30}, "samples down; expected at most 1048576"),
        (
            {"boxes": [[0, 0, 3, 7, 8], [0, 0, 0, 1e9, 8]]},
            "box 1 would take 1000000000 samples across; expected at most 1048576",
        ),
    ],
)
def test_input_that_cannot_be_averaged_is_an_error(change, message):
    given = {"input": article.FEATURE_MAP, "boxes": article.BOXES, "output_size": 2}
    with pytest.raises(RoIPoolError, match=message):
        roi_align(**(given | change))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"map_size": (8,)}, r"map_size is \(8,\); expected \(H, W\)"),
        ({"dtype": "float16"}, "dtype is 'float16'; expected that of a map, float32 or float64"),
        ({"dtype": "real"}, "dtype is 'real'; expected that of a map"),
    ],
)
def test_samples_of_no_map_are_an_error(change, message):
    with pytest.raises(RoIPoolError, match=message):
        align_samples(**({"boxes": article.BOXES, "output_size": 2, "map_size": (8, 8)} | change))


def test_cells_that_are_not_finite_are_weighed_in_parts_with_the_same_result(monkeypatch):
    rng = np.random.default_rng(6)
    maps = rng.random((1, 2, 9, 11)).astype(np.float32)
    maps[0, :, 4, 5] = np.nan, np.inf
    boxes = [[0, 0, 0, 10, 8], [0, 2.5, 1, 7, 8], [0, 0, 0, 3, 2]]
    whole = roi_align(maps, boxes, (3, 4), sampling_ratio=5)
    monkeypatch.setattr("roipool.align._WEIGHED_AT_ONCE", 30)
    np.testing.assert_array_equal(roi_align(maps, boxes, (3, 4), sampling_ratio=5), whole)
