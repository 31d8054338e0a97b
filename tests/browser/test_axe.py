"""Every page, in every theme and language, and what opens on it passes axe's rules for WCAG 2.2."""

import pytest

from app.lessons.answers import answer
from app.lessons.mistakes import MISTAKES
from app.lessons.place import Place
from app.serving.navigation import HOME, PAGES

from . import widgets
from .axe import violations
from .lesson_page import Lesson
from .part import expect
from .screen import Screen
from .stage_page import TEXT, Stage
from .test_lessons import ONE_OF_EACH, SEED, kind_of
from .test_pages import PHONE

THEMES, LOCALES = ("light", "dark"), ("en-US", "zh-CN")


# What a page is about: once it is there, so is the rest.
MAIN = ", ".join(f"[data-testid={name}]" for name in ("stage", "pixels", "detector"))
MAIN += ", [class*=st-key-speed-], [data-testid=lesson]"
MAIN += ", .st-key-lessons-teacher, .st-key-lessons-result"


class Anything(Screen):
    """A page, whatever is on it."""

    def __init__(self, *of):
        super().__init__(*of)
        self.root = self.locator(MAIN).first


def path_of(page):
    return "" if page == HOME else f"/{page}"


@pytest.mark.sampled(36)
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_breaks_no_rule_in_any_theme_and_language(open_page, page, theme, locale):
    screen = open_page(path_of(page), Anything, color_scheme=theme, locale=locale)
    assert violations(screen) == []


def open_popover(label):
    return lambda stage: (
        widgets.button(stage, label).click(),
        expect(stage.part("stPopoverBody")).to_be_visible(),
    )


def open_list(stage):
    stage.get_by_role("combobox", name=TEXT["controls.convention"]).click()
    expect(stage.get_by_role("option").first).to_be_visible()


def open_picture(name):
    def choose(screen):
        with screen.rerun():
            screen.get_by_role("radio", name=TEXT[f"detector.picture.{name}"]).click()

    return choose


STATES = {
    "map's popover": ("/playground", open_popover("controls.map")),
    "boxes' popover": ("/playground", open_popover("controls.boxes")),
    "export's popover": ("", open_popover("exports.title")),
    "list of conventions": ("", open_list),
    "list of keys": ("", lambda stage: stage.part("help").click()),
    "link": ("", lambda stage: stage.part("copy-link").click()),
    "first step": ("", lambda stage: stage.rewind()),
    "in the scan": ("", lambda stage: stage.part("scrub").fill("4")),
    "brush": ("/playground", lambda stage: stage.part("brush").click()),
    "a cell under edit": ("/playground", lambda stage: stage.edit(1, 1)),
    "a number that is none": ("/playground", lambda stage: stage.type_box(0, "x1", "what")),
    "a map that is walked": ("/playground", lambda stage: stage.press("Tab", "ArrowDown")),
    "a gradient that is walked": ("/gradient", lambda stage: stage.press("Tab", "Tab")),
    "presented": ("", lambda stage: stage.press("p")),
    "presented, a map beside": ("/gradient", lambda stage: stage.press("p")),
    "the answer hidden": ("", lambda stage: stage.press("h")),
    "a photograph": ("/detector", open_picture("astronaut")),
    "no picture yet": ("/detector", open_picture("own")),
}


@pytest.mark.sampled(2 * len(STATES))
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("state", STATES)
def test_what_opens_on_a_page_breaks_no_rule(open_page, state, theme):
    path, bring = STATES[state]
    stage = open_page(path, Anything if path == "/detector" else Stage, color_scheme=theme)
    bring(stage)
    assert violations(stage) == []


def mistaken(number, step):
    """Give the answer to a lesson's question that its first mistake leads to."""
    question = Place("lesson", number, step, SEED).question
    return lambda page: page.answer(question, answer(question, MISTAKES[question.mistakes[0]]))


def open_plan(page):
    page.locator(".st-key-lessons-teacher summary").click()
    expect(page.locator(".st-key-lessons-teacher table").first).to_be_visible()


RESULT = f"/lessons?test={SEED}&marks=1a01b11011"
LESSON_STATES = {
    "a shown step": ("/lessons?lesson=1", Lesson, lambda page: None),
    "a result": (RESULT, Anything, lambda page: None),
    "for teachers": ("/lessons", Anything, open_plan),
    "practice": ("/lessons", Anything, open_popover("lessons.practice")),
    "worksheet": ("/lessons?lesson=3&step=2", Lesson, open_popover("lessons.sheet")),
}
for number, step in ONE_OF_EACH:
    path = f"/lessons?lesson={number}&step={step}&seed={SEED}"
    LESSON_STATES[f"asked to {kind_of(number, step)}"] = path, Lesson, lambda page: None
    LESSON_STATES[f"told about {kind_of(number, step)}"] = path, Lesson, mistaken(number, step)


@pytest.mark.sampled(36)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("state", LESSON_STATES)
def test_a_lesson_breaks_no_rule_in_any_state(open_page, state, theme):
    path, kind, bring = LESSON_STATES[state]
    page = open_page(path, kind, color_scheme=theme)
    bring(page)
    assert violations(page) == []


@pytest.mark.sampled(16)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_breaks_no_rule_on_a_phone(open_page, page):
    assert violations(open_page(path_of(page), Anything, **PHONE)) == []


def test_what_is_wrong_is_found(open_page):
    screen = open_page("", Anything)
    screen.record("() => document.querySelector('[data-testid=stMain]').append(new Image())")
    assert [rule for rule, _, _ in violations(screen)] == ["image-alt"]
