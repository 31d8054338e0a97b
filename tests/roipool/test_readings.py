"""Every reading is named from an output that was made so, and makes what others would get."""

import numpy as np
import pytest

from roipool import Change, RoIPoolError, article, identify, roi_pool
from roipool.changes import apply
from roipool.given import read_boxes
from tests.roipool.test_match_pool import instance

RULE = "torchvision"


def pooled(maps, boxes, size, scale=1.0):
    return roi_pool(maps, boxes, size, scale, convention=RULE)


def of_index(function):
    def misread(maps, boxes, scale):
        return maps, np.column_stack([function(boxes[:, 0]), boxes[:, 1:]]), scale

    return misread


def extent(maps, scale):
    high, wide = maps.shape[2:]
    return np.array([1, wide, high, wide, high]) / [1, scale, scale, scale, scale]


def centred(boxes):
    index, x1, y1, x2, y2 = boxes.T
    return np.stack([index, (x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1], axis=1)


def clipped(maps, boxes, scale):
    return maps, boxes.clip(0, extent(maps, scale) * [9, 1, 1, 1, 1]), scale


# How boxes that are right are given: the reading must undo it.
GIVEN = {
    "index_last": lambda maps, boxes, scale: boxes[:, [1, 2, 3, 4, 0]],
    "from_1": lambda maps, boxes, scale: boxes + 1,
    "fractions": lambda maps, boxes, scale: boxes / extent(maps, scale),
    "centre_size+fractions": lambda maps, boxes, scale: centred(boxes) / extent(maps, scale),
    "swapped_xy+fractions": lambda maps, boxes, scale: (boxes / extent(maps, scale))[
        :, [0, 2, 1, 4, 3]
    ],
    "index_last+swapped_xy": lambda maps, boxes, scale: boxes[:, [2, 1, 4, 3, 0]],
}
# How boxes that are given right are misread: the reading must do it.
DONE = {
    "scale_twice": lambda maps, boxes, scale: (maps, boxes, scale**2),
    "scale_down": lambda maps, boxes, scale: (maps, boxes * [1, scale, 1 / 15, scale, 1 / 15], 1.0),
    "scale_across": lambda maps, boxes, scale: (maps, boxes * [1, 0.05, scale, 0.05, scale], 1.0),
    "stride": lambda maps, boxes, scale: (maps, boxes, 1 / 8),
    "as_centre_size": lambda maps, boxes, scale: (maps, centred(boxes), scale),
    "index_by": of_index(lambda index: (index - 1) % 3),
    "mirrored_x": lambda maps, boxes, scale: (maps[..., ::-1], boxes, scale),
    "mirrored_y": lambda maps, boxes, scale: (maps[:, :, ::-1], boxes, scale),
    "turned": lambda maps, boxes, scale: (maps[:, :, ::-1, ::-1], boxes, scale),
    "channels_reversed": lambda maps, boxes, scale: (maps[:, ::-1], boxes, scale),
    "reversed": lambda maps, boxes, scale: (maps, boxes[::-1], scale),
    "by_image": lambda maps, boxes, scale: (
        maps,
        boxes[np.argsort(boxes[:, 0], kind="stable")],
        scale,
    ),
    "clipped": clipped,
}


def asked(seed, key):
    """(maps, boxes as they are given, output, scale) of boxes of which every reading matters."""
    scale = 1.0 if key.endswith("fractions") or key == "from_1" else 1 / 16
    maps, boxes = instance(seed, images=3, size=(18, 21), count=12, stride=1 / scale)
    if key == "clipped":
        boxes[:, 3:] += 8 / scale
    if key in GIVEN:
        given = GIVEN[key](maps, boxes, scale)
        return maps, given, pooled(maps, boxes, (3, 2), scale), scale
    read, misread, by = DONE[key](maps, boxes, scale)
    return maps, boxes, pooled(np.ascontiguousarray(read), misread, (3, 2), by), scale


@pytest.mark.sampled(12)
@pytest.mark.parametrize("seed", [0, 20])
@pytest.mark.parametrize("key", [*GIVEN, *DONE])
def test_a_reading_is_named_and_makes_the_output_of_other_inputs(key, seed):
    maps, boxes, output, scale = asked(seed, key)
    matches = identify(maps, boxes, output, scale, budget=10)
    best = [match for match in matches if match.rank == 1]
    assert (matches[0].differing, matches[0].name) == (0, "fast_rcnn")
    match = next(one for one in best if one.name == "fast_rcnn" and one.reading.key == key)
    others, more, expected, scale = asked(seed + 100, key)
    np.testing.assert_array_equal(match.pool(others, more, (3, 2), scale), expected)


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("last", ["map", "output", "both"])
def test_channels_that_stand_last_are_said_to(channels, last):
    maps, boxes = instance(7, channels=channels)
    output = pooled(maps, boxes, (4, 3))
    given = maps.transpose(0, 2, 3, 1) if last != "output" else maps
    output = output.transpose(0, 2, 3, 1) if last != "map" else output
    match = identify(given, boxes, output)[0]
    assert match.differing == 0
    keys = {"map": "map_nhwc", "output": "output_nhwc", "both": "map_nhwc+output_nhwc"}
    assert (match.name, match.reading.key) == ("fast_rcnn", keys[last])
    np.testing.assert_array_equal(match.pool(given, boxes, (4, 3)), output)
    assert match.where.shape == output.shape


def test_boxes_in_an_order_of_their_own_are_said_to_be():
    maps, boxes = instance(3)
    order = (4, 2, 0, 8, 1, 3, 7, 5, 6)
    output = pooled(maps, boxes[list(order)], 3)
    match = identify(maps, boxes, output)[0]
    assert (match.differing, match.reading.changes) == (0, (Change("reordered", order=order),))
    others, more = instance(4)
    expected = pooled(others, more[list(order)], 2)
    np.testing.assert_array_equal(match.pool(others, more, 2), expected)
    with pytest.raises(RoIPoolError, match="boxes are 8; expected 9"):
        match.pool(others, more[:8], 2)


def test_a_class_in_the_last_column_is_no_batch_index():
    maps, boxes = instance(5, images=1)
    rows = np.column_stack([boxes[:, 1:], np.arange(9) + 3])
    match = identify(maps, rows, pooled(maps, boxes, 3))[0]
    assert (match.differing, match.name, match.reading.key) == (0, "fast_rcnn", "class_last")


def test_a_class_in_front_of_fractions_is_no_batch_index():
    maps, boxes = instance(6, images=1)
    rows = centred(boxes) / extent(maps, 1.0)
    rows[:, 0] = np.arange(9) + 2
    match = identify(maps, rows, pooled(maps, boxes, 3))[0]
    assert (match.differing, match.name) == (0, "fast_rcnn")
    assert match.reading.key == "one_image+centre_size+fractions"


def test_boxes_whose_index_nothing_explains_are_refused_for_it():
    maps, boxes = instance(8)
    boxes[3, 0] = 7
    with pytest.raises(RoIPoolError, match="box 3 has batch_index = 7"):
        identify(maps, boxes, np.full((9, 2, 2, 2), 9.0))
    with pytest.raises(RoIPoolError, match=r"output has shape \(9, 5, 2, 2\)"):
        identify(maps, boxes[:, 1:], np.full((9, 5, 2, 2), 9.0))


@pytest.mark.parametrize(
    ("key", "amount", "expected"),
    [
        ("fractions", None, [0, 0, 24, 56, 64]),
        ("as_fractions", None, [0, 0, 3 / 8, 7 / 8, 1]),
        ("clipped", 1.0, [0, 0, 3, 7, 7]),
        ("from_1", None, [-1, -1, 2, 6, 7]),
        ("index_last", None, [8, 0, 0, 3, 7]),
        ("as_centre_size", None, [0, 3.5, 5.5, 7, 5]),
        ("scale_down", 0.5, [0, 0, 1.5, 7, 4]),
    ],
)
def test_a_change_of_the_articles_box_is_what_its_words_say(key, amount, expected):
    given = read_boxes(article.FEATURE_MAP, article.BOXES, 1.0)
    assert apply(given, Change(key, amount)).boxes.tolist() == [expected]
