"""Boxes that were cropped and resized in place of being pooled are told so."""

import numpy as np
import pytest

from roipool import identify
from roipool.resize import crop_and_resize
from tests.roipool.test_match_pool import instance


def sample(cells, y, x, nearest):
    """The value of cells (H, W) at a place, as TensorFlow defines it; 0 off the map."""
    high, wide = cells.shape
    if not (0 <= y <= high - 1 and 0 <= x <= wide - 1):
        return 0.0
    if nearest:
        return cells[int(y + 0.5), int(x + 0.5)]
    top, left = int(y), int(x)
    bottom, right = min(top + 1, high - 1), min(left + 1, wide - 1)
    above = cells[top, left] * (1 - x + left) + cells[top, right] * (x - left)
    below = cells[bottom, left] * (1 - x + left) + cells[bottom, right] * (x - left)
    return above * (1 - y + top) + below * (y - top)


@pytest.mark.parametrize("nearest", [False, True])
@pytest.mark.parametrize("pooled", [1, 2])
def test_samples_lie_from_corner_to_corner_of_the_box(pooled, nearest):
    maps, boxes = instance(1, count=6)
    boxes[0, 3:] += 30  # off the map
    output = crop_and_resize(maps, boxes, (3, 4), 0.9, pooled, nearest)
    for n, (index, x1, y1, x2, y2) in enumerate(boxes.tolist()):
        ys = np.linspace(y1 * 0.9, y2 * 0.9, 3 * pooled)
        xs = np.linspace(x1 * 0.9, x2 * 0.9, 4 * pooled)
        for c in range(maps.shape[1]):
            cells = maps[int(index), c]
            found = np.array([[sample(cells, y, x, nearest) for x in xs] for y in ys])
            expected = found.reshape(3, pooled, 4, pooled).max(axis=(1, 3))
            np.testing.assert_allclose(output[n, c], expected, atol=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("nearest", [False, True])
@pytest.mark.parametrize("pooled", [1, 2])
def test_crop_and_resize_is_named_and_pools_on(pooled, nearest, dtype):
    maps, boxes = instance(2, stride=16.0)
    maps = maps.astype(dtype)
    output = crop_and_resize(maps, boxes, (7, 7), 1 / 16, pooled, nearest)
    match = identify(maps, boxes, output, 1 / 16)[0]
    assert (match.name, match.reading.key, match.differing) == ("crop_and_resize", "as_given", 0)
    assert dict(match.rule.choices) == {"pooled": pooled, "nearest": nearest}
    others, more = instance(3, stride=8.0)
    expected = crop_and_resize(others, more, (3, 2), 1 / 8, pooled, nearest)
    np.testing.assert_array_equal(match.pool(others, more, (3, 2), 1 / 8), expected)


def test_the_usual_one_of_boxes_in_pixels_that_are_swapped_is_named():
    maps, boxes = instance(4, stride=16.0)
    output = crop_and_resize(maps, boxes, (7, 7), 1 / 16, 2)
    match = identify(maps, boxes[:, [0, 2, 1, 4, 3]], output, 1 / 16)[0]
    assert (match.name, match.reading.key, match.differing) == ("crop_and_resize", "swapped_xy", 0)
