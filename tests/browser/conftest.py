"""One browser and one server for this folder; a new session of the app for each test."""

import os
from pathlib import Path

import pytest

from tests.server import Server

from .broken_line import Line
from .launch import BRIEF, DESKTOP, NAMES, STILL, find_browser, launched
from .slow_page import slow_down
from .slow_server import SlowServer
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

    A page of another size is the same one, resized, unless it is a phone's.
    """
    screens = {}

    def screen(kind, options):
        rest = {name: value for name, value in options.items() if name != "viewport"}
        apart = options if rest.get("is_mobile") else rest
        key = repr(sorted(apart.items()))
        if key not in screens:
            screens[key] = Stage(new_page(**apart))
        if apart is rest:
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


@pytest.fixture(scope="package")
def kept_delayed(new_page):
    """The screen behind a server that can be told to hold its answers back, and the server."""
    kept = []

    def screen():
        if not kept:
            page = new_page()
            server = SlowServer(page)
            kept.extend((Stage(page, server), server))
        return kept

    return screen


@pytest.fixture
def open_delayed(kept_delayed, app_url):
    """Opens the app behind a server that can be told to hold its answers back, and gives both."""

    def open_screen(path):
        stage, server = kept_delayed()
        server.let_go()
        return stage.leave().open(app_url + path), server

    yield open_screen
    assert kept_delayed()[0].thrown == []


@pytest.fixture
def delayed(open_delayed):
    """The playground, and the server that can be told to hold its answers back."""
    return open_delayed("/playground")


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


@pytest.fixture
def open_mortal(new_screen, mortal):
    """Opens a page of that server in a browser of its own."""
    return lambda path, kind=Stage: new_screen(kind).open(mortal.url + path)


@pytest.fixture
def open_cuttable(new_screen, app_url):
    """Opens a page behind a line that can be cut, and gives both."""

    def open_screen(path, kind=Stage):
        stage = new_screen(kind, behind=Line).open(app_url + path)
        return stage, stage.line

    return open_screen
