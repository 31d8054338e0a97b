"""The page without Python as one HTML file: opened from anywhere, it asks nobody for anything."""

import base64
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
from app.figures.entries import ASSETS, TAKEAWAY, script, style
from app.takeaway.contents import contents
from app.text import CODES, LANGUAGES, Text
from roipool import PRESETS, Convention

_SETTINGS = ASSETS.parent / "app" / ".streamlit" / "config.toml"
# What Streamlit calls the colours of a theme on the page.
_COLOURS = ("primaryColor", "backgroundColor", "secondaryBackgroundColor", "textColor", "borderColor")

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
<script type="application/json" id="contents">{contents}</script>
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
        HTML, some 200 kB. No request leaves it, and its policy forbids any.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> page(article_exercise(), Text("en")).startswith("<!doctype html>")
    True
    """
    own = {text.language: LANGUAGES[text.language]}
    told = contents(exercise, conventions) | {
        "languages": own | LANGUAGES,
        "codes": CODES,
        "mostBins": MAX_BINS,
    }
    return _PAGE.format(
        lang=CODES[text.language],
        title=escape(text("takeaway.title")),
        policy=_policy(),
        style=_style(),
        contents=as_data(told),
        script=_script(),
    )


def as_data(told: Any) -> str:
    r"""Plain JSON that can stand in a script element: nothing in it ends the element or begins another.

    Examples
    --------
    >>> as_data("</script>")
    '"\\u003c/script>"'
    """
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return written.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@cache
def _policy() -> str:
    """Nothing from anywhere; of scripts and styles only those in the file, by their digests."""
    code, sheet = (_digest(part) for part in (_script(), _style()))
    return f"default-src 'none'; script-src '{code}'; style-src '{sheet}'; img-src data:; base-uri 'none'; form-action 'none'"


def _digest(content: str) -> str:
    return f"sha256-{base64.b64encode(sha256(content.encode()).digest()).decode()}"


@cache
def _script() -> str:
    code = script(TAKEAWAY)
    if "</script" in code.lower() or "<!--" in code:
        raise ValueError("a figure's script would end its element")
    return code


@cache
def _style() -> str:
    sizes = (ASSETS / "page" / "type.css").read_text("utf-8")
    return _bare(f"{_colours()}\n{sizes}\n{style(TAKEAWAY)}")


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
