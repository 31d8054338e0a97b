"""Every kernel on a card equals NumPy.

NumPy computes what is expected; equal means every bit, except of NaN.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from roipool import PRESETS, bin_edges, get_convention, roi_pool_backward, roi_pool_with_argmax
from roipool.backends import cupy as kernels
from tests.roipool.gpu.cases import PLANS, assert_same, boxes_of, maps_of, on_cpu

pytestmark = pytest.mark.gpu

GOLDEN = Path(__file__).parents[2] / "golden"


# A scan from -FLT_MAX means another number in float16 than in the float32 of `on_cpu`.
HALVES = [name for name, preset in PRESETS.items() if preset.lowest is None]
ROWS = [("float32", name) for name in PRESETS] + [("float64", name) for name in PRESETS]
ROWS += [("float16", name) for name in HALVES]


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize(("dtype", "preset"), ROWS)
def test_every_kernel_equals_numpy(cp, plan, dtype, preset):
    for kind in ("ties", "special", "normal"):
        maps = maps_of(kind, (2, 67, 23, 31), dtype)
        boxes = boxes_of(40, 2, 23, 31)
        for output_size in ((1, 1), (3, 5), (14, 14)):
            expected = on_cpu(maps, boxes, output_size, 0.8, preset)
            for with_argmax in (True, False):
                found = kernels.run_plan(
                    plan,
                    cp.asarray(maps),
                    boxes,
                    output_size,
                    0.8,
                    get_convention(preset),
                    with_argmax=with_argmax,
                )
                assert_same(cp, found[0], expected[0])
                if with_argmax:
                    assert_same(cp, found[1], expected[1])


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("preset", [name for name in PRESETS if name not in HALVES])
def test_halves_are_scanned_from_their_own_lowest(cp, plan, preset):
    maps = maps_of("normal", (1, 32, 9, 9), "float16")
    maps[0, :, 2:6, 3:7] = -np.inf
    boxes = np.array([[0, 3, 2, 6, 5], [0, 0, 0, 8, 8.0]])
    convention = get_convention(preset)
    output, argmax = kernels.run_plan(
        plan, cp.asarray(maps), boxes, (1, 1), 1.0, convention, with_argmax=True
    )
    # -1e9 is -inf as a half.
    lowest = -np.inf if preset == "deepsense" else np.finfo(np.float16).min
    assert (cp.asnumpy(output[0]) == lowest).all()
    assert (cp.asnumpy(argmax[0]) == -1).all()
    expected = on_cpu(maps, boxes[1:], (1, 1), 1.0, preset)
    assert_same(cp, output[1:], expected[0])
    assert_same(cp, argmax[1:], expected[1])


@pytest.mark.parametrize("preset", PRESETS)
def test_edges_equal_those_of_python(cp, preset):
    convention = get_convention(preset)
    boxes = np.zeros((512, 5))
    boxes[:, 1:3] = 3
    boxes[:, 3] = boxes[:, 4] = 3 + np.arange(1, 513) - convention.end_offset
    for outputs in range(1, 33):
        bins = bin_edges(boxes, outputs, (4096, 4096), 1.0, convention)
        records = kernels.bin_edges(cp, boxes, (outputs, outputs), (1, 4096, 4096), 1.0, convention)
        edges = np.concatenate([bins.y0, bins.y1, bins.x0, bins.x1], axis=1)
        np.testing.assert_array_equal(cp.asnumpy(records)[:, :-2], edges)


def test_golden_outputs_and_argmaxes(cp):
    entries = json.loads((GOLDEN / "manifest.json").read_text("utf-8"))["entries"]
    chosen = [e for e in entries if e["key"] == "torchvision" and "argmax" in e["arrays"]]
    chosen = [e for e in chosen if e["case"] != "batch_fractional_idx"]
    assert len(chosen) > 20
    for entry in chosen:
        with np.load(GOLDEN / entry["file"]) as case:
            output, argmax = roi_pool_with_argmax(
                cp.asarray(case["x"]),
                case["rois"],
                tuple(case["output_size"]),
                float(case["spatial_scale"]),
                convention="torchvision",
                backend="cupy",
            )
            np.testing.assert_array_equal(cp.asnumpy(output), case["torchvision__y"])
            np.testing.assert_array_equal(cp.asnumpy(argmax), case["torchvision__argmax"])
            for deterministic in (True, False):
                gradient = roi_pool_backward(
                    cp.asarray(case["dy"].astype(np.float32)),
                    argmax,
                    case["rois"],
                    case["x"].shape,
                    deterministic=deterministic,
                )
                np.testing.assert_array_equal(cp.asnumpy(gradient), case["torchvision__dx"])


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_gradients_equal_those_of_numpy(cp, dtype):
    shape = (2, 33, 23, 31)
    boxes = boxes_of(70, 2, 23, 31)
    maps = maps_of("ties", shape, dtype)
    _, argmax = roi_pool_with_argmax(cp.asarray(maps), boxes, (7, 7))
    grads = np.random.default_rng(0).standard_normal(argmax.shape).astype(dtype)
    wide = grads.astype(np.float32) if dtype == "float16" else grads
    expected = roi_pool_backward(wide, cp.asnumpy(argmax), boxes, shape, backend="numpy")
    found = roi_pool_backward(cp.asarray(grads), argmax, boxes, shape)
    assert_same(cp, found, expected.astype(dtype))
    quick = roi_pool_backward(cp.asarray(grads), argmax, boxes, shape, deterministic=False)
    tolerance = 1e-2 if dtype == "float16" else 1e-4
    np.testing.assert_allclose(cp.asnumpy(quick), expected, rtol=tolerance, atol=tolerance)


def test_maps_beyond_65535_cells(cp):
    maps = maps_of("normal", (1, 40, 300, 270), "float32")
    boxes = boxes_of(60, 1, 300, 270)
    expected = on_cpu(maps, boxes, (7, 7), 1.0, "fast_rcnn")
    for plan in PLANS:
        found = kernels.run_plan(
            plan,
            cp.asarray(maps),
            boxes,
            (7, 7),
            1.0,
            get_convention("fast_rcnn"),
            with_argmax=True,
        )
        assert_same(cp, found[0], expected[0])
        assert_same(cp, found[1], expected[1])
    gradient = roi_pool_backward(found[0], found[1], boxes, maps.shape)
    assert_same(cp, gradient, roi_pool_backward(*expected, boxes, maps.shape, backend="numpy"))
