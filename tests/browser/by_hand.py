"""What a test works out itself: bins, maxima and pulls, sharing nothing with the app."""

from collections.abc import Iterator
from math import ceil, floor

import numpy as np

from roipool import article

ARTICLE = article.FEATURE_MAP[0, 0].tolist()
# Cells between x2 and the first cell after the box.
INCLUSIVE = {"article": 0, "fast_rcnn": 1}


def pooled(cells, box, size=(2, 2), convention="article"):
    """The maximum of every bin, a list for each row; 0 where a bin is empty."""
    _, x1, y1, x2, y2 = map(int, box)
    return [
        [largest(cells, rows, cols) for cols in bins(x1, x2, size[1], convention)]
        for rows in bins(y1, y2, size[0], convention)
    ]


def bins(first: int, last: int, count: int, convention: str) -> Iterator[range]:
    for i in range(count):
        if convention == "article":
            yield range(
                first + i * (last - first) // count, first + (i + 1) * (last - first) // count
            )
        else:
            cells = np.float32(last - first + 1) / np.float32(count)
            yield range(
                first + floor(np.float32(i) * cells), first + ceil(np.float32(i + 1) * cells)
            )


def largest(cells, rows: range, cols: range) -> float:
    inside = [
        value
        for row, values in enumerate(cells)
        for col, value in enumerate(values)
        if row in rows and col in cols
    ]
    return max(inside, default=0.0)


def pulled(box, name: str, rows: int, cols: int, size, convention="article") -> list[float]:
    """A box pulled by cells at "roi-0" or one of its handles, held inside the map.

    What of it lay outside the map before is left behind.
    """
    _, x1, y1, x2, y2 = box
    end = INCLUSIVE[convention]
    handle = name.removeprefix("roi-0").removeprefix("-handle-")
    y1, y2 = _pulled_axis(y1, y2 + end, rows, size[0], "n" in handle, "s" in handle, not handle)
    x1, x2 = _pulled_axis(x1, x2 + end, cols, size[1], "w" in handle, "e" in handle, not handle)
    return [0, x1, y1, x2 - end, y2 - end]


def _pulled_axis(start, stop, by, size, at_start, at_stop, whole):
    start, stop = max(start, 0), min(stop, size)
    if whole:
        by = min(max(by, -start), size - stop)
        return start + by, stop + by
    if at_start:
        start = min(max(start + by, 0), stop - 1)
    if at_stop:
        stop = max(min(stop + by, size), start + 1)
    return start, stop
