"""The section of the page in which one trains, with its states."""

import json
import time

import pytest
from streamlit.testing.v1 import AppTest

from app.detector import train_panel
from app.detector.own_weights import SHIPPED, WEIGHTS
from app.detector.training_chart import CURVES
from app.fast_rcnn.network import load
from app.jobs.jobs import Job
from app.text import LANGUAGES, Text
from tests.detector.courses import EN
from tests.detector.fake_job import REPORTS, FakeJob, started
from tests.pages.test_pages import ROOT, choice, run


@pytest.mark.parametrize("language", LANGUAGES)
def test_section_begins_with_a_question_and_no_chart(language):
    text, app = Text(language), run("detector", language)
    assert app.button(key="train.start").label == text("train.start")
    assert choice(app, "train.predicted").label == text("train.predict")
    assert not app.get("plotly_chart")


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
