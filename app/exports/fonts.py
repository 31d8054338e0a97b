"""Fonts that hold every character that is drawn, and lines that fit."""

import re
import unicodedata
from functools import lru_cache

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

from app.text import Text

# matplotlib brings it along, so it is always there; an SVG may be read where it isn't.
LATIN = "DejaVu Sans"
ANY = "sans-serif"

# What systems bring for simplified Chinese. An older matplotlib sees only the first face of a
# collection, which for Noto is the Japanese one: it holds these characters too.
CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "STHeiti",
    "Microsoft YaHei",
    "DengXian",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "Noto Sans CJK JP",
    "Arial Unicode MS",
)

# Punctuation that does not begin a line.
_CLOSING = "，。：；、！？）】》”’…,.:;!?)]"
# A word with what closes it, or one character of a script that breaks anywhere.
_PIECES = re.compile(
    rf"\s+|[^\s\u2e80-\uffef]+[{re.escape(_CLOSING)}]*|[\u2e80-\uffef][{re.escape(_CLOSING)}]*"
)
_NARROW, _WIDE = 0.56, 1.0  # widths of characters in em, about


@lru_cache(maxsize=1)
def chinese_font() -> str | None:
    """The installed font that writes Chinese; None where there is none."""
    installed = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in CHINESE if name in installed), None)


def readable(text: Text) -> Text:
    """The strings in a language that can be drawn: English where there is no Chinese font."""
    return text if text.language != "zh" or chinese_font() else Text("en")


def families(language: str) -> list[str]:
    """The fonts to take characters from, the first that has one gives it."""
    chinese = chinese_font()
    if chinese is None:
        return [LATIN, ANY]
    return [chinese, LATIN, ANY] if language == "zh" else [LATIN, chinese, ANY]


def shown(string: str) -> str:
    r"""A string of which every character can be drawn: � for the others, a space for breaks.

    Examples
    --------
    >>> shown("a\nb\x00")
    'a b�'
    """
    return "".join(c if _known(c) else "�" for c in " ".join(string.split()))


@lru_cache(maxsize=4096)
def _known(character: str) -> bool:
    fonts = (_font(family) for family in families("en")[:-1])
    return any(font.get_char_index(ord(character)) for font in fonts)


def _font(family: str) -> FT2Font:
    path = font_manager.findfont(family, fallback_to_default=False)
    return font_manager.get_font(path)


def ems(string: str) -> float:
    """About how wide a string is, in units of its font's size."""
    return sum(_WIDE if unicodedata.east_asian_width(c) in "WF" else _NARROW for c in string)


def wrap(string: str, width: float, most: int) -> list[str]:
    """A string as lines of about equal length and at most `width` em; … where `most` are too few.

    Examples
    --------
    >>> wrap("one two three four", 9, 3), wrap("one two three", 5, 1)
    (['one two', 'three four'], ['one two…'])
    """
    lines = fill(string, width)
    if len(lines) <= most:
        even = ems(string) / len(lines)
        while len(balanced := fill(string, min(even, width))) > len(lines):
            even += 1
        return balanced
    last = lines[most - 1]
    while ems(last + "…") > width:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip() + "…"]


def fill(string: str, width: float) -> list[str]:
    """A string as lines of at most `width` em, each as full as it can be.

    Examples
    --------
    >>> fill("one two three four", 6)
    ['one two', 'three four']
    """
    lines = [""]
    for piece in _PIECES.findall(string):
        for part in _parts(piece, width):
            if ems(lines[-1] + part.rstrip()) > width:
                lines.append("")
            lines[-1] += part if lines[-1] else part.lstrip()
    return [line.rstrip() for line in lines]


def _parts(piece: str, width: float) -> list[str]:
    """A word in parts that fit a line each."""
    if ems(piece) <= width:
        return [piece]
    step = int(width / _WIDE)
    return [piece[k : k + step] for k in range(0, len(piece), step)]
