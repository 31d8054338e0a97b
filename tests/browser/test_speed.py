"""Speed: points come in while it measures, stopping keeps them, and they can be taken along."""

import csv
import io

import pytest

from .part import expect
from .screen import Screen
from .stage_page import TEXT
from .test_pages import CUT_OFF, PHONE, SCROLLED

# Measuring on a machine that is busy takes its time.
LONG = 120_000


class Speed(Screen):
    """The page, which has no stage on it."""

    def __init__(self, *of):
        super().__init__(*of)
        self.root = self.get_by_role("button", name=TEXT["speed.measure"])


def test_points_come_in_stopping_keeps_them_and_they_are_there_as_csv(open_page):
    page = open_page("/speed", Speed)
    guess = page.get_by_label(TEXT["speed.sharing.guess.field"])
    guess.fill("20")
    guess.press("Enter")
    page.root.click()
    saving = page.part("saving")
    # It goes on by itself: the page does not settle.
    expect(saving, settled=False).to_have_attribute("data-proposals", "1", timeout=LONG)
    expect(saving, settled=False).not_to_have_attribute("data-proposals", "1", timeout=LONG)
    # Two points of each way, at least.
    expect(page.locator(".js-plotly-plot .point").nth(3), settled=False).to_be_visible()
    page.get_by_role("button", name=TEXT["speed.stop"]).click()
    expect(page.get_by_text(TEXT["speed.stopped"])).to_be_visible()
    # Whoever stops it needs not be told that it has ended.
    expect(page.get_by_role("alert")).to_have_count(0)
    last = int(saving.attribute("data-proposals"))
    name, content = page.download(page.get_by_role("button", name=TEXT["speed.csv"]))
    assert name == "roipool-speed-sharing.csv"
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [int(row["proposals"]) for row in rows] == [1, 2, 5, 10, 20, 50, 100][: len(rows)]
    assert int(rows[-1]["proposals"]) == last
    assert all(float(row["each.median"]) > 0 < float(row["shared.median"]) for row in rows)
    factor = float(rows[-1]["each.median"]) / float(rows[-1]["shared.median"])
    assert float(saving.attribute("data-factor")) == pytest.approx(factor, rel=1e-3, abs=1e-4)
    # Another part of the page and back: what was measured is still there.
    page.get_by_role("radio", name=TEXT["speed.view.sweeps"]).click()
    expect(saving).to_have_count(0)
    page.get_by_role("radio", name=TEXT["speed.view.sharing"]).click()
    expect(saving).to_have_attribute("data-proposals", str(last))


def test_phone_shows_the_page_without_sideways_scrolling(open_page):
    page = open_page("/speed", Speed, **PHONE)
    ways = page.part("ways")
    assert ways.read(SCROLLED, "X") == []
    assert page.part("stMainBlockContainer").read(CUT_OFF) == []


TYPE = """(chart) => [...chart.querySelectorAll("text")]
  .map((text) => [text.textContent, parseFloat(getComputedStyle(text).fontSize)])
  .filter(([, size]) => size < 14)"""


def test_a_finger_on_a_chart_scrolls_the_page(open_page):
    page = open_page("/speed", Speed, **PHONE)
    chart = page.locator(".js-plotly-plot").first
    expect(chart.locator(".point").first).to_be_attached()
    assert chart.read(TYPE) == []
    before = chart.place()
    at = before["x"] + before["width"] / 2, before["y"] + before["height"] / 3
    finger = page.touch(*at)
    finger.move(at[0], at[1] - 200)
    finger.lift()
    page.until(lambda: chart.place()["y"] < before["y"] - 100, True)
