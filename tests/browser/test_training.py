"""Training: curves while it runs, what a stop leaves, and other readers meanwhile."""

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
    expect(trainer.get_by_role("button", name=TEXT["train.csv"])).to_be_visible()
    trainer.close()
