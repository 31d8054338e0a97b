"""Both ways answer alike, and everybody who takes part is timed."""

from dataclasses import replace

import numpy as np
import pytest

from app.fast_rcnn import network
from app.jobs.jobs import Job
from app.speed import peers, sharing, sweeps
from app.speed.reporting import Progress
from roipool.bench.cases import CASES, make_inputs
from roipool.bench.contest import FINDERS
from roipool.bench.measure import spread


@pytest.fixture
def task():
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (40, 50, 3), dtype=np.uint8)
    proposals = np.array([[0, 0, 49, 39], [3, 5, 20, 30], [7, 7, 7, 7]], np.float32)
    return sharing.Task(network.load(), pixels, np.tile(proposals, (7, 1)))


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
    # The median of the times is not that of the sums: between steps there is other work.
    steps = sharing.middle(rounds, spread([8.0, 7.0, 6.0]))
    assert steps == {"a": 3.0, "b": 1.0, "rest": 3.0}
    assert sum(steps.values()) == spread([8.0, 7.0, 6.0]).median


def test_progress_tells_the_end_at_once_only_if_nothing_was_told_just_before():
    told = []
    progress = Progress(4, told.append)
    for _ in range(4):
        progress.add(1)
    assert told == [0.25]


@pytest.mark.sampled(4)
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


@pytest.mark.sampled(3)
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
