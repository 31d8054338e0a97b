"""Speed: both ways answer alike, what follows from times, what is said, and the page that asks."""

import csv
import io
import json
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from app.fast_rcnn import network
from app.jobs.jobs import Job
from app.speed import counts, findings, peers, sharing, sharing_view, sweeps, sweeps_view, table
from app.speed.reporting import Progress
from app.speed.sharing_chart import figure
from app.text import Text
from roipool.bench.cases import CASES, make_inputs
from roipool.bench.contest import FINDERS
from tests.pages.test_pages import choice, run

ENGLISH = Text("en")
ABOUT = {
    "kind": "about",
    "date": "2026-01-02T03:04+00:00",
    "cpu": "<b>a CPU</b>",
    "cores": 2,
    "load": 0.1,
    "numpy": "2.0",
    "backend": "numpy",
    "picture": [512, 512],
    "crop": 128,
    "batch": 16,
    "counts": [1, 10, 100],
}


def spread(median):
    return {"rounds": 3, "median": median, "low": median, "high": median}


def point(proposals, each, shared):
    steps = {"shared": {"backbone": shared / 2, "pooling": shared / 4, "head": shared / 4}}
    sides = {"each": spread(each), "shared": spread(shared)}
    return {"kind": "sharing", "proposals": proposals, **sides, "steps": steps}


# Each doubles with the proposals, the shared map costs as much as 20 of them.
POINTS = [point(1, 0.01, 0.2), point(10, 0.1, 0.2), point(100, 1.0, 0.2)]


@pytest.fixture
def task():
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (40, 50, 3), dtype=np.uint8)
    proposals = np.array([[0, 0, 49, 39], [3, 5, 20, 30], [7, 7, 7, 7]], np.float32)
    return sharing.Task(network.load(), pixels, np.tile(proposals, (7, 1)))


# ---- Measuring -----------------------------------------------------------------------------------


def test_both_ways_give_scores_for_every_proposal_in_its_order(task):
    watches = sharing.Stopwatch(), sharing.Stopwatch()
    shared, each = sharing.shared(task, watches[0]), sharing.each(task, watches[1], side=16)
    assert shared.shape == each.shape == (21, 6)
    for scores in (shared, each):
        # The same three proposals come seven times, across batches.
        np.testing.assert_allclose(scores, np.tile(scores[:3], (7, 1)), rtol=1e-4, atol=1e-5)
        assert not np.allclose(scores[0], scores[1])
    assert set(watches[0].seconds) == {"backbone", "pooling", "head"}
    assert set(watches[1].seconds) == {"cropping", "backbone", "pooling", "head"}


def test_a_crop_of_the_whole_picture_that_needs_no_scaling_has_the_scores_of_the_shared_map(task):
    whole = np.array([[0, 0, 39, 39]], np.float32)
    square = sharing.Task(task.weights, task.pixels[:, :40], whole)
    np.testing.assert_allclose(
        sharing.each(square, sharing.Stopwatch(), side=40),
        sharing.shared(square, sharing.Stopwatch()),
        rtol=1e-4,
        atol=1e-5,
    )


def test_a_crop_holds_the_proposal_s_last_row_and_column(task):
    (crop,) = sharing.cropped(task.pixels, np.array([[3, 5, 10, 12]], np.float32), 8)
    np.testing.assert_array_equal(crop, task.pixels[5:13, 3:11])


def test_a_report_for_each_number_of_proposals_has_both_times_and_progress_reaches_the_end(task):
    parts = []
    reports = list(sharing.measure(task, [1, 3], rounds=2, hear=parts.append))
    assert [report["proposals"] for report in reports] == [1, 3]
    for report in reports:
        for side in (sharing.EACH, sharing.SHARED):
            assert 0 < report[side]["low"] <= report[side]["median"] <= report[side]["high"]
            assert report[side]["rounds"] == 2
            assert sum(report["steps"][side].values()) > 0
    assert parts == sorted(parts)
    assert all(0 < part <= 1 for part in parts)


def test_the_steps_told_are_of_one_round_and_add_up_to_its_time():
    rounds = [{"a": 1.0, "b": 5.0}, {"a": 3.0, "b": 1.0}, {"a": 2.0, "b": 3.0}]
    assert sharing.middle(rounds, 5.0) == {"a": 2.0, "b": 3.0}
    rounds[2] = {"a": 4.0, "b": 4.0}
    assert sharing.middle(rounds, 6.0) == {"a": 1.0, "b": 5.0}


def test_progress_tells_the_end_at_once_only_if_nothing_was_told_just_before():
    told = []
    progress = Progress(4, told.append)
    for _ in range(4):
        progress.add(1)
    assert told == [0.25]


@pytest.mark.parametrize("axis", sweeps.SWEEPS)
def test_a_sweep_changes_one_size_and_no_other(axis):
    values = sweeps.SWEEPS[axis][:2]
    reports = list(sweeps.measure({axis: values}, rounds=1, hear=lambda part: None))
    assert [report["value"] for report in reports] == list(values)
    for report in reports:
        assert report["time"]["median"] > 0
        assert report[axis] == report["value"]
        others = {"rois", "side", "channels", "sections"} - {axis}
        assert all(report[other] == getattr(sweeps.BASE, other) for other in others)


@pytest.mark.parametrize("side", sweeps.SWEEPS["side"])
def test_boxes_of_a_sweep_have_the_side_and_lie_on_the_map(side):
    maps, boxes = sweeps.inputs(sweeps.Sizes(rois=50, side=side, channels=1))
    assert maps.shape == (1, 1, sweeps.MAP_SIDE, sweeps.MAP_SIDE)
    assert (boxes[:, 3:] - boxes[:, 1:3] + 1 == side).all()
    assert boxes[:, 1:].min() >= 0
    assert boxes[:, 1:].max() < sweeps.MAP_SIDE


def test_everybody_who_takes_part_is_timed_in_every_operation_it_has():
    numpy = FINDERS["numpy"]()
    inputs = make_inputs(CASES["1x1x8x8/1"])
    rows = list(peers.measure(inputs, [numpy], {"processor": 1e9}, 1, hear=lambda part: None))
    assert [(row["peer"], row["operation"]) for row in rows] == [
        ("numpy", "values"),
        ("numpy", "argmax"),
        ("numpy", "backward"),
    ]
    assert all(row["time"]["median"] > 0 and row["differs"] is None for row in rows)


def test_progress_reaches_the_end_though_not_everybody_has_every_operation(monkeypatch):
    monkeypatch.setattr("app.speed.reporting._EVERY", 0.0)
    numpy = FINDERS["numpy"]()
    one = replace(numpy, name="one", prepare=lambda inputs: numpy.prepare(inputs)[:1])
    inputs, parts = make_inputs(CASES["1x1x8x8/1"]), []
    rows = list(peers.measure(inputs, [numpy, one], {"processor": 1e9}, 2, hear=parts.append))
    assert [row["peer"] for row in rows] == ["numpy", "one", "numpy", "numpy"]
    assert parts == sorted(parts)
    assert parts.index(1.0) == len(parts) - 1


@pytest.mark.parametrize(
    ("module", "arguments", "kind", "count"),
    [
        ("app.speed.sharing", ["--counts", "2", "1", "--rounds", "1"], "sharing", 2),
        ("app.speed.peers", ["--size", "1x1x8x8/1", "--rounds", "1"], "peer", None),
        ("app.speed.sweeps", ["--axes", "side", "--rounds", "1"], "sweep", 5),
    ],
)
def test_a_command_says_first_where_it_runs_and_then_what_it_measured(
    module, arguments, kind, count
):
    job = Job(module, arguments)
    assert job.wait() == "done", job.errors
    first, *others = job.reports
    assert first["kind"] == "about"
    assert {"date", "cpu", "cores", "numpy", "backend"} <= set(first)
    found = [report for report in others if report["kind"] == kind]
    assert len(found) == (count or len(found))
    assert found
    assert {report["kind"] for report in others} <= {kind, "progress"}


# ---- What follows --------------------------------------------------------------------------------


def test_lines_cross_between_the_points_where_their_order_changes():
    found = findings.crossing([1, 10, 100], [0.01, 0.1, 1.0], [0.2, 0.2, 0.2])
    assert (found.low, found.high) == (10, 100)
    assert found.at == pytest.approx(20)


def test_of_several_crossings_the_last_counts_since_sharing_wins_for_good_only_there():
    found = findings.crossing([1, 2, 4, 8], [3.0, 1.0, 3.0, 9.0], [2.0, 2.0, 2.0, 2.0])
    assert (found.low, found.high) == (2, 4)


def test_what_is_equal_at_a_measured_number_crosses_there():
    assert findings.crossing([1, 2, 4], [1.0, 2.0, 4.0], [2.0, 2.0, 2.0]).at == pytest.approx(2)


@pytest.mark.parametrize("exponent", [0.0, 0.7, 1.0, 2.0])
def test_a_slope_is_found_whatever_the_unit(exponent):
    sizes = np.array([2, 4, 7, 28])
    assert findings.slope(sizes, 3e-3 * sizes**exponent) == pytest.approx(exponent, abs=1e-9)
    assert findings.when_doubled(exponent) == pytest.approx(2**exponent)


# ---- What is said and drawn ----------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_saving_is_the_quotient_of_both_times_and_its_bars_are_to_scale(language):
    html = sharing_view.saving(POINTS[-1], ABOUT, Text(language))
    assert 'data-factor="5.0000"' in html
    assert '<i class="each" style="--part:1.00000">' in html
    assert '<i class="shared" style="--part:0.20000">' in html
    assert '<i class="backbone" style="width:50.00%">' in html
    assert "&lt;b&gt;a CPU" in html


def test_where_sharing_loses_it_is_called_slower():
    html = sharing_view.saving(POINTS[0], ABOUT, ENGLISH)
    assert "<b>20×</b> <span>slower with a single proposal" in html


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
    for said in ("ConvNet for each", "Shared map", "5.0×", "equal at 20"):
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


# ---- The page ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_before_anything_is_measured_the_page_asks_for_a_guess(language):
    app = run("speed", language)
    text = Text(language)
    assert app.button(key="speed.sharing.measure").label == text("speed.measure")
    assert app.number_input(key="speed.sharing.guess.field").value is None
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("view", ["peers", "sweeps"])
def test_every_part_of_the_page_says_what_it_will_measure(view):
    app = run("speed")
    choice(app, "speed.view.switch").set_value(view).run()
    assert not app.exception
    assert ENGLISH(f"speed.{view}.before") in [caption.value for caption in app.caption]


def test_a_measurement_gives_the_factor_the_chart_and_the_judgement_of_the_guess(monkeypatch):
    monkeypatch.setattr(sharing_view, "COUNTS", (1, 2))
    app = run("speed")
    app.number_input(key="speed.sharing.guess.field").set_value(7).run()
    app.button(key="speed.sharing.measure").click().run()
    job = app.session_state["speed.sharing.job"]
    assert job.wait() == "done", job.errors
    app.run()
    assert not app.exception
    said = " ".join(element.proto.body for element in app.get("html"))
    assert 'data-testid="saving" data-proposals="2"' in said
    assert app.get("plotly_chart")
    assert any("You guessed 7" in markdown.value for markdown in app.markdown)
    assert app.button(key="speed.sharing.measure").label == ENGLISH("speed.again")
    assert app.get("download_button")


def test_a_machine_in_use_is_said_until_it_is_free():
    app = run("speed")
    other = Job("app.speed.sweeps", ["--rounds", "100"])
    try:
        app.button(key="speed.sharing.measure").click().run()
        (info,) = app.info
        assert info.value.startswith("Another training or measurement")
    finally:
        other.stop()
    app.run()
    assert not app.info
    assert app.button(key="speed.sharing.measure")


def test_a_measurement_that_breaks_off_says_so_beside_its_last_words(monkeypatch):
    monkeypatch.setattr(sharing_view, "COUNTS", (1, 10**6))
    app = run("speed")
    app.button(key="speed.sharing.measure").click().run()
    app.session_state["speed.sharing.job"].wait()
    app.run()
    assert not app.exception
    said = app.error[0].value.replace("\\", "")
    assert said.startswith(ENGLISH("speed.failed"))
    assert "from 1 to 2000" in said


def test_the_quick_run_measures_a_part_of_the_numbers_and_says_which():
    assert max(counts.QUICK) < max(counts.COUNTS)
    for several in (counts.QUICK, counts.COUNTS):
        assert list(several) == sorted(set(several))
    assert str(max(counts.QUICK)) in ENGLISH("speed.sharing.length.quick")
    assert str(max(counts.COUNTS)) in ENGLISH("speed.sharing.length.full")
