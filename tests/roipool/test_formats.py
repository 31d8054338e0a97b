"""Outputs that come as they were printed, or through a narrower float, are explained as well."""

import numpy as np
import pytest

from roipool import Format, identify, roi_align, roi_pool
from roipool.formats import format_of
from tests.roipool.test_match_pool import instance


def printed(spec):
    return lambda output: np.vectorize(lambda value: float(spec % value))(output.astype(float))


def numpy_printed(output):
    """What NumPy prints of an array, read back."""
    with np.printoptions(threshold=10**6, linewidth=10**6):
        text = str(output.ravel())
    return np.array(text.strip("[]").split(), float).reshape(output.shape)


def bfloat16(output):
    """The nearest numbers of which float32's lower half is zero."""
    bits = output.astype(np.float32).view(np.uint32).astype(np.uint64)
    even = (bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000
    return even.astype(np.uint32).view(np.float32)


WRITTEN = {
    Format("decimals", 5): printed("%.5f"),
    Format("decimals", 6): printed("%f"),
    Format("decimals", 7): printed("%.7f"),
    Format("decimals", 8): printed("%.8f"),
    Format("significant", 5): printed("%.5g"),
    Format("significant", 6): printed("%g"),
    Format("significant", 7): printed("%.7g"),
    Format("significant", 8): printed("%.8g"),
    Format("float16", 10): lambda output: output.astype(np.float16).astype(np.float32),
    Format("bfloat16", 7): bfloat16,
}


def maps_and_boxes(seed, dtype=np.float32):
    """Numbers of several sizes and signs."""
    maps, boxes = instance(seed)
    rng = np.random.default_rng(seed)
    maps = rng.normal(0, 3, maps.shape) * rng.choice([1, 30], maps.shape)
    return maps.astype(dtype), boxes


@pytest.mark.sampled(6)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("form", WRITTEN, ids=lambda form: f"{form.kind}{form.digits}")
def test_what_made_a_rounded_output_is_named_and_the_rounding_said(form, dtype):
    maps, boxes = maps_and_boxes(form.digits, dtype)
    output = roi_pool(maps, boxes, 3, convention="torchvision")
    matches = identify(maps, boxes[:, [0, 2, 1, 4, 3]], WRITTEN[form](output))
    assert (matches[0].name, matches[0].reading.key) == ("fast_rcnn", "swapped_xy")
    assert (matches[0].differing, matches.format) == (0, form)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_what_numpy_prints_is_explained(dtype):
    maps, boxes = maps_and_boxes(3, dtype)
    output = numpy_printed(roi_pool(maps, boxes, 3, convention="mmcv"))
    assert not np.isin(output, maps).all()
    matches = identify(maps, boxes, output)
    assert (matches[0].name, matches[0].differing) == ("mmcv", 0)


def test_an_output_in_full_is_compared_in_full():
    maps, boxes = maps_and_boxes(4)
    output = roi_pool(maps, boxes, 3, convention="torchvision")
    for given in (output, output.astype(np.float64), output.tolist()):
        matches = identify(maps, boxes, given)
        assert (matches[0].differing, matches.format) == (0, None)
    whole = np.round(maps * 10)
    matches = identify(whole, boxes, roi_pool(whole, boxes, 3))
    assert (matches[0].differing, matches.format) == (0, None)


@pytest.mark.sampled(12)
@pytest.mark.parametrize("form", WRITTEN, ids=lambda form: f"{form.kind}{form.digits}")
def test_what_is_a_unit_of_the_last_digit_off_is_not_equal(form):
    maps, boxes = maps_and_boxes(5, np.float64)
    output = WRITTEN[form](roi_pool(maps, boxes, 3, convention="torchvision")).astype(float)
    output[2, 1, 0, 0] += 2 * form.slack(output[2:3, 1, 0, 0]).item() / 0.55
    output = WRITTEN[form](output)
    matches = identify(maps, boxes, output)
    assert matches[0].differing == 1
    assert matches[0].where[2, 1, 0, 0]
    assert matches.format is None  # nothing is explained


@pytest.mark.parametrize("form", list(WRITTEN)[:6], ids=lambda form: f"{form.kind}{form.digits}")
def test_rounded_averages_are_named(form):
    maps, boxes = maps_and_boxes(6)
    output = WRITTEN[form](roi_align(maps, boxes, 3, sampling_ratio=2, aligned=True))
    match = identify(maps, boxes, output)[0]
    assert (match.name, match.differing) == ("roi_align", 0)
    assert dict(match.rule.choices) == {"aligned": True, "sampling_ratio": 2}


def test_a_format_is_that_of_which_each_value_is_a_cell():
    """Of numbers that differ in size some have as many decimals as another format would take."""
    maps = np.array([2.18321, 0.1234567, -11.98765])
    assert format_of(maps, np.array([2.1832, 0.12346])) == Format("significant", 5)
    assert format_of(maps, np.array([2.18321])) is None
    assert format_of(maps, np.array([0.0, np.nan])) is None
