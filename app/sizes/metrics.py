"""What can be asked of n cells in P sections, for every n and P at once, and the words for it."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.exercise.coordinates import coordinates
from app.exercise.limits import MAX_BINS, MAX_SIDE
from app.text import Text, number
from roipool import Convention, bin_edges

QUESTIONS = ("spread", "ratio", "shared", "empty", "past")

Metrics = dict[str, NDArray[np.float64]]


@lru_cache(maxsize=32)
def metrics(convention: Convention) -> Metrics:
    """What can be asked of n cells in P sections, each as an array (P - 1, n - 1).

    Returns
    -------
    dict
        ``spread``, largest section minus smallest; ``ratio``, largest over smallest, infinite where
        the smallest is empty; ``shared``, cells in more than one section; ``empty`` sections;
        cells read ``past`` the box's end.

    Examples
    --------
    >>> from roipool import get_convention
    >>> float(metrics(get_convention("fast_rcnn"))["past"][7 - 1, 57 - 1])
    1.0
    """
    rows = [_of_count(count, convention) for count in range(1, MAX_BINS + 1)]
    return {question: np.array([row[question] for row in rows]) for question in QUESTIONS}


def _of_count(count: int, convention: Convention) -> Metrics:
    cells = np.arange(1, MAX_SIDE + 1)
    firsts, lasts = coordinates(MAX_SIDE, convention, 1.0)
    boxes = np.array([[0, firsts[0], firsts[0], lasts[1], last] for last in lasts[1:]])
    bins = bin_edges(boxes, (count, 1), None, convention=convention)
    sizes = np.maximum(0, bins.y1 - bins.y0)
    least, most = sizes.min(axis=1), sizes.max(axis=1)
    cell = np.arange(MAX_SIDE + 1)[:, None, None]
    held = ((bins.y0 <= cell) & (cell < bins.y1)).sum(axis=2)  # (cell, n): in how many sections
    ratio = np.full(len(cells), np.inf)
    np.divide(most, least, out=ratio, where=least > 0)
    return {
        "spread": (most - least).astype(np.float64),
        "ratio": ratio,
        "shared": (held > 1).sum(axis=0).astype(np.float64),
        "empty": (sizes == 0).sum(axis=1).astype(np.float64),
        "past": np.maximum(0, bins.y1.max(axis=1) - cells).astype(np.float64),
    }


def told(question: str, value: float, text: Text) -> str:
    """A value of the map in words."""
    if question == "ratio":
        if value == np.inf:
            return text("sizes.map.ratio.none")
        return text("sizes.map.ratio.many", value=number(value))
    form = "none" if value == 0 else "one" if value == 1 else "many"
    return text(f"sizes.map.{question}.{form}", value=int(value))
