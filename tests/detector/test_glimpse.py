"""The picture at hand while a network learns."""

from app.detector import glimpse
from app.detector.seen import see
from app.detector.sources import FIRST, made
from app.fast_rcnn.network import load
from tests.detector.courses import EN
from tests.detector.fake_job import REPORTS, started
from tests.pages.test_pages import choice, run


def test_the_picture_at_hand_is_seen_with_what_is_learned_while_it_is(jobs, monkeypatch):
    monkeypatch.setattr(glimpse, "EVERY", 0.0)
    app = run("detector")
    app.number_input(key="detector.number.input").set_value(7).run()
    job = started(app)
    job.reports += REPORTS
    app.run()
    assert not glimpses(app)
    job.leave_weights()
    app.run()
    assert not app.exception
    seen = see(made(7), load())
    (shown,) = glimpses(app)
    right = sum(match >= 0 for match in seen.matches)
    assert f'data-found="{right}"' in shown
    counts = {"found": right, "objects": len(seen.objects), "wrong": len(seen.matches) - right}
    assert EN("train.glimpse", step=90, **counts) in shown
    # In a photograph nobody knows what is right: the first of the made ones is looked at.
    choice(app, "detector.picture.switch").set_value("cat").run()
    (shown,) = glimpses(app)
    assert f"of {len(made(FIRST).objects)} found" in shown


def glimpses(app):
    bodies = [element.proto.body for element in app.get("html")]
    return [body for body in bodies if 'data-testid="glimpse"' in body]


def test_a_picture_is_looked_at_again_only_for_other_weights_and_after_a_while(jobs, monkeypatch):
    looks = []
    monkeypatch.setattr(glimpse, "see", lambda *given: looks.append(given) or see(*given))
    app = run("detector")
    job = started(app)
    job.reports += REPORTS
    for _ in range(2):
        job.leave_weights()
        app.run()
    assert len(looks) == 1
    monkeypatch.setattr(glimpse, "EVERY", 0.0)
    for _ in range(2):
        app.run()
    assert len(looks) == 2
