"""One browser and one server for this folder; a fresh page, and so a session, for each test."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from .stage_page import Stage

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
NAMES += ["microsoft-edge", "microsoft-edge-stable", "msedge"]
PLACES = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    *(
        str(Path(os.environ[folder], program))
        for folder in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        if folder in os.environ
        for program in (
            "Google/Chrome/Application/chrome.exe",
            "Microsoft/Edge/Application/msedge.exe",
        )
    ),
]
DESKTOP = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light", "locale": "en-US"}


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


def find_browser() -> str | None:
    """The Chromium, Chrome or Edge of this machine."""
    found = (shutil.which(name) for name in NAMES)
    return next(filter(None, found), None) or next(filter(os.path.exists, PLACES), None)


@contextmanager
def launched(executable: str) -> Iterator[Browser]:
    """That browser, run without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The app, served from the root of the repository as the README says; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app/main.py"]
    options = ["--server.address=127.0.0.1", f"--server.port={port}"]
    options += ["--server.fileWatcherType=none", "--server.headless=true"]
    url, log = f"http://127.0.0.1:{port}", folder / "streamlit.log"
    with log.open("wb") as out:
        server = subprocess.Popen([*command, *options], cwd=ROOT, stdout=out, stderr=out)
    try:
        deadline = time.monotonic() + 60
        while not _healthy(url):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"Streamlit did not start:\n{log.read_text()}")
            time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait(20)


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
            return answer.status == 200
    except urllib.error.URLError:
        return False


# For the package and not the session: Playwright keeps an event loop in this thread, which the
# tests outside this folder should not meet.
@pytest.fixture(scope="package")
def browser():
    executable = find_browser()
    if executable is None:
        reason = f"no browser: none of {', '.join(NAMES)} on the PATH or in the usual places"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    with launched(executable) as browser:
        yield browser


@pytest.fixture(scope="package")
def app_url(browser, tmp_path_factory):
    with served(tmp_path_factory.mktemp("server")) as url:
        yield url


@pytest.fixture(scope="package")
def contexts(browser):
    """Browser contexts by their options, kept so that Streamlit's scripts are fetched once."""
    kept = {}

    def context(**options):
        key = repr(sorted(options.items()))
        if key not in kept:
            kept[key] = browser.new_context(**options)
            kept[key].set_default_timeout(15_000)
        return kept[key]

    yield context
    for one in kept.values():
        one.close()


@pytest.fixture
def new_page(contexts):
    """Opens pages with any viewport, colour scheme and locale; no script of theirs may throw."""
    pages, thrown = [], []

    def open_page(**options):
        page = contexts(**(DESKTOP | options)).new_page()
        page.on("pageerror", lambda error: thrown.append(str(error)))
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert thrown == []


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def replay(page, app_url):
    return Stage(page).open(app_url)


@pytest.fixture
def playground(page, app_url):
    return Stage(page).open(f"{app_url}/playground")
