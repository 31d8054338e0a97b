"""Exercise: the one frozen record of what is on screen, and what pooling makes of it."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

import roipool
from roipool import Bins, Convention

Cells = tuple[tuple[float, ...], ...]
Box = tuple[float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Exercise:
    """A feature map, boxes on it and how they are pooled.

    Attributes
    ----------
    cells : rows of the feature map, one image and one channel
    boxes : rows ``(batch_index, x1, y1, x2, y2)``; the numbers are the truth, the cells that
        the stage draws are what the convention makes of them
    output_size : (PH, PW)
    convention : name of a preset
    selected : index of the box whose pooling is played; 0 where there is none
    """

    cells: Cells
    boxes: tuple[Box, ...]
    output_size: tuple[int, int] = (2, 2)
    convention: str = "article"
    selected: int = 0

    @property
    def size(self) -> tuple[int, int]:
        """(rows, columns) of the map."""
        return len(self.cells), len(self.cells[0])

    def with_boxes(self, boxes: tuple[Box, ...], selected: int | None = None) -> "Exercise":
        """The same exercise with other boxes; the selection stays where it can."""
        wanted = self.selected if selected is None else selected
        return replace(self, boxes=boxes, selected=max(0, min(wanted, len(boxes) - 1)))

    def with_cells(self, cells: Cells) -> "Exercise":
        """The same boxes on another map; a box that no longer fits is cut to it."""
        rows, cols = len(cells), len(cells[0])
        if (rows, cols) == self.size:
            return replace(self, cells=cells)
        end = roipool.get_convention(self.convention).end_offset
        boxes = tuple(_fit(box, rows, cols, end) for box in self.boxes)
        return replace(self, cells=cells, boxes=boxes)


@dataclass(frozen=True, slots=True)
class Result:
    """What pooling makes of an exercise: bins, outputs (N, PH, PW) and their places.

    Attributes
    ----------
    backend : which one computed it, "numpy" or "cupy"
    seconds : what the library's call took when it was computed
    warning : what the library said where it took another backend than it was asked for
    """

    convention: Convention
    bins: Bins
    output: NDArray[np.float64]
    argmax: NDArray[np.int32]
    backend: str
    seconds: float
    warning: str | None


@lru_cache(maxsize=64)
def pool(exercise: Exercise, backend: str = "numpy") -> Result:
    """Pool every box of an exercise; the arrays are NumPy's, whichever backend computes."""
    convention = roipool.get_convention(exercise.convention)
    maps = np.array(exercise.cells, dtype=np.float64)[None, None]
    arguments = (list(exercise.boxes), exercise.output_size)
    with _heard(backend) as heard:
        start = perf_counter()
        output, argmax = roipool.roi_pool_with_argmax(
            maps, *arguments, convention=convention, backend=backend
        )
        seconds = perf_counter() - start
    warning = heard[0] if heard else None
    made_by = "numpy" if warning else backend
    bins = roipool.bin_edges(*arguments, exercise.size, convention=convention)
    return Result(convention, bins, output[:, 0], argmax[:, 0], made_by, seconds, warning)


_one_listens = Lock()


@contextmanager
def _heard(backend: str) -> Iterator[list[str]]:
    """What the library warns of inside: that the GPU had no room, and NumPy took over."""
    heard: list[str] = []
    if backend == "numpy":
        yield heard
        return
    # Listening swaps the process's filters, so only the GPU's calls do it, one at a time.
    with _one_listens:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield heard
        for one in caught:
            if issubclass(one.category, RuntimeWarning) and one.filename == __file__:
                heard.append(str(one.message))
            else:
                # Another thread's, or about something else: on it goes.
                warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)


def article_exercise() -> Exercise:
    """The example as it stands in the article."""
    return Exercise(
        cells=as_cells(roipool.article.FEATURE_MAP[0, 0]),
        boxes=tuple(as_box(row) for row in roipool.article.BOXES),
        output_size=roipool.article.OUTPUT_SIZE,
    )


def as_cells(array: NDArray[np.floating]) -> Cells:
    """Rows of Python floats, which compare, hash and travel as JSON."""
    return tuple(tuple(float(value) for value in row) for row in array)


def as_box(row: NDArray[np.floating] | list[float]) -> Box:
    """A box of Python floats."""
    index, x1, y1, x2, y2 = (float(value) for value in row)
    return index, x1, y1, x2, y2


def _fit(box: Box, rows: int, cols: int, end_offset: int) -> Box:
    index, x1, y1, x2, y2 = box
    x1, x2 = _fit_axis(x1, x2, cols, end_offset)
    y1, y2 = _fit_axis(y1, y2, rows, end_offset)
    return index, x1, y1, x2, y2


def _fit_axis(first: float, last: float, size: int, end_offset: int) -> tuple[float, float]:
    if last + end_offset <= size:
        return first, last
    return max(0.0, min(first, size - 1.0)), float(size - end_offset)
