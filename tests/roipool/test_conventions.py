"""Conventions: names, choices that each matter, and what each gives at the edges of the rule."""

from dataclasses import FrozenInstanceError, fields, replace
from math import inf, nan

import numpy as np
import pytest

from roipool import (
    ALIASES,
    PRESETS,
    Convention,
    RoIPoolError,
    article,
    bin_edges,
    get_convention,
    roi_pool,
    roi_pool_with_argmax,
)

ARTICLE_BOX, LAST_CELLS_BOX = [[0, 0, 3, 7, 8]], [[0, 0, 3, 6, 7]]
CAFFE_FAMILY = sorted({*PRESETS, *ALIASES} - {"article", "chainer_roi_max_pooling_2d"})


@pytest.mark.parametrize(
    ("convention", "box", "expected"),
    [
        ("article", ARTICLE_BOX, [0.85, 0.84, 0.97, 0.96]),
        ("article", LAST_CELLS_BOX, [0.85, 0.84, 0.69, 0.88]),
        *((name, ARTICLE_BOX, [0.85, 0.96, 0.97, 0.91]) for name in CAFFE_FAMILY),
        *((name, LAST_CELLS_BOX, [0.85, 0.96, 0.97, 0.96]) for name in CAFFE_FAMILY),
        ("chainer_roi_max_pooling_2d", ARTICLE_BOX, [0.85, 0.96, 0.97, 0.96]),
        ("chainer_roi_max_pooling_2d", LAST_CELLS_BOX, [0.85, 0.84, 0.69, 0.88]),
    ],
)
def test_articles_example_has_the_result_of_each_convention(convention, box, expected):
    output = roi_pool(article.FEATURE_MAP, box, 2, convention=convention)
    assert output.ravel().tolist() == expected


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    ("convention", "lowest"),
    [
        ("article", None),
        ("chainer_roi_pooling_2d", None),
        ("chainer_roi_max_pooling_2d", None),
        *((name, "of the dtype") for name in ("fast_rcnn", "paddle_gpu", "mmcv")),
        ("deepsense", -1e9),
    ],
)
def test_nan_and_minus_infinity_win_only_where_the_convention_lets_them(convention, lowest, dtype):
    start = np.finfo(dtype).min if lowest == "of the dtype" else lowest
    channels = [[[1, nan], [3, nan]], [[nan, nan], [nan, nan]], [[-inf, -inf], [-inf, -inf]]]
    last = 2 - get_convention(convention).end_offset
    output, argmax = roi_pool_with_argmax(
        np.array([channels], dtype), [[0, 0, 0, last, last]], 1, convention=convention
    )
    expected = ([nan, nan, -inf], [1, 0, 0]) if lowest is None else ([3, start, start], [2, -1, -1])
    np.testing.assert_array_equal(output.ravel(), np.array(expected[0], dtype))
    assert argmax.ravel().tolist() == expected[1]


BESIDE_THE_MAP, INVERTED, FLAT = [[0, 30, 0, 35, 5]], [[0, 5, 0, 1, 5]], [[0, 1.5, 0, 0.5, 5]]


@pytest.mark.parametrize(
    ("convention", "box", "value", "place"),
    [
        ("article", BESIDE_THE_MAP, 0, -1),
        ("article", INVERTED, 0, -1),
        ("fast_rcnn", BESIDE_THE_MAP, 0, -1),
        ("paddle_gpu", BESIDE_THE_MAP, 0, -1),
        ("deepsense", BESIDE_THE_MAP, 0, -1),
        ("mmcv", BESIDE_THE_MAP, 0, -1),
        ("mmcv", INVERTED, 0, 0),
        ("mmcv", FLAT, 0, 0),
        ("chainer_roi_pooling_2d", BESIDE_THE_MAP, 0, 0),
        ("chainer_roi_max_pooling_2d", BESIDE_THE_MAP, -inf, -1),
    ],
)
def test_empty_bin_has_the_value_and_argmax_of_the_convention(convention, box, value, place):
    output, argmax = roi_pool_with_argmax(np.ones((1, 2, 8, 8)), box, 2, convention=convention)
    assert set(output.ravel()) == {value}
    assert set(argmax.ravel()) == {place}


# Each choice changed alone: a box's first and last row, the number of bins, the bins that move.
MOVES = [
    ("article", {"inclusive_end": True}, (0, 4, 1), {0: ((0, 4), (0, 5))}),
    ("fast_rcnn", {"rounding": "half_even"}, (2.5, 5, 1), {0: ((3, 6), (2, 6))}),
    ("fast_rcnn", {"rounding": "none"}, (2.25, 5, 2), {0: ((2, 4), (2, 5))}),
    ("fast_rcnn", {"arithmetic": "exact"}, (0, 56, 7), {6: ((48, 58), (48, 57))}),
    ("fast_rcnn", {"arithmetic": "float64"}, (0, 28, 7), {6: ((24, 29), (24, 30))}),
    ("fast_rcnn", {"stop": "floor"}, (0, 4, 2), {0: ((0, 3), (0, 2))}),
    ("article", {"stop": "ceil"}, (0, 5, 2), {0: ((0, 2), (0, 3))}),
    ("fast_rcnn", {"min_cells": 0}, (6, 2, 1), {0: ((6, 7), (6, 6))}),
    ("article", {"min_cells": 1}, (6, 2, 1), {0: ((6, 6), (6, 7))}),
    ("mmcv", {"min_cells": 1}, (3.25, 2.125, 1), {0: ((3, 3), (3, 5))}),
    ("mmcv", {"degenerate_argmax": None}, (3.25, 2.125, 1), {0: ((3, 3), (3, 4))}),
]
# The same for what a bin gives: cells of a one-row map, the columns of a box, (value, argmax).
GIVES = [
    ("article", {"empty_value": 5.0}, [1, 2], (0, 0), (0, -1), (5, -1)),
    ("article", {"empty_argmax": 0}, [1, 2], (0, 0), (0, -1), (0, 0)),
    ("mmcv", {"degenerate_argmax": 7}, [1, 2], (1, -1), (0, 0), (0, 7)),
    ("article", {"lowest": -1e9}, [1, nan], (0, 2), (nan, 1), (1, 0)),
    ("deepsense", {"lowest": -9.0}, [-10, -11], (0, 1), (-10, 0), (-9, -1)),
]


@pytest.mark.parametrize(("name", "choice", "rows", "moved"), MOVES)
def test_each_choice_alone_moves_bins(name, choice, rows, moved):
    first, last, count = rows

    def cut(convention):
        bins = bin_edges([[0, 0, first, 3, last]], (count, 1), (60, 60), convention=convention)
        return list(zip(bins.y0[0].tolist(), bins.y1[0].tolist(), strict=True))

    before, after = cut(name), cut(replace(PRESETS[name], **choice))
    differ = {i: (before[i], after[i]) for i in range(count) if before[i] != after[i]}
    assert differ == moved


@pytest.mark.parametrize(("name", "choice", "cells", "columns", "before", "after"), GIVES)
def test_each_choice_alone_changes_what_a_bin_gives(name, choice, cells, columns, before, after):
    preset = PRESETS[name]
    maps = np.array(cells, float).reshape(1, 1, 1, -1)
    box = [[0, columns[0], 0, columns[1], 1 - preset.end_offset]]
    for convention, expected in ((preset, before), (replace(preset, **choice), after)):
        found = [a.item() for a in roi_pool_with_argmax(maps, box, 1, convention=convention)]
        np.testing.assert_array_equal(found, expected)


def test_every_choice_of_the_record_is_shown_to_matter():
    shown = {field for _, choice, *_ in MOVES + GIVES for field in choice}
    shown |= {"missing_image"}  # in test_missing_images.py
    assert shown == {field.name for field in fields(Convention)} - {"name"}


@pytest.mark.parametrize("alias", ["caffe", "torchvision", "onnxruntime", "paddle_cpu"])
def test_frameworks_that_follow_caffe_stand_for_fast_rcnn(alias):
    assert get_convention(alias) is PRESETS["fast_rcnn"]


def test_alias_stands_for_a_preset_and_hides_none():
    assert set(ALIASES.values()) <= set(PRESETS)
    assert not set(ALIASES) & set(PRESETS)


@pytest.mark.parametrize("name", PRESETS)
def test_preset_is_known_by_its_own_name_and_stands_for_itself(name):
    assert get_convention(name).name == name
    assert get_convention(PRESETS[name]) is PRESETS[name]


def test_presets_differ_in_more_than_their_names():
    assert len({replace(preset, name="") for preset in PRESETS.values()}) == len(PRESETS)


@pytest.mark.parametrize("field", [field.name for field in fields(Convention)])
def test_convention_is_frozen(field):
    preset = PRESETS["article"]
    with pytest.raises(FrozenInstanceError):
        setattr(preset, field, getattr(preset, field))


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"rounding": "nearest"}, "rounding is 'nearest'; expected one of half_away, half_even"),
        ({"arithmetic": "float16"}, "arithmetic is 'float16'; expected one of exact, float32"),
        ({"stop": "round"}, "stop is 'round'; expected one of floor, ceil"),
        ({"min_cells": 2}, "min_cells is 2; expected 0 or 1"),
        ({"empty_argmax": 2**40}, "empty_argmax is 1099511627776; expected a number that int32"),
        ({"degenerate_argmax": -(2**40)}, "degenerate_argmax is -1099511627776; expected"),
        ({"min_cells": -1}, "min_cells is -1; expected 0 or 1"),
        ({"rounding": "none"}, 'rounding="none" leaves fractional boxes.* Use "float32"'),
    ],
)
def test_choice_that_is_not_offered_is_an_error(choice, message):
    with pytest.raises(RoIPoolError, match=message):
        replace(PRESETS["article"], **choice)


@pytest.mark.parametrize(
    ("rounding", "stop", "first", "last", "cells"),
    [
        ("half_away", "ceil", 3.25, 1.25, 0),
        ("none", "floor", 3.25, 3.125, 0),
        ("none", "ceil", 3.25, 1.25, 0),
        ("none", "ceil", 3.0, 2.5, 0),
        # What the docstring of min_cells excepts.
        ("none", "ceil", 3.25, 3.125, 1),
    ],
)
def test_an_inverted_box_is_empty_without_least_cells_but_for_one_inside_of_a_cell(
    rounding, stop, first, last, cells
):
    choices = {"rounding": rounding, "stop": stop, "arithmetic": "float32", "min_cells": 0}
    convention = replace(PRESETS["article"], **choices)
    bins = bin_edges([[0, 0, first, 1, last]], (1, 1), (8, 8), convention=convention)
    assert max(0, int(bins.y1[0, 0] - bins.y0[0, 0])) == cells


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"name": 3}, "name is 3; expected a str"),
        ({"stop": ["floor"]}, r"stop is \['floor'\]; expected one of"),
        ({"inclusive_end": np.zeros(2)}, "inclusive_end is array"),
        ({"empty_argmax": 1.5}, "empty_argmax is 1.5; expected a number that int32 can hold"),
        ({"degenerate_argmax": "0"}, "degenerate_argmax is '0'; expected a number that int32"),
        ({"empty_value": None}, "empty_value is None; expected a number that float64 can hold"),
        ({"empty_value": 10**400}, "empty_value is 10+; expected a number that float64 can hold"),
        ({"lowest": "-inf"}, "lowest is '-inf'; expected a number that float64 can hold"),
    ],
)
def test_a_choice_of_another_type_is_an_error(choice, message):
    with pytest.raises(RoIPoolError, match=message):
        replace(PRESETS["article"], **choice)


@pytest.mark.parametrize("value", ["no", 3, None])
def test_an_end_is_inclusive_or_it_is_not(value):
    with pytest.raises(RoIPoolError, match=r"inclusive_end is .*; expected one of True, False"):
        replace(PRESETS["article"], inclusive_end=value)


def test_values_that_the_maps_dtype_cannot_hold_become_infinite():
    far = replace(PRESETS["fast_rcnn"], lowest=-1e300)
    far = replace(far, empty_value=1e300)
    cells = np.full((1, 1, 3, 3), -np.inf, np.float32)
    output, argmax = roi_pool_with_argmax(
        cells, [[0, 0, 0, 2, 2], [0, 9, 9, 9, 9]], 1, convention=far
    )
    assert output.ravel().tolist() == [-np.inf, np.inf]
    assert argmax.ravel().tolist() == [-1, -1]
