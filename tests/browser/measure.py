"""Figures of the app in a browser: ``python -m tests.browser.measure``, on a quiet machine.

Frames are those of `requestAnimationFrame` while a handle is dragged in circles. An answer is the
time from the pointer's release to the stage showing what Python has confirmed.
"""

import sys
import time
from math import cos, sin
from statistics import median, quantiles

from playwright.sync_api import Browser, Page

from tests.server import Server

from . import widgets
from .launch import DESKTOP, find_browser, launched
from .lesson_page import Lesson
from .part import Part
from .stage_page import BODY_AND_HANDLES, Stage
from .traffic import Traffic

SIZES = (8, 32, 64)
SECONDS, DRAGS, LOADS, COLD = 2, 20, 5, 3

# What is usable on each page when it has been opened.
FIGURES = {
    "": "stage",
    "playground": "stage",
    "gradient": "stage",
    "sizes": "ruler",
    "conventions": "multiples",
    "pixels": "pixels",
    "detector": "detector",
    "lessons?lesson=3&step=2": "lesson",
}
# What is dragged on the pages beside the playground.
DRAGGED = (
    ("gradient", "stage", "roi-0"),
    ("sizes", "stage", "roi-0"),
    ("sizes", "stage", "ruler-end"),
    ("conventions", "stage", "roi-0"),
    ("pixels", "pixels", "roi-0"),
    ("pixels", "pixels", "roi-0-handle-se"),
)

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

RECORD_VERDICTS = """(lesson) => {
  window.verdicts = [];
  let asked = 0;
  const isCheck = ({ target }) => target.closest?.("[data-testid=check]");
  lesson.addEventListener("click", (event) => isCheck(event) && (asked = performance.now()), true);
  new MutationObserver(() => {
    if (!lesson.hasAttribute("data-open")) window.verdicts.push(performance.now() - asked);
  }).observe(lesson, { attributeFilter: ["data-open"] });
}"""


class First(Stage):
    """A page on which a part may stand twice; the first is taken."""

    def part(self, name: str) -> Part:
        return super().part(name).first


def main() -> None:
    executable = find_browser()
    if executable is None:
        sys.exit("No browser found.")
    with launched(executable) as browser:
        for path, figure in FIGURES.items():
            measure_cold_start(browser, path, figure)
        with Server() as server:
            measure_running(browser, server.url)


def measure_cold_start(browser: Browser, path: str, figure: str) -> None:
    """The first visit of a browser to a server that has just started, again and again."""
    times, weights = [], []
    for _ in range(COLD):
        context = browser.new_context(**DESKTOP)
        page = context.new_page()
        traffic = Traffic(page)
        with Server() as server:
            times.append(1000 * usable(page, f"{server.url}/{path}", figure))
            weights.append(traffic.bytes)
            context.close()
    show(f"cold start, /{path}", times)
    print(f"{f'weight of /{path}':44} {median(weights) / 1e6:.2f} MB")


def usable(page: Page, url: str, figure: str) -> float:
    """Seconds from the request until the figure is there."""
    start = time.perf_counter()
    page.goto(url)
    page.get_by_test_id(figure).wait_for()
    return time.perf_counter() - start


def measure_running(browser: Browser, url: str) -> None:
    """Loads, drags and answers of a server that runs."""
    measure_loads(browser, url)
    for path, figure, taken in DRAGGED:
        stage = First(browser.new_page(**DESKTOP))
        stage.root = stage.part(figure)
        if figure == "pixels":
            stage.map = stage.part("pool-map")
        stage.open(f"{url}/{path}")
        show(f"/{path} frame while dragging {taken}", frames(stage, taken))
        stage.close()
    measure_sizes(browser, url)
    measure_verdicts(browser, url)


def measure_verdicts(browser: Browser, url: str) -> None:
    """From *Check* to the verdict on a map of 8×8; Replay and a lesson, opened in turn."""
    page = Lesson(browser.new_page(**DESKTOP)).open(f"{url}/lessons?lesson=3&step=3&seed=1")
    page.lesson.record(RECORD_VERDICTS)
    for _ in range(DRAGS):
        page.press_button("check")
        page.press_button("another")
    show("check to verdict, 8x8", page.recorded("verdicts"))
    page.close()
    opened: dict[str, list[float]] = {"stage": [], "lesson": []}
    paths = {"stage": "", "lesson": "lessons?lesson=3&step=2"}
    context = browser.new_context(**DESKTOP)
    for k in range(2 * LOADS + 2):
        figure = list(opened)[k % 2]
        tab = context.new_page()
        seconds = usable(tab, f"{url}/{paths[figure]}", figure)
        # The first of each brings what is then kept.
        if k > 1:
            opened[figure].append(1000 * seconds)
        tab.wait_for_load_state("networkidle")
        tab.close()
    context.close()
    for figure, times in opened.items():
        show(f"opened in turn: {figure}", times)


def measure_sizes(browser: Browser, url: str) -> None:
    """Drags and answers in the playground, on small and on large maps."""
    for size in SIZES:
        stage = Stage(browser.new_page(**DESKTOP)).open(f"{url}/playground")
        widgets.open_map(stage, "random")
        widgets.set_map_size(stage, size, size)
        widgets.close(stage)
        for taken in BODY_AND_HANDLES:
            show(f"{size}x{size} frame while dragging {taken}", frames(stage, taken))
        show(f"{size}x{size} release to answer", answers(stage))
        stage.close()


def measure_loads(browser: Browser, url: str) -> None:
    """A browser's first visit, and the later ones of another."""
    times = []
    context = browser.new_context(**DESKTOP)
    for _ in range(LOADS):
        page = context.new_page()
        times.append(1000 * usable(page, url, "stage"))
        page.wait_for_load_state("networkidle")
        page.close()
    context.close()
    print(f"{'first usable stage':44} {times[0]:.0f} ms")
    show("usable stage, later", times[1:])


def frames(stage: Stage, taken: str) -> list[float]:
    """Intervals between frames, in ms, while what is taken goes around the middle of the map."""
    middle, radius = stage.point(*(count / 2 for count in stage.size())), 200
    hold = stage.grab(taken)
    stage.record(RECORD_FRAMES)
    start = time.perf_counter()
    while (past := time.perf_counter() - start) < SECONDS:
        angle = 3 * past
        stage.hand.move(middle[0] + radius * cos(angle), middle[1] + radius * sin(angle))
    intervals = stage.read(FRAMES)
    hold.release()
    stage.settle()
    return intervals


def answers(stage: Stage) -> list[float]:
    """Times from release to answer, in ms."""
    stage.root.record(RECORD_ANSWERS)
    for k in range(DRAGS):
        stage.drag("roi-0", (-1) ** k, 0)
    return stage.recorded("answers")


def show(what: str, times: list[float]) -> None:
    late = quantiles(times, n=20, method="inclusive")[-1]
    print(f"{what:44} median {median(times):6.1f} ms   p95 {late:6.1f} ms   of {len(times)}")


if __name__ == "__main__":
    main()
