"""The kernels on a card: ``pytest -m gpu``.

NumPy computes what is expected; equal means every bit, except of NaN. Without a usable card every
test is skipped, with the reason that `backend_status` gives.
"""

import json
import threading
from pathlib import Path

import numpy as np
import pytest

from app.fast_rcnn.detect import detect
from app.fast_rcnn.network import copied, load, new_weights
from app.fast_rcnn.pictures import picture
from app.fast_rcnn.training import HELD_OUT, Length, train
from roipool import (
    PRESETS,
    backend_status,
    bin_edges,
    get_convention,
    roi_pool,
    roi_pool_backward,
    roi_pool_with_argmax,
)
from roipool.backends import cupy as kernels
from tests.common import Tensor, bits

pytestmark = pytest.mark.gpu

GOLDEN = Path(__file__).parents[1] / "golden"
PLANS = ("reference", "cells", "windows")


@pytest.fixture(scope="module")
def cp():
    """CuPy, where there is a card for it."""
    status = backend_status()
    if status.backend != "cupy":
        pytest.skip(f"no GPU can be used: {status.reason}")
    import cupy

    return cupy


def assert_same(cp, found, expected):
    """A CuPy array equals a NumPy array in dtype, shape and bits."""
    assert isinstance(found, cp.ndarray)
    assert (found.dtype, found.shape) == (expected.dtype, expected.shape)
    np.testing.assert_array_equal(bits(cp.asnumpy(found)), bits(expected))


def maps_of(kind, shape, dtype, seed=0):
    rng = np.random.default_rng(seed)
    if kind == "ties":
        return rng.integers(-2, 3, shape).astype(dtype)
    if kind == "special":
        tiny = np.finfo(dtype).smallest_subnormal
        values = [np.nan, np.inf, -np.inf, 0.0, -0.0, tiny, -tiny, 2 * tiny, 1.0, -1.0]
        values += [np.finfo(dtype).max, np.finfo(dtype).min]
        return rng.choice(np.array(values, dtype=dtype), shape)
    return rng.standard_normal(shape).astype(dtype)


def boxes_of(count, images, height, width, seed=0):
    rng = np.random.default_rng(seed)
    first = rng.uniform(-0.2, 0.9, (count, 2)) * [width, height]
    size = rng.uniform(-0.1, 1.0, (count, 2)) * [width, height]
    return np.column_stack([rng.integers(0, images, count), first, first + size])


def on_cpu(maps, boxes, output_size, scale, convention):
    """What NumPy gives; it has no halves, which float32 holds exactly."""
    wide = maps.astype(np.float32) if maps.dtype == np.float16 else maps
    output, argmax = roi_pool_with_argmax(
        wide, boxes, output_size, scale, convention=convention, backend="numpy"
    )
    with np.errstate(over="ignore"):
        return output.astype(maps.dtype), argmax


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


def test_boxes_and_maps_stay_on_the_card(cp):
    maps, boxes = maps_of("ties", (2, 8, 9, 9), "float32"), boxes_of(9, 2, 9, 9)
    found = roi_pool(cp.asarray(maps), cp.asarray(boxes), 2)
    assert_same(cp, found, roi_pool(maps, boxes, 2, backend="numpy"))


def test_boxes_on_the_card_that_name_no_image_are_empty(cp):
    boxes = cp.asarray([[0, 0, 0, 4, 4], [7, 0, 0, 4, 4], [0.5, 0, 0, 4, 4], [0, np.nan, 0, 4, 4]])
    maps = cp.ones((1, 3, 9, 9), dtype=np.float32)
    output, argmax = roi_pool_with_argmax(maps, boxes, 2)
    assert cp.asnumpy(output)[:, 0, 0, 0].tolist() == [1, 0, 0, 0]
    assert cp.asnumpy(argmax)[1:].tolist() == np.full((3, 3, 2, 2), -1).tolist()


def test_a_list_of_boxes_on_the_card_may_have_images_without_any(cp):
    maps = maps_of("ties", (3, 8, 9, 9), "float32")
    some = [[0.0, 0, 4, 4], [2, 1, 8, 7]]
    expected = roi_pool(maps, [some, [], some[:1]], 2, backend="numpy")
    on_card = cp.asarray(some)
    for none in ([], cp.zeros((0, 4), dtype=np.float64), cp.zeros((0, 5), dtype=np.float64)):
        found = roi_pool(cp.asarray(maps), [on_card, none, cp.asarray(some[:1])], 2)
        assert_same(cp, found, expected)
    rows = [cp.asarray([0.0, *some[0]]), cp.asarray([0.0, *some[1]])]
    assert_same(cp, roi_pool(cp.asarray(maps), rows, 2), expected[:2])


def test_a_gradient_on_the_card_passes_over_what_points_nowhere(cp):
    grads = cp.ones((5, 1, 1, 1), dtype=np.float32)
    images = [0, 0.5, 7, 2**32, np.nan]
    boxes = cp.asarray([[image, 0, 0, 1, 1.0] for image in images])
    for place, expected in ((4, 1), (2**32, 0), (9, 0), (-5, 0)):
        argmax = cp.asarray(np.full((5, 1, 1, 1), place, np.int64))
        for deterministic in (True, False):
            found = roi_pool_backward(
                grads, argmax, boxes, (1, 1, 3, 3), deterministic=deterministic
            )
            assert float(cp.asnumpy(found).sum()) == expected


def test_numpy_in_gives_numpy_out(cp):
    maps, boxes = maps_of("ties", (2, 40, 19, 19), "float32"), boxes_of(50, 2, 19, 19)
    found = roi_pool_with_argmax(maps, boxes, 7, backend="cupy")
    expected = roi_pool_with_argmax(maps, boxes, 7, backend="numpy")
    for ours, theirs in zip(found, expected, strict=True):
        assert type(ours) is np.ndarray
        np.testing.assert_array_equal(bits(ours), bits(theirs))
    grads = np.ones_like(expected[0])
    ours = roi_pool_backward(grads, expected[1], boxes, maps.shape, backend="cupy")
    theirs = roi_pool_backward(grads, expected[1], boxes, maps.shape, backend="numpy")
    np.testing.assert_array_equal(ours, theirs)


def test_anything_with_dlpack_is_taken(cp):
    maps, boxes = maps_of("ties", (2, 8, 9, 9), "float32"), boxes_of(9, 2, 9, 9)
    found = roi_pool(Tensor(cp.asarray(maps)), boxes, 2)
    assert_same(cp, found, roi_pool(maps, boxes, 2, backend="numpy"))


def test_work_is_done_on_the_callers_stream(cp):
    boxes = boxes_of(300, 1, 38, 50)
    maps = maps_of("normal", (1, 256, 38, 50), "float32")
    expected = roi_pool(maps, boxes, 7, backend="numpy")
    source = cp.asarray(maps)
    roi_pool(source, boxes, 7)
    cp.cuda.Device().synchronize()
    stream = cp.cuda.Stream(non_blocking=True)
    with stream:
        # A long wait in this stream alone: on any other the map would still be zeros.
        late = cp.zeros_like(source)
        for _ in range(200):
            late += 0
        late += source
        found = roi_pool(late, boxes, 7)
        assert_same(cp, found, expected)


def test_a_transposed_map_is_read_as_it_looks(cp):
    maps, boxes = maps_of("ties", (9, 11, 8, 2), "float32"), boxes_of(9, 2, 9, 11)
    view = cp.asarray(maps).transpose(3, 2, 0, 1)
    found = roi_pool(view, boxes, 2)
    assert_same(cp, found, roi_pool(maps.transpose(3, 2, 0, 1), boxes, 2, backend="numpy"))


def test_no_boxes_and_no_channels_give_empty_results(cp):
    for shape, count in (((1, 4, 5, 5), 0), ((1, 0, 5, 5), 3)):
        maps = cp.zeros(shape, dtype=np.float32)
        output, argmax = roi_pool_with_argmax(maps, np.zeros((count, 5)), 2)
        assert output.shape == argmax.shape == (count, shape[1], 2, 2)
        gradient = roi_pool_backward(output, argmax, np.zeros((count, 5)), shape)
        assert gradient.shape == shape
        assert not cp.asnumpy(gradient).any()


def test_two_threads_at_once_give_right_answers(cp):
    boxes = boxes_of(100, 1, 30, 30)
    maps = [maps_of("normal", (1, 64, 30, 30), "float32", seed) for seed in range(4)]
    expected = [roi_pool_with_argmax(item, boxes, 7, backend="numpy") for item in maps]
    wrong = []

    def work(number):
        with cp.cuda.Stream(non_blocking=True):
            for _ in range(20):
                found = roi_pool_with_argmax(cp.asarray(maps[number]), boxes, 7)
                for ours, theirs in zip(found, expected[number], strict=True):
                    if not np.array_equal(cp.asnumpy(ours), theirs):
                        wrong.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.fixture
def short_of_memory(cp):
    """``short_of_memory(size)``, after which the pool gives out no more than that."""
    pool = cp.get_default_memory_pool()
    before = pool.get_limit()
    pool.free_all_blocks()
    yield lambda size: pool.set_limit(size=size)
    pool.set_limit(size=before)
    pool.free_all_blocks()


def test_short_of_memory_the_boxes_are_taken_in_parts(cp, short_of_memory):
    maps, boxes = maps_of("normal", (1, 64, 30, 30), "float32"), boxes_of(400, 1, 30, 30)
    expected = roi_pool_with_argmax(maps, boxes, 7, backend="numpy")
    short_of_memory(4 * 2**20)
    found = roi_pool_with_argmax(maps, boxes, 7, backend="cupy")
    for ours, theirs in zip(found, expected, strict=True):
        np.testing.assert_array_equal(bits(ours), bits(theirs))


def test_without_memory_numpy_takes_over_and_says_so(cp, short_of_memory):
    maps, boxes = maps_of("normal", (1, 64, 30, 30), "float32"), boxes_of(40, 1, 30, 30)
    expected = roi_pool(maps, boxes, 7, backend="numpy")
    short_of_memory(2**16)
    with pytest.warns(RuntimeWarning, match="NumPy computed instead"):
        found = roi_pool(maps, boxes, 7, backend="cupy")
    np.testing.assert_array_equal(found, expected)


def test_a_result_that_does_not_fit_the_card_is_an_error(cp, short_of_memory):
    maps = cp.zeros((1, 64, 30, 30), dtype=np.float32)
    short_of_memory(cp.get_default_memory_pool().used_bytes() + 2**16)
    with pytest.raises(kernels.OutOfDeviceMemoryError, match="no room"):
        roi_pool(maps, boxes_of(400, 1, 30, 30), 7)


# The detector around it, which computes where its weights are.


def test_the_detector_learns_on_the_card_as_on_the_cpu(cp):
    reports = []
    for module in (np, cp):
        weights = copied(new_weights(np.random.default_rng(3)), module)
        reports.append(list(train(weights, Length(steps=3), seed=3, every=0.3)))
        assert {type(array) for array in weights.values()} == {module.ndarray}
    on_cpu, on_card = ([report.loss for report in each[1:]] for each in reports)
    np.testing.assert_allclose(on_card, on_cpu, rtol=1e-3)


def test_the_detector_finds_on_the_card_what_it_finds_on_the_cpu(cp):
    made = picture(HELD_OUT[0])
    proposals = np.insert(made.boxes, [0], [[4, 4, 90, 60]], axis=0).astype(np.float32)
    expected = detect(load(), made.pixels, proposals)
    found = detect(copied(load(), cp), made.pixels, proposals)
    np.testing.assert_allclose(found.probabilities, expected.probabilities, atol=1e-4)
    np.testing.assert_allclose(found.boxes, expected.boxes, atol=1e-2)
    np.testing.assert_array_equal(found.labels, expected.labels)
