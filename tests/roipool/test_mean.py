"""roi_pool with reduce="mean": the average of the cells of each bin."""

import json
from dataclasses import replace
from math import inf, nan
from pathlib import Path

import numpy as np
import pytest

from roipool import PRESETS, RoIPoolError, article, bin_edges, roi_pool
from tests.common import OnGpu, Tensor

GOLDEN = Path(__file__).parents[1] / "golden"
ENTRIES = [
    entry
    for entry in json.loads((GOLDEN / "manifest.json").read_text("utf-8"))["entries"]
    if entry["key"] == "chainer_average"
]
BOXES = np.array(
    [[1, 0.5, 1.5, 7.25, 8], [0, 2, 0, 2, 6.5], [1, -3, -3, 20, 20], [1, 30, 30, 40, 40]]
)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["case"])
def test_it_equals_chainers_average(entry):
    # Chainer's averages are cut as its maxima with exclusive ends, and an empty one is 0.
    convention = replace(PRESETS["chainer_roi_max_pooling_2d"], empty_value=0.0)
    with np.load(GOLDEN / entry["file"]) as case:
        maps, rois, expected = case["x"], case["rois"], case["chainer_average__y"]
        size, scale = tuple(case["output_size"]), float(case["spatial_scale"])
    rois[:, 0] = np.trunc(rois[:, 0])  # it takes image 0.9 for image 0
    found = roi_pool(maps, rois, size, scale, convention=convention, reduce="mean")
    # Its sums in float32 of cells near the largest number are infinite, ours are not.
    held = np.isfinite(expected) | (np.abs(maps[np.isfinite(maps)]).max() < 1e30)
    np.testing.assert_allclose(found[held], expected[held], rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("convention", PRESETS)
def test_every_bin_is_the_average_of_its_cells(convention, dtype):
    maps = np.random.default_rng(5).normal(size=(2, 3, 9, 11)).astype(dtype)
    maps[1, 1, 4, 4], maps[1, 2, 8, 10], maps[0, 0, 3, 2] = nan, inf, -inf
    found = roi_pool(maps, BOXES, (3, 2), convention=convention, reduce="mean")
    assert found.dtype == dtype
    bins = bin_edges(BOXES, (3, 2), (9, 11), convention=convention)
    for n, c, i, j in np.ndindex(found.shape):
        rows = slice(bins.y0[n, i], bins.y1[n, i])
        cells = maps[int(BOXES[n, 0]), c, rows, bins.x0[n, j] : bins.x1[n, j]]
        expected = cells.astype(float).mean() if cells.size else PRESETS[convention].empty_value
        np.testing.assert_allclose(found[n, c, i, j], expected, rtol=1e-6, atol=1e-12)


def test_an_empty_bin_has_the_value_of_the_convention():
    odd = replace(PRESETS["article"], empty_value=1e300)
    beside = [[0, 30, 0, 35, 5]]
    assert set(roi_pool(np.ones((1, 1, 8, 8)), beside, 2, convention=odd, reduce="mean").flat) == {
        1e300
    }
    small = np.ones((1, 1, 8, 8), np.float32)
    assert set(roi_pool(small, beside, 2, convention=odd, reduce="mean").flat) == {inf}


def test_the_maximum_is_what_is_kept_unless_said_otherwise():
    arguments = (article.FEATURE_MAP, article.BOXES, 2)
    largest = roi_pool(*arguments, reduce="max")
    np.testing.assert_array_equal(roi_pool(*arguments), largest)
    assert (roi_pool(*arguments, reduce="mean") < largest).all()
    shared = roi_pool(Tensor(article.FEATURE_MAP), article.BOXES, 2, reduce="mean")
    np.testing.assert_array_equal(shared, roi_pool(*arguments, reduce="mean"))
    assert roi_pool(article.FEATURE_MAP, [], 2, reduce="mean").shape == (0, 1, 2, 2)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"reduce": "avg"}, "reduce is 'avg'; expected one of max, mean"),
        ({"reduce": np.ones(2)}, "reduce is array.*; expected one of max, mean"),
        ({"reduce": None}, "reduce is None; expected one of max, mean"),
        ({"input": OnGpu(article.FEATURE_MAP)}, r"reduce=\"mean\" computes in the CPU's memory"),
        ({"backend": "cupy"}, "backend is 'cupy' and reduce is 'mean', .* Leave the backend to"),
        ({"backend": "cuda"}, "backend is 'cuda'; expected one of auto"),
        ({"boxes": [[1, 0, 3, 7, 8]]}, r"batch_index = 1; expected a whole number in \[0, 1\)"),
        ({"output_size": (2**31 - 1,) * 2}, "an output of shape .* takes 3.44e"),
        ({"spatial_scale": 0}, "spatial_scale is 0; expected"),
        ({"convention": "zzz"}, "convention is 'zzz'; expected"),
    ],
)
def test_what_has_no_average_is_an_error(change, message):
    given = {"input": article.FEATURE_MAP, "boxes": article.BOXES, "output_size": 2}
    with pytest.raises(RoIPoolError, match=message):
        roi_pool(**(given | {"reduce": "mean"} | change))
