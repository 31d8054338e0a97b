"""The detector's figure: a click shows another proposal at once, in the library's numbers."""

import re

import numpy as np
import pytest

from app.detector.seen import see
from app.detector.sources import FIRST, FOLDER, made
from app.fast_rcnn import network
from app.text import plain
from roipool import bin_edges, roi_pool

from .part import expect
from .stage_page import TEXT, Stage

PHOTOGRAPH = FOLDER / "coffee.jpg"


class Detector(Stage):
    """The page with the figure."""

    def __init__(self, *of):
        super().__init__(*of)
        self.root, self.map = self.part("detector"), self.part("detector-map")
        self.cells = self.part("pooled").locator("[data-row]")
        self.picture = self.part("picture")

    def looked_at(self):
        """(proposal, channel, sections)"""
        script = "({dataset: {proposal, channel, sections}}) => [proposal, channel, sections]"
        return tuple(map(int, self.root.read(script)))

    def click(self, across, down):
        """Click on the picture, at parts of its width and height."""
        place = self.picture.place()
        self.hand.click(place["x"] + across * place["width"], place["y"] + down * place["height"])

    def slide(self, name, value):
        self.part(name).fill(str(value))


@pytest.fixture(scope="module")
def seen():
    return see(made(FIRST), network.load())


@pytest.fixture
def detector(open_page):
    """The page where all is told, and all proposals are drawn."""
    return told(open_page("/detector", Detector))


@pytest.fixture
def shown(open_page):
    """The same, where another test may have looked at other things before."""
    return told(open_page("/detector", Detector, anew=False))


def told(page):
    page.slide("scrub", 5)
    page.slide("first", page.part("first").attribute("max"))
    page.slide("scrub", 5)
    return page


def library(seen, proposal, channel, sections):
    box = np.insert(seen.proposals[proposal : proposal + 1], 0, 0, axis=1)
    features = seen.detections.features
    return roi_pool(features, box, sections, 1 / 4, convention="fast_rcnn")[0, channel].tolist()


def test_a_click_on_the_picture_shows_that_proposal_in_the_numbers_of_the_library(detector, seen):
    before = detector.reruns
    shown = set()
    for across, down in ((0.42, 0.3), (0.42, 0.3), (0.2, 0.6), (0.6, 0.8)):
        detector.click(across, down)
        proposal, channel, sections = detector.looked_at()
        shown.add(proposal)
        x, y = across * 128, down * 128
        x1, y1, x2, y2 = seen.proposals[proposal]
        assert x1 <= x < x2 + 1
        assert y1 <= y < y2 + 1
        assert detector.output() == library(seen, proposal, channel, sections)
        for k, score in enumerate(seen.detections.probabilities[proposal].tolist()):
            value = float(detector.part(f"score-{k}").attribute("data-value"))
            assert value == pytest.approx(score)
    # The same place again is the next larger box there.
    assert len(shown) == 4
    assert detector.reruns == before


def test_arrows_and_channels_change_what_is_pooled(detector, seen):
    order = np.argsort(seen.detections.probabilities[:, 0], kind="stable")
    detector.root.focus()
    for key, rank in (("ArrowRight", 1), ("ArrowDown", 2), ("ArrowLeft", 1)):
        detector.press(key)
        assert detector.looked_at()[0] == order[rank]
    detector.part("channel-more").click()
    assert detector.output() == library(seen, *detector.looked_at())


def test_the_output_follows_the_sections_alone(shown, seen):
    before = shown.reruns
    for sections in (1, 14, 7):
        shown.slide("sections", sections)
        looked = shown.looked_at()
        assert shown.output() == library(seen, *looked)
        expect(shown.caption).to_contain_text(f"64 × {sections} × {sections}")
    size = seen.detections.features.shape[2:]
    bins = bin_edges(np.insert(seen.proposals, 0, 0, axis=1), 7, size, 1 / 4, "fast_rcnn")
    most = np.prod(seen.proposals[:, 2:] - seen.proposals[:, :2], axis=1).argmax()
    high, wide = np.clip(bins.rows[most], 0, 32), np.clip(bins.cols[most], 0, 32)
    expect(shown.caption).to_contain_text(f"{np.ptp(wide)} × {np.ptp(high)}")
    expect(shown.part("scores").locator("..").locator("..")).to_contain_text(
        TEXT["detector.scored"]
    )
    assert shown.reruns == before


def test_recall_rises_with_the_number_of_proposals(shown, seen):
    for first in (1, min(seen.covered), max(seen.covered)):
        shown.slide("first", first)
        covered = sum(n <= first for n in seen.covered)
        expect(shown.caption).to_contain_text(f"{covered} of {len(seen.covered)} objects")
        expect(shown.picture).to_have_attribute("data-count", str(first))


def test_the_story_goes_from_the_picture_to_what_is_found(shown, seen):
    assert list(shown.back())[::-1] == [
        "image",
        "features",
        "proposals",
        "pooling",
        "scores",
        "detections",
    ]
    shown.slide("scrub", 5)
    found = shown.part("found").locator("[data-verdict=found]")
    expect(found).to_have_count(sum(n >= 0 for n in seen.matches))
    found.first.click()
    assert shown.looked_at()[0] == seen.detections.sources[seen.shown[0]]


def test_the_playground_shows_the_same_output_and_the_way_back_the_same_proposal(detector, seen):
    detector.click(0.2, 0.6)
    detector.slide("sections", 3)
    looked = detector.looked_at()
    with detector.rerun():
        detector.part("open-playground").click()
    playground = detector.on(Stage)
    expect(playground.root).to_be_visible()
    assert playground.output() == library(seen, *looked)
    numbers = [plain(float(value)) for value in seen.proposals[looked[0]]]
    fields = playground.part("boxes").locator("input:not([type=radio])")
    assert fields.values()[-4:] == numbers
    detector.get_by_role("link", name=TEXT["page.detector"]).click()
    expect(detector.root).to_be_visible()
    assert detector.looked_at() == looked


def test_a_broken_picture_is_explained_and_one_s_own_stays(detector, tmp_path):
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(60))
    with detector.rerun():
        detector.get_by_role("radio", name=TEXT["detector.picture.own"]).click()
    expect(detector.get_by_text(TEXT["detector.invite"])).to_be_visible()
    expect(detector.root).to_have_count(0)
    detector.locator("input[type=file]").set_input_files(PHOTOGRAPH)
    expect(detector.root).to_be_visible()
    detector.slide("scrub", 4)
    detector.click(0.4, 0.6)
    looked, shown = detector.looked_at(), detector.output()
    detector.locator("input[type=file]").set_input_files(broken)
    alert = detector.get_by_role("alert")
    expect(alert).to_contain_text(TEXT["problem.file.picture_broken"])
    expect(alert).to_contain_text(TEXT["detector.kept"])
    assert (detector.looked_at(), detector.output()) == (looked, shown)
    expect(detector.root).to_have_attribute("data-name", re.compile("^own-"))
