"""Feature maps to choose from, and the text that people paste: numbers in, cells out."""

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from app.edit import Problem
from app.exercise import Box, article_exercise, as_box
from app.limits import MAX_BOXES, MAX_SIDE, MIN_SIDE
from app.maps import Cells, Maps, as_cells
from roipool.article import FEATURE_MAP
from roipool.boxes import COLUMNS as BOX_COLUMNS


class PasteError(ValueError):
    """Pasted text that cannot be used; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.key)
        self.problem = problem


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

# What a person types for a minus, a comma and a semicolon.
_SIGN = str.maketrans({"−": "-", "，": ",", "；": ";"})

KINDS = ("article", *_MAKERS, "pasted")
FIXED = tuple(kind for kind in ("article", *_MAKERS) if kind != "random")
"""Those that their size alone decides."""


def parse_cells(text: str) -> Cells:
    r"""The cells of pasted text: a row a line, separated by commas, semicolons, tabs or spaces.

    Raises
    ------
    PasteError
        Empty cells, words, NaN, rows of unequal length, too few or too many cells. The problem
        counts rows and columns from 0, as the stage does.

    Examples
    --------
    >>> parse_cells("1, 2\n3\t4")
    ((1.0, 2.0), (3.0, 4.0))
    """
    rows = _fields(text)
    # Size first: nobody wants to hear of cell (0, 0) in a table that is too large anyway.
    size = {"rows": len(rows), "cols": max(map(len, rows))}
    if max(size.values()) > MAX_SIDE:
        raise _paste("too_large", **size, most=MAX_SIDE)
    for i, row in enumerate(rows):
        if len(row) != len(rows[0]):
            raise _paste("ragged", row=i, count=len(row), first=len(rows[0]))
    cells = tuple(
        tuple(_number(field, i, j) for j, field in enumerate(row)) for i, row in enumerate(rows)
    )
    if min(size.values()) < MIN_SIDE:
        raise _paste("too_small", **size, least=MIN_SIDE)
    return cells


def parse_boxes(text: str) -> tuple[Box, ...]:
    """The boxes of pasted text: five numbers a line. No text is no box.

    Raises
    ------
    PasteError
        Rows of another length (four numbers lack the batch index), words, NaN, a batch index
        other than 0, too many boxes.

    Examples
    --------
    >>> parse_boxes("0 0 3 7 8")
    ((0.0, 0.0, 3.0, 7.0, 8.0),)
    """
    if not text.strip():
        return ()
    rows = _fields(text)
    if rows[0] and [field.strip() for field in rows[0]][-4:] == list(BOX_COLUMNS[1:]):
        # A table copied with its header.
        rows = rows[1:]
    if len(rows) > MAX_BOXES:
        raise PasteError(
            Problem("boxes.too_many", values=(("count", len(rows)), ("most", MAX_BOXES)))
        )
    if not rows:
        raise _paste("empty")
    if all(len(row) == 4 for row in rows):
        raise PasteError(Problem("boxes.four"))
    boxes = []
    for i, row in enumerate(rows):
        if len(row) != 5:
            raise PasteError(Problem("boxes.columns", values=(("row", i), ("count", len(row)))))
        box = as_box([_number(field, i, j) for j, field in enumerate(row)])
        if box[0] != 0:
            raise PasteError(Problem("batch_index", values=(("index", row[0]),)))
        boxes.append(box)
    return tuple(boxes)


def _fields(text: str) -> list[list[str]]:
    text = text.translate(_SIGN)
    # Brackets are how programs print lists, in one line or several.
    lines = re.sub(r"\]\s*,\s*\[", "\n", text).splitlines()
    lines = [re.sub(r"^[ \[]+|\]+,? *$", "", line) for line in lines]
    rows = [_split(line) for line in lines if line.strip(", \t")]
    if not rows:
        raise _paste("empty")
    return rows


def _split(line: str) -> list[str]:
    """Fields of a line by its own separator, so that an empty field between two is noticed."""
    for separator in ("\t", ";", ","):
        if separator in line:
            fields = line.split(separator)
            # A comma at the end of a row is how many programs print lists.
            return fields[:-1] if separator == "," and not fields[-1].strip() else fields
    return line.split()


def _number(field: str, row: int, col: int) -> float:
    text = field.strip()
    if not text:
        raise _paste("missing", row=row, col=col)
    try:
        # float() would also take "1_000".
        value = float(text) if re.fullmatch(r"[\w.+-]+", text) and "_" not in text else None
    except ValueError:
        value = None
    if value is None:
        raise _paste("not_a_number", row=row, col=col, text=field.strip())
    if not np.isfinite(value):
        raise _paste("not_finite", row=row, col=col, text=field.strip())
    return value


def _paste(key: str, **values: object) -> PasteError:
    return PasteError(Problem(f"paste.{key}", values=tuple(values.items())))
