"""Whether a page is new: another one ran before it, or none."""

import pytest
import streamlit as st

from app.widgets import arrival


@pytest.fixture(autouse=True)
def session(monkeypatch):
    monkeypatch.setattr(st, "session_state", {})


def test_a_page_is_new_until_it_runs_again():
    seen = []
    for page in ("replay", "lessons", "lessons", "replay", "lessons"):
        arrival.at(page)
        seen.append(arrival.is_new())
    assert seen == [True, True, False, True, True]
