"""Arrays as NumPy and PyTorch print them: nothing of what is printed is ever evaluated."""

import re
from typing import Any

from app.files.problems import reject

# Eight images of 64 channels of 64 rows open 33,289 lists, and have 33,286 lines. Each list costs
# memory, even an empty one, and each line time.
_MOST_LISTS = 50_000
MOST_LINES = 100_000
# More fit in a file only where each is a single digit.
_MOST_NUMBERS = 1_000_000

# What may stand around the brackets: "x = torch.tensor(", ", device='cuda:0', grad_fn=<...>)".
_MOST_AROUND = 200
_HEAD = re.compile(r"[^\[\]{}]*\w\(\s*")
_TAIL = re.compile(r"[^\[\]{}]*[)>]\s*")

# Paddle and MindSpore print a shape in brackets before the numbers; MXNet one after them.
_NUMBER = re.compile(r"\d")
_SHAPED = re.compile(r"\bTensor\(shape=\[[\d, ]*\],[^\[\]{}]{0,150}")
_MXNET = re.compile(r"\s*<\w*NDArray[^\[\]{}<>]*>\s*")
_DECLARED = re.compile(r"\s*[A-Za-z_][\w\s.:*&\[\]]*=\s*(?=\{)")
_ROWS_OF_JULIA = re.compile(r"\][ \t\n]*;[ \t\n]*\[")
# Tuples of Python.
_TUPLES = re.compile(r"[\s\d.,+\-eE()\[\]]*")
_ASSIGNED = re.compile(r"\s*[\w.]+\s*=\s*")
_WRAPPED = 60
# MATLAB goes on in the next line after three points.
_CONTINUED = re.compile(r"\.\.\.[^\n\d]*\n")

# A number as NumPy 2 prints it by itself: np.float64(0.5).
_CALLED = re.compile(r"\b\w+\.\w+\(([^()\[\]]*)\)")
_BRACKET = re.compile(r"[\[\]]")
_LISTS_IN_A_LIST = re.compile(r"\[\s*\[")
_WRAPPED_ROW = re.compile(r"\[[^\[\]\n]*\n[^\[\]]*\]")


def check_text(text: str) -> None:
    """Refuse what is more than any array that is read: counted before anything is looked for."""
    if max(text.count("[") + text.count("{"), text.count("]")) > _MOST_LISTS:
        raise reject("file.nested")
    count = max(text.count(","), text.count(";"), text.count("\t")) - MOST_LINES  # at their ends
    if len(text) > 2 * _MOST_NUMBERS:
        count = max(count, len(text.split()))
    if count > _MOST_NUMBERS:
        raise reject("file.numbers", count=count, most=_MOST_NUMBERS)


def unwrapped(text: str) -> str:
    """The brackets of a printed array, without the call that NumPy or PyTorch prints around them.

    Raises
    ------
    ReadError
        The array was printed with dots in place of most of its numbers.

    Examples
    --------
    >>> unwrapped("tensor([[0., 3.]], device='cuda:0', grad_fn=<SliceBackward0>)")
    '[[0., 3.]]'
    """
    check_text(text)
    if "{" in text[:_MOST_AROUND]:
        text = _DECLARED.sub("", text, count=1)
    if "{" in text and _NUMBER.search(text) and not any(sign in text for sign in "\"':["):
        # Lists of C, C++ and Mathematica.
        text = text.replace("{", "[").replace("}", "]")
    if "(" in text and _TUPLES.fullmatch(text):
        text = text.replace("(", "[").replace(")", "]")
    text = _SHAPED.sub("Tensor(", text, count=1)
    start, end = text.find("["), text.rfind("]") + 1
    around = start + len(text) - end
    if 0 <= start < end and around <= _MOST_AROUND:
        head, tail = text[:start], text[end:]
        if _is_around(head, tail):
            text = text[start:end]
    if text.lstrip()[:2] == "[[" and ";" in text:
        text = _ROWS_OF_JULIA.sub("], [", text)
    if text.count("[") == text.count("]") == 1 and text.lstrip()[:1] == "[":
        text = _rows_of_one(text)
    if text.lstrip()[:1] == "[" and "..." in text:
        raise reject("file.elided")
    return text


def _is_around(head: str, tail: str) -> bool:
    """Whether a program prints that around an array, or somebody writes it."""
    if _HEAD.fullmatch(head):
        return bool(_TAIL.fullmatch(tail))
    if _ASSIGNED.fullmatch(head):
        return tail.strip(" \t\r\n;,") == ""
    return not head.strip() and bool(_MXNET.fullmatch(tail) or tail.strip() in (";", ","))


def _rows_of_one(text: str) -> str:
    """MATLAB's rows, which semicolons or lines part within one pair of brackets."""
    inside = text.strip()[1:-1]
    if ";" in inside:
        inside = _CONTINUED.sub(" ", inside)
        rows = [row.strip(" \t\r\n,") for row in inside.split(";")]
        return "\n".join(" ".join(row.split()) for row in rows if row)
    # NumPy wraps a vector where its lines get long, and then the last is shorter.
    lines = [line.split() for line in inside.strip().split("\n")]
    short = all(len(line) < _WRAPPED for line in inside.split("\n"))
    if len(lines) > 1 and short and len({len(line) for line in lines}) == 1:
        return "\n".join(" ".join(line) for line in lines)
    return text


def lists(text: str) -> list[Any]:
    r"""Printed lists as lists: spaces or commas part what is in them, and bare points are numbers.

    Raises
    ------
    ValueError
        It is no list of lists of numbers.

    Examples
    --------
    >>> lists("[[0. .5]\n [1e-3 nan]]")
    [[0.0, 0.5], [0.001, nan]]
    """
    if "(" in text:
        text = _CALLED.sub(r"\1", text)
    top: list[Any] = []
    stack, stop = [top], 0
    for bracket in _BRACKET.finditer(text):
        before, stop = text[stop : bracket.start()], bracket.end()
        items = stack[-1]
        if bracket[0] == "[":
            if before.strip() not in ("", "," if items else "") or (items and not before):
                raise ValueError("something stands between two lists")
            items.append([])
            stack.append(items[-1])
        elif len(stack) == 1:
            raise ValueError("a bracket closes nothing")
        elif not items:
            items.extend(_row(before))
            stack.pop()
        elif before.strip():
            raise ValueError("something stands after a list")
        else:
            stack.pop()
    if len(stack) > 1 or len(top) != 1 or text[stop:].strip():
        raise ValueError("brackets are left open, or something stands after them")
    inside: list[Any] = top[0]
    return inside


def _row(text: str) -> list[float]:
    """The numbers of a row, between spaces or commas, of which none are empty."""
    if "_" in text:
        raise ValueError("float() would take 1_000")
    if "," not in text:
        return list(map(float, text.split()))
    fields = text.split(",")
    try:
        return list(map(float, fields))
    except ValueError:
        return [number for field in fields for number in map(float, field.split() or [""])]


def rows_unwrapped(text: str) -> str:
    r"""Printed lists with every row on one line: NumPy breaks those that are long.

    Examples
    --------
    >>> rows_unwrapped("[[1. 2.\n  3.]\n [4. 5.\n  6.]]")
    '[[1. 2.   3.]\n [4. 5.   6.]]'
    """
    if not _LISTS_IN_A_LIST.search(text):
        return text
    return _WRAPPED_ROW.sub(lambda row: row[0].replace("\r", " ").replace("\n", " "), text)
