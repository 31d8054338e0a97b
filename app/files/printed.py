"""Arrays as NumPy and PyTorch print them: nothing of what is printed is ever evaluated."""

import re

from app.files.problems import reject

# What may stand around the brackets: "x = torch.tensor(", ", device='cuda:0', grad_fn=<...>)".
_MOST_AROUND = 200
_HEAD = re.compile(r"[^\[\]{}]*\w\(\s*")
_TAIL = re.compile(r"[^\[\]{}]*[)>]\s*")

# How NumPy writes what JSON writes otherwise, in the order in which it is rewritten.
_AS_JSON = [
    (re.compile(r"\b\w+\.\w+\(([^()\[\]]*)\)"), r"\1"),  # np.float64(0.5)
    (re.compile(r"(?<=[\w.\]])\s+(?=[\w.+\-\[])"), ","),
    (re.compile(r"(\d)\.(?!\d)"), r"\1.0"),
    (re.compile(r"(?<!\d)\.(?=\d)"), "0."),
    (re.compile(r"(?<![\w.])\+(?=\d)"), ""),
    (re.compile(r"\bnan\b"), "NaN"),
    (re.compile(r"\binf\b"), "Infinity"),
]
_LISTS_IN_A_LIST = re.compile(r"\[\s*\[")
_WRAPPED_ROW = re.compile(r"\[[^\[\]\n]*\n[^\[\]]*\]")


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
    start, end = text.find("["), text.rfind("]") + 1
    around = start + len(text) - end
    if 0 < start < end and around <= _MOST_AROUND:
        head, tail = text[:start], text[end:]
        if _HEAD.fullmatch(head) and _TAIL.fullmatch(tail):
            text = text[start:end]
    if text.lstrip()[:1] == "[" and "..." in text:
        raise reject("file.elided")
    return text


def as_json(text: str) -> str:
    r"""Printed lists as JSON: spaces become commas, and a number has a digit around its point.

    Examples
    --------
    >>> as_json("[[0. .5]\n [1e-3 nan]]")
    '[[0.0,0.5],[1e-3,NaN]]'
    """
    for pattern, replacement in _AS_JSON:
        text = pattern.sub(replacement, text)
    return text


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
