"""Text that other programs write around numbers: comments, a line that names the separator, bars.

What is left is a table for app/files/tables.py. Nothing here looks at a number.
"""

import re
from itertools import groupby

from app.files.printed import MOST_LINES
from app.files.problems import reject

# What a person types for a minus, a comma and a semicolon.
_SIGNS = (("−", "-"), ("，", ","), ("；", ";"))
_COMMENT = re.compile(r"[ \t]*(?:[#%]|//)")
_LATE_COMMENT = re.compile(r"(?<=[\d \t])#.*")
# Excel's own: the first line of a CSV file names what parts its fields.
_NAMED_SEPARATOR = re.compile(r'\s*"?sep=(.)"?[ \t,;]*(?:\n|$)', re.IGNORECASE)
_RULE = re.compile(r"[ \t|:+=-]*-[ \t|:+=-]*")
# Their numbers stand column by column, or with the row and the column of each.
_BY_COLUMNS = re.compile(r"\s*(%%MatrixMarket\b|(#[^\n]*\n)*# ndims: \d)", re.IGNORECASE)
# R prints "[,1] [,2]" above its columns and "[1,]" before its rows.
_R_COLUMNS = re.compile(r"[ \t]*(\[,\d+\][ \t]*)+")
_R_ROW = re.compile(r"[ \t]*\[\d+,\]")
# MATLAB and Octave print "x =" above a matrix.
_ASSIGNED = re.compile(r"\s*[A-Za-z][\w.]*[ \t]*=[ \t]*\n(?=\s*([-+.\d]|Columns?\b))")
# It may also print a factor of all numbers before them, or so many columns at a time.
_FACTOR = re.compile(r"\s*(\d[\d.]*e[+-]?\d+)[ \t]*\*[ \t]*\n")
_PARTS = re.compile(r"\s*Columns? \d+ (through|and|to) ", re.IGNORECASE)


def tidied(text: str) -> str:
    r"""The text of a table without what is no field of it.

    Comments within a table part it, as a blank line does: NumPy's users write the slices of an
    array so.

    Examples
    --------
    >>> tidied("# by savetxt\n1 2\n3 4\n# New slice\n5 6\n7 8")
    '\n1 2\n3 4\n\n5 6\n7 8'
    >>> tidied("sep=;\r\n1;2"), tidied("| 1 | 2 |\n| 3 | 4 |")
    ('1;2', ' 1 \t 2 \n 3 \t 4 ')
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if '"' not in text or not _is_structure(text):
        for typed, meant in _SIGNS:
            text = text.replace(typed, meant)
    if text.count("\n") > MOST_LINES or _is_structure(text):
        return text
    named = _NAMED_SEPARATOR.match(text)
    if named:
        sign, text = named[1], text[named.end() :]
        text = text if sign in ",;\t" else text.replace(sign, "\t")
    if _BY_COLUMNS.match(text):
        raise reject("file.by_columns")
    if any(sign in text for sign in ("#", "%", "//")):
        text = _uncommented(text)
    if "|" in text:
        text = _unbarred(text)
    if "[1,]" in text:
        lines = (line for line in text.split("\n") if not _R_COLUMNS.fullmatch(line))
        text = "\n".join(_R_ROW.sub("", line) for line in lines)
    text = _ASSIGNED.sub("", text, count=1)
    factor = _FACTOR.match(text)
    if factor:
        raise reject("file.factor", factor=factor[1])
    if _PARTS.match(text):
        raise reject("file.parts")
    return _closed(text)


def _is_structure(text: str) -> bool:
    """Whether it is JSON, a printed array or markup, in which a # means nothing."""
    start = text.lstrip()[:2]
    return start[:1] in ("[", "{", "<") and start != "[," and not _R_ROW.match(text)


def comments(text: str) -> list[str]:
    r"""What the comments before the first row say.

    Examples
    --------
    >>> comments("# boxes\n# x1 y1 x2 y2\n1 2 3 4\n# end")
    ['boxes', 'x1 y1 x2 y2']
    """
    said = []
    for line in text.lstrip("\ufeff").splitlines()[:20]:
        if line.strip() and not _COMMENT.match(line):
            break
        said.append(line.strip(" \t#%/"))
    return [line for line in said if line]


def _uncommented(text: str) -> str:
    kept: list[str] = []
    for empty, some in groupby(text.split("\n"), key=_is_empty):
        run = list(some)
        if empty and any(line.strip() for line in run):
            kept.append("")
        else:
            kept += [_LATE_COMMENT.sub("", line) for line in run] if not empty else run
    return "\n".join(kept)


def _is_empty(line: str) -> bool:
    return not line.strip() or bool(_COMMENT.match(line))


def _unbarred(text: str) -> str:
    """Tables that are drawn with bars, as Markdown's."""
    lines = (line for line in text.split("\n") if not _RULE.fullmatch(line))
    return "\n".join(line.strip(" ").strip("|").replace("|", "\t") for line in lines)


def _closed(text: str) -> str:
    """Without the separator that some programs write at the end of every line."""
    for sign in ";\t":
        if sign not in text:
            continue
        lines = [line.rstrip(" ") for line in text.split("\n")]
        full = [line for line in lines if line.strip(",; \t")]
        if full and all(line.endswith(sign) and line.count(sign) > 1 for line in full):
            return "\n".join(line.removesuffix(sign) for line in lines)
    return text
