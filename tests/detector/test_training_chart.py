"""The curves of trainings, and the table of their points."""

import json

import pytest

from app.detector.training_chart import CURVES, figure
from app.detector.training_run import KINDS, table
from tests.detector.courses import EN, both, course


def drawn(curve, courses):
    return json.loads(figure(curve, courses, EN).to_json())


@pytest.mark.parametrize("curve", CURVES)
def test_chart_has_each_run_as_a_curve_that_bears_its_name(curve):
    chart = drawn(curve, both(course("open"), course("blocked", precisions=((0, 0.1), (60, 0.3)))))
    values = [line["y"] for line in chart["data"]]
    assert values == ([[1.2], [1.7]] if curve == "loss" else [[0.02, 0.8], [0.1, 0.3]])
    names = chart["layout"]["annotations"]
    assert [name["text"] for name in names] == [EN(f"train.curve.{kind}") for kind in KINDS]
    assert len({line["line"]["color"] for line in chart["data"]}) == len(KINDS)
    assert len({line["line"].get("dash") for line in chart["data"]}) == len(KINDS)
    # Over a curve that rises and under one that falls there is room.
    assert [name["yanchor"] for name in names] == [
        "top" if curve == "loss" else "bottom" for _ in KINDS
    ]


@pytest.mark.parametrize("curve", CURVES)
def test_names_of_curves_that_end_near_each_other_stand_on_either_side(curve):
    near = both(course("open"), course("blocked", precisions=((0, 0.1), (60, 0.7))))
    sides = [name["yanchor"] for name in drawn(curve, near)["layout"]["annotations"]]
    assert sides == (["top", "bottom"] if curve == "loss" else ["bottom", "top"])


@pytest.mark.parametrize("state", ["stopped", "failed"])
def test_curve_that_ended_before_its_time_says_when(state):
    (name,) = drawn("precision", {"open": course("open", state, seconds=23.4)})["layout"][
        "annotations"
    ]
    assert name["text"].startswith(EN("train.curve.open"))
    assert "23 s" in name["text"]


def test_name_stands_to_the_right_of_a_curve_that_has_only_begun():
    anchors = [
        drawn("precision", {"open": course("open", "running", precisions=((at, 0.1),))})
        for at in (5, 55)
    ]
    assert [each["layout"]["annotations"][0]["xanchor"] for each in anchors] == ["left", "right"]


def test_last_step_that_ends_after_the_time_is_on_the_chart():
    late = {"open": course("open", precisions=((0, 0.02), (63.0, 0.5)))}
    assert drawn("precision", late)["layout"]["xaxis"]["range"][1] > 63


def test_chart_keeps_its_scale_while_it_grows():
    early, late = (
        drawn("precision", {"open": course("open", "running", precisions=points)})["layout"]
        for points in (((0, 0.1),), ((0, 0.1), (30, 0.5)))
    )
    assert early["height"] == late["height"]
    for axis in ("xaxis", "yaxis"):
        assert early[axis]["range"] == late[axis]["range"]


def test_table_has_a_line_for_each_point_of_each_curve():
    lines = table([course("open"), course("blocked", precisions=((30, 0.25),))]).decode().split()
    assert lines == [
        "gradient_at_roi_pooling,seconds,loss,mAP",
        "open,0.0,,0.02",
        "open,60.0,1.2,",
        "open,60.0,,0.8",
        "blocked,30.0,1.75,",
        "blocked,30.0,,0.25",
    ]
