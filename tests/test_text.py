"""Strings: both languages say everything, and numbers read alike in Python and in the browser."""

import json
import re
import string
from pathlib import Path

import pytest

from app.text import FOLDER, LANGUAGES, Text, number, preferred_language, strings

ROOT = Path(__file__).parents[1]
SOURCES = [*ROOT.glob("app/**/*.py"), *ROOT.glob("pages/*.py"), *ROOT.glob("assets/**/*.js")]
STRINGS = {lang: strings(lang) for lang in LANGUAGES}


def fields(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_both_languages_have_the_same_rooms_and_no_key_stands_in_two():
    rooms = {lang: sorted((FOLDER / lang).glob("*.json")) for lang in LANGUAGES}
    named = [[room.name for room in of] for of in rooms.values()]
    assert named[0] == named[1]
    for lang, of in rooms.items():
        keys = [key for room in of for key in json.loads(room.read_text("utf-8"))]
        assert len(keys) == len(set(keys)), lang


def test_both_languages_have_the_same_keys():
    assert STRINGS["en"].keys() == STRINGS["zh"].keys()


def test_both_languages_name_the_same_values():
    english, chinese = STRINGS["en"], STRINGS["zh"]
    # A language may leave out what its grammar does not need, but names nothing else.
    assert [key for key in english if fields(chinese[key]) != fields(english[key])] == []
    assert {key for strings in STRINGS.values() for key in strings if not strings[key]} <= {"join"}


def spoken():
    """Patterns of the keys that the code asks for: quoted, with what is filled in left open."""
    quoted = set()
    for path in SOURCES:
        code = path.read_text("utf-8")
        quoted |= set(re.findall(r"""["'`]([\w.${}\[\]-]+)["'`]""", code))
        quoted |= set(re.findall(r"text\.([a-z]+)", code))
        # A section that goes to a figure loses its name, and is asked for there.
        sections = set(re.findall(r"""section\(["'](\w+)["']\)""", code)) - {"stage"}
        quoted |= {f"{section}.{{name}}" for section in sections}
    # A pattern with nothing but an open place would match any key.
    quoted = {q for q in quoted if "{" not in q or re.search(r"\w{4}", re.sub(r"\{.*?\}", "", q))}
    return re.compile("|".join(re.sub(r"\\?\$?\\\{.*?\\\}", ".+", re.escape(q)) for q in quoted))


def test_no_string_is_left_over():
    asked = spoken()
    keys = (key.removeprefix("stage.").removeprefix("lessons.figure.") for key in STRINGS["en"])
    assert [key for key in keys if not asked.fullmatch(key)] == []


def test_no_chinese_stands_in_code():
    for path in SOURCES:
        text = path.read_text("utf-8").replace("简体中文", "")
        assert not re.search(r"[\u4e00-\u9fff]", text), path


def test_an_unknown_locale_reads_english():
    assert preferred_language("xx-YY") == "en"
    assert Text("xx").language == "en"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.005, "0.01"),
        (0.125, "0.13"),
        (-0.125, "−0.13"),
        (-0.0, "0.00"),
        (-0.001, "−1.0e−3"),
        (0.00499, "5.0e−3"),
        (999.994, "999.99"),
        (1000.0, "1.0e3"),
        (99999.0, "1.0e5"),
        (float("-inf"), "−∞"),
    ],
)
def test_numbers_have_two_decimals_or_an_exponent(value, written):
    assert number(value) == written
