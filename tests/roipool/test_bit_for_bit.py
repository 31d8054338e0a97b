"""What docs/bit-for-bit.md says of each framework, on what the framework itself computed.

The arrays in ``cases/peers`` are outputs of torchvision 0.28.0 in float64, ONNX Runtime 1.32 and
OpenVINO 2026.4 in float32.
"""

import re
from math import inf, nan
from pathlib import Path

import numpy as np
import pytest

from roipool import PRESETS, bin_edges, get_convention, roi_pool, roi_pool_with_argmax
from roipool.frameworks import FRAMEWORKS

DOCS = Path(__file__).parents[2] / "docs" / "bit-for-bit.md"
CASES = sorted((Path(__file__).parent / "cases" / "peers").glob("*.npz"))
FRAMEWORK = {"tv": "torchvision", "ort": "onnxruntime", "ov": "openvino"}
FLT_MAX = 3.4028234663852886e38


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_output_is_the_frameworks(path):
    framework = FRAMEWORK[path.stem.split("_")[0]]
    with np.load(path) as case:
        output = roi_pool(
            case["x"],
            case["boxes"],
            tuple(case["output_size"].tolist()),
            float(case["spatial_scale"]),
            convention=framework,
        )
        np.testing.assert_array_equal(output, case["output"], strict=True)


def test_every_framework_has_such_an_output():
    assert {path.stem.split("_")[0] for path in CASES} == set(FRAMEWORK)
    # mxnet's rows of image -1 are no output of a kept run: tests/roipool/test_boxes.py has them.
    assert set(FRAMEWORK.values()) == set(FRAMEWORKS) - {"mxnet"}


@pytest.mark.parametrize(
    ("dtype", "convention", "last"),
    [
        ("float64", "torchvision", 56),
        ("float32", "torchvision", 57),
        ("float64", "fast_rcnn", 57),
        ("float32", "openvino", 56),
    ],
)
def test_57_rows_in_7_end_where_the_dtype_says(dtype, convention, last):
    rows = np.arange(60, dtype=dtype).reshape(1, 1, 60, 1)
    output = roi_pool(rows, [[0, 0, 0, 0, 56]], (7, 1), convention=convention)
    assert output.ravel().tolist() == [8, 16, 24, 32, 40, 48, last]


@pytest.mark.parametrize(("dtype", "start"), [("float32", 32), ("float64", 31)])
def test_a_scale_of_0_7_in_float64_puts_45_on_the_other_side_of_a_half(dtype, start):
    """45 * 0.7 is 31.499999999999996 in float64, and 31.5 in float32."""
    bins = bin_edges([[0, 45, 0, 80, 0]], 2, (60, 60), 0.7, get_convention("torchvision").on(dtype))
    assert bins.x0[0, 0] == start
    cells = np.arange(60, dtype=dtype).reshape(1, 1, 1, 60)
    output = roi_pool(-cells, [[0, 45, 0, 80, 0]], (1, 2), 0.7, convention="torchvision")
    assert -output[0, 0, 0, 0] == start


@pytest.mark.parametrize("low", [-1e39, -inf])
def test_torchvision_scans_from_the_lowest_float32_in_float64_too(low):
    maps = np.full((1, 1, 2, 2), low)
    output, argmax = roi_pool_with_argmax(maps, [[0, 0, 0, 1, 1]], 1, convention="torchvision")
    assert (output.item(), argmax.item()) == (-FLT_MAX, -1)


@pytest.mark.parametrize(
    ("cells", "onnxruntime", "openvino"),
    [
        ([[3, nan], [1, 2]], 2, 3),
        ([[-inf, -1], [nan, -5]], -5, -1),
        ([[nan, 1], [0, 2]], 2, nan),
        ([[5, nan], [-inf, -inf]], -inf, 5),
        ([[1, 2], [0, nan]], nan, 2),
        ([[nan, nan], [nan, nan]], nan, nan),
        ([[-inf, -inf], [-inf, -inf]], -FLT_MAX, -inf),
    ],
)
def test_nan_and_minus_infinity_by_their_place(cells, onnxruntime, openvino):
    maps = np.array([[cells]], np.float32)
    for framework, expected in (("onnxruntime", onnxruntime), ("openvino", openvino)):
        output = roi_pool(maps, [[0, 0, 0, 1, 1]], 1, convention=framework)
        np.testing.assert_array_equal(output.item(), expected)


@pytest.mark.parametrize("boxes", [1, 40])  # scanned, and looked up in tables
@pytest.mark.parametrize("convention", [*PRESETS, *FRAMEWORKS])
def test_a_maximum_of_zero_is_plus_zero(convention, boxes):
    maps = np.full((1, 3, 9, 9), -0.0, np.float32)
    output = roi_pool(maps, [[0, 0, 0, 6, 6]] * boxes, 3, convention=convention)
    assert not output.any()
    assert not np.signbit(output).any()


def test_a_nan_among_many_boxes_is_where_the_scan_of_a_few_finds_it():
    rng = np.random.default_rng(4)
    maps = rng.standard_normal((2, 3, 20, 20)).astype(np.float32)
    maps[rng.random(maps.shape) < 0.1] = nan
    corners = np.sort(rng.uniform(0, 20, (60, 2, 2)), axis=1).reshape(-1, 4)
    boxes = np.column_stack([np.arange(60) % 2, corners])
    for framework in FRAMEWORKS:
        together = roi_pool_with_argmax(maps, boxes, 2, convention=framework)
        apart = [roi_pool_with_argmax(maps, [box], 2, convention=framework) for box in boxes]
        for found, alone in zip(
            together, map(np.concatenate, zip(*apart, strict=True)), strict=True
        ):
            np.testing.assert_array_equal(found, alone)


def test_every_difference_that_the_docs_name_has_its_test():
    named = set(re.findall(r"`(test_\w+)`", DOCS.read_text("utf-8")))
    assert len(named) > 10
    tests = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("**/test_*.py"))
    assert {name for name in named if f"def {name}(" not in tests} == set()
