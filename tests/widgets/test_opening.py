"""What a page opens with: a link, a preset, or its own start with a message."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from app.exercise.limits import MAX_BINS
from app.exercise.link import decode, encode
from app.exercise.presets import opened, preset_exercise, presets
from app.exercise.record import article_exercise, pool
from tests.pages.test_pages import ROOT, run, sent

START = article_exercise()
README = (ROOT / "README.md").read_text("utf-8")


def open_page(page, **query):
    app = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    if page != "replay":
        app.run()
        app.switch_page(str(ROOT / "pages" / f"{page}.py"))
        for name, value in query.items():
            app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize("name", presets())
def test_every_preset_opens_on_its_page_and_stands_in_the_readme(name):
    page, exercise = presets()[name]["page"], preset_exercise(name)
    assert max(exercise.output_size) <= MAX_BINS
    assert pool(exercise).output.shape == (len(exercise.boxes), *exercise.output_size)
    path = "" if page == "replay" else page
    assert f"http://localhost:8501/{path}?preset={name}" in README
    assert opened({"preset": name}, START) == (exercise, None)


def test_a_link_goes_before_a_preset():
    exercise = START.with_boxes(((0.0, 1.0, 1.0, 2.0, 2.0),))
    assert opened({"x": encode(exercise), "preset": "3-in-7"}, START) == (exercise, None)


@pytest.mark.parametrize("query", [{"x": "1"}, {"x": ""}, {"preset": ""}, {"preset": "nobody"}])
def test_what_cannot_be_opened_gives_the_start_and_a_problem(query):
    exercise, problem = opened(query, START)
    assert exercise == START
    assert problem is not None


def test_the_page_says_why_a_link_did_not_open_until_something_is_done():
    app = open_page("replay", x="1broken")
    assert "damaged" in app.warning[0].value
    app.number_input(key="replay.output.rows").set_value(3).run()
    assert not app.warning


def test_an_opened_link_is_the_exercise_and_the_way_back_is_the_page_s_start():
    exercise = preset_exercise("3-in-7")
    app = open_page("replay", x=encode(exercise))
    assert sent(app)["outputSize"] == [7, 7]
    assert decode(sent(app)["link"]["code"]) == exercise
    app.button(key="replay.reset").click().run()
    assert sent(app)["outputSize"] == [2, 2]
    assert sent(app)["link"]["start"]


def test_a_page_s_start_needs_no_code_in_its_address():
    data = sent(run("playground"))
    assert data["link"]["start"]
    assert decode(data["link"]["code"]) == START


def test_what_the_documents_link_to_is_there():
    documents = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    linked = [
        (document, target)
        for document in documents
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text("utf-8"))
    ]
    assert len(linked) > 5
    missing = [target for document, target in linked if not (document.parent / target).exists()]
    assert missing == []
