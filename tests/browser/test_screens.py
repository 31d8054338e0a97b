"""Every page at every size that it is made for: whole, readable, and nothing in the way."""

import pytest

from tests.sampling import covering

from .pages import ROOTS, SIZES, faults, kind, path, screen
from .part import expect

THEMES, LOCALES = ("light", "dark"), ("en-US", "zh-CN")


@pytest.mark.parametrize(
    ("name", "size", "theme", "locale"), covering(ROOTS, SIZES, THEMES, LOCALES)
)
def test_a_page_is_whole_at_every_size_in_every_theme_and_language(
    open_page, name, size, theme, locale
):
    page = open_page(path(name), kind(name), color_scheme=theme, locale=locale, **screen(size))
    assert faults(page, size) == {}


@pytest.mark.sampled(6)
@pytest.mark.parametrize("name", [name for name, root in ROOTS.items() if root == "stage"])
def test_past_1920_px_all_grows_alike(open_page, name):
    page = open_page(path(name), kind(name), **screen("large"))

    def shares(size):
        parts = [page.part(one).first.place() for one in ("map", "output", "play", "caption")]
        parts.append(page.locator("[class*=-output-rows]").first.place())
        return [place[side] / SIZES[size][0] for place in parts for side in ("x", "width")]

    before = shares("large")
    page.resize(*SIZES["larger"])
    assert shares("larger") == pytest.approx(before, abs=0.01)


# Where a reader has set larger text in the browser, and not a larger page.
@pytest.mark.sampled(16)
@pytest.mark.parametrize("name", ROOTS)
def test_a_page_is_whole_with_text_of_twice_the_size(new_screen, app_url, name):
    page = new_screen(kind(name))
    page.enlarge_text(2)
    page.open(app_url + path(name))
    assert page.read("() => getComputedStyle(document.documentElement).fontSize") == "32px"
    assert faults(page, "laptop") == {}


# One that is asked, its answer under it, the list that leads to it and what a test ends with.
LESSONS = ["?lesson=11&step=4", "?lesson=2&step=6", "?lesson=1&step=1", "?lesson=none"]
LESSONS += ["?test=7&marks=1a01b11011"]


@pytest.mark.sampled(40)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("query", LESSONS)
def test_whatever_is_in_the_lessons_is_whole(open_page, query, size):
    page = open_page(path("lessons", query), kind("lessons"), **screen(size))
    if page.part("lesson").amount():
        with page.rerun():
            page.part("reveal").click()
        expect(page.part("stage")).to_be_visible()
    assert faults(page, size) == {}
