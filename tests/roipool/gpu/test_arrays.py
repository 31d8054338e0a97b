"""Arrays on a card stay there, on the caller's stream, as they look."""

import threading

import numpy as np
import pytest

from roipool import roi_pool, roi_pool_backward, roi_pool_with_argmax
from tests.common import Tensor, bits
from tests.roipool.gpu.cases import assert_same, boxes_of, maps_of

pytestmark = pytest.mark.gpu


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
