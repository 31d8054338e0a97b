"""The plan of 45 minutes that docs has, for whoever teaches. Pure."""

import re
from functools import cache
from pathlib import Path

_DOCS = Path(__file__).parents[2] / "docs"
PLANS = {"en": _DOCS / "lesson-plan.md", "zh": _DOCS / "lesson-plan.zh.md"}
"""The plan by language."""

# Before the query of a question, or of the article's example on the first page.
_LINK = re.compile(r"\]\(https?://[^/()\s]+(?=/(?:lessons)?\?)")
# What tells those who write it where a table is.
_MARK = re.compile(r"<!--.*?-->\n?")


@cache
def plan(language: str, address: str) -> str:
    """The lesson plan as it is read, without its title, with links to the app at an address.

    Examples
    --------
    >>> "](https://school.example/lessons?lesson=1&" in plan("en", "https://school.example")
    True
    """
    written = PLANS.get(language, PLANS["en"]).read_text("utf-8").partition("\n")[2].strip()
    return linked(_MARK.sub("", written), address)


def linked(plan: str, address: str) -> str:
    """A plan whose links lead to the app at another address.

    Examples
    --------
    >>> linked("At [the cut](http://localhost:8501/lessons?lesson=2) ask: why?", ".")
    'At [the cut](./lessons?lesson=2) ask: why?'
    """
    return _LINK.sub(lambda _: f"]({address}", plan)
