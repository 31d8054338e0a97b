"""How the library cuts the selected box of an exercise."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

import roipool
from app.exercise.record import Box, Exercise
from app.lessons.question import Cut, Span
from roipool import Convention


def library_cut(exercise: Exercise) -> Cut:
    """The sections of the selected box as the exercise's convention cuts them.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> library_cut(article_exercise())
    Cut(rows=((3, 5), (5, 8)), cols=((0, 3), (3, 7)))
    """
    return _cut_and_whole(exercise)[0]


def whole(exercise: Exercise) -> Cut:
    """The cells of the selected box, clipped to nothing: one span each."""
    return _cut_and_whole(exercise)[1]


def _cut_and_whole(exercise: Exercise) -> tuple[Cut, Cut]:
    return _bins(
        exercise.boxes[exercise.selected],
        exercise.output_size,
        exercise.size,
        exercise.spatial_scale,
        exercise.convention,
    )


# A search for a box asks for hundreds, and the next instance for the same ones: what is on the map
# has no part in them. Nothing is pooled.
@lru_cache(maxsize=8192)
def _bins(
    box: Box,
    output_size: tuple[int, int],
    size: tuple[int, int],
    spatial_scale: float,
    convention: str | Convention,
) -> tuple[Cut, Cut]:
    bins = roipool.bin_edges([box], output_size, size, spatial_scale, convention)
    sections = Cut(_spans(bins.y0[0], bins.y1[0]), _spans(bins.x0[0], bins.x1[0]))
    return sections, Cut((_span(bins.rows[0]),), (_span(bins.cols[0]),))


def _spans(starts: NDArray[np.int32], stops: NDArray[np.int32]) -> tuple[Span, ...]:
    return tuple(zip(starts.tolist(), stops.tolist(), strict=True))


def _span(ends: NDArray[np.integer]) -> Span:
    start, stop = (int(end) for end in ends)
    return start, stop
