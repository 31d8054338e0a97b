"""The pages around the stage: language, weight, size of the screen, steadiness, touch."""

from dataclasses import replace

import pytest

from app.exercise.link import encode
from app.exercise.record import article_exercise
from app.text import strings

from . import widgets
from .by_hand import ARTICLE, pooled
from .part import expect

CHINESE, ENGLISH = strings("zh"), strings("en")
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
PAGES = ("", "/playground")
# What of the page and everything around the stage can be scrolled along an axis.
SCROLLED = """(stage, along) => {
  const found = [];
  for (let at = stage; at; at = at.parentNode ?? at.host) {
    if (!(at instanceof Element)) continue;
    const scrolls = /auto|scroll/.test(getComputedStyle(at)[`overflow${along}`]);
    if (!scrolls && at !== document.documentElement) continue;
    const side = along === "X" ? "Width" : "Height";
    const [all, seen] = [at[`scroll${side}`], at[`client${side}`]];
    if (all > seen) found.push(`${at.tagName} ${at.dataset.testid ?? ""} ${all} > ${seen}`);
  }
  return found;
}"""
CUT_OFF = """(stage) => [...stage.querySelectorAll("[data-testid], p, button, input, td, th")]
  .filter((one) => one.checkVisibility() && !one.matches(".hold"))
  .map((one) => [one.dataset.testid ?? one.tagName, one.getBoundingClientRect()])
  .filter(([, {left, right}]) => left < 0 || right > innerWidth)
  .map(([name, {left, right}]) => `${name} ${left}-${right}`)"""
# Where the parts of the stage are, frame by frame.
RECORD_PLACES = """(stage) => {
  const names = ["map", "output", "play", "scrub", "caption"];
  const places = new Set();
  window.places = [];
  const look = () => {
    const parts = names.map((name) => stage.querySelector(`[data-testid=${name}]`));
    places.add(JSON.stringify(parts.map((part) => {
      const {x, y, width} = part.getBoundingClientRect();
      return [x, y, width, part.checkVisibility({opacityProperty: true})];
    })));
    window.places = [...places];
    requestAnimationFrame(look);
  };
  look();
}"""


def test_chinese_browser_starts_in_chinese_and_the_switch_changes_it(open_page):
    stage = open_page(locale="zh-CN")
    words = stage.root.text()
    for text, other in ((CHINESE, "English"), (ENGLISH, "简体中文")):
        expect(stage.play).to_have_accessible_name(text["stage.play"])
        link = stage.get_by_role("link", name=text["page.playground"])
        expect(link.first).to_be_visible()
        stage.get_by_role("radio", name=other).click()
    stage.until(stage.root.text, words)


def test_language_switched_twice_before_the_answer_keeps_the_exercise(delayed):
    stage, server = delayed
    shown = stage.output()
    server.holding = True
    for answers, language in enumerate(("简体中文", "English"), 1):
        stage.get_by_role("radio", name=language).click()
        stage.until(server.answers, answers)
    server.let_go()
    expect(stage.play).to_have_accessible_name(ENGLISH["stage.play"])
    assert stage.output() == shown
    widgets.open_map(stage, "gradient")
    widgets.set_map_size(stage, 4, 4)


def test_language_goes_with_the_reader_to_the_other_page(replay):
    replay.get_by_role("radio", name="简体中文").click()
    replay.get_by_role("link", name=CHINESE["page.playground"], exact=True).click()
    expect(replay.part("boxes")).to_be_visible()
    expect(replay.play).to_have_accessible_name(CHINESE["stage.play"])


def test_landing_page_is_light_and_asks_nobody_else(new_screen, app_url):
    stage = new_screen()
    traffic = stage.traffic()
    stage.open(app_url)
    assert 500_000 < traffic.bytes < 4_500_000
    assert list(stage.walk())[-1] == "output"
    stage.drag("roi-0", -1, 0)
    assert traffic.hosts == {"127.0.0.1"}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_phone_shows_everything_in_order_without_sideways_scrolling(open_page, path, locale):
    stage = open_page(path, **PHONE, locale=locale)
    for scene in stage.walk():
        assert stage.root.read(SCROLLED, "X") == [], scene
        assert stage.root.read(CUT_OFF) == [], scene
    # What a step changes stands right under what steps: the output, and beside it the sentence.
    shown, track, output, caption = (
        stage.part(name).place() for name in ("map", "scrub", "output", "caption")
    )
    for upper, lower in ((shown, track), (track, output), (track, caption)):
        assert upper["y"] + upper["height"] <= lower["y"]
    assert output["x"] + output["width"] <= caption["x"]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("locale", "scheme"), [("en-US", "light"), ("zh-CN", "dark")])
def test_replay_stands_on_one_screen_in_every_scene(open_page, locale, scheme):
    stage = open_page(locale=locale, color_scheme=scheme)
    for scene in stage.walk():
        assert stage.root.read(SCROLLED, "Y") == [], scene
        place = stage.root.place()
        assert place["y"] + place["height"] <= 800, scene
    stage.drag("roi-0", -1, 1)
    assert stage.root.read(SCROLLED, "Y") == [], "after a drag"


def test_playground_stands_on_one_screen(playground):
    for scene in playground.walk():
        assert playground.root.read(SCROLLED, "Y") == [], scene


def test_nothing_moves_or_fades_while_an_edit_is_answered(playground):
    playground.root.record(RECORD_PLACES)
    playground.drag("roi-0", -1, 1)
    playground.type_cell(0, 7, "0.5")
    playground.settle()
    playground.type_box(0, "x1", "2")
    places = playground.recorded("places")
    assert len(places) == 1, places


def test_nothing_moves_on_replay_while_the_story_is_told(replay):
    replay.root.record(RECORD_PLACES)
    assert list(replay.walk())[-1] == "output"
    replay.drag("roi-0-handle-ne", -1, 1)
    widgets.choose_convention(replay, "fast_rcnn")
    places = replay.recorded("places")
    assert len(places) == 1, places


@pytest.fixture
def phone(open_page):
    return open_page("/playground", **PHONE)


def swipe(stage, start, stop):
    """A finger goes from one cell to another and is still down."""
    start, stop = stage.point(*start), stage.point(*stop)
    finger = stage.touch(*start)
    finger.move(*stop)
    return finger


@pytest.mark.parametrize(
    ("start", "stop", "box"),
    [((5, 3), (3, 4), [0, 1, 1, 8, 6]), ((2.5, 6.5), (1.5, 4.5), [0, 0, 2, 5, 8])],
    ids=["box", "handle"],
)
def test_finger_drags_the_box_and_the_page_stays(phone, start, stop, box):
    place = phone.map.place()
    finger = swipe(phone, start, stop)
    assert phone.boxes() == [box]
    assert phone.map.place() == place
    # Once it is let go the page may show what came out.
    finger.lift()
    assert phone.boxes() == [box]
    assert phone.output() == pooled(ARTICLE, box)


def test_finger_beside_the_box_scrolls_the_page(phone):
    place = phone.map.place()
    swipe(phone, (2, 3), (-1, 3)).lift()
    phone.until(lambda: phone.map.place()["y"] < place["y"], True)
    assert phone.boxes() == [[0, 0, 3, 7, 8]]


def test_on_paper_there_is_the_figure_and_the_link_to_it_and_nothing_else(open_page):
    stage = open_page("/playground?preset=57-in-7")
    with stage.printed():
        for name in ("map", "output", "caption", "arithmetic"):
            expect(stage.part(name)).to_be_visible()
        expect(stage.locator(".printed-link")).to_contain_text("/playground?x=")
        for name in ("play", "boxes", "stHeader"):
            expect(stage.part(name)).to_be_hidden()
        wide = stage.read("({ documentElement: page }) => page.scrollWidth - page.clientWidth")
        assert wide == 0


def test_a_finger_on_a_box_that_fills_the_map_scrolls_the_page(open_page):
    exercise = replace(article_exercise(), boxes=((0, 0, 0, 8, 8),))
    phone = open_page(f"/playground?x={encode(exercise)}", **PHONE)
    place = phone.map.place()
    swipe(phone, (6, 3), (2, 3)).lift()
    phone.until(lambda: phone.map.place()["y"] < place["y"], True)
    assert phone.boxes() == [[0, 0, 0, 8, 8]]
