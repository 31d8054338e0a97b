"""What has made an output, as lines of plain text: the page's sentences where there is no page."""

from collections.abc import Iterable

from app.conventions.advice import advice
from app.conventions.asked import too_much
from app.conventions.matches import (
    Explained,
    Finding,
    equal_to,
    headline,
    names,
    one_row,
    quiet_names,
    settled_by,
    ties,
    used_by,
)
from app.conventions.words import reading_words
from app.text import Text

# Of what explains an output equally badly there may be dozens.
MOST = 8
_COLUMNS = ("differ", "rule", "reading", "frameworks")


def sentences(said: Explained, text: Text) -> list[str]:
    """The headline, what goes with it, and what to do.

    Examples
    --------
    >>> from app.conventions.asked import pasted
    >>> from app.conventions.matches import explained
    >>> fields = "map boxes output".split()
    >>> texts = ["[[1, 2], [3, 4]]", "0, 0, 0, 1, 1", "5"]
    >>> said = explained({name: pasted(given) for name, given in zip(fields, texts)}, 1.0)
    >>> sentences(said, Text("en"))[0]
    'Nothing that is tried here makes this output: not one of its 1 values comes out.'
    """
    found = said.found
    lines = [
        headline(found, text),
        one_row(said, text),
        equal_to(said.format, text),
        too_much(said.undecided, text),
        settled_by(said, text),
        quiet_names(found, text),
    ]
    if several := ties(found, text):
        lines += [f"{k}. {one}" for k, one in enumerate(several[:MOST], 1)]
        lines.append(text("identify.ties.first"))
    return [line for line in lines + advice(found[0], text) if line]


def table(said: Explained, text: Text) -> list[str]:
    """The best explanations, one a line under the names of the columns."""
    lines = [_row(text(f"identify.column.{column}") for column in _COLUMNS)]
    lines += [_row(_cells(finding, text)) for finding in said.found[:MOST]]
    if len(said.found) > MOST:
        lines.append(text("identify.more", count=len(said.found) - MOST))
    return lines


def _cells(finding: Finding, text: Text) -> list[str]:
    match = finding.first
    differ = text("identify.differ", count=match.differing, cells=match.cells)
    return [differ, names(finding, text), reading_words(match, text), used_by(finding, text) or "–"]


def _row(cells: Iterable[str]) -> str:
    return " · ".join(cells)
