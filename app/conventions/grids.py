"""An output as a small table whose differing cells are marked, in HTML."""

from html import escape

import numpy as np
from numpy.typing import NDArray

from app.text import number

# Numbers fit into cells of tables up to this size.
_READABLE = 7


def grid(values: NDArray[np.floating], differs: NDArray[np.bool_], title: str) -> str:
    """A table of values (PH, PW) under a title, if any, those that differ ringed and marked."""
    high, wide = values.shape
    rows = "".join(
        "<tr>" + "".join(_cell(values[i, j], bool(differs[i, j])) for j in range(wide)) + "</tr>"
        for i in range(high)
    )
    kind = "grid" if max(high, wide) <= _READABLE else "grid small"
    caption = f"<caption>{escape(title)}</caption>" if title else ""
    return f'<table class="{kind}">{caption}{rows}</table>'


def _cell(value: float, differs: bool) -> str:
    mark = ' class="differs"' if differs else ""
    text = escape(number(float(value))) if value == value else "NaN"
    return f"<td{mark}><span>{text}</span></td>"
