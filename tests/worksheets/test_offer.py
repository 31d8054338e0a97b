"""The worksheet that a lesson's page offers: as many sheets as can be, each with its own seed."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.lessons.place import MOST_SEED, Place, place_in
from app.widgets import pressed
from app.worksheets import offer

PAGE = Path(__file__).parents[2] / "pages" / "lessons.py"


@pytest.fixture
def made(monkeypatch):
    """What is asked for, instead of being drawn."""
    asked = []
    monkeypatch.setattr(pressed, "call", lambda *of: asked.append(of[2:]) or b"")
    return asked


def test_as_many_sheets_as_can_be_are_made_whatever_is_sent(made):
    page = AppTest.from_file(str(PAGE), default_timeout=30)
    page.query_params.update({"lesson": "2", "step": "1", "seed": f"{MOST_SEED}"})
    page.run()
    for count in (12, 10**9, float("nan"), 0, offer.MOST_SHEETS):
        page.number_input(key="lessons.sheet.count").set_value(count).run()
        page.button(key="lessons.sheet.make").click().run()
        assert not page.exception
        _, order = made[-1]
        assert order.lesson.number == 2
        if 1 <= count <= offer.MOST_SHEETS:
            assert order.count == count
        assert 1 <= order.count <= offer.MOST_SHEETS
        last = Place("lesson", 2, 1, order.seeds[-1])
        assert place_in(last.as_query()) == last
