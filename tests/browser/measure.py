"""Figures of the app in a browser: ``python -m tests.browser.measure``, on a quiet machine.

Frames are those of `requestAnimationFrame` while a handle is dragged in circles. An answer is the
time from the pointer's release to the stage showing what Python has confirmed.
"""

import sys
import tempfile
import time
from math import cos, sin
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser

from . import widgets
from .conftest import DESKTOP, find_browser, launched, served
from .stage_page import BODY_AND_HANDLES, Stage
from .traffic import Traffic

SIZES = (8, 32, 64)
SECONDS, DRAGS, LOADS = 2, 20, 5

RECORD_FRAMES = """() => {
  window.stamps = [];
  const look = (now) => { window.stamps.push(now); window.looking = requestAnimationFrame(look); };
  window.looking = requestAnimationFrame(look);
}"""
FRAMES = """() => {
  cancelAnimationFrame(window.looking);
  return window.stamps.slice(1).map((stamp, i) => stamp - window.stamps[i]);
}"""
RECORD_ANSWERS = """(stage) => {
  window.answers = [];
  let released = 0;
  stage.addEventListener("pointerup", () => (released = performance.now()), true);
  let ack = stage.dataset.ack;
  new MutationObserver(() => {
    if (stage.dataset.ack === ack) return;
    ack = stage.dataset.ack;
    window.answers.push(performance.now() - released);
  }).observe(stage, { attributeFilter: ["data-ack"] });
}"""


def main() -> None:
    executable = find_browser()
    if executable is None:
        sys.exit("No browser found.")
    with (
        launched(executable) as browser,
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder)) as url,
    ):
        measure_loads(browser, url)
        for size in SIZES:
            stage = Stage(browser.new_page(**DESKTOP)).open(f"{url}/playground")
            widgets.open_map(stage, "random")
            widgets.set_map_size(stage, size, size)
            widgets.close(stage)
            for taken in BODY_AND_HANDLES:
                show(f"{size}x{size} frame while dragging {taken}", frames(stage, taken))
            show(f"{size}x{size} release to answer", answers(stage))
            stage.page.close()


def measure_loads(browser: Browser, url: str) -> None:
    """A browser's first visit, and the later ones of another."""
    times = []
    context = browser.new_context(**DESKTOP)
    for _ in range(LOADS):
        page = context.new_page()
        traffic, start = Traffic(page), time.perf_counter()
        page.goto(url)
        page.get_by_test_id("stage").wait_for()
        times.append(1000 * (time.perf_counter() - start))
        page.wait_for_load_state("networkidle")
        if len(times) == 1:
            print(f"{'landing page':44} {traffic.bytes / 1e6:.2f} MB")
        page.close()
    context.close()
    print(f"{'first usable stage':44} {times[0]:.0f} ms")
    show("usable stage, later", times[1:])


def frames(stage: Stage, taken: str) -> list[float]:
    """Intervals between frames, in ms, while what is taken goes around the middle of the map."""
    hold = stage.grab(taken)
    middle, radius = stage.point(*(count / 2 for count in stage.size())), 200
    stage.page.evaluate(RECORD_FRAMES)
    start = time.perf_counter()
    while (past := time.perf_counter() - start) < SECONDS:
        angle = 3 * past
        hold.mouse.move(middle[0] + radius * cos(angle), middle[1] + radius * sin(angle))
    intervals = stage.page.evaluate(FRAMES)
    hold.release()
    stage.settle()
    return intervals


def answers(stage: Stage) -> list[float]:
    """Times from release to answer, in ms."""
    stage.root.evaluate(RECORD_ANSWERS)
    for k in range(DRAGS):
        stage.drag("roi-0", (-1) ** k, 0)
    return stage.page.evaluate("() => window.answers")


def show(what: str, times: list[float]) -> None:
    late = quantiles(times, n=20, method="inclusive")[-1]
    print(f"{what:44} median {median(times):6.1f} ms   p95 {late:6.1f} ms   of {len(times)}")


if __name__ == "__main__":
    main()
