"""The page that asks for a guess, measures, and compares."""

import pytest

from app.jobs.jobs import Job
from app.speed import counts, runs, sharing_view
from app.speed.recorded import VIEWS, recorded
from app.text import Text
from tests.pages.test_pages import choice, run
from tests.speed.measured import ENGLISH
from tests.widgets.test_brought import go


@pytest.mark.parametrize("language", ["en", "zh"])
def test_before_anything_is_measured_a_recorded_run_is_shown_and_a_guess_asked_for(language):
    app = run("speed", language)
    text = Text(language)
    assert app.button(key="speed.sharing.measure").label == text("speed.measure")
    assert app.number_input(key="speed.sharing.guess.field").value is None
    assert app.get("plotly_chart")
    about, *points = recorded("sharing")
    said = " ".join(element.proto.body for element in app.get("html"))
    assert f'data-testid="saving" data-proposals="{points[-1]["proposals"]}"' in said
    named = app.caption[0].value.replace("\\", "")
    assert about["date"][:10] in named
    assert about["cpu"] in named


@pytest.mark.parametrize("view", ["peers", "sweeps"])
def test_no_part_of_the_page_is_empty_and_each_names_the_machine_of_its_run(view):
    app = run("speed")
    choice(app, "speed.view.switch").set_value(view).run()
    assert not app.exception
    about, *_ = recorded(VIEWS[view])
    named = app.caption[0].value.replace("\\", "")
    assert named.startswith(f"Recorded on {about['date'][:10]}")
    assert ("other work" in named) == (about["load"] >= about["cores"])
    assert app.get("plotly_chart") or 'data-testid="contest"' in app.get("html")[-1].proto.body
    assert app.get("download_button")


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


class Ending:
    """A measurement that is in the state that a test says."""

    def __init__(self, module, arguments, *, here):
        self.state, self.reports, self.errors = "running", [], ""

    def stop(self):
        self.state = "stopped"


def alerts(app):
    return [one.proto.body for one in app.get("html") if 'role="alert"' in one.proto.body]


def measuring(monkeypatch):
    monkeypatch.setattr(runs, "Job", Ending)
    app = run("speed")
    app.button(key="speed.sharing.measure").click().run()
    assert not alerts(app)
    return app


def test_the_end_of_a_measurement_is_told_once_and_not_at_each_visit(monkeypatch):
    app = measuring(monkeypatch)
    app.session_state["speed.sharing.job"].state = "done"
    # On another page it is not seen to end.
    go(app, "sizes")
    go(app, "speed")
    assert ENGLISH("speed.done") in alerts(app)[0]
    app.run()
    assert not alerts(app)
    go(app, "sizes")
    go(app, "speed")
    assert not alerts(app)


def test_who_stops_a_measurement_is_not_told_that_it_has_ended(monkeypatch):
    app = measuring(monkeypatch)
    app.button(key="speed.sharing.stop").click().run()
    assert not alerts(app)
    assert ENGLISH("speed.stopped") in app.caption[0].value.replace("\\", "")
    app.run()
    assert not alerts(app)


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
