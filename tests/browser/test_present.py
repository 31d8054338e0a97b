"""Presented to a room: the figure whole and alone on the screen, to be read from the last row."""

import pytest

from .pages import ROOTS, faults_presented, kind, path, screen
from .part import expect

FIGURES = [name for name in ROOTS if name != "speed"]
TOLD = {"replay", "playground", "sizes", "gradient", "detector"}


@pytest.mark.sampled(28)
@pytest.mark.parametrize("size", ["large", "larger", "projector"])
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_whole_and_alone_on_the_screen(open_page, name, size):
    page = open_page(path(name, "?present=1"), kind(name), **screen(size))
    if name in TOLD:
        # As a clicker steps.
        page.press("PageUp")
        before = page.part("scrub").value()
        page.press("PageDown")
        assert int(page.part("scrub").value()) > int(before)
    assert faults_presented(page) == {}
    page.reload()
    assert faults_presented(page) == {}
    page.press("Escape")
    expect(page.part("stHeader")).to_be_visible()
    assert "present" not in page.address()


@pytest.mark.sampled(14)
@pytest.mark.parametrize("name", FIGURES)
def test_a_button_leads_out_of_it_and_back(open_page, name):
    page = open_page(path(name, "?present=1"), kind(name))
    button = page.locator("[data-testid=present]:visible")
    button.click()
    expect(page.part("stHeader")).to_be_visible()
    button.first.click()
    expect(page.part("stHeader")).to_be_hidden()
