"""What is said of times and how they are drawn."""

import csv
import io
import json
import re
from itertools import pairwise

import pytest

from app.speed import counts, sharing_view, sweeps_view, table
from app.speed.recorded import recorded
from app.speed.sharing_chart import figure
from app.speed.words import seconds
from app.text import Text
from tests.speed.measured import ABOUT, ENGLISH, POINTS, point, spread


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_saving_is_the_quotient_of_both_times_and_its_bars_are_to_scale(language):
    html = sharing_view.saving(POINTS[-1], ABOUT, Text(language))
    assert 'data-factor="5.0000"' in html
    assert '<i class="each" style="--part:1.00000">' in html
    assert '<i class="shared" style="--part:0.20000">' in html
    assert '<i class="backbone" style="width:50.00%">' in html
    assert "&lt;b&gt;a CPU" in html


def test_where_sharing_loses_it_is_called_slower():
    html = sharing_view.saving(POINTS[0], ABOUT | {"counts": [1]}, ENGLISH)
    assert "<b>20×</b> <span>slower with a single proposal" in html


def test_the_factor_is_given_for_as_many_proposals_as_were_asked_for_and_for_no_fewer():
    assert 'class="factor"' in sharing_view.saving(POINTS[-1], ABOUT, ENGLISH)
    for point_before in POINTS[:-1]:
        html = sharing_view.saving(point_before, ABOUT, ENGLISH)
        assert 'class="factor"' not in html
        assert "×" not in html


def test_what_the_time_goes_into_adds_up_to_it_digit_by_digit():
    *_, last = recorded("sharing")
    html = sharing_view.saving(last, recorded("sharing")[0], ENGLISH)
    whole, parts = html.split('class="split"')
    told = re.findall(r"<b>([\d.]+) ms</b>", parts)
    assert len(told) == 4
    assert sum(map(int, told)) == int(re.findall(r"([\d.]+) ms", whole)[-1])
    assert seconds(last["shared"]["median"], ENGLISH) == f"{sum(map(int, told))} ms"


def test_the_crossing_is_said_with_what_it_comes_from():
    (said,) = sharing_view.sentences(POINTS, ABOUT, ENGLISH)
    assert said.startswith("The lines cross at about 20 proposals.")
    assert "16 crops" in said
    (said,) = sharing_view.sentences([point(1, 2.0, 1.0), point(2, 4.0, 1.0)], ABOUT, ENGLISH)
    assert said == ENGLISH("speed.sharing.always", low=1)
    (said,) = sharing_view.sentences(POINTS[:2], ABOUT, ENGLISH)
    assert said == ENGLISH("speed.sharing.never")


@pytest.mark.parametrize(
    ("guess", "said"),
    [
        (60, "You guessed 60×, and it is 63×: well guessed."),
        (10, "You guessed 10×, and it is 63×: 6.3 times your guess."),
        (630, "You guessed 630×, and it is 63×: your guess was 10 times that."),
    ],
)
def test_a_guess_is_compared_with_what_was_measured(guess, said):
    assert sharing_view.judged(guess, 63.0, ENGLISH) == said


@pytest.mark.parametrize(
    ("axis", "exponent", "form"),
    [
        ("rois", 0.95, "whole"),
        ("rois", 0.6, "less"),
        ("side", 0.1, "flat"),
        ("side", 1.2, "between"),
        ("side", 1.9, "cells"),
        ("channels", 1.0, "whole"),
        ("channels", 0.5, "less"),
        ("sections", 1.9, "whole"),
        ("sections", 1.0, "less"),
    ],
)
def test_a_slope_says_how_the_work_is_done(axis, exponent, form):
    said = sweeps_view.meaning(axis, exponent, "numpy", ENGLISH)
    assert said == ENGLISH(f"speed.sweeps.{axis}.{form}", slope=f"{exponent:.2f}")


def test_tables_of_windows_are_named_only_where_numpy_computes():
    assert "tabulated" in sweeps_view.meaning("side", 0.1, "numpy", ENGLISH)
    assert "tabulated" not in sweeps_view.meaning("side", 0.1, "cupy", ENGLISH)


def test_the_chart_names_both_lines_the_gap_and_the_crossing():
    chart = json.loads(figure(POINTS, 2000, ENGLISH).to_json())
    words = " ".join(note["text"] for note in chart["layout"]["annotations"])
    for said in ("ConvNet per proposal", "Shared map", "5.0×", "equal at 20"):
        assert said in words
    assert [len(figure(POINTS[:n], 2000, ENGLISH).layout.annotations) for n in (1, 2)] == [2, 2]


def test_while_the_lines_are_near_the_ring_has_no_words_which_would_lie_over_others():
    near = [point(10, 0.1, 0.2), point(30, 0.3, 0.2)]
    words = [note.text for note in figure(near, 2000, ENGLISH).layout.annotations]
    assert "<b>1.5×</b>" in words
    assert not any("equal" in word for word in words)


def test_the_factor_stands_right_of_the_last_points_where_no_line_runs():
    (factor,) = (
        note for note in figure(POINTS, 2000, ENGLISH).layout.annotations if "5.0×" in note.text
    )
    assert (factor.x, factor.xanchor) == (2.0, "left")


def test_no_tick_stands_so_near_the_last_number_that_both_run_together():
    for last in counts.COUNTS:
        ticks = figure([point(1, 1.0, 1.0), point(last, 1.0, 1.0)], 2000, ENGLISH).layout.xaxis
        values = sorted(ticks.tickvals)
        assert last in values
        assert all(b >= 3 * a for a, b in pairwise(values))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_crop_is_pooled_without_a_region(language):
    text = Text(language)
    each, shared = sharing_view.ways(7, text).split('class="way shared"')
    assert text("speed.step.pooling") not in each.split("<p>")[1]
    assert text("speed.step.pooling") in shared.split("<p>")[1]


def test_the_line_of_what_is_not_so_is_named_on_the_chart():
    swept = [{"value": value, "time": spread(0.01)} for value in (4, 8, 16)]
    named = sweeps_view.figure("side", swept, (-3.0, -1.0), ENGLISH).layout.annotations
    assert [note.text for note in named] == [ENGLISH("speed.sweeps.side.line")]
    assert not sweeps_view.figure("rois", swept, (-3.0, -1.0), ENGLISH).layout.annotations


def test_the_table_has_a_row_for_each_measurement_and_the_machine_in_each():
    written = table.table([ABOUT, {"kind": "progress", "part": 0.5}, *POINTS])
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))
    assert [row["proposals"] for row in rows] == ["1", "10", "100"]
    assert [float(row["each.median"]) for row in rows] == [0.01, 0.1, 1.0]
    assert {row["cpu"] for row in rows} == {"<b>a CPU</b>"}
