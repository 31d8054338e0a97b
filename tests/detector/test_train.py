"""Training on the page: what the reports become, what is said, and the section with its states."""

import gc
import json
import re
import shutil
import time
import weakref
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app.detector import train_panel
from app.detector.own_weights import SHIPPED, WEIGHTS
from app.detector.training_chart import CURVES, figure
from app.detector.training_run import KINDS, Course, Measured, Run, read, table
from app.detector.training_words import conclusion, progress
from app.fast_rcnn.network import load, save
from app.fast_rcnn.training import new_on_device
from app.jobs.jobs import BusyError, Job
from app.text import LANGUAGES, Text
from tests.pages.test_pages import ROOT, choice, run

EN = Text("en")


def course(kind, state="done", asked=60, precisions=((0, 0.02), (60, 0.8)), **values):
    measured = tuple(Measured(round(10 * at), float(at), mean) for at, mean in precisions)
    losses = tuple((float(at), 2 - mean) for at, mean in precisions if at)
    last = {"step": measured[-1].step, "seconds": measured[-1].seconds} if measured else {}
    return Course(kind, asked, state, losses=losses, measured=measured, **(last | values))


def both(open_, blocked):
    return {"open": open_, "blocked": blocked}


def drawn(curve, courses):
    return json.loads(figure(curve, courses, EN).to_json())


# ---- what is said ----


def test_conclusion_of_both_names_mAP_seconds_and_steps_of_each_and_the_difference():  # noqa: N802
    low = course("blocked", precisions=((0, 0.02), (60.4, 0.333)))
    said = conclusion(both(course("open", precisions=((0, 0.02), (60.2, 0.807))), low), EN)
    assert "through RoI pooling: mAP **0.81** after 60 s, 602 steps." in said
    assert "Blocked at RoI pooling: mAP **0.33** after 60 s, 604 steps; only the head" in said
    assert said.endswith("worth 0.48 of mAP.")


def test_conclusion_reminds_of_the_prediction_once_both_are_there():
    one = {"open": course("open")}
    assert "prediction" not in conclusion(one, EN, "same")
    said = conclusion(both(course("open"), course("blocked")), EN, "same")
    assert said.endswith("Your prediction was: About the same.")


def test_conclusion_of_one_asks_for_the_other():
    assert conclusion({"open": course("open")}, EN).endswith(EN("train.next.blocked"))
    assert conclusion({"blocked": course("blocked")}, EN).endswith(EN("train.next.open"))
    unmeasured = course("blocked", "stopped", precisions=((0, 0.02),))
    said = conclusion(both(course("open"), unmeasured), EN)
    assert "only the head" not in said
    assert said.endswith(EN("train.next.blocked"))


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (course("blocked", asked=20), "train.said.lengths"),
        (course("blocked", "stopped"), "train.said.unfinished"),
        (course("blocked", precisions=((60, 0.78),)), "train.said.alike"),
        (course("blocked", precisions=((60, 0.82),)), "train.said.alike"),
    ],
)
def test_conclusion_claims_no_difference_where_the_runs_show_none(other, said):
    assert conclusion(both(course("open"), other), EN).endswith(EN(said))


def test_conclusion_doubts_a_gain_where_one_had_many_more_steps():
    slow = Course("blocked", 60, "done", measured=(Measured(200, 60.0, 0.3),))
    assert conclusion(both(course("open"), slow), EN).endswith(EN("train.said.steps"))


def test_conclusion_says_so_where_the_blocked_one_came_further():
    lucky = both(course("open", precisions=((60, 0.3),)), course("blocked"))
    assert conclusion(lucky, EN).endswith(EN("train.said.loss", loss="0.50"))


def test_conclusion_says_nothing_of_what_still_runs():
    running = course("open", "running")
    assert conclusion({"open": running}, EN) == ""
    assert "through RoI" not in (said := conclusion(both(running, course("blocked")), EN))
    assert EN("train.next.open") not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_progress_says_what_is_being_done(language):
    text = Text(language)
    new = Course("open", 20, "running")
    assert progress(new, text) == text("train.progress.starting")
    assert "12" in progress(read(new, [{"prepared": 12, "of": 32}]), text)
    trained = read(new, [{"part": 0.5, "step": 90, "seconds": 9.8, "loss": 1, "precision": None}])
    assert {"10", "20", "90"} <= set(re.findall(r"\d+", progress(trained, text)))
    stopped = read(Course("open", 20, "stopped"), [{"prepared": 12, "of": 32}])
    assert {"0", "20"} <= set(re.findall(r"\d+", progress(stopped, text)))


# ---- what is drawn ----


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


# ---- a real one ----


@pytest.mark.parametrize("kind", KINDS)
def test_run_leaves_its_curves_and_a_backbone_that_has_learned_unless_blocked(kind, monkeypatch):
    monkeypatch.setattr("app.detector.training_run.PICTURES", 1)
    run = Run(kind, 1)
    assert run.job.wait() == "done", run.job.errors
    course = run.course
    assert (course.part, course.prepared) == (1.0, 1)
    assert course.step > 0
    assert course.measured[-1].step == course.step
    assert course.losses[-1][0] == course.seconds
    began = new_on_device(1)["conv1.weight"].astype(np.float16)
    assert (run.weights()["conv1.weight"] == began).all() == (kind == "blocked")


def test_run_that_is_refused_leaves_no_file(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("app.detector.training_run.Job", refused)
    with pytest.raises(BusyError):
        Run("open", 1)
    assert list(tmp_path.iterdir()) == []


def test_run_that_nobody_holds_leaves_no_file_of_what_it_saves_meanwhile(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    saves = """
from pathlib import Path
(file,) = (Path(each[6:]) for each in {arguments!r} if each.startswith("--out="))
for n in range(10**7):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"weights")
    n or report(n)
"""

    def saving(module, arguments, **options):
        return Job("tests.jobs.worker", input=saves.format(arguments=arguments), **options)

    def slow(*args, remove=shutil.rmtree, **options):
        remove(*args, **options)
        time.sleep(0.3)  # in which what still ran would save again

    monkeypatch.setattr("app.detector.training_run.Job", saving)
    monkeypatch.setattr("app.detector.training_run.shutil.rmtree", slow)
    run = Run("open", 1)
    job = weakref.ref(run.job)
    while not run.job.reports:
        assert not run.ended, run.job.errors
        time.sleep(0.02)
    assert run.has_weights
    del run
    gc.collect()
    assert job() is None
    assert list(tmp_path.iterdir()) == []


# ---- the section of the page ----


def refused(*_, **__):
    raise BusyError


class FakeJob:
    """Reports and a state, set by the test."""

    def __init__(self, module, arguments, *, gentle, here):
        assert gentle
        assert here()
        self.module, self.arguments = module, arguments
        self.state, self.reports, self.errors, self.code = "running", [], "", None
        FakeJob.last = self

    def stop(self):
        self.state = "stopped"

    kill = stop

    def leave_weights(self):
        (file,) = (each.partition("=")[2] for each in self.arguments if each.startswith("--out"))
        save(load(), Path(file))


@pytest.fixture
def jobs(monkeypatch):
    monkeypatch.setattr("app.detector.training_run.Job", FakeJob)


REPORTS = [
    {"part": 0.0, "step": 0, "seconds": 0.0, "loss": None, "precision": 0.02},
    {"part": 0.5, "step": 90, "seconds": 30.0, "loss": 1.5, "precision": 0.4},
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_section_begins_with_a_question_and_no_chart(language):
    text, app = Text(language), run("detector", language)
    assert app.button(key="train.start").label == text("train.start")
    assert choice(app, "train.predicted").label == text("train.predict")
    assert not app.get("plotly_chart")


def started(app):
    app.button(key="train.start").click().run()
    assert not app.exception
    return FakeJob.last


def test_training_starts_with_what_was_chosen_and_shows_its_curves(jobs):
    app = run("detector")
    app.toggle(key="train.block").set_value(True).run()
    choice(app, "train.length").set_value(20).run()
    job = started(app)
    assert {"--seconds=20", "--blocked"} <= {*job.arguments}
    assert app.toggle(key="train.block").disabled
    job.reports += REPORTS
    app.run()
    charts = [json.loads(chart.proto.spec)["data"] for chart in app.get("plotly_chart")]
    assert [chart[0]["y"] for chart in charts] == [[1.5], [0.02, 0.4]]


def test_training_that_is_stopped_keeps_its_curves_and_its_weights_can_be_used(jobs):
    app = run("detector")
    job = started(app)
    job.reports += REPORTS
    job.leave_weights()
    app.button(key="train.stop").click().run()
    assert app.button(key="train.start").label == EN("train.start")
    assert "stopped after 30 s" in app.get("plotly_chart")[0].proto.spec
    assert any("mAP **0.40** after 30 s" in said.value for said in app.markdown)
    assert weights(app) is None
    choice(app, "train.used").set_value("open").run()
    assert weights(app).keys() == load().keys()
    choice(app, "train.used").set_value(SHIPPED).run()
    assert weights(app) is None


def weights(app: AppTest):
    # AppTest's session state knows `in` and no `get`.
    return app.session_state[WEIGHTS] if WEIGHTS in app.session_state else None  # noqa: SIM401


def test_weights_in_use_are_followed_by_those_of_the_next_training(jobs):
    app = run("detector")
    started(app).leave_weights()
    app.button(key="train.stop").click().run()
    choice(app, "train.used").set_value("open").run()
    first = weights(app)
    job = started(app)
    job.leave_weights()
    app.run()
    assert weights(app) is first
    job.state = "done"
    app.run()
    assert weights(app) is not first
    assert choice(app, "train.used").value == "open"


def test_choices_survive_the_other_language_and_another_page(jobs):
    app = run("detector")
    choice(app, "train.length").set_value(180).run()
    choice(app, "train.predicted").set_value("same").run()
    app.session_state["language"] = "zh"
    app.run()
    app.switch_page(str(ROOT / "pages/replay.py")).run()
    app.switch_page(str(ROOT / "pages/detector.py")).run()
    assert choice(app, "train.predicted").value == "same"
    assert "--seconds=180" in started(app).arguments


def test_training_goes_on_while_other_pages_are_visited(jobs):
    app = run("detector")
    job = started(app)
    app.switch_page(str(ROOT / "pages/replay.py")).run()
    job.reports += REPORTS
    app.switch_page(str(ROOT / "pages/detector.py")).run()
    assert app.button(key="train.stop").label == EN("train.stop")
    assert len(app.get("plotly_chart")) == len(CURVES)


@pytest.mark.parametrize(
    ("report", "said"), [("report(1)", "has just begun"), ("report(1, part=1e-9)", "in about")]
)
def test_busy_machine_is_named_calmly_until_it_is_free(report, said, monkeypatch):
    app = run("detector")
    other = Job("tests.jobs.worker", input=f"{report}; wait()")
    try:
        while not other.reports:
            assert other.state == "running", other.errors
            time.sleep(0.02)
        app.button(key="train.start").click().run()
        assert said in app.info[0].value
        assert not app.button(key="train.start").disabled
    finally:
        other.stop()
    app.run()
    assert not app.exception
    assert not app.info
    monkeypatch.setattr("app.detector.training_run.Job", FakeJob)
    started(app)


def test_chart_before_stays_until_the_next_one_and_is_left_out_at_the_end(jobs):
    app = run("detector")
    job = started(app)
    seen = []
    for n in range(1, 4):
        job.reports.append(REPORTS[1] | {"seconds": 10.0 * n})
        app.run()
        charts = [chart.proto for chart in app.get("plotly_chart")]
        seen.append(
            [json.loads(chart.spec)["data"][0]["x"] for chart in charts][: len(charts) // 2]
        )
    assert seen == [[[10]], [[10], [10, 20]], [[10, 20], [10, 20, 30]]]
    job.state = "done"
    app.run()
    assert len(app.get("plotly_chart")) == len(CURVES)


def test_training_that_fails_says_so_and_keeps_its_curves(jobs):
    app = run("detector")
    job = started(app)
    job.reports += REPORTS
    job.state, job.code, job.errors = "failed", -9, "Traceback\nMemoryError: no *room*\n"
    app.run()
    assert "-9" in app.error[0].value
    assert r"MemoryError: no \*room\*" in app.error[0].value.replace(r"\:", ":")
    assert len(app.get("plotly_chart")) == len(CURVES)
    assert app.button(key="train.start").label == EN("train.start")


def test_page_asks_for_itself_again_only_while_a_training_runs(jobs, monkeypatch):
    asked = []
    fragment = train_panel.st.fragment
    monkeypatch.setattr(
        train_panel.st,
        "fragment",
        lambda run_every: asked.append(run_every) or fragment(run_every=run_every),
    )
    app = run("detector")
    job = started(app)
    job.state = "done"
    app.run()
    assert asked == [None, train_panel.EVERY, None]


def test_a_machine_without_a_temporary_folder_is_said_beside_the_button(monkeypatch):
    def refuse(**_):
        raise PermissionError("read-only")

    monkeypatch.setattr("app.detector.training_run.tempfile.mkdtemp", refuse)
    app = run("detector")
    app.button(key="train.start").click().run()
    assert not app.exception
    assert EN("train.no_room") in [error.value for error in app.error]
