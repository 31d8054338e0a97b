"""Lengths that the sections do not divide: the page's exercises, and what the rounding changes."""

from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from app.exercise.coordinates import coordinates
from app.exercise.limits import MAX_SIDE
from app.exercise.lookup import edge_table
from app.exercise.record import Box, Exercise, pool
from app.text import Text

ROWS, COLS = 0, 1
"""An axis, as an index into (rows, columns)."""

# More sections than this are told by their range, and the shared cells by their number.
MOST_LISTED = 7

_AXES = ("sizes.axis.rows", "sizes.axis.cols")


def length(exercise: Exercise, axis: int) -> int:
    """How many cells the selected box spans along an axis; 1 where it holds none."""
    if not exercise.boxes:
        return 1
    start, stop = _span(exercise, axis)
    return max(1, min(MAX_SIDE, stop - start))


def with_length(exercise: Exercise, axis: int, cells: int) -> Exercise:
    """The exercise with the selected box spanning so many cells along an axis.

    The box stays where it starts, unless a map cannot show it there with one cell more.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> with_length(article_exercise(), ROWS, 57).boxes
    ((0.0, 0.0, 3.0, 7.0, 60.0),)
    >>> with_length(article_exercise(), ROWS, 62).boxes
    ((0.0, 0.0, 1.0, 7.0, 63.0),)
    """
    boxes = list(exercise.boxes) or [(0.0, 0.0, 0.0, 1.0, 1.0)]
    exercise = replace(exercise, boxes=tuple(boxes))
    start = max(0, min(_span(exercise, axis)[0], MAX_SIDE - 1 - cells))
    lines = coordinates(MAX_SIDE, exercise.rule, exercise.spatial_scale)
    first, last = lines.firsts[start], lines.lasts[start + cells]
    index, x1, y1, x2, y2 = boxes[exercise.selected]
    changed: Box = (index, x1, first, x2, last) if axis == ROWS else (index, first, y1, last, y2)
    boxes[exercise.selected] = changed
    return exercise.with_boxes(tuple(boxes))


def with_case(exercise: Exercise, cells: int, count: int) -> Exercise:
    """The exercise with a box of so many cells in so many sections, along both axes."""
    for axis in (ROWS, COLS):
        exercise = with_length(exercise, axis, cells)
    return replace(exercise, output_size=(count, count))


def _span(exercise: Exercise, axis: int) -> tuple[int, int]:
    bins = pool(exercise).bins
    start, stop = (bins.rows, bins.cols)[axis][exercise.selected].tolist()
    return start, stop


def sections(cells: int, count: int, convention: str) -> list[tuple[int, int]]:
    """The spans of so many sections of so many cells, counted from the first of them.

    Examples
    --------
    >>> sections(5, 2, "article"), sections(5, 2, "fast_rcnn")
    ([(0, 2), (2, 5)], [(0, 3), (2, 5)])
    """
    starts, stops = edge_table(MAX_SIDE, count, convention)["lengths"][cells - 1]
    return list(zip(starts, stops, strict=True))


def shared_cells(spans: list[tuple[int, int]]) -> list[int]:
    """The cells that more than one span holds.

    Examples
    --------
    >>> shared_cells([(0, 3), (2, 5)])
    [2]
    """
    held = [cell for start, stop in spans for cell in range(start, stop)]
    return sorted({cell for cell in held if held.count(cell) > 1})


@lru_cache(maxsize=1024)
def difference(axis: int, cells: int, count: int, language: str) -> str:
    """What changes along an axis between ``article`` and ``fast_rcnn``, in one sentence.

    Examples
    --------
    >>> print(difference(ROWS, 5, 2, "en"))
    Rows, 5 in 2: article cuts 2 + 3; fast_rcnn cuts 3 + 3 and shares cell 2.
    """
    text = Text(language)
    named = {"axis": text(_AXES[axis]), "n": cells, "p": count}
    article, fast = (sections(cells, count, name) for name in ("article", "fast_rcnn"))
    if article == fast:
        each = cells // count
        number = "one" if each == 1 else "many"
        return text("sizes.same", **named, each=text(f"sizes.cells.{number}", cells=each))
    told = {
        **named,
        "article": _told_sizes(article, text),
        "fast": _told_sizes(fast, text),
        "shared": _told_cells(shared_cells(fast), text),
    }
    past = max(stop for _, stop in fast) > cells
    return text("sizes.differ.past", **told, cell=cells) if past else text("sizes.differ", **told)


def differences(axis: int, count: int, text: Text) -> list[str]:
    """`difference` for each length that a box can have, from one cell to the most."""
    return [difference(axis, n, count, text.language) for n in range(1, MAX_SIDE + 1)]


def _told_sizes(spans: list[tuple[int, int]], text: Text) -> str:
    sizes = [max(0, stop - start) for start, stop in spans]
    if len(sizes) <= MOST_LISTED:
        told = " + ".join(map(str, sizes))
    else:
        least, most = min(sizes), max(sizes)
        told = text(
            "sizes.sections",
            count=len(sizes),
            sizes=f"{least}" if least == most else f"{least}–{most}",
        )
    empty = sizes.count(0)
    return text("sizes.empty", sizes=told, count=empty) if empty else told


def _told_cells(cells: list[int], text: Text) -> str:
    # Neighbours are as far from their place in the list as each other.
    runs = [
        [cell for _, cell in run] for _, run in groupby(enumerate(cells), lambda at: at[1] - at[0])
    ]
    if len(runs) > MOST_LISTED:
        return text("sizes.shared.count", count=len(cells))
    listed = text("sizes.list").join(text.span(run[0], run[-1] + 1) for run in runs)
    return text("sizes.shared.one" if len(cells) == 1 else "sizes.shared.many", cells=listed)
