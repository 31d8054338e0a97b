"""What the CuPy backend does before and after its kernels, on a pretended GPU."""

import itertools
import threading

import numpy as np
import pytest

from roipool import get_convention
from roipool.backends import choice
from roipool.backends import cupy as cupy_backend
from roipool.backends import numpy as numpy_backend
from tests.roipool.cuda import oracle
from tests.roipool.cuda.cases import assert_same, boxes_of, maps_of

FAST_RCNN = get_convention("fast_rcnn")


def forward(cp, maps, boxes, output_size=(2, 2), with_argmax=True):
    return cupy_backend.forward(
        cp.asarray(maps), boxes, output_size, 1.0, FAST_RCNN, with_argmax=with_argmax
    )


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("plan", ["reference", "cells", "windows"])
def test_every_kernel_equals_the_numpy_backend(cp, plan, dtype):
    maps = maps_of("special", (2, 9, 20, 30), dtype)
    boxes = boxes_of(12, 2, 20, 30)
    for name in ("article", "fast_rcnn", "mmcv", "chainer_roi_max_pooling_2d"):
        convention = get_convention(name)
        expected = numpy_backend.forward(maps, boxes, (3, 5), 0.8, convention, with_argmax=True)
        found = cupy_backend.run_plan(
            plan, cp.asarray(maps), boxes, (3, 5), 0.8, convention, with_argmax=True
        )
        for ours, theirs in zip(found, expected, strict=True):
            assert_same(cp.asnumpy(ours), theirs, f"{plan} {name}")
        if plan == "cells":
            grads = np.random.default_rng(0).standard_normal(found[0].shape).astype(dtype)
            images = boxes[:, 0].astype(int)
            shape, places = maps.shape, expected[1]
            theirs = numpy_backend.backward(grads, places, images, shape, deterministic=True)
            ours = cupy_backend.backward(
                cp.asarray(grads), cp.asarray(places), images, shape, deterministic=True
            )
            assert_same(cp.asnumpy(ours), theirs, f"backward {name}")


@pytest.mark.parametrize(
    ("shape", "count", "size", "with_argmax", "kernel"),
    [
        ((1, 1, 8, 8), 1, (2, 2), True, "reference<float>"),
        # Few cells a bin: reading them all is less than building windows.
        ((1, 64, 8, 8), 30, (7, 7), False, "pool_cells<float, false, false>"),
        ((1, 64, 8, 8), 30, (7, 7), True, "pool_cells<float, true, false>"),
        ((1, 64, 30, 30), 300, (2, 2), False, "pool_windows<float, false>"),
        ((1, 64, 30, 30), 300, (2, 2), True, "pool_windows<float, true>"),
        # One small box in a batch of large maps: most of them need not be read.
        ((8, 64, 60, 60), 1, (7, 7), True, "reference<float>"),
    ],
)
def test_sizes_choose_the_kernel_and_not_the_result(
    cp, monkeypatch, shape, count, size, with_argmax, kernel
):
    # Sizes at which a launch matters take long here.
    monkeypatch.setattr(choice, "_LAUNCH_BYTES", 0)
    maps = maps_of("ties", shape, "float32")
    boxes = np.zeros((count, 5))
    boxes[:, 3:] = shape[2] - 1 if count > 1 else 6
    found = forward(cp, maps, boxes, size, with_argmax)
    assert cp.launched[-1] == kernel
    expected = oracle.forward(maps, boxes[:1], size, 1.0, FAST_RCNN)
    assert_same(cp.asnumpy(found[0][:1]), expected[0], kernel)


def test_doubles_with_argmax_never_take_windows(cp):
    maps = maps_of("ties", (1, 64, 30, 30), "float64")
    boxes = np.array([[0, 0, 0, 29, 29.0]] * 300)
    forward(cp, maps, boxes)
    assert cp.launched[-1] == "pool_cells<double, true, false>"


def test_boxes_on_the_device_are_not_read(cp):
    maps = maps_of("ties", (1, 64, 30, 30), "float32")
    forward(cp, maps, cp.asarray(np.array([[0, 0, 0, 29, 29.0]] * 300)))
    assert cp.launched[-1].startswith("pool_")


def test_a_stage_always_fits_a_block(cp):
    for channels, bins, size in itertools.product(
        (1, 31, 32, 33, 64, 96, 512), (1, 2, 4, 49, 63, 64, 196, 10000), (2, 4, 6, 8, 12)
    ):
        tile, chunk, used = choice.stage(channels, bins, size)
        assert tile in (32, 64, 128)
        assert 1 <= chunk <= bins
        assert used == tile * (chunk | 1) * size <= 48 * 1024


def test_maps_that_are_not_contiguous_are_read_as_they_look(cp):
    maps = maps_of("ties", (12, 10, 2, 8), "float32")
    view = cp.asarray(maps).transpose(2, 3, 1, 0)
    assert not view.flags.c_contiguous
    boxes = boxes_of(5, 2, 10, 12)
    found = cupy_backend.forward(view, boxes, (2, 2), 1.0, FAST_RCNN, with_argmax=True)
    expected = oracle.forward(maps.transpose(2, 3, 1, 0), boxes, (2, 2), 1.0, FAST_RCNN)
    assert_same(cp.asnumpy(found[0]), expected[0], "output")
    assert_same(cp.asnumpy(found[1]), expected[1], "argmax")


def test_without_room_to_work_the_plain_kernel_computes(cp):
    maps = maps_of("ties", (1, 64, 30, 30), "float32")
    boxes = np.array([[0, 0, 0, 29, 29.0]] * 300)
    expected = forward(cp, maps, boxes)
    on_device = cp.asarray(maps)
    cp.limit = cp.used + 2 * expected[0].nbytes + 300 * 200
    found = cupy_backend.forward(on_device, boxes, (2, 2), 1.0, FAST_RCNN, with_argmax=True)
    assert cp.launched[-1] == "reference<float>"
    assert cp.freed == 2
    for ours, theirs in zip(found, expected, strict=True):
        assert_same(cp.asnumpy(ours), cp.asnumpy(theirs), "output")


def test_a_result_that_cannot_fit_is_an_error_that_says_so(cp):
    maps = cp.asarray(maps_of("ties", (1, 64, 8, 8), "float32"))
    cp.limit = cp.used + 1000
    with pytest.raises(cupy_backend.OutOfDeviceMemoryError, match=r"\(300, 64, 2, 2\)"):
        forward(cp, maps, np.array([[0, 0, 0, 7, 7.0]] * 300))


def test_from_the_host_the_boxes_are_taken_in_parts(cp):
    maps = maps_of("ties", (2, 16, 9, 9), "float32")
    boxes = boxes_of(200, 2, 9, 9)
    cp.limit = maps.nbytes + 2 * 16 * 4 * 4 * 60
    found = cupy_backend.forward_from_host(maps, boxes, (2, 2), 1.0, FAST_RCNN, with_argmax=True)
    assert cp.launched.count("bin_edges") == 4
    assert cp.used == 0
    for ours, theirs in zip(
        found, oracle.forward(maps, boxes, (2, 2), 1.0, FAST_RCNN), strict=True
    ):
        assert type(ours) is np.ndarray
        assert_same(ours, theirs, "parts")


@pytest.mark.parametrize("plan", ["reference", "cells", "windows"])
def test_padding_of_a_batch_is_empty_as_in_the_numpy_backend(cp, plan):
    maps, convention = maps_of("ties", (2, 9, 9, 9), "float32"), get_convention("mxnet")
    boxes = boxes_of(9, 2, 9, 9)
    boxes[2:7, 0] = -1, 0, 2, -1, 1e300
    found = cupy_backend.run_plan(
        plan, cp.asarray(maps), boxes, (3, 2), 1.0, convention, with_argmax=True
    )
    expected = numpy_backend.forward(maps, boxes, (3, 2), 1.0, convention, with_argmax=True)
    for ours, theirs in zip(found, expected, strict=True):
        assert_same(cp.asnumpy(ours), theirs, plan)
    images, places = numpy_backend.images_of(boxes, 2), expected[1]
    arguments = images, maps.shape
    theirs = numpy_backend.backward(expected[0], places, *arguments)
    for ours in (
        cp.asnumpy(cupy_backend.backward(found[0], found[1], *arguments, deterministic=True)),
        cupy_backend.backward_from_host(expected[0], places, *arguments, deterministic=True),
    ):
        assert_same(ours, theirs, "backward")


def test_from_the_host_parts_do_not_shrink_for_ever(cp):
    maps = maps_of("ties", (1, 16, 9, 9), "float32")
    for limit in (0, maps.nbytes, maps.nbytes + 1000):
        cp.limit = limit
        with pytest.raises(cupy_backend.OutOfDeviceMemoryError, match="no room"):
            cupy_backend.forward_from_host(
                maps, boxes_of(200, 1, 9, 9), (2, 2), 1.0, FAST_RCNN, with_argmax=False
            )


def test_gradients_from_the_host_are_taken_in_parts_of_channels(cp):
    shape = (2, 10, 6, 6)
    rng = np.random.default_rng(0)
    grads = rng.standard_normal((30, 10, 2, 2)).astype(np.float32)
    places = rng.integers(-1, 36, grads.shape).astype(np.int64)
    images = rng.integers(0, 2, 30)
    expected = oracle.backward(grads, places, images, shape)
    for limit, launches in ((None, 1), (8000, 2)):
        cp.limit, cp.launched = limit, []
        found = cupy_backend.backward_from_host(grads, places, images, shape, deterministic=True)
        assert_same(found, expected, f"limit {limit}")
        assert len(cp.launched) == launches
        assert cp.used == 0
    cp.limit = 100
    with pytest.raises(cupy_backend.OutOfDeviceMemoryError, match="a gradient of shape"):
        cupy_backend.backward_from_host(grads, places, images, shape, deterministic=True)


def test_two_threads_compile_once_and_get_their_own_results(cp):
    modules = []
    build = cp.RawModule
    cp.RawModule = lambda **options: modules.append(1) or build(**options)
    maps = [maps_of("ties", (1, 9, 9, 9), "float32", seed) for seed in range(4)]
    boxes = boxes_of(9, 1, 9, 9)
    found = [None] * 4
    start = threading.Barrier(4)

    def work(number):
        start.wait()
        for _ in range(5):
            found[number] = forward(cp, maps[number], boxes)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(modules) == 1
    for number in range(4):
        expected = oracle.forward(maps[number], boxes, (2, 2), 1.0, FAST_RCNN)
        assert_same(cp.asnumpy(found[number][1]), expected[1], f"thread {number}")
