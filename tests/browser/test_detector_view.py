"""What the detector's page shows at which size and step, and what its address says of it."""

import re
from itertools import pairwise, product

import pytest

from app.detector.payload import SCENES
from app.fast_rcnn.pictures import CLASSES

from .launch import DESKTOP
from .part import expect
from .stage_page import TEXT
from .test_detector import Detector
from .test_pages import CUT_OFF, PHONE, SCROLLED

SIZES = {
    "phone": PHONE,
    "phone on its side": PHONE | {"viewport": {"width": 740, "height": 360}},
    "zoomed": {"viewport": {"width": 853, "height": 533}},
}
# What each step is about, in their order.
ABOUT = ("picture", "detector-map", "picture", "pooled", "scores", "picture")


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("size", "locale"), [*product(["phone"], ["en-US", "zh-CN"]), *product(SIZES, ["en-US"])][1:]
)
def test_where_there_is_no_room_for_four_the_step_s_own_figure_stands_with_play(
    open_page, size, locale
):
    detector = open_page("/detector", Detector, **SIZES[size], locale=locale)
    for scene, about in zip(detector.walk(), ABOUT, strict=True):
        assert detector.root.read(SCROLLED, "X") == [], scene
        assert detector.root.read(CUT_OFF) == [], scene
        shown = [
            name
            for name in dict.fromkeys(ABOUT)
            if detector.part(name).read("(part) => part.checkVisibility()")
        ]
        assert shown == [about]
        figure, play = detector.part(about).place(), detector.part("play").place()
        top = min(figure["y"], play["y"])
        # Both fit under the top bar, which stays.
        bottom = max(figure["y"] + figure["height"], play["y"] + play["height"])
        assert bottom - top <= detector.height - 60, scene
    detector.part("tab-features").click()
    assert detector.scene() == "features"


@pytest.mark.sampled(3)
@pytest.mark.parametrize("width", [1000, 1024, 1280])
def test_the_row_of_four_stands_on_one_screen(open_page, width):
    detector = open_page("/detector", Detector)
    detector.slide("scrub", 5)
    detector.resize(width, 800)
    try:
        places = [detector.part(name).place() for name in dict.fromkeys(ABOUT)]
        place = detector.root.place()
        cut_off = detector.root.read(CUT_OFF)
    finally:
        detector.resize(**DESKTOP["viewport"])
    for left, right in pairwise(places):
        assert left["x"] + left["width"] < right["x"]
    assert place["y"] + place["height"] <= 800
    assert cut_off == []


def test_presented_on_a_projector_each_stage_has_the_screen(open_page):
    projector = {"viewport": {"width": 1024, "height": 768}}
    detector = open_page("/detector?present=1", Detector, **projector)
    for _, about in zip(detector.walk(), ABOUT, strict=True):
        expect(detector.part(about)).to_be_visible()
        place, all_of_it = detector.part(about).place(), detector.root.place()
        assert place["width"] > 400
        assert detector.root.read(CUT_OFF) == []
        assert all_of_it["height"] <= 768


# Everything that a reader or a program finds in the figure: texts and attributes.
READABLE = """(root) => [root, ...root.querySelectorAll("*")].flatMap((one) => [
  ...[...one.childNodes].filter(({nodeType}) => nodeType === 3).map(({data}) => data),
  ...[...one.attributes].map(({value}) => value),
]).join("\\n")"""


def test_no_answer_is_there_to_be_read_before_its_step(open_page):
    detector = open_page("/detector", Detector)
    classes = [TEXT[f"detector.class.{name}"] for name in ("background", *CLASSES)]
    for again in (False, True):
        for scene in list(SCENES)[: list(SCENES).index("scores")]:
            assert detector.scene() == scene
            readable = detector.root.read(READABLE)
            covered = re.search(r"recall \d+%", readable)
            assert bool(covered) == (scene in ("proposals", "pooling"))
            assert not [name for name in classes if name in readable.split("\n")], (scene, again)
            assert not re.search(rf"({'|'.join(classes)}) [01]\.\d\d", readable)
            values = detector.part("scores").locator("[data-value]")
            assert set(values.read_all("(all) => all.map(({dataset}) => dataset.value)")) == {""}
            detector.next.click()
        # What has been seen is gone again for whoever goes back.
        detector.slide("scrub", 5)
        expect(detector.part("found").locator("[data-verdict]").first).to_be_visible()
        detector.rewind()


def test_the_address_opens_the_same_picture_proposal_and_step(open_page, new_screen):
    detector = open_page("/detector", Detector)
    assert "picture" not in detector.address()
    with detector.rerun():
        detector.get_by_role("radio", name=TEXT["detector.picture.cat"]).click()
    expect(detector.root).to_have_attribute("data-name", "cat")
    detector.slide("scrub", 3)
    detector.root.focus()
    detector.press("ArrowRight")
    detector.slide("sections", 3)
    detector.slide("first", 30)
    detector.slide("scrub", 3)
    looked = detector.looked_at()
    for name in ("picture=cat", "step=pooling", "sections=3", "first=30"):
        assert name in detector.address()
    other = new_screen(Detector).open(detector.address())
    for page in (detector.reload(), other):
        expect(page.root).to_have_attribute("data-name", "cat")
        assert (page.looked_at(), page.scene()) == (looked, "pooling")
        assert page.part("first").value() == "30"


@pytest.mark.parametrize("size", SIZES)
def test_play_brings_the_step_s_own_figure_and_what_is_said_to_it(open_page, size):
    detector = open_page("/detector", Detector, **SIZES[size])
    detector.play.click()
    # However far it has come by then, the step at which it is stopped has its figure in sight.
    detector.play.click()
    step = int(detector.part("scrub").value())
    for name in ("play", ABOUT[step], "caption"):
        expect(detector.part(name)).to_be_in_viewport(ratio=1)
    detector.part("tab-pooling").click()
    for name in ("play", "pooled", "caption"):
        expect(detector.part(name)).to_be_in_viewport(ratio=1)
