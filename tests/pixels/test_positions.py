"""The curve over all positions of a box."""

from dataclasses import replace

import numpy as np
import pytest

from app.pixels.position_chart import figure, said
from app.pixels.positions import Align, positions
from app.pixels.quantise import quantise
from app.text import LANGUAGES, Text
from roipool import roi_align, roi_pool
from tests.pixels.boxes import EN, START, boxed


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
