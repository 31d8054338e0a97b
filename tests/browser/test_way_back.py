"""The page of the gradient around its figure: how it is reached, and what covers what on it."""

import pytest

from .part import expect
from .test_pages import CUT_OFF, SCROLLED

# The numbers of the gradient's map and of its rows and columns that an arrow runs through.
CROSSED = """(stage) => {
  const map = stage.querySelector("[data-testid=gradient-map]");
  const {left, top, width} = map.getBoundingClientRect();
  const {rows, cols} = stage.querySelector("[data-testid=map]").dataset;
  const cell = width / cols;
  const held = new Set(JSON.parse(map.dataset.received).map(([r, c]) => `${r},${c}`));
  const numbers = [];
  for (let r = 0; r < rows; r += 1) {
    numbers.push([`row ${r}`, left - 12, top + (r + 0.5) * cell, 5]);
    for (let c = 0; c < cols; c += 1) {
      const half = cell * (held.has(`${r},${c}`) ? 0.3 : 0.08);
      numbers.push([`${r},${c}`, left + (c + 0.5) * cell, top + (r + 0.53) * cell, half]);
    }
  }
  const crossed = new Set();
  const origin = stage.getBoundingClientRect();
  for (const path of stage.querySelectorAll(".arrow path:not(.arrow-casing)")) {
    const whole = path.getTotalLength();
    for (let at = 0; at <= whole; at += 1) {
      const {x, y} = path.getPointAtLength(at);
      for (const [name, nx, ny, half] of numbers) {
        const [across, down] = [x + origin.left - nx, y + origin.top - ny].map(Math.abs);
        if (across < half && down < cell * 0.14) crossed.add(name);
      }
    }
  }
  return [...crossed];
}"""


@pytest.mark.sampled(2)
@pytest.mark.parametrize("size", [(1280, 800), (360, 740)])
def test_no_arrow_runs_through_a_number(open_page, size):
    wide, high = size
    stage = open_page(
        "/gradient?preset=one-cell-two-sections", viewport={"width": wide, "height": high}
    )
    expect(stage.locator(".arrow")).not_to_have_count(0)
    assert stage.root.read(CROSSED) == []


@pytest.mark.sampled(3)
@pytest.mark.parametrize("size", [(1024, 768), (853, 533), (740, 360)])
def test_both_maps_output_and_play_are_in_view_together(open_page, size):
    wide, high = size
    stage = open_page("/gradient", viewport={"width": wide, "height": high})
    parts = ("map", "output", "gradient-map", "play", "scrub")
    places = [stage.part(part).place() for part in parts]
    top = min(place["y"] for place in places)
    # The bar of the pages stays where it is.
    assert max(place["y"] + place["height"] for place in places) - top <= high - 60
    assert stage.root.read(SCROLLED, "X") == []
    assert stage.root.read(CUT_OFF) == []


@pytest.mark.parametrize("name", [".output", ".chips >> nth=0"])
def test_whoever_paints_selects_no_text(open_page, name):
    gradient = open_page("/gradient", anew=False)
    style = "(one) => getComputedStyle(one).userSelect"
    assert gradient.locator(name).read(style) == "none"


def test_the_story_s_end_leads_here_without_a_reload(open_page):
    stage = open_page("/")
    stage.record("() => { window.sameDocument = true; }")
    stage.root.focus()
    for _ in range(30):
        if stage.scene() == "output":
            break
        stage.press("]")
    stage.part("onward").click()
    expect(stage.part("gradient-map")).to_be_visible()
    assert stage.recorded("sameDocument")
    assert "/gradient" in stage.address()
