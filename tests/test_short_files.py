"""A file is about one thing, and one that is long says in its first lines why it is one file."""

import re
from itertools import islice
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("app", "assets", "deploy", "pages", "roipool", "tests")
KINDS = {".py", ".js", ".mjs", ".css", ".cu", ".cpp", ".h", ".toml", ".sh"}
MOST_LINES = 250
FIRST_LINES = 12
REASON = re.compile(r"\bOne file, because \w")


def code():
    """Every file of code that is the project's own, and none that a tool has put beside it."""
    for path in [*ROOT.iterdir(), *(path for each in FOLDERS for path in (ROOT / each).rglob("*"))]:
        if path.suffix in KINDS and path.is_file():
            yield path


def problem(lines):
    """What is wrong with a file of these lines, if anything is."""
    is_long = len(lines) > MOST_LINES
    says_why = any(map(REASON.search, islice(lines, FIRST_LINES)))
    if is_long and not says_why:
        return f"{len(lines)} lines: cut it, or say in its first {FIRST_LINES} why it is one file"
    if says_why and not is_long:
        return f"{len(lines)} lines are no longer many: leave out why they are one file"
    return None


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        (["x"] * MOST_LINES, None),
        (["x"] * (MOST_LINES + 1), "cut"),
        (["// One file, because it is compiled as one.", *["x"] * MOST_LINES], None),
        (["# One file, because", *["x"] * MOST_LINES], "cut"),
        ([*["x"] * MOST_LINES, "One file, because nobody reads as far as here."], "cut"),
        (["One file, because it was long once."], "leave out"),
    ],
)
def test_a_long_file_without_a_reason_and_a_reason_without_a_long_file_are_told(lines, word):
    said = problem(lines)
    assert said is None if word is None else word in said


def test_no_file_is_long_without_a_reason():
    found = {path: problem(path.read_text("utf-8").splitlines()) for path in code()}
    assert {path.suffix for path in found} >= {".py", ".js", ".css", ".cu", ".cpp", ".h", ".toml"}
    told = {str(path.relative_to(ROOT)): said for path, said in found.items() if said}
    assert told == {}
