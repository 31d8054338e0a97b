"""What is said of a training while it runs and after it."""

import re

import pytest

from app.detector.training_run import Course, Measured, read
from app.detector.training_words import conclusion, progress
from app.text import LANGUAGES, Text
from tests.detector.courses import EN, both, course


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
