"""One browser and one server for this folder; a new session of the app for each test."""

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

from .slow_server import SlowServer
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
def kept_stage(browser):
    """A page for each set of options, kept: the scripts of Streamlit are read only once in it."""
    kept = {}

    def stage(**options):
        key = repr(sorted(options.items()))
        if key not in kept:
            kept[key] = Stage(browser.new_context(**(DESKTOP | options)).new_page())
        return kept[key]

    return stage


@pytest.fixture
def open_stage(kept_stage, app_url):
    """Opens the app in a new session, on a screen and in a locale; no script of it may throw."""
    opened = []

    def open_page(path="", **options):
        opened.append(kept_stage(**options))
        return opened[-1].leave().open(app_url + path)

    yield open_page
    assert [stage.thrown for stage in opened if stage.thrown] == []


@pytest.fixture
def replay(open_stage):
    return open_stage()


@pytest.fixture
def playground(open_stage):
    return open_stage("/playground")


@pytest.fixture
def open_delayed(kept_stage, app_url):
    """Opens the app behind a server that can be told to hold its answers back, and gives both."""
    pages = []

    def open_page(path):
        pages.append(kept_stage().page.context.new_page())
        server = SlowServer(pages[-1])
        return Stage(pages[-1]).open(app_url + path), server

    yield open_page
    for page in pages:
        page.close()


@pytest.fixture
def delayed(open_delayed):
    """The playground, and the server that can be told to hold its answers back."""
    return open_delayed("/playground")
