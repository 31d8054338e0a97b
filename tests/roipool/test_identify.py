"""Which convention made an output: named for every peer's own output, and through misread boxes.

One file, because every test puts the same question to the same outputs of the peers.
"""

import json
import math
import pickle
from dataclasses import replace

import numpy as np
import pytest

from roipool import (
    ALIASES,
    PRESETS,
    RoIPoolError,
    article,
    bin_edges,
    identify,
    roi_align,
    roi_pool,
)
from roipool.average import average_bins
from roipool.effort import Budget
from tests.common import Tensor
from tests.roipool.test_golden import CONVENTION_OF, ENTRIES, FRACTIONAL_INDEX, GOLDEN, load

ALIGN_OF = {
    "roi_align_al0_sr0": (False, 0),
    "roi_align_al0_sr2": (False, 2),
    "roi_align_al1_sr0": (True, 0),
    "roi_align_al1_sr2": (True, 2),
    "ort_roi_align_avg_half_pixel_sr0": (True, 0),
    "chainer_align_sr0": (False, 0),
    "chainer_align_sr2": (False, 2),
}
MAP, BOX, OUT = article.FEATURE_MAP, article.BOXES, article.OUTPUT
# Maps whose averages and samples overflow, or tell nothing apart.
UNTELLING = {
    "constant",  # whatever is taken has one value
    "thin_1x1",
    "nondiv_15x15_c2_1x1",  # samples of whole boxes are the cells
    "huge_negative",  # sums overflow
}
# Chainer computes in float64 where a box of float32 is just larger or smaller than its grid.
OTHER_GRID = ("halfway_scale_0p7", "chainer_align_sr0")
AVERAGING = [
    entry
    for entry in json.loads((GOLDEN / "manifest.json").read_text("utf-8"))["entries"]
    if entry["key"] in {*ALIGN_OF, "chainer_average"}
    and entry["file"] != FRACTIONAL_INDEX
    and (GOLDEN / entry["file"]).exists()
    and entry["case"] not in UNTELLING
    and (entry["case"], entry["key"]) != OTHER_GRID
]


def key_of(match):
    """(name, reading, its amounts, choices of the rule)."""
    amounts = (change.amount for change in match.reading.changes)
    reading = match.reading.key, tuple(amount for amount in amounts if amount is not None)
    return match.name, *reading, match.rule.choices


def best(matches):
    """What explains an output equally well, and best."""
    return [key_of(match) for match in matches if match.rank == 1]


def ask(case, output, **changed):
    given = {"boxes": case["rois"], "spatial_scale": float(case["spatial_scale"])} | changed
    return identify(case["x"], output=output, **given)


@pytest.mark.sampled(8)
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: f"{e['case']}-{e['key']}")
def test_every_peer_is_named_from_its_own_output(entry):
    case, key = load(entry["file"]), entry["key"]
    matches = ask(case, case[f"{key}__y"])
    name = ALIASES.get(CONVENTION_OF[key], CONVENTION_OF[key])
    if key == "onnxruntime" and np.isnan(case["x"]).any():
        # No preset makes what it makes of NaN, which depends on the order.
        assert best(matches) == [("onnxruntime", "as_given", (), ())]
        return
    assert matches[0].differing == 0
    assert (name, "as_given", (), ()) in best(matches)
    match = next(match for match in matches if match.name == name)
    assert match.convention is PRESETS[name]
    assert {"caffe", "torchvision", "onnxruntime"} & {*match.frameworks} or name != "fast_rcnn"


@pytest.mark.sampled(8)
@pytest.mark.parametrize("entry", AVERAGING, ids=lambda e: f"{e['case']}-{e['key']}")
def test_averages_over_the_same_bins_and_roi_align_are_named(entry):
    case, key = load(entry["file"]), entry["key"]
    output = case[f"{key}__y"]
    matches = ask(case, output)
    assert matches[0].differing == 0
    if key in ALIGN_OF:
        names = [(match.name, match.rule.choices) for match in matches if match.rank == 1]
        aligned, ratio = ALIGN_OF[key]
        assert ("roi_align", (("aligned", aligned), ("sampling_ratio", ratio))) in names
    else:
        names = [(match.name, match.rule.operation) for match in matches if match.rank == 1]
        assert ("chainer_roi_max_pooling_2d", "average") in names


def columns(function):
    """Boxes given wrongly: the true ones' columns index, x1, y1, x2, y2, made into others."""
    return lambda rois: np.stack(function(*np.asarray(rois, float).T), axis=1)


# Those that have made a golden output from fractional boxes and a scale.
IMAGE_PEERS = sorted(set(CONVENTION_OF) - {"article", "deepsense"})
# reading, its amount, a case in which it matters, what is given in place of the true boxes
MISTAKES = [
    ("swapped_xy", (), "fractional", columns(lambda b, x1, y1, x2, y2: (b, y1, x1, y2, x2))),
    ("xywh", (), "fractional", columns(lambda b, x1, y1, x2, y2: (b, x1, y1, x2 - x1, y2 - y1))),
    ("as_xywh", (), "fractional", columns(lambda b, x, y, w, h: (b, x, y, x + w, y + h))),
    (
        "centre_size",
        (),
        "fractional",
        columns(lambda b, x1, y1, x2, y2: (b, (x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1)),
    ),
    ("ends", (1,), "fractional", lambda rois: rois - np.array([0, 0, 0, 1, 1])),
    ("ends", (-1,), "fractional", lambda rois: rois + np.array([0, 0, 0, 1, 1])),
    ("ends_by_a_cell", (16,), "scale_1_16", lambda rois: rois - np.array([0, 0, 0, 16, 16])),
    ("ends_by_a_cell", (-16,), "scale_1_16", lambda rois: rois + np.array([0, 0, 0, 16, 16])),
    ("offset", (-0.5,), "fractional", lambda rois: rois + np.array([0, 0.5, 0.5, 0.5, 0.5])),
    ("offset", (0.5,), "fractional", lambda rois: rois - np.array([0, 0.5, 0.5, 0.5, 0.5])),
    ("offset", (-1,), "fractional", lambda rois: rois + np.array([0, 1, 1, 1, 1])),
    ("offset_by_cells", (-8,), "scale_1_16", lambda rois: rois + np.array([0, 8, 8, 8, 8])),
    ("offset_by_cells", (8,), "scale_1_16", lambda rois: rois - np.array([0, 8, 8, 8, 8])),
    ("no_batch_index", (), "fractional", lambda rois: rois[:, 1:]),
]


@pytest.mark.sampled(16)
@pytest.mark.parametrize("convention", PRESETS)
@pytest.mark.parametrize(
    ("reading", "amounts", "name", "mistake"), MISTAKES, ids=[f"{m[0]}{m[1]}" for m in MISTAKES]
)
def test_boxes_given_otherwise_than_they_were_read_are_named(
    convention, reading, amounts, name, mistake
):
    case = load(f"{name}.npz")
    size, scale = tuple(case["output_size"]), float(case["spatial_scale"])
    given = mistake(case["rois"])
    output = roi_pool(case["x"], case["rois"], size, scale, convention=convention)
    if given.shape[1] == 5:  # the boxes as given make something else: there is a mistake to find
        made = roi_pool(case["x"], given, size, scale, convention=convention)
        assert (made != output).any()
    assert_named(ask(case, output, boxes=given), convention, reading, amounts)


@pytest.mark.sampled(6)
@pytest.mark.parametrize("convention", ["article", "mmcv"])
@pytest.mark.parametrize(
    ("reading", "amounts", "mistake"),
    [
        ("swapped_xy+ends", (1,), columns(lambda b, x, y, r, s: (b, y, x, s - 1, r - 1))),
        ("xywh+ends", (-1,), columns(lambda b, x, y, r, s: (b, x, y, r - x + 1, s - y + 1))),
        ("xywh+swapped_xy", (), columns(lambda b, x, y, r, s: (b, y, x, s - y, r - x))),
        ("as_xywh+ends", (1,), columns(lambda b, x, y, w, h: (b, x, y, x + w - 1, y + h - 1))),
        ("no_batch_index+swapped_xy", (), columns(lambda b, x, y, r, s: (y, x, s, r))),
        ("no_batch_index+xywh", (), columns(lambda b, x, y, r, s: (x, y, r - x, s - y))),
    ],
)
def test_two_mistakes_at_once_are_named(convention, reading, amounts, mistake):
    """Of conventions that no other is with its ends moved: there one mistake would do."""
    case = load("fractional.npz")
    output = roi_pool(case["x"], case["rois"], (3, 5), convention=convention)
    assert_named(ask(case, output, boxes=mistake(case["rois"])), convention, reading, amounts)


def assert_named(matches, convention, reading, amounts=()):
    """The explanation is there, and what ranks above it explains as much with fewer changes.

    Chainer's conventions, for one, are each other with ends moved by a cell.
    """
    wanted = (ALIASES.get(convention, convention), reading, amounts, ())
    (match,) = (match for match in matches if key_of(match) == wanted)
    assert match.differing == 0
    for other in matches[: matches.index(match)]:
        if other.rank < match.rank:
            assert len(other.reading.changes) < len(match.reading.changes)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("convention", PRESETS)
def test_scale_that_was_not_applied_where_it_is_given_is_named(convention):
    case = load("scale_1_16.npz")
    output = roi_pool(case["x"], case["rois"] / 4, (7, 7), 1.0, convention=convention)
    matches = ask(case, output, boxes=case["rois"] / 4)
    assert_named(matches, convention, "scale_forgotten")


@pytest.mark.sampled(3)
@pytest.mark.parametrize("key", IMAGE_PEERS)
@pytest.mark.parametrize(
    ("given", "reading", "amounts"),
    [(16.0, "scale_inverted", ()), (1.0, "scale_missing", (1 / 16,))],
)
def test_scale_that_is_not_given_as_it_was_applied_is_named(key, given, reading, amounts):
    case = load("scale_1_16.npz")
    matches = ask(case, case[f"{key}__y"], spatial_scale=given)
    assert_named(matches, CONVENTION_OF[key], reading, amounts)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("convention", PRESETS)
def test_batch_index_that_was_ignored_is_named(convention):
    case = load("batch.npz")
    first = case["rois"] * np.array([0, 1, 1, 1, 1])
    output = roi_pool(case["x"], first, tuple(case["output_size"]), convention=convention)
    assert_named(ask(case, output), convention, "one_image")


def test_readings_that_differ_in_the_image_alone_are_told_apart():
    maps = np.random.default_rng(1).random((2, 1, 9, 9))
    boxes = np.array([[1, 2, 2, 7, 6], [0, 1, 3, 5, 8]])
    output = roi_pool(maps, boxes * [0, 1, 1, 1, 1], 2, convention="torchvision")
    matches = identify(maps, boxes, output)
    assert ("fast_rcnn", "one_image", (), ()) in best(matches)
    # Moved by half a cell these boxes round to the same bins, of other images.
    assert all(match.where.sum() == match.differing for match in matches)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("key", IMAGE_PEERS)
@pytest.mark.parametrize("case", ["fractional", "scale_1_16"])
def test_output_with_rows_and_columns_exchanged_is_named(case, key):
    arrays = load(f"{case}.npz")
    given = arrays[f"{key}__y"].swapaxes(2, 3)
    matches = ask(arrays, given)
    assert_named(matches, CONVENTION_OF[key], "transposed")
    assert all(match.where.shape == given.shape for match in matches)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("preset", "choice"),
    [
        ("article", ("rounding", "half_even")),
        ("article", ("min_cells", 1)),
        ("article", ("empty_value", -np.inf)),
        ("fast_rcnn", ("stop", "floor")),
        ("paddle_gpu", ("stop", "floor")),
        ("chainer_roi_max_pooling_2d", ("empty_value", 0.0)),
    ],
)
def test_preset_with_one_choice_changed_is_named_where_no_preset_makes_the_output(preset, choice):
    rng = np.random.default_rng(5)
    boxes, maps = many_boxes(rng), rng.random((2, 2, 20, 24))
    changed = replace(PRESETS[preset], **dict([choice]))
    matches = identify(maps, boxes, roi_pool(maps, boxes, 3, convention=changed))
    assert matches[0].differing == 0
    assert (preset, "as_given", (), (choice,)) in best(matches)
    assert changed in [match.convention for match in matches if match.rank == 1]
    assert all(match.rule.changes for match in matches if match.differing == 0)


def test_boxes_read_otherwise_rank_above_a_convention_that_nobody_ships():
    case = load("fractional.npz")
    inclusive = replace(PRESETS["article"], inclusive_end=True)
    matches = ask(case, roi_pool(case["x"], case["rois"], (3, 5), convention=inclusive))
    assert best(matches) == [("article", "ends", (1,), ())]
    second = [key_of(match) for match in matches if match.rank == 2]
    assert ("article", "as_given", (), (("inclusive_end", True),)) in second


def many_boxes(rng, count=60):
    """Boxes over two images of 20x24 cells, with halves, past the map, inverted."""
    corners = rng.integers(-6, 52, (count, 4)) / 2
    return np.column_stack([rng.integers(0, 2, count), corners])


@pytest.mark.sampled(3)
@pytest.mark.parametrize("seed", range(12))
def test_output_on_many_boxes_is_named_with_exactly_those_presets_that_make_the_same(seed):
    rng = np.random.default_rng(seed)
    maps = rng.standard_normal((2, 3, 20, 24)).astype([np.float32, np.float64][seed % 2])
    boxes, size = many_boxes(rng), (int(rng.integers(1, 8)), int(rng.integers(1, 8)))
    made = {name: roi_pool(maps, boxes, size, 0.9, convention=name) for name in PRESETS}
    name = sorted(PRESETS)[seed % len(PRESETS)]
    matches = identify(maps, boxes, made[name], 0.9)
    same = [other for other in PRESETS if np.array_equal(made[other], made[name])]
    assert best(matches) == [(other, "as_given", (), ()) for other in same]
    for match in matches:
        if match.reading.key == "as_given":
            where = made[match.name] != made[name]
            np.testing.assert_array_equal(match.where, where, strict=True)
            assert (match.differing, match.cells) == (where.sum(), where.size)


def test_matches_are_ranked_by_cells_that_differ_then_by_changes():
    case = load("fractional.npz")
    matches = ask(case, case["mmcv__y"], boxes=case["rois"][:, [0, 2, 1, 4, 3]])
    order = [(m.differing, len(m.reading.changes) + m.rule.changes) for m in matches]
    assert order == sorted(order)
    ranks = [match.rank for match in matches]
    assert ranks == sorted(ranks)
    assert set(ranks) == set(range(1, max(ranks) + 1))
    assert {m.name for m in matches if m.reading.key == "as_given"} == set(PRESETS)


def test_among_ties_what_is_usual_stands_first():
    """A box whose end was moved by one is, of one box, also other mistakes on the way to others."""
    output = roi_pool(MAP, [[0, 1, 2, 7, 8]], 2, convention="torchvision")
    ties = best(identify(MAP, [[0, 1, 2, 6, 7]], output))
    assert ties[0] == ("fast_rcnn", "ends", (1,), ())
    assert ("chainer_roi_max_pooling_2d", "xywh", (), ()) in ties
    usual = [reading in ("ends", "swapped_xy") for _, reading, *_ in ties]
    assert usual == sorted(usual, reverse=True)


def test_width_and_height_taken_for_corners_are_named():
    output = roi_pool(MAP, [[0, 1, 2, 5, 5]], 2, convention="torchvision")
    matches = identify(MAP, [[0, 1, 2, 6, 7]], output)
    assert ("fast_rcnn", "as_xywh", (), ()) in best(matches)
    assert matches[0].differing == 0


def test_what_nothing_makes_has_the_nearest_first_and_every_preset():
    case = load("fractional.npz")
    output = case["torchvision__y"].copy()
    output[3, 1] += 100
    matches = ask(case, output)
    assert best(matches)[0] == ("fast_rcnn", "as_given", (), ())
    assert matches[0].differing == matches[0].where.sum() == output[3, 1].size
    assert matches[0].where[3, 1].all()
    assert {m.name for m in matches if m.reading.key == "as_given"} >= set(PRESETS)


def test_mistake_is_named_though_some_cells_are_of_another_origin():
    rng = np.random.default_rng(8)
    maps, boxes = rng.random((2, 2, 20, 24)), many_boxes(rng)
    output = roi_pool(maps, boxes, 3, convention="mmcv")
    output[7, 1] += 1
    matches = identify(maps, boxes[:, [0, 2, 1, 4, 3]], output)
    assert best(matches) == [("mmcv", "swapped_xy", (), ())]
    assert matches[0].differing == 9
    assert matches[0].where[7, 1].all()


def test_change_that_brings_an_output_little_nearer_is_not_named():
    rng = np.random.default_rng(9)
    matches = identify(rng.random((2, 1, 20, 24)), many_boxes(rng, 20), rng.random((20, 1, 3, 3)))
    assert [
        key_of(match) for match in matches if match.rule.changes + len(match.reading.changes)
    ] == []
    assert {match.name for match in matches} == set(PRESETS)
    assert matches[0].differing > 0


@pytest.mark.sampled(3)
@pytest.mark.parametrize("decimals", [1, 2, 4])
def test_output_pasted_with_few_decimals_is_the_same_to_those(decimals):
    maps = np.random.default_rng(0).random((1, 2, 20, 24)).astype(np.float32)
    boxes = [[0, 1, 2, 18, 15], [0, 3, 0, 9, 17]]
    output = roi_pool(maps, boxes, 2, convention="mmcv")
    pasted = np.round(output.astype(float), decimals).tolist()
    assert "mmcv" in [name for name, *_ in best(identify(maps, boxes, pasted))]
    assert identify(maps, boxes, pasted)[0].differing == 0
    moved = np.array(pasted) + 10.0**-decimals
    assert identify(maps, boxes, moved)[0].differing > 0


def test_output_of_empty_bins_is_not_taken_for_a_rounded_one():
    maps = np.full((1, 1, 8, 8), 0.3, np.float32)
    outside = [[0, 30, 0, 35, 5]]
    matches = identify(maps, outside, np.zeros((1, 1, 2, 2), np.float32))
    assert "article" in [name for name, *_ in best(matches)]
    assert identify(maps, article.BOXES, np.zeros((1, 1, 2, 2)))[-1].differing == 4


def test_output_of_cells_of_the_map_is_not_taken_for_a_rounded_one():
    maps = np.array([0.5, 0.54, 0.6]).reshape(1, 1, 1, 3)
    matches = identify(maps, [[0, 0, 0, 1, 1]], [[[[0.5]]]])
    assert [name for name, *_ in best(matches)] == ["article", "chainer_roi_max_pooling_2d"]


def test_map_with_as_few_decimals_is_compared_exactly():
    maps = article.FEATURE_MAP.astype(np.float32)
    matches = identify(maps, article.BOXES, [[[[0.8501, 0.84], [0.97, 0.96]]]])
    assert (matches[0].name, matches[0].differing) == ("article", 1)
    matches = identify(maps, article.BOXES, [[[[0.99, 0.84], [0.97, 0.96]]]])
    assert (matches[0].name, matches[0].differing) == ("article", 1)
    assert identify(maps, article.BOXES, article.OUTPUT.tolist())[0].differing == 0


def test_float32_output_of_a_float64_map_is_compared_in_float32():
    rng = np.random.default_rng(3)
    maps, boxes = rng.random((2, 2, 20, 24)), many_boxes(rng)
    output = roi_pool(maps.astype(np.float32), boxes, 3, convention="torchvision")
    for given in (output, output.astype(float), output.tolist()):
        assert ("fast_rcnn", "as_given", (), ()) in best(identify(maps, boxes, given))


def test_tolerance_says_how_far_apart_equal_values_may_be():
    moved = article.OUTPUT + 0.03
    assert identify(article.FEATURE_MAP, article.BOXES, moved, tolerance=0.02)[0].differing > 0
    matches = identify(article.FEATURE_MAP, article.BOXES, moved, tolerance=0.04)
    assert best(matches) == [("article", "as_given", (), ())]


@pytest.mark.parametrize(
    "boxes", [[[0, 3, 7, 8]], np.array([[0, 3, 7, 8]]), Tensor(np.array([[0.0, 3, 7, 8]]))]
)
def test_boxes_without_batch_index_come_as_lists_arrays_or_tensors(boxes):
    matches = identify(article.FEATURE_MAP, boxes, article.OUTPUT)
    assert best(matches) == [("article", "no_batch_index", (), ())]
    assert matches[0].reading.boxes.tolist() == article.BOXES.tolist()


def test_arrays_of_another_library_and_of_float16_are_taken():
    boxes, output = Tensor(article.BOXES.copy()), Tensor(article.OUTPUT.astype(np.float16))
    for maps in (Tensor(MAP.copy()), MAP.astype(np.float16), MAP.astype(np.float32)):
        assert best(identify(maps, boxes, output)) == [("article", "as_given", (), ())]


def test_boxes_per_image_are_read_as_given():
    matches = identify(article.FEATURE_MAP, [[[0, 3, 7, 8]]], article.OUTPUT)
    assert best(matches) == [("article", "as_given", (), ())]


def test_reading_is_what_pooling_is_called_with_to_make_the_output():
    case = load("scale_1_16.npz")
    size = tuple(case["output_size"])
    for match in ask(case, case["mmcv__y"], spatial_scale=1.0):
        if match.rule.operation == "max" and not match.reading.transposed:
            made = roi_pool(
                case["x"],
                match.reading.boxes,
                size,
                match.reading.spatial_scale,
                convention=match.convention,
            )
            assert (made != case["mmcv__y"]).sum() == match.differing


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            (MAP, BOX, OUT[0, 0]),
            r"output has shape \(2, 2\); expected \(N, C, PH, PW\).*None, None",
        ),
        ((MAP, BOX, OUT[0]), r"output has shape \(1, 2, 2\); expected .*output\[:, None\]"),
        ((MAP, BOX, 3.0), r"output has shape \(\); expected \(N, C, PH, PW\)"),
        ((MAP, BOX, [[[["a"]]]]), "output has dtype .*; expected numbers"),
        ((MAP, BOX, OUT * 1j), "output has dtype complex128; expected numbers"),
        ((MAP, BOX, [[1], [1, 2]]), "output cannot be read as an array"),
        ((MAP, BOX, OUT[:, :, :0]), r"shape \(1, 1, 0, 2\), which holds nothing to compare"),
        ((MAP, BOX[:0], OUT[:0]), r"shape \(0, 1, 2, 2\), which holds nothing to compare"),
        ((MAP, [*BOX, *BOX], OUT), r"expected \(2, 1, PH, PW\), as boxes has 2 boxes and input 1"),
        ((MAP, BOX, np.ones((1, 3, 2, 2))), r"\(1, 3, 2, 2\); expected \(1, 1, PH, PW\)"),
        ((MAP[0], BOX, OUT), r"input has shape \(1, 8, 8\)"),
        ((MAP, BOX[:, :3], OUT), r"boxes has shape \(1, 3\)"),
        ((MAP, BOX + 1, OUT), r"box 0 has batch_index = 1"),
        ((MAP, [[0, 3, np.nan, 8]], OUT), r"box 0 has x2 = nan; expected a finite number"),
        ((MAP, BOX, OUT, 0), "spatial_scale is 0; expected a positive number"),
    ],
)
def test_what_cannot_be_compared_is_an_error_that_says_how_to_mend_it(arguments, message):
    with pytest.raises(RoIPoolError, match=message):
        identify(*arguments)


@pytest.mark.parametrize("tolerance", [-1, np.nan, np.inf, "much"])
def test_tolerance_is_a_number_from_zero(tolerance):
    with pytest.raises(RoIPoolError, match=r"tolerance is .*; expected a number from 0"):
        identify(MAP, BOX, OUT, tolerance=tolerance)


@pytest.mark.filterwarnings("error")
def test_far_boxes_and_cells_that_are_not_finite_warn_of_nothing():
    maps = np.full((1, 1, 6, 6), -np.inf, np.float32)
    maps[0, 0, :3] = [[np.nan], [3e38], [-3e38]]
    boxes = [[0, -1e30, 2, 1e30, 1e38], [0, 1, 1, 1e6, 4]]
    assert identify(maps, boxes, np.full((2, 1, 2, 2), 7.0), 0.5)[0].differing > 0


@pytest.mark.parametrize("scale", [1 / 3, 0.1, 1 / 7])
@pytest.mark.parametrize("aligned", [True, False])
def test_roi_align_is_named_at_scales_that_float32_does_not_hold(scale, aligned):
    random = np.random.default_rng(round(1 / scale))
    maps = random.random((1, 2, 12, 12))
    corners = random.integers(0, 11, (40, 4)) / scale
    boxes = np.column_stack([np.zeros(40), np.sort(corners[:, ::2]), np.sort(corners[:, 1::2])])
    boxes = boxes[:, [0, 1, 3, 2, 4]]
    exact = identify(maps, boxes, roi_align(maps, boxes, 2, scale, 0, aligned), scale)[0]
    assert (exact.name, exact.differing) == ("roi_align", 0)
    # As somebody prints what a framework computed in float32.
    single = roi_align(maps.astype(np.float32), boxes, 2, scale, 0, aligned)
    printed = identify(maps, boxes, single.astype(np.float64).round(4), scale)[0]
    assert (printed.name, printed.differing) == ("roi_align", 0)


# ---- Budget --------------------------------------------------------------------------------------


def hopeless(kind, boxes=300, bins=5):
    """A question on which next to nothing can be ruled out before the last box."""
    maps = np.full((1, 1, 64, 64), np.nan if kind == "nan" else 0.0)
    corners = [0, -1e4, -1e4, 1e4, 1e4] if kind == "far" else [0, 0, 0, 63, 63]
    output = np.full((boxes, 1, bins, bins), maps[0, 0, 0, 0])
    output[-1, -1, -1, -1] = 1
    return maps, np.tile(np.array(corners, float), (boxes, 1)), output


@pytest.fixture
def spent(monkeypatch):
    """What the tries of a search that were begun are estimated to take, the presets' left out."""
    taken, takes = [], Budget.takes

    def noted(budget, seconds):
        affordable = takes(budget, seconds)
        if affordable and budget.left < math.inf:
            taken.append(seconds)
        return affordable

    monkeypatch.setattr(Budget, "takes", noted)
    return taken


@pytest.mark.parametrize("kind", ["nan", "zeros", "far"])
def test_a_search_begins_no_more_than_its_budget_pays_for(spent, kind):
    matches = identify(*hopeless(kind), budget=0.2)
    assert matches.undecided > 0
    assert {match.name for match in matches} == set(PRESETS)
    assert matches[0].differing > 0
    assert 0.1 < sum(spent) <= 0.2


def test_samples_that_a_budget_does_not_pay_for_are_never_made(monkeypatch):
    def sampled(*arguments):
        raise AssertionError("a box of 20,000 cells was sampled")

    monkeypatch.setattr("roipool.samples._along", sampled)
    maps, boxes, output = hopeless("far", boxes=1, bins=2)
    with pytest.raises(AssertionError):
        identify(maps, boxes, output)
    assert identify(maps, boxes, output, budget=0.002).undecided > 0


def test_without_a_budget_left_the_presets_are_counted_all_the_same():
    case = load("fractional.npz")
    matches = ask(case, case["mmcv__y"], boxes=case["rois"][:, [0, 2, 1, 4, 3]], budget=0)
    assert [match.reading.key for match in matches] == ["as_given"] * len(PRESETS)
    assert matches[0].differing > 0
    assert matches.undecided > 100


@pytest.mark.sampled(3)
@pytest.mark.parametrize("mistake", [[0, 1, 2, 3, 4], [0, 2, 1, 4, 3], [0, 2, 1, 3, 4]])
def test_a_budget_that_suffices_changes_no_answer(mistake):
    case = load("fractional.npz")
    given = case["rois"][:, mistake]
    free, paid = (ask(case, case["mmcv__y"], boxes=given, budget=b) for b in (None, 1e6))
    assert free.undecided == paid.undecided == 0
    assert [(key_of(m), m.rank, m.differing) for m in free] == [
        (key_of(m), m.rank, m.differing) for m in paid
    ]


def test_a_mistake_on_many_boxes_is_named_within_a_second():
    rng = np.random.default_rng(4)
    maps, boxes = rng.random((2, 1, 20, 24)), many_boxes(rng, 400)
    swapped = boxes[:, [0, 2, 1, 4, 3]]
    matches = identify(maps, swapped, roi_pool(maps, boxes, 3, convention="mmcv"), budget=1)
    assert best(matches) == [("mmcv", "swapped_xy", (), ())]
    assert matches[0].differing == 0


@pytest.mark.parametrize("budget", [-1, np.nan, "much", 1j, 10**400])
def test_a_budget_is_a_number_from_zero(budget):
    with pytest.raises(RoIPoolError, match=r"budget is .*; expected a number of seconds from 0"):
        identify(MAP, BOX, OUT, budget=budget)


def test_an_answer_is_the_same_in_another_process():
    case = load("fractional.npz")
    output = case["torchvision__y"].copy()
    output[3, 1] += 100
    matches = ask(case, output, boxes=case["rois"][:, [0, 2, 1, 4, 3]], budget=0.4)
    sent = pickle.loads(pickle.dumps(matches))
    assert (type(sent), sent.undecided) == (type(matches), matches.undecided)
    for ours, theirs in zip(matches, sent, strict=True):
        assert (key_of(ours), ours.rank, ours.differing) == (
            key_of(theirs),
            theirs.rank,
            theirs.differing,
        )
        assert ours.convention == theirs.convention
        np.testing.assert_array_equal(ours.where, theirs.where)


@pytest.mark.parametrize("special", [[], [np.nan], [np.inf, -np.inf, np.nan]])
def test_an_average_is_that_of_the_cells_of_each_bin(special):
    rng = np.random.default_rng(2)
    maps = rng.random((2, 3, 20, 24))
    places = [rng.integers(0, size, 4 * len(special)) for size in maps.shape]
    maps[tuple(places)] = special * 4
    bins = bin_edges(boxes := many_boxes(rng), (3, 5), (20, 24), convention="mmcv")
    found = average_bins(maps, boxes[:, 0].astype(int), bins)
    for n, i, j in np.ndindex(len(boxes), 3, 5):
        rows = slice(bins.y0[n, i], bins.y1[n, i])
        cells = maps[int(boxes[n, 0]), :, rows, bins.x0[n, j] : bins.x1[n, j]]
        with np.errstate(invalid="ignore"):
            expected = cells.mean(axis=(1, 2)) if cells.size else np.zeros(3)
        np.testing.assert_allclose(found[n, :, i, j], expected)
