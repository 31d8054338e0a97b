"""From image to cells: tables, areas, curves, sentences and what the page is sent."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app.exercise.desk import Desk
from app.exercise.limits import MAX_IMAGE
from app.exercise.record import article_exercise
from app.pixels.controls import with_stride
from app.pixels.mount import problem_of, take
from app.pixels.payload import payload
from app.pixels.position_chart import figure, said
from app.pixels.positions import Align, positions
from app.pixels.quantise import quantise, sentence
from app.pixels.tables import grid_table, tables
from app.text import LANGUAGES, Text
from app.widgets.opening import preset_exercise
from roipool import PRESETS, align_samples, bin_edges, roi_align, roi_pool

ROOT = Path(__file__).parents[2]
EN = Text("en")
START = preset_exercise("a-pixel-further")
IMAGE = (160, 192)
ROUNDING = [name for name, preset in PRESETS.items() if preset.rounding != "none"]


def boxed(*corners, **choices):
    return replace(START, boxes=((0.0, *map(float, corners)),), **choices)


def every_box(last):
    """Every x1 < x2 of an axis of so many pixels, as boxes (N, 5)."""
    start, stop = np.triu_indices(last + 1, k=1)
    zero = np.zeros_like(start)
    return start, stop, np.stack([zero, start, zero, stop, zero + last], axis=1).astype(float)


# ---- tables ----


@pytest.mark.parametrize("convention", ROUNDING)
@pytest.mark.parametrize(
    ("stride", "cells", "count"), [(16, 6, 2), (7, 9, 3), (4, 12, 7), (32, 3, 5)]
)
def test_looked_up_bins_are_the_library_s_for_every_box_on_whole_pixels(
    convention, stride, cells, count
):
    exercise = replace(
        with_stride(START, stride, (stride, cells * stride)),
        output_size=(1, count),
        convention=convention,
    )
    table = tables(exercise, 0, True)["x"]
    start, stop, boxes = every_box(cells * stride)
    bins = bin_edges(boxes, (1, count), exercise.size, 1 / stride, convention)
    first = np.array(table["starts"])[start]
    last = np.maximum(np.array(table["stops"])[stop], first + exercise.rule.min_cells)
    assert np.array_equal(np.stack([first, last], axis=1), bins.cols)
    edges = np.array(table["lengths"])[last - first] + first[:, None, None]
    assert np.array_equal(np.clip(edges, 0, cells), np.stack([bins.x0, bins.x1], axis=1))


@pytest.mark.parametrize("stride", [16, 8])
def test_looked_up_cells_are_the_library_s_for_a_box_that_is_not_rounded(stride):
    exercise = replace(with_stride(START, stride, (stride, 64)), convention="mmcv")
    table = tables(exercise, 0, True)["x"]
    start, stop, boxes = every_box(64)
    bins = bin_edges(boxes, exercise.output_size, exercise.size, 1 / stride, "mmcv")
    found = np.stack([np.array(table["starts"])[start], np.array(table["stops"])[stop]], axis=1)
    assert np.array_equal(found, bins.cols)
    # Its bins depend on where the box lies between the cells: no table of lengths has them.
    assert table["lengths"] is None


@pytest.mark.parametrize("aligned", [True, False])
@pytest.mark.parametrize(("stride", "count"), [(16, 2), (7, 2), (5, 3)])
def test_looked_up_grids_are_the_library_s_for_every_box_on_whole_pixels(stride, count, aligned):
    table = grid_table(8, count, stride, 0, aligned)
    start, stop, boxes = every_box(8 * stride)
    samples = align_samples(boxes, (1, count), (1, 8), 1 / stride, 0, aligned)
    for a, b, found in zip(start, stop, samples, strict=True):
        grid = table["exceptions"].get(f"{a},{b - a}", table["lengths"][b - a])
        assert grid == found.x.grid


def test_a_sampling_ratio_is_the_grid_of_every_length():
    assert set(grid_table(8, 2, 16, 4, True)["lengths"]) == {4}


# ---- areas ----


@pytest.mark.parametrize("convention", PRESETS)
@pytest.mark.parametrize("stride", [16, 7, 32])
def test_areas_are_what_counting_squares_of_a_pixel_gives(convention, stride):
    exercise = replace(with_stride(START, stride, IMAGE), convention=convention)
    random = np.random.default_rng(stride)
    for _ in range(12):
        x1, x2 = np.sort(random.choice(IMAGE[1] + 1, 2, replace=False))
        y1, y2 = np.sort(random.choice(IMAGE[0] + 1, 2, replace=False))
        box = [0, x1, y1, x2, y2]
        bins = bin_edges([box], 1, exercise.size, 1 / stride, convention)
        rows, cols = (count * stride for count in exercise.size)
        inside, touched = np.zeros((2, rows, cols), dtype=bool)
        inside[y1:y2, x1:x2] = True
        (top, bottom), (left, right) = (
            np.maximum(span[0], 0) * stride for span in (bins.rows, bins.cols)
        )
        touched[top:bottom, left:right] = True
        found = quantise(exercise, box)
        assert found.lost.item() == np.sum(inside & ~touched)
        assert found.taken.item() == np.sum(touched & ~inside)
        assert found.area.item() == np.sum(inside)


def test_drift_is_how_far_each_edge_moves():
    assert quantise(START).drift.tolist() == [[8, 8, 9, 9]]


def test_a_box_may_lie_between_pixels():
    found = quantise(boxed(15.5, 16, 32, 32, convention="article"))
    assert (found.lost.item(), found.taken.item()) == (8, 0)


# ---- sentences ----


@pytest.mark.parametrize(
    ("box", "convention", "said"),
    [
        (
            (40, 24, 151, 119),
            "fast_rcnn",
            "The box is 111 × 95 px. On the map it becomes 7 × 6 cells, which are 112 × 96 px: "
            "15% of it is lost, and 17% is taken in that it never covered.",
        ),
        (
            (16, 32, 48, 96),
            "article",
            "The box is 32 × 64 px and falls on 2 × 4 cells exactly: nothing is lost and nothing "
            "is taken in.",
        ),
        (
            (1, 1, 5.25, 7),
            "article",
            "The box is 4.3 × 6 px, and rounding leaves no cell of it: all of it is lost.",
        ),
    ],
)
def test_the_sentence_says_what_becomes_of_the_box(box, convention, said):
    assert sentence(boxed(*box, convention=convention), EN) == said


def test_no_box_needs_no_sentence():
    assert sentence(replace(START, boxes=()), EN) == ""


# ---- the curve over the positions ----


@pytest.mark.parametrize("convention", ["article", "fast_rcnn", "mmcv"])
def test_the_curve_is_the_box_s_own_error_and_output_at_every_position(convention):
    exercise = replace(START, convention=convention)
    align = Align(2, False)
    found = positions(exercise, align)
    assert found.x1.tolist() == list(range(192 - 111 + 1))
    maps = exercise.maps.array
    for x1 in (0, 1, 40, 81):
        box = [[0, x1, 24, x1 + 111, 119]]
        lost, taken = quantise(exercise, box).shares[0]
        pooled = roi_pool(maps, box, 2, 1 / 16, convention=convention)[0, 0, 0, 0]
        averaged = roi_align(maps, box, 2, 1 / 16, 2, False)[0, 0, 0, 0]
        curve = found.lost[x1], found.taken[x1], found.pooled[x1], found.averaged[x1]
        assert curve == (lost, taken, pooled, averaged)


def test_the_curve_repeats_every_stride_where_nothing_is_cut_off():
    found = positions(boxed(0, 24, 60, 119), Align())
    assert np.array_equal(found.lost[:100], found.lost[16:116])


def test_a_box_as_wide_as_the_image_has_one_position():
    assert positions(boxed(0, 0, 192, 160), Align()).x1.tolist() == [0]


def test_roi_align_changes_smoothly_where_roi_pool_jumps():
    found = positions(boxed(0, 24, 60, 119), Align())
    assert np.abs(np.diff(found.averaged)).max() < 0.25 * np.abs(np.diff(found.pooled)).max()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", ["error", "value"])
def test_the_chart_shows_the_curve_and_a_mark_at_the_box(which, language):
    text = Text(language)
    found = positions(START, Align())
    chart = figure(which, found, 40, text)
    first = found.lost if which == "error" else found.pooled
    assert np.array_equal(chart.data[0].y, first)
    assert chart.layout.shapes[0].x0 == 40
    assert said(which, found, text)


def test_the_chart_s_sentence_names_the_largest_steps():
    found = positions(START, Align())
    jump, slope = (np.abs(np.diff(series)).max() for series in (found.pooled, found.averaged))
    assert f"by up to {jump:.2g} within one pixel" in said("value", found, EN)
    assert f"by {slope:.2g} at most" in said("value", found, EN)


# ---- the page's exercise ----


@pytest.mark.parametrize("stride", range(4, 33))
def test_every_stride_keeps_the_box_and_the_image(stride):
    exercise = with_stride(START, stride, IMAGE)
    rows, cols = exercise.size
    assert exercise.boxes == START.boxes
    assert 0 <= rows * stride - IMAGE[0] < stride
    assert 0 <= cols * stride - IMAGE[1] < stride
    assert problem_of(exercise) is None


def test_what_reached_into_the_filling_is_cut_off():
    filled = with_stride(START, 7, IMAGE)
    reaching = replace(filled, boxes=((0, 195, 0, 196, 161),))
    assert with_stride(reaching, 16, IMAGE).boxes == ((0, 191, 0, 192, 160),)


@pytest.mark.parametrize(
    ("exercise", "key"),
    [
        (article_exercise(), "stride"),
        (replace(START, spatial_scale=1 / 32), "size"),
        (replace(START, boxes=()), "none"),
        (boxed(-1, 0, 20, 20), "outside"),
        (boxed(0, 0, 193, 20), "outside"),
        (boxed(20, 0, 20.5, 20), "backwards"),
    ],
)
def test_what_cannot_be_shown_in_pixels_is_refused_with_a_reason(exercise, key):
    problem = problem_of(exercise)
    assert problem.key == f"pixels.{key}"
    for language in LANGUAGES:
        assert problem.sentence(Text(language))


# ---- payload and edits ----


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("convention", PRESETS)
@pytest.mark.parametrize("box", [(40, 24, 151, 119), (0, 0, 192, 160), (1, 1, 2, 2.5)])
def test_the_payload_is_strict_json(box, convention, language):
    desk = Desk(boxed(*box, convention=convention))
    sent = payload(desk, Align(), Text(language))
    again = json.loads(json.dumps(sent, allow_nan=False))
    assert again["now"]["numbers"] == list(box)


def test_the_largest_payload_stays_small():
    exercise = replace(with_stride(START, 4, (256, 256)), output_size=(14, 14))
    assert len(json.dumps(payload(Desk(exercise), Align(4), EN))) < 120_000


def test_a_fractional_box_is_dragged_from_the_whole_pixels_near_it():
    sent = payload(Desk(boxed(0.25, 3.75, 1.25, 159.5)), Align(), EN)
    assert sent["now"]["whole"] == [0, 4, 1, 160]


def test_an_edit_sets_the_box_and_how_roi_align_samples_once():
    edit = {"seq": 1, "changes": [{"seq": 1, "boxes": [[0, 1, 2, 30, 40]], "ratio": 4}]}
    desk, align = take(Desk(START), Align(), edit)
    assert desk.exercise.boxes == ((0, 1, 2, 30, 40),)
    assert align == Align(4, True)
    later = {"seq": 2, "changes": [*edit["changes"], {"seq": 2, "aligned": False}]}
    desk, align = take(desk, replace(align, ratio=1), later)
    assert (desk.ack, align) == (2, Align(1, False))


@pytest.mark.parametrize("sent", [{"ratio": 3}, {"ratio": True}, {"aligned": 1}, {"ratio": "2"}])
def test_a_choice_that_is_not_offered_changes_nothing(sent):
    assert take(Desk(START), Align(), {"seq": 1, "changes": [{"seq": 1} | sent]})[1] == Align()


def test_a_box_off_the_image_is_refused_and_the_one_before_stays():
    edit = {"seq": 1, "changes": [{"seq": 1, "boxes": [[0, 1, 2, 300, 40]]}]}
    desk, _ = take(Desk(START), Align(), edit)
    assert (desk.exercise, desk.ack) == (START, 1)
    sent = payload(desk, Align(), EN)
    assert sent["problem"] == "x1 and x2 have to lie in the image, between 0 and 192."


# ---- the page ----


def run(language="en", query=None):
    app = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60)
    app.session_state["language"] = language
    # The first run knows the pages.
    app.run()
    for name, value in (query or {}).items():
        app.query_params[name] = value
    app.switch_page(str(ROOT / "pages" / "pixels.py")).run()
    assert not app.exception
    return app


def sent(app):
    return json.loads(app.get("bidi_component")[0].proto.json)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_opens_with_a_box_that_loses_and_takes_in(language):
    data = sent(run(language))
    assert data["language"] == language
    assert (data["now"]["lost"], data["now"]["taken"]) == (1584, 1791)
    assert data["sentence"] == sentence(START, Text(language))


def test_stride_and_convention_follow_their_choices_and_undo_takes_them_back():
    app = run()
    app.selectbox(key="pixels.stride").set_value(8).run()
    data = sent(app)
    assert (data["stride"], data["rows"], data["cols"]) == (8, 20, 24)
    assert data["now"]["numbers"] == [40, 24, 151, 119]
    app.selectbox(key="pixels.convention").set_value("article").run()
    app.button(key="pixels.undo").click().run()
    app.button(key="pixels.undo").click().run()
    assert sent(app)["now"] == sent(run())["now"]


def test_a_stride_that_does_not_divide_the_image_leaves_it_as_it_was_afterwards():
    app = run()
    for stride in (7, 16):
        app.selectbox(key="pixels.stride").set_value(stride).run()
    assert (sent(app)["rows"], sent(app)["cols"]) == (10, 12)


def test_back_to_the_start_undoes_everything():
    app = run()
    app.session_state["pixels.align"] = Align(4, False)
    app.selectbox(key="pixels.stride").set_value(32).run()
    app.button(key="pixels.reset").click().run()
    data = sent(app)
    assert (data["stride"], data["ratio"], data["aligned"]) == (16, 0, True)


def test_an_exercise_without_pixels_is_not_opened_and_the_page_says_why():
    app = run(query={"preset": "article"})
    assert "whole strides from 4 to 32" in app.warning[0].value
    assert sent(app)["stride"] == 16


def test_the_playground_opens_with_the_box_and_its_scale():
    app = run()
    app.button(key="pixels.open").click().run()
    assert not app.exception
    data = sent(app)
    assert data["panel"] == "boxes"
    assert data["rule"]["unit"] == 16
    assert data["boxes"][0]["numbers"] == [0, 40, 24, 151, 119]


@pytest.mark.parametrize("stride", range(4, 33))
def test_no_stride_locks_the_largest_image(stride):
    largest = with_stride(START, 16, (MAX_IMAGE, MAX_IMAGE))
    box = (0.0, 10.0, 10.0, 100.0, 100.0)
    other = with_stride(replace(largest, boxes=(box,)), stride, (MAX_IMAGE, MAX_IMAGE))
    assert problem_of(other) is None


def test_a_change_that_is_refused_takes_no_good_one_along():
    desk = Desk(START)
    good = [0, 10.0, 10.0, 100.0, 100.0]
    changes = [{"seq": 1, "boxes": [good]}, {"seq": 2, "boxes": [[0, 10.0, 10.0, 9999.0, 100.0]]}]
    taken, _ = take(desk, Align(0, True), {"seq": 2, "changes": changes})
    assert list(taken.exercise.boxes[0]) == good
    assert taken.ack == 2
    assert taken.problems
