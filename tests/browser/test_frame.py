"""What stands round every page: the menu of a phone, the strip, the photograph beside the map."""

import pytest

from app.text import strings

from . import widgets
from .part import expect
from .test_pages import PHONE

ENGLISH = strings("en")
# Where the box on the photograph is, in cells.
PLACE = """(photo) => photo.querySelector(".photo-box").getAttribute("d")"""
TARGETS = """(page) => [...page.querySelectorAll(".st-key-menu button, .st-key-menu-pages a")]
  .map((one) => one.getBoundingClientRect())
  .map(({width, height}) => Math.min(width, height))"""
# The top bar lies over whatever is too near to it.
UNDER_THE_TITLE_S_EDGE = """(page) => {
  const {left, top} = page.querySelector("h1").getBoundingClientRect();
  return page.elementFromPoint(left + 4, top + 2).tagName;
}"""
# What stands in the top bar, in pairs that lie over one another.
COVERED = """(page) => {
  const bar = "[data-testid=stTopNavLink], .st-key-menu button, .st-key-language [role=radiogroup]";
  const places = [...page.querySelectorAll(bar)]
    .filter((one) => one.checkVisibility({visibilityProperty: true}))
    .map((one) => [one.textContent, one.getBoundingClientRect()]);
  return places.flatMap(([name, a], k) => places.slice(k + 1)
    .filter(([, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
    .map(([other]) => `${name} over ${other}`));
}"""
# Links of the menu that cannot be pressed, since something hides their middle.
OUT_OF_SIGHT = """(page) => [...page.querySelectorAll(".st-key-menu-pages a")].filter((one) => {
  const {left, top, width, height} = one.getBoundingClientRect();
  return !one.contains(page.elementFromPoint(left + width / 2, top + height / 2));
}).map((one) => one.textContent)"""


@pytest.fixture
def phone(open_page):
    return open_page(**PHONE)


def open_menu(screen):
    """A link of the menu, once that is open."""
    screen.get_by_role("button", name="1\u2002Replay").click()
    sizes = screen.get_by_role("link", name="3\u2002Sizes")
    expect(sizes).to_be_visible()
    return sizes


def test_the_menu_of_a_phone_says_where_one_is_and_leads_to_another_page(phone):
    sizes = open_menu(phone)
    assert min(phone.read(TARGETS)) >= 44
    sizes.click()
    expect(phone.get_by_role("heading", name=ENGLISH["sizes.title"])).to_be_visible()
    expect(phone.get_by_role("button", name="3\u2002Sizes")).to_be_visible()
    expect(phone.get_by_role("link", name="5\u2002Image to cells")).to_have_count(0)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("width", "height"), [(740, 360), (853, 533), (360, 740)])
def test_the_menu_has_every_page_in_sight(open_page, width, height):
    screen = open_page(viewport={"width": width, "height": height})
    open_menu(screen)
    screen.until(lambda: screen.read(OUT_OF_SIGHT), [])


def test_the_menu_of_a_phone_closes_by_escape_or_a_tap_outside_without_a_choice(phone):
    sizes = open_menu(phone)
    phone.press("Escape")
    expect(sizes).to_have_count(0)
    open_menu(phone)
    # On the figure, whose track keeps a finger's clicks to itself.
    phone.touch(*phone.part("scrub").middle()).lift()
    expect(sizes).to_have_count(0)
    expect(phone.get_by_role("heading", name=ENGLISH["replay.title"])).to_be_visible()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_nothing_in_the_top_bar_lies_over_anything_else(open_page, locale):
    screen = open_page(locale=locale)
    for width in (360, 853, 1024, 1280):
        screen.resize(width, 800)
        # Streamlit's pages take a frame or two to find their places.
        screen.until(lambda: screen.read(COVERED), [])


def test_the_strip_is_slim_and_leads_on_without_a_reload_and_with_the_box(replay):
    high = "(page) => page.querySelector('.st-key-strip').getBoundingClientRect().height"
    assert replay.read(high) <= 48
    assert replay.read(UNDER_THE_TITLE_S_EDGE) == "H1"
    list(replay.walk())
    replay.drag("roi-0", -1, 1)
    replay.record("() => (window.stays = true)")
    replay.get_by_role("link", name="Next: Playground").click()
    expect(replay.part("boxes")).to_be_visible()
    assert replay.recorded("stays")
    assert replay.boxes() == [[0, 1, 2, 8, 7]]


def test_the_box_on_the_photograph_follows_the_hand(replay):
    photo = replay.part("photo")
    assert photo.read(PLACE) == ""
    list(replay.walk())
    assert photo.read(PLACE) == "M0 3H7V8H0Z"
    hold = replay.grab("roi-0").pull(-1, 1)
    assert photo.read(PLACE) == "M1 2H8V7H1Z"
    hold.release()
    replay.type_cell(0, 0, "0.5")
    expect(replay.get_by_text("your own now")).to_be_visible()
    widgets.choose_convention(replay, "fast_rcnn")
    assert photo.read(PLACE) == "M1 2H8V8H1Z"
