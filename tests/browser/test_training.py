"""Training: curves while it runs, what a stop leaves, and other readers meanwhile."""

import csv
import io
from pathlib import Path

from playwright.sync_api import expect

from . import widgets
from .stage_page import TEXT

PATIENCE = 60_000  # ms until a training has made the first points of its curves, on a busy machine
CURVES = ".js-plotly-plot .scatterlayer .trace"


def test_training_shows_its_curves_and_a_stop_keeps_them_while_others_are_answered(
    app_url, browser, open_stage
):
    trainer = browser.new_page(viewport={"width": 1280, "height": 800})
    trainer.goto(f"{app_url}/detector")
    start, stop = (
        trainer.get_by_role("button", name=TEXT[f"train.{what}"]) for what in ("start", "stop")
    )
    start.click()
    expect(stop).to_be_visible()
    other = open_stage()
    widgets.set_output(other, 3, 1)
    expect(trainer.locator(CURVES).nth(1)).to_be_attached(timeout=PATIENCE)
    widgets.set_output(other, 2, 2)
    stop.click()
    expect(start).to_be_visible()
    expect(trainer.locator(CURVES).first).to_be_attached()
    expect(trainer.get_by_text("stopped after").first).to_be_attached()
    with trainer.expect_download() as taken:
        trainer.get_by_role("button", name=TEXT["train.csv"]).click()
    rows = list(csv.DictReader(io.StringIO(Path(taken.value.path()).read_text("utf-8"))))
    assert {row["gradient_at_roi_pooling"] for row in rows} == {"open"}
    assert any(row["loss"] for row in rows)
    # The figure above runs with what was learned, and says other things than the shipped network.
    probabilities = trainer.get_by_test_id("scores")
    shipped = probabilities.inner_text()
    trainer.get_by_role("radio", name=TEXT["train.use.open"]).click()
    expect(probabilities).not_to_have_text(shipped, use_inner_text=True)
    trainer.get_by_role("radio", name=TEXT["train.use.shipped"]).click()
    expect(probabilities).to_have_text(shipped, use_inner_text=True)
    trainer.close()


def test_training_whose_tab_is_closed_ends_and_leaves_the_machine_to_others(app_url, browser):
    closed, other = (browser.new_page(viewport={"width": 1280, "height": 800}) for _ in range(2))
    start = {page: page.get_by_role("button", name=TEXT["train.start"]) for page in (closed, other)}
    stop = {page: page.get_by_role("button", name=TEXT["train.stop"]) for page in (closed, other)}
    for page in (closed, other):
        page.goto(f"{app_url}/detector")
    closed.get_by_text(TEXT["train.length.minutes"].format(minutes=3)).click()
    start[closed].click()
    expect(stop[closed]).to_be_visible()
    start[other].click()
    busy = other.get_by_text("Another training or measurement")
    expect(busy).to_be_visible()
    closed.close()
    # The message goes by itself; a tab may be away for 20 s before it counts as closed.
    expect(busy).to_be_hidden(timeout=PATIENCE)
    start[other].click()
    expect(stop[other]).to_be_visible()
    stop[other].click()
    expect(start[other]).to_be_visible()
    other.close()
