"""Training: it learns, says how far it is, and when blocked leaves the backbone alone."""

import json
from dataclasses import asdict

import numpy as np
import pytest

from app.fast_rcnn import training
from app.fast_rcnn.network import load, new_weights
from app.fast_rcnn.training import Adam, Length, Report, train

STEPS = Length(steps=24)


def trained(seed=1, length=STEPS, **options):
    weights = new_weights(np.random.default_rng(seed))
    return weights, list(train(weights, length, seed, **options))


@pytest.fixture(scope="module")
def run():
    return trained(every=0.25)


def test_the_loss_falls(run):
    _, reports = run
    losses = [report.loss for report in reports if report.loss is not None]
    assert losses[-1] < losses[0] * 0.9


def test_reports_go_from_nothing_to_all(run):
    _, reports = run
    assert reports[0] == Report(0, 0, 0, None)
    assert [report.step for report in reports] == [0, 6, 12, 18, 24]
    assert reports[-1].part == 1
    assert all(np.diff([report.seconds for report in reports]) > 0)


def test_the_same_seed_learns_the_same(run):
    again, _ = trained()
    for name, array in run[0].items():
        np.testing.assert_array_equal(again[name], array)


def test_blocked_at_pooling_the_backbone_stays_as_it_began(run):
    began = new_weights(np.random.default_rng(1))
    blocked, _ = trained(blocked=True)
    for name, array in blocked.items():
        assert np.array_equal(array, began[name]) == name.startswith("conv"), name
        assert not np.array_equal(run[0][name], began[name])


def test_a_training_may_be_as_long_as_so_many_seconds():
    _, reports = trained(length=Length(seconds=0.5))
    assert reports[-1].part == 1
    assert reports[-1].seconds >= 0.5
    assert Length(seconds=10).part(step=999, seconds=2.5) == 0.25


def test_adam_goes_downhill_by_its_rate():
    weights = {"w.weight": np.array([4.0, -4.0]), "w.bias": np.array([1.0])}
    optimizer = Adam(weights)
    optimizer.step({"w.weight": np.array([100.0, -0.01])}, rate=0.5)
    np.testing.assert_allclose(weights["w.weight"], [3.5, -3.5], atol=1e-5)
    assert weights["w.bias"] == 1
    optimizer = Adam(weights)
    for _ in range(200):
        optimizer.step({"w.weight": weights["w.weight"].copy()}, rate=0.1)
    assert np.abs(weights["w.weight"]).max() < 0.1


def test_the_command_reports_in_json_and_writes_the_weights(tmp_path, capsys):
    out = tmp_path / "weights.npz"
    training.main(["--steps", "4", "--pictures", "2", "--times", "2", "--out", str(out)])
    reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    while "prepared" in reports[0]:
        assert reports.pop(0)["of"] == 2
    assert all(each.keys() == asdict(Report(0, 0, 0, None)).keys() for each in reports)
    assert reports[-1]["step"] == 4
    assert [each["step"] for each in reports if each["precision"] is not None] == [0, 2, 4]
    assert load(out).keys() == new_weights(np.random.default_rng(0)).keys()


def test_the_command_leaves_no_weights_before_the_first_step(tmp_path, monkeypatch):
    out, said = tmp_path / "weights.npz", []
    monkeypatch.setattr(
        training, "_say", lambda values: said.append((values.get("step"), out.exists()))
    )
    training.main(["--steps", "1", "--pictures", "1", "--out", str(out)])
    assert said[1:] == [(0, False), (1, True)]


def test_the_command_wants_a_length(capsys):
    with pytest.raises(SystemExit):
        training.main([])
    assert "--steps or --seconds" in capsys.readouterr().err
