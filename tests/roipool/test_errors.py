"""What an error says: what was asked, why it cannot be, and what would be taken."""

import pickle

import numpy as np
import pytest

import roipool
from roipool import RoIPoolError, article
from roipool.backends.cupy import DeviceError, OutOfDeviceMemoryError

MAP, BOXES, OUTPUT = article.FEATURE_MAP, article.BOXES, article.OUTPUT
ARGMAX = np.array([[[[24, 27], [58, 46]]]], np.int32)


@pytest.mark.parametrize("index", [-1, 0, 1])
@pytest.mark.parametrize(
    "function",
    [
        lambda boxes: roipool.roi_pool(MAP[:0], boxes, 2),
        lambda boxes: roipool.roi_pool_with_argmax(MAP[:0], boxes, 2),
        lambda boxes: roipool.roi_align(MAP[:0], boxes, 2),
        lambda boxes: roipool.roi_pool_backward(OUTPUT, ARGMAX, boxes, (0, 1, 8, 8)),
        lambda boxes: roipool.identify(MAP[:0], boxes, OUTPUT),
    ],
)
def test_an_empty_batch_has_no_image_for_any_box(function, index):
    with pytest.raises(RoIPoolError, match=rf"box 0 has batch_index = {index}; .* in \[0, 0\)"):
        function([[index, 0, 3, 7, 8]])


HUGE = (2**31 - 1, 2**31 - 1)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            lambda: roipool.roi_pool(MAP, BOXES, HUGE),
            r"an output of shape \(1, 1, 2147483647, 2147483647\) takes 3.44e\+10 GiB",
        ),
        (
            lambda: roipool.roi_pool(MAP, BOXES[:0], HUGE),
            r"an output of shape \(0, 1, 2147483647, 2147483647\) takes 3.44e\+10 GiB",
        ),
        (
            lambda: roipool.bin_edges(BOXES[[0] * 10**4], HUGE, (8, 8)),
            r"the edges of 10000 boxes for output_size \(2147483647, 2147483647\) takes",
        ),
        (
            lambda: roipool.roi_pool(MAP, BOXES, 2**31),
            "output_size is 2147483648; expected at most",
        ),
        (lambda: roipool.bin_edges(BOXES, 2, (8, 2**31)), r"map_size is \(8, 2147483648\); .*most"),
        (
            lambda: roipool.roi_align(MAP, BOXES, (2**20, 2**20), sampling_ratio=1),
            r"an output of shape \(1, 1, 1048576, 1048576\) takes 8.19e\+03 GiB",
        ),
        (
            lambda: roipool.roi_align(MAP, BOXES * 0, 2**21, aligned=True),
            r"output_size is \(2097152, 2097152\); expected at most 1048576 bins",
        ),
        (
            lambda: roipool.roi_pool_backward(OUTPUT, ARGMAX, BOXES, (2**50, 1, 8, 8)),
            r"a gradient of shape \(1125899906842624, 1, 8, 8\) takes 5.37e\+08 GiB",
        ),
        (
            lambda: roipool.roi_pool_backward(OUTPUT, ARGMAX, BOXES, (2**63, 1, 8, 8)),
            r"input_shape is \(9223372036854775808, 1, 8, 8\); expected",
        ),
    ],
)
def test_what_no_memory_holds_is_an_error_with_what_was_asked_and_what_it_takes(asked, message):
    with pytest.raises(RoIPoolError, match=message):
        asked()


@pytest.mark.parametrize(
    ("asked", "broken", "message"),
    [
        (
            lambda: roipool.roi_pool(MAP, BOXES, 2, backend="numpy"),
            "roipool.backends.numpy.forward",
            r"an output of shape \(1, 1, 2, 2\) takes 1.79e-07 GiB",
        ),
        (
            lambda: roipool.roi_pool_backward(OUTPUT, ARGMAX, BOXES, MAP.shape),
            "roipool.backends.numpy.backward",
            r"a gradient of shape \(1, 1, 8, 8\)",
        ),
        (lambda: roipool.roi_align(MAP, BOXES, 2), "roipool.align._average_box", "an output of"),
        (lambda: roipool.align_samples(BOXES, 2, (8, 8)), "roipool.samples._along", "14 samples"),
        (lambda: roipool.bin_edges(BOXES, 2, (8, 8)), "roipool.bins._edges", "edges of 1 boxes"),
    ],
)
def test_memory_that_runs_out_is_an_error_with_what_was_asked(monkeypatch, asked, broken, message):
    def full(*args, **options):
        raise MemoryError

    monkeypatch.setattr(broken, full)
    with pytest.raises(RoIPoolError, match=f"{message}.* there is no memory"):
        asked()


@pytest.mark.parametrize(
    ("boxes", "kind"),
    [
        (np.zeros((1, 5), "M8[D]"), "dates"),
        (np.zeros((1, 5), "m8[s]"), "times"),
        (np.zeros((1, 5), complex), "complex"),
    ],
)
def test_dates_times_and_complex_numbers_are_no_boxes(boxes, kind):
    with pytest.raises(RoIPoolError, match=rf"boxes cannot be read as numbers \(they are {kind}\)"):
        roipool.roi_pool(MAP, boxes, 2)


@pytest.mark.parametrize(
    "error", [RoIPoolError("box 0"), OutOfDeviceMemoryError("no room"), DeviceError("failed")]
)
def test_an_error_is_the_same_in_another_process(error):
    sent = pickle.loads(pickle.dumps(error))
    assert (type(sent), sent.args) == (type(error), error.args)
