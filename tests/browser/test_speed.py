"""Speed: points come in while it measures, stopping keeps them, and they can be taken along."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .stage_page import TEXT
from .test_pages import CUT_OFF, PHONE, SCROLLED

# Measuring on a machine that is busy takes its time.
LONG = 120_000


@pytest.fixture
def open_speed(browser, app_url):
    """Opens the page, which has no stage on it; no script of it may throw."""
    thrown, contexts = [], []

    def opened(**options):
        contexts.append(browser.new_context(locale="en-US", **options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: thrown.append(str(error)))
        page.goto(f"{app_url}/speed")
        page.get_by_role("button", name=TEXT["speed.measure"]).wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert thrown == []


def test_points_come_in_stopping_keeps_them_and_they_are_there_as_csv(open_speed):
    page = open_speed(viewport={"width": 1280, "height": 800})
    guess = page.get_by_label(TEXT["speed.sharing.guess.field"])
    guess.fill("20")
    guess.press("Enter")
    page.get_by_role("button", name=TEXT["speed.measure"]).click()
    saving = page.get_by_test_id("saving")
    expect(saving).to_have_attribute("data-proposals", "1", timeout=LONG)
    # More come by themselves.
    expect(saving).not_to_have_attribute("data-proposals", "1", timeout=LONG)
    # Two points of each way, at least.
    expect(page.locator(".js-plotly-plot .point").nth(3)).to_be_visible()
    page.get_by_role("button", name=TEXT["speed.stop"]).click()
    expect(page.get_by_text(TEXT["speed.stopped"])).to_be_visible()
    last = int(saving.get_attribute("data-proposals"))
    with page.expect_download() as taken:
        page.get_by_role("button", name=TEXT["speed.csv"]).click()
    assert taken.value.suggested_filename == "roipool-speed-sharing.csv"
    table = Path(taken.value.path()).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [int(row["proposals"]) for row in rows] == [1, 2, 5, 10, 20, 50, 100][: len(rows)]
    assert int(rows[-1]["proposals"]) == last
    assert all(float(row["each.median"]) > 0 < float(row["shared.median"]) for row in rows)
    factor = float(rows[-1]["each.median"]) / float(rows[-1]["shared.median"])
    assert float(saving.get_attribute("data-factor")) == pytest.approx(factor, rel=1e-3)
    # Another part of the page and back: what was measured is still there.
    page.get_by_role("radio", name=TEXT["speed.view.sweeps"]).click()
    expect(saving).to_have_count(0)
    page.get_by_role("radio", name=TEXT["speed.view.sharing"]).click()
    expect(saving).to_have_attribute("data-proposals", str(last))


def test_phone_shows_the_page_without_sideways_scrolling(open_speed):
    page = open_speed(**PHONE)
    ways = page.get_by_test_id("ways")
    ways.wait_for()
    assert ways.evaluate(SCROLLED, "X") == []
    assert page.get_by_test_id("stMainBlockContainer").evaluate(CUT_OFF) == []
