"""Commas within numbers: half of the world writes 0,88, and the other half 1,234 for a thousand."""

import re

from app.files.doubts import Doubts
from app.files.problems import reject

_QUOTED = re.compile(r'"([^"\n]*)"')
_FIELD = re.compile(r"[^;\t\n]+")
_DECIMAL = re.compile(r"\s*[+-]?\d*,\d+(?:[eE][+-]?\d+)?\s*")
_THOUSANDS = re.compile(r"\s*[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?(?:[eE][+-]?\d+)?\s*")
# Rows of nothing but pairs such as 0,88: of a map between -1 and 1 whose commas do both.
_PAIR = re.compile(r"([+-]?[01]),(\d\d+)")
_DOUBLED = re.compile(r"(?:\s*[+-]?[01],\d\d+(?:,[+-]?[01],\d\d+)+[ \t]*(?:\n|$)){2,}\s*")
_WORDS = re.compile(r"\S+")


def settled(text: str, doubts: Doubts) -> str:
    r"""The text of a table with points in its numbers and nothing else.

    Commas stand within numbers where these are quoted, or parted by semicolons or tabs, or by
    spaces and every one has a comma.

    Examples
    --------
    >>> settled('"0,88","0,44"', Doubts()), settled("0,88 0,44", Doubts())
    ('0.88,0.44', '0.88 0.44')
    """
    if "," not in text or text.lstrip()[:1] in ("[", "{"):
        return text
    if '"' in text:
        text = _settled(text, _QUOTED, doubts)
        # What is left in quotes are words.
        text = _QUOTED.sub(lambda found: found[0].replace(",", " "), text)
    if "," not in text:
        return text
    if ";" in text or "\t" in text:
        return _settled(text, _FIELD, doubts)
    if _DOUBLED.fullmatch(text):
        if doubts.settle("comma", ["decimal", "apart"]) == "apart":
            doubts.say("comma.apart")
            return text
        doubts.say("comma.decimal")
        return _PAIR.sub(r"\1.\2", text)
    words = _WORDS.findall(text)
    spaced = len(words) > text.count("\n") + 1 and all(map(_DECIMAL.fullmatch, words))
    if spaced:
        doubts.say("comma.decimal")
        return text.replace(",", ".")
    return text


def _settled(text: str, pattern: re.Pattern[str], doubts: Doubts) -> str:
    """Numbers of a pattern's first group, or of all of it, with points; all in the same way."""
    group = pattern.groups
    held = [one[group] for one in pattern.finditer(text) if "," in one[group]]
    written = [one for one in held if _DECIMAL.fullmatch(one) or _THOUSANDS.fullmatch(one)]
    if not written:
        return text
    ways = {
        "decimal": all(map(_DECIMAL.fullmatch, written)),
        "thousands": all(map(_THOUSANDS.fullmatch, written)),
    }
    possible = [way for way, holds in ways.items() if holds]
    if not possible:
        odd = next(one for one in written if not _DECIMAL.fullmatch(one))
        raise reject("file.commas", first=written[0].strip(), other=odd.strip())
    way = doubts.settle("comma", possible)
    doubts.say(f"comma.{way}")

    def pointed(found: re.Match[str]) -> str:
        field = found[group]
        if way == "decimal":
            return field.replace(",", ".") if _DECIMAL.fullmatch(field) else found[0]
        return field.replace(",", "") if _THOUSANDS.fullmatch(field) else found[0]

    return pattern.sub(pointed, text)
