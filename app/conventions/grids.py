"""An output as a small table whose differing cells are marked, in HTML."""

from collections.abc import Callable, Iterable
from functools import partial
from html import escape
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from app.text import number

# Numbers fit into cells of tables up to this size.
_READABLE = 7
# From here on a number is written with an exponent.
_LONG = 10_000


def notation(values: Iterable[float]) -> Callable[[float], str]:
    """How numbers that are seen together are written: all as short as each of them is exact.

    Examples
    --------
    >>> notation([8.0, 3.0])(8.0), notation([8.0, 3.5])(8.0), notation([8.0, 0.85])(8.0)
    ('8', '8.0', '8.00')
    """
    finite = [value for value in values if isfinite(value)]
    if all(abs(value) < _LONG for value in finite):
        for decimals in (0, 1):
            if all(round(value, decimals) == value for value in finite):
                return partial(_fixed, decimals)
    return partial(_fixed, None)


def _fixed(decimals: int | None, value: float) -> str:
    if value != value:
        return "NaN"
    if decimals is None or not isfinite(value):
        return number(value)
    # A zero may have a sign, which nobody wants to read.
    return f"{'−' if value < 0 else ''}{abs(value):.{decimals}f}"


def grid(values: NDArray[np.floating], differs: NDArray[np.bool_], title: str) -> str:
    """A table of values (PH, PW) under a title, if any, those that differ ringed and marked."""
    high, wide = values.shape
    write = notation(values.ravel().tolist())
    rows = "".join(
        "<tr>"
        + "".join(_cell(write(float(values[i, j])), bool(differs[i, j])) for j in range(wide))
        + "</tr>"
        for i in range(high)
    )
    kind = "grid" if max(high, wide) <= _READABLE else "grid small"
    caption = f"<caption>{escape(title)}</caption>" if title else ""
    return f'<table class="{kind}">{caption}{rows}</table>'


def _cell(said: str, differs: bool) -> str:
    mark = ' class="differs"' if differs else ""
    return f"<td{mark}><span>{escape(said)}</span></td>"
