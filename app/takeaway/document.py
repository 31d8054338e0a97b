"""The page without Python as one HTML file: opened from anywhere, it asks nobody for anything."""

import base64
import gzip
import json
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from html import escape
from typing import Any

from app.exercise.limits import MAX_BINS
from app.exercise.record import Exercise
from app.figures.entries import ASSETS, COURSE, ENTRIES, TAKEAWAY, Entry, script, style
from app.lessons.lesson import lessons
from app.takeaway.contents import contents
from app.takeaway.lessons import course
from app.text import CODES, LANGUAGES, Text
from roipool import PRESETS, Convention

_SETTINGS = ASSETS.parent / "app" / ".streamlit" / "config.toml"
# What Streamlit calls the colours of a theme on the page.
_COLOURS = (
    "primaryColor",
    "backgroundColor",
    "secondaryBackgroundColor",
    "textColor",
    "borderColor",
)

# What the entry of a page exports, which is called with what the page holds.
_DEFAULT = re.compile(r"^export default (\w+);$", re.MULTILINE)

_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<script type="text/plain" id="contents">{contents}</script>
<script type="module">{script}</script>
</body>
</html>
"""


def page(
    exercise: Exercise,
    text: Text,
    conventions: Sequence[str | Convention] = tuple(PRESETS),
) -> str:
    """An exercise as a file of its own, to open without a server, a network or this package.

    Parameters
    ----------
    exercise : what is on screen; of several maps the one that is looked at
    text : of the language in which it opens where the reader's browser asks for neither
    conventions : what the reader can choose among

    Returns
    -------
    str
        HTML, under 200 kB. No request leaves it, and its policy forbids any.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> page(article_exercise(), Text("en")).startswith("<!doctype html>")
    True
    """
    told = contents(exercise, conventions) | _languages(text) | {"mostBins": MAX_BINS}
    return _page(TAKEAWAY, text("takeaway.title"), _packed(told), text)


def course_page(numbers: Sequence[int], text: Text, seed: int = 1) -> str:
    """Lessons as a file of their own, with diagnosis, in both languages.

    Parameters
    ----------
    numbers : of the lessons, from 1; one alone opens at once, of several there is a list
    text : of the language in which it opens where the reader's browser asks for neither
    seed : of the first instance of each question

    Returns
    -------
    str
        HTML, of all lessons under 400 kB. No request leaves it, and its policy forbids any.
    """
    sheets = {"question": style(ENTRIES["lessons"]), "replay": style(ENTRIES["stage"])}
    told = course(numbers, seed) | _languages(text) | {"sheets": sheets}
    title = text("takeaway.lessons")
    if len(numbers) == 1:
        title = text(f"lessons.{lessons()[numbers[0] - 1].name}.title")
    return _page(COURSE, title, _packed(told), text)


def _languages(text: Text) -> dict[str, Any]:
    own = {text.language: LANGUAGES[text.language]}
    return {"languages": own | LANGUAGES, "codes": CODES}


def _page(entry: Entry, title: str, data: str, text: Text) -> str:
    return _PAGE.format(
        lang=CODES[text.language],
        title=escape(title),
        policy=_policy(entry),
        style=_style(entry),
        contents=data,
        script=_script(entry),
    )


def _packed(told: Any) -> str:
    """JSON, packed: lessons in two languages are a megabyte as they stand.

    Whatever somebody has written in it, none of it can end the element.
    """
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.b64encode(gzip.compress(written.encode(), 9, mtime=0)).decode()


@cache
def _policy(entry: Entry) -> str:
    """Nothing from anywhere; of scripts and styles only those in the file, by their digests."""
    code, sheet = (_digest(part) for part in (_script(entry), _style(entry)))
    allowed = f"script-src '{code}'; style-src '{sheet}'; img-src data:"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _digest(content: str) -> str:
    return f"sha256-{base64.b64encode(sha256(content.encode()).digest()).decode()}"


@cache
def _script(entry: Entry) -> str:
    code = _DEFAULT.sub(r'\1(document.getElementById("contents").textContent);', script(entry))
    if "</script" in code.lower() or "<!--" in code:
        raise ValueError("a figure's script would end its element")
    return code


@cache
def _style(entry: Entry) -> str:
    sizes = (ASSETS / "page" / "type.css").read_text("utf-8")
    return _bare(f"{_colours()}\n{sizes}\n{style(entry)}")


def _bare(sheet: str) -> str:
    """A sheet without its comments and indentation, which are for readers of the file."""
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)).strip()


def _colours() -> str:
    """The app's colours and type, under the names that Streamlit gives them."""
    theme = tomllib.loads(_SETTINGS.read_text("utf-8"))["theme"]

    def told(colours: dict[str, str]) -> str:
        return "".join(f"--st-{_dashed(name)}: {colours[name]}; " for name in _COLOURS)

    light = f":root {{ --st-font: {theme['font']}; {told(theme['light'])}}}"
    return f"{light}\n@media (prefers-color-scheme: dark) {{ :root {{ {told(theme['dark'])}}} }}"


def _dashed(name: str) -> str:
    """``primaryColor`` as ``primary-color``."""
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)
