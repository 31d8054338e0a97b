"""The room round the boxes that the page adds to a map, and that stays on the page."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.exercise.feature_maps import make_cells
from app.exercise.limits import MAX_SIDE
from app.exercise.maps import Maps
from app.exercise.record import Exercise, pool
from app.text import Text

LEAST_SIDE = 8


def as_brought(exercise: Exercise) -> Exercise:
    """`with_room` for an exercise of another page, whose map keeps its size.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> from app.sizes.cases import ROWS, with_length
    >>> brought = replace(article_exercise(), maps=Maps(make_cells("continued", 20, 12)))
    >>> as_brought(brought).size, as_brought(with_length(brought, ROWS, 57)).size
    ((20, 12), (61, 12))
    """
    own = Maps(exercise.maps.array, exercise.size)
    return with_room(replace(exercise, maps=own))


def with_room(exercise: Exercise) -> Exercise:
    """The exercise on a map that shows one cell past every box, as far as a map can.

    What grows, and goes again when nobody needs it, is the article's map, continued; what is the
    reader's own stays, and so do the boxes.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> with_room(article_exercise()).size
    (9, 8)
    """
    return _roomy(exercise, [end + 1 for end in _ends(exercise)])


def without_room(exercise: Exercise) -> Exercise:
    """`with_room`, and nothing of what this page has added for itself.

    A map that was brought is again as large as it was, wherever the boxes end; one that began on
    this page is as large as they need it.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> without_room(with_room(article_exercise())) == article_exercise()
    True
    >>> from app.sizes.cases import ROWS, with_length
    >>> without_room(as_brought(with_length(article_exercise(), ROWS, 57))).size
    (8, 8)
    """
    return _roomy(exercise, exercise.maps.own or _ends(exercise))


def added(exercise: Exercise, text: Text) -> str:
    """What of the map is the page's own, in words; nothing where that is none of it.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> added(with_room(article_exercise()), Text("en"))
    'row 8'
    """
    own = exercise.maps.own or (LEAST_SIDE, LEAST_SIDE)
    said = zip((text.rows, text.cols), own, exercise.size, strict=True)
    return text("stage.list").join(name(*sides) for name, *sides in said if sides[0] < sides[1])


def _ends(exercise: Exercise) -> list[int]:
    """The row and the column that the boxes end before; 0 where there are none."""
    bins = pool(exercise).bins
    return [int(axis[:, 1].max(initial=0)) for axis in (bins.rows, bins.cols)]


def _roomy(exercise: Exercise, needed: Sequence[int]) -> Exercise:
    """The exercise on a map of so many (rows, columns), or as many as are the reader's own."""
    own = np.argwhere((exercise.maps.array != make_cells("continued", *exercise.size)).any((0, 1)))
    kept = (own + 1).max(axis=0, initial=0).tolist()
    least = exercise.maps.own or (LEAST_SIDE, LEAST_SIDE)
    rows, cols = (min(MAX_SIDE, max(sides)) for sides in zip(least, needed, kept, strict=True))
    if (rows, cols) == exercise.size:
        return exercise
    before = exercise.maps.array[..., :rows, :cols]
    array = np.empty((*before.shape[:2], rows, cols))
    array[...] = make_cells("continued", rows, cols)
    array[..., : before.shape[2], : before.shape[3]] = before
    return replace(exercise, maps=Maps(array, exercise.maps.own))
