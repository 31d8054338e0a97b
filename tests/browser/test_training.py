"""Training: curves while it runs, what a stop leaves, and other readers meanwhile."""

import csv
import io

from . import widgets
from .axe import violations
from .part import expect
from .screen import Screen
from .stage_page import TEXT

PATIENCE = 60_000  # ms until a training has made the first points of its curves, on a busy machine
CURVES = ".js-plotly-plot .scatterlayer .trace"


class Trainer(Screen):
    """The detector's page, down to where it is trained. While it is, the page does not settle."""

    def __init__(self, *of):
        super().__init__(*of)
        self.root, self.stop = (
            self.get_by_role("button", name=TEXT[f"train.{what}"]) for what in ("start", "stop")
        )

    def start(self):
        self.root.click()


def test_training_shows_its_curves_and_a_stop_keeps_them_while_others_are_answered(
    app_url, new_screen, open_page
):
    trainer = new_screen(Trainer).open(f"{app_url}/detector")
    trainer.start()
    expect(trainer.stop, settled=False).to_be_visible()
    other = open_page()
    widgets.set_output(other, 3, 1)
    expect(trainer.locator(CURVES).nth(1), settled=False).to_be_attached(timeout=PATIENCE)
    widgets.set_output(other, 2, 2)
    assert violations(trainer, settled=False) == []
    trainer.stop.click()
    expect(trainer.root, settled=False).to_be_visible()
    expect(trainer.locator(CURVES).first).to_be_attached()
    expect(trainer.part("glimpse")).to_be_attached()
    expect(trainer.get_by_text("stopped after").first).to_be_attached()
    _, content = trainer.download(trainer.get_by_role("button", name=TEXT["train.csv"]))
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert {row["gradient_at_roi_pooling"] for row in rows} == {"open"}
    assert any(row["loss"] for row in rows)
    # The figure above runs with what was learned, and says other things than the shipped network.
    trainer.part("scrub").fill("4")
    probabilities = trainer.part("scores")
    shipped = probabilities.text()
    trainer.get_by_role("radio", name=TEXT["train.use.open"]).click()
    expect(probabilities).not_to_have_text(shipped, use_inner_text=True)
    trainer.get_by_role("radio", name=TEXT["train.use.shipped"]).click()
    expect(probabilities).to_have_text(shipped, use_inner_text=True)


def test_training_whose_tab_is_closed_ends_and_leaves_the_machine_to_others(app_url, new_screen):
    closed, other = (new_screen(Trainer).open(f"{app_url}/detector") for _ in range(2))
    closed.get_by_text(TEXT["train.length.minutes"].format(minutes=3)).click()
    closed.start()
    expect(closed.stop, settled=False).to_be_visible()
    other.start()
    busy = other.get_by_text("Another training or measurement")
    expect(busy, settled=False).to_be_visible()
    closed.close()
    # The message goes by itself; a tab may be away for 20 s before it counts as closed.
    expect(busy).to_be_hidden(timeout=PATIENCE)
    other.start()
    expect(other.stop, settled=False).to_be_visible()
    other.stop.click()
    expect(other.root, settled=False).to_be_visible()
