"""One browser and one server for this folder; a new session of the app for each test."""

import os
from pathlib import Path

import pytest

from tests.server import Server

from .broken_line import Line
from .launch import BRIEF, DESKTOP, MEDIA, NAMES, STILL, find_browser, launched
from .slow_page import slow_down
from .stage_page import Stage

HERE = Path(__file__).parent


def pytest_addoption(parser):
    parser.addoption(
        "--slow-page",
        action="store_true",
        help="tests/browser: the app's frames come 80 ms late",
    )


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


# For the package and not the session: Playwright keeps an event loop in this thread, which the
# tests outside this folder should not meet.
@pytest.fixture(scope="package")
def browser():
    executable = find_browser()
    if executable is None:
        reason = f"no browser: none of {', '.join(NAMES)} on the PATH or in the usual places"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    with launched(executable, BRIEF) as browser:
        yield browser


@pytest.fixture(scope="package")
def app_url(browser):
    with Server() as server:
        yield server.url


@pytest.fixture(scope="package")
def new_page(browser, request):
    """A page of a browser that has never seen the app, on a slow machine if that is asked for."""
    slow = request.config.getoption("--slow-page", default=False)

    def page(**options):
        page = browser.new_context(**(DESKTOP | STILL | options)).new_page()
        if slow:
            slow_down(page)
        return page

    return page


@pytest.fixture(scope="package")
def kept(new_page):
    """A page for each set of options, as whatever kind: Streamlit's scripts are read once in it.

    A page in other colours is the same one, told so; of another size too, unless it is a phone's.
    """
    screens = {}

    def screen(kind, options):
        media = {name: options.get(name, usual) for name, usual in MEDIA.items()}
        rest = {name: value for name, value in options.items() if name not in MEDIA}
        apart = rest if rest.get("is_mobile") else rest | {"viewport": None}
        key = repr(sorted(apart.items()))
        if key not in screens:
            screens[key] = Stage(new_page(**{k: v for k, v in apart.items() if v}))
        screens[key].emulate(media)
        if not rest.get("is_mobile"):
            screens[key].resize(**options.get("viewport", DESKTOP["viewport"]))
        return screens[key].on(kind)

    return screen


@pytest.fixture
def open_page(kept, app_url):
    """Opens the app in a new session, on a screen and in a locale; no script of it may throw.

    A test that asks nothing of the server, and itself sets what it looks at, may have a page that
    another one has opened and left so: ``anew=False``.
    """
    opened = []

    def open_screen(path="", kind=Stage, anew=True, **options):
        screen, url = kept(kind, options), app_url + path
        opened.append(screen)
        return screen.leave().open(url) if anew or not screen.is_as_opened(url) else screen

    yield open_screen
    assert [screen.thrown for screen in opened if screen.thrown] == []


@pytest.fixture
def new_screen(new_page):
    """A screen in a browser that has never seen the app; no script of the app may throw.

    What is to stand between it and the server is made of its page.
    """
    screens, contexts = [], []

    def screen(kind=Stage, behind=lambda page: None, **options):
        page = new_page(**options)
        contexts.append(page.context)
        screens.append(kind(page, behind(page)))
        return screens[-1]

    yield screen
    for context in contexts:
        context.close()
    assert [screen.thrown for screen in screens if screen.thrown] == []


@pytest.fixture
def replay(open_page):
    return open_page()


@pytest.fixture
def playground(open_page):
    return open_page("/playground")


@pytest.fixture
def unasked(open_page):
    """The playground of a test that asks Python nothing: the first such opens it for the next."""
    return open_page("/playground", anew=False)


@pytest.fixture(scope="package")
def kept_behind(new_page):
    """The screen behind a line that can be cut, and that holds answers back when told to."""
    kept = []

    def screen():
        if not kept:
            page = new_page()
            kept.append(Stage(page, Line(page)))
        kept[0].line.mend()
        return kept[0]

    return screen


@pytest.fixture
def open_cuttable(kept_behind, app_url):
    """Opens a page behind that line, and gives both; no script of the app may throw."""

    def open_screen(path, kind=Stage):
        stage = kept_behind().leave().on(kind).open(app_url + path)
        return stage, stage.line

    yield open_screen
    assert kept_behind().thrown == []


@pytest.fixture
def delayed(open_cuttable):
    """The playground, and the server that can be told to hold its answers back."""
    return open_cuttable("/playground")


@pytest.fixture(scope="module")
def kept_mortal():
    with Server() as server:
        yield server


@pytest.fixture
def mortal(kept_mortal):
    """A server that may be ended and started again at the same address."""
    if not kept_mortal.answers():
        kept_mortal.restart()
    return kept_mortal


@pytest.fixture(scope="package")
def kept_elsewhere(new_page):
    """The screen on that server, on another machine than the others' screens."""
    return Stage(new_page())


@pytest.fixture
def open_mortal(kept_elsewhere, mortal):
    """Opens a page of that server; no script of the app may throw."""

    def open_screen(path, kind=Stage):
        return kept_elsewhere.leave().on(kind).open(mortal.url + path)

    yield open_screen
    assert kept_elsewhere.thrown == []
