"""A browser of this machine."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Each test opens a page anew, which is left before code pays that has been optimised meanwhile.
BRIEF = ["--js-flags=--no-opt --no-maglev"]
# First Chromium without a window's frame, menus and extensions, of which no test has anything: its
# pages are the same, and cost a quarter less.
NAMES = ["chromium-headless-shell", "chrome-headless-shell"]
NAMES += ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
NAMES += ["chrome", "microsoft-edge", "microsoft-edge-stable", "msedge"]
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

# What moves is painted anew every 16 ms, most of what the app's pages take of a core, and a test
# that asks where it ends has nothing of it. Tests of what moves open their page with MOVING.
STILL, MOVING = {"reduced_motion": "reduce"}, {"reduced_motion": "no-preference"}
# What a page can be told while it is open, and what it is told as a rule.
MEDIA = {"color_scheme": DESKTOP["color_scheme"], "forced_colors": "none", **STILL}


def find_browser() -> str | None:
    """The Chromium, Chrome or Edge of this machine."""
    found = (shutil.which(name) for name in NAMES)
    return next(filter(None, found), None) or next(filter(os.path.exists, PLACES), None)


@contextmanager
def launched(executable: str, flags: Sequence[str] = ()) -> Iterator[Browser]:
    """That browser, run without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=[*FLAGS, *flags])
        yield browser
        browser.close()
