"""Feature maps to choose from."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from app.exercise.limits import MAX_SIDE
from app.exercise.maps import Cells, Maps, as_cells
from app.exercise.record import article_exercise
from roipool.article import FEATURE_MAP


def make_cells(kind: str, rows: int, cols: int, seed: int = 0) -> Cells:
    """The cells of a map of a kind in `KINDS`; the article's has its own size.

    Examples
    --------
    >>> make_cells("checkerboard", 2, 3)
    ((0.0, 1.0, 0.0), (1.0, 0.0, 1.0))
    """
    if kind == "article":
        return article_exercise().cells
    return as_cells(_MAKERS[kind](rows, cols, seed).round(2))


def make_maps(
    kind: str, rows: int, cols: int, seed: int = 0, images: int = 1, channels: int = 1
) -> Maps:
    """Maps of a kind for a whole batch; the first is that of `make_cells`, the others differ.

    Examples
    --------
    >>> make_maps("gradient", 2, 3, channels=2).array[0, 1].tolist()
    [[0.67, 1.0, 0.33], [0.33, 0.67, 0.0]]
    """
    if kind == "article":
        return Maps(FEATURE_MAP)
    if kind == "random":
        planes = np.random.default_rng(seed).random((images, channels, rows, cols)).round(2)
        return Maps(planes)
    plane = np.array(make_cells(kind, rows, cols, seed))
    shifted = [np.roll(plane, (k, 2 * k), axis=(0, 1)) for k in range(images * channels)]
    return Maps(np.reshape(shifted, (images, channels, rows, cols)))


def _random(rows: int, cols: int, seed: int) -> NDArray[np.float64]:
    return np.random.default_rng(seed).random((rows, cols))


def _gradient(rows: int, cols: int, seed: int) -> NDArray[np.float64]:
    down, across = np.mgrid[0:rows, 0:cols]
    return np.asarray((down + across) / (rows + cols - 2))


def _checkerboard(rows: int, cols: int, seed: int) -> NDArray[np.float64]:
    down, across = np.mgrid[0:rows, 0:cols]
    return np.asarray((down + across) % 2.0)


def _peak(rows: int, cols: int, seed: int) -> NDArray[np.float64]:
    down, across = np.mgrid[0:rows, 0:cols]
    distance = (down - rows // 2) ** 2 + (across - cols // 2) ** 2
    return np.asarray(np.exp(-distance / (0.08 * rows * cols)))


def _continued(rows: int, cols: int, seed: int) -> NDArray[np.float64]:
    """The article's map as the corner of a larger one, the same at every size."""
    plane = np.random.default_rng(2017).random((MAX_SIDE, MAX_SIDE))
    article = FEATURE_MAP[0, 0]
    plane[: article.shape[0], : article.shape[1]] = article
    return plane[:rows, :cols]


_MAKERS: dict[str, Callable[[int, int, int], NDArray[np.float64]]] = {
    "random": _random,
    "gradient": _gradient,
    "checkerboard": _checkerboard,
    "peak": _peak,
    "continued": _continued,
}

MADE = ("article", *_MAKERS)
"""Kinds that are made here."""

KINDS = (*MADE, "pasted", "file")
FIXED = tuple(kind for kind in MADE if kind != "random")
"""Those that their size alone decides."""
