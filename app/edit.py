"""What comes back from the stage, applied to the exercise. Pure functions, no Streamlit."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.exercise import Box, Exercise, as_box
from app.gradient import edited as edited_gradient
from app.limits import MAX_BOXES
from app.maps import Cells
from app.text import Text, plain


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was typed or sent and cannot be used.

    Attributes
    ----------
    key : of the sentence in assets/i18n, under "problem."
    box, column : the place in the table of boxes
    values : what the sentence names
    """

    key: str
    box: int | None = None
    column: int | None = None
    values: tuple[tuple[str, object], ...] = ()

    def sentence(self, text: Text) -> str:
        """The problem in words; a long word of theirs is cut, so that the message stays one."""
        return text(
            f"problem.{self.key}",
            **{
                name: value[:40] if isinstance(value, str) else value for name, value in self.values
            },
        )


def apply_edit(exercise: Exercise, edit: Mapping[str, Any]) -> tuple[Exercise, tuple[Problem, ...]]:
    """The exercise after a change on the stage, and what of it could not be used.

    A change holds all ``boxes``, the changed ``cells`` as ``[row, column, value]`` and the
    ``plane`` ``[image, channel]`` that they were painted on, the ``selected`` box, and the
    ``image`` and ``channel`` to look at; from the page of the gradient also the ``gradient`` that
    arrives at the outputs. What cannot be used is left as it was.

    Examples
    --------
    >>> from app.exercise import article_exercise
    >>> edited, problems = apply_edit(article_exercise(), {"cells": [[0, 0, 1.5]]})
    >>> edited.cells[0][0], problems
    (1.5, ())
    """
    maps = exercise.maps
    image = _index(edit.get("image"), maps.images, exercise.image)
    channel = _index(edit.get("channel"), maps.channels, exercise.channel)
    painted = _painted(exercise, edit.get("cells"), edit.get("plane") or [image, channel])
    boxes, problems = _read_boxes(edit.get("boxes"), exercise)
    selected = _index(edit.get("selected"), len(boxes), exercise.selected)
    gradient = edited_gradient(exercise, edit.get("gradient"))
    edited = replace(painted, channel=channel, gradient=gradient).with_boxes(boxes, selected)
    # The look follows a box that goes to another image, and stays where it was put otherwise.
    same = len(boxes) == len(exercise.boxes) and bool(boxes)
    if not (same and boxes[edited.selected][0] != exercise.boxes[edited.selected][0]):
        edited = replace(edited, image=image)
    # Whoever looks at another image sees its boxes play.
    return edited if edited.played is not None else edited.looking_at(edited.image), problems


def _painted(exercise: Exercise, changes: Any, plane: Any) -> Exercise:
    """The exercise with other cells in the plane that they were painted on, if it is there."""
    image, channel = plane
    maps = exercise.maps
    if not changes or image not in range(maps.images) or channel not in range(maps.channels):
        return exercise
    cells = _with_cells(maps.plane(image, channel), changes)
    return replace(exercise, maps=maps.with_plane(image, channel, cells))


def as_place(sent: Any, before: tuple[int, int]) -> tuple[int, int]:
    """A (row, column) of the output from the stage; the one before where it is none.

    Examples
    --------
    >>> as_place([1, 0], (0, 0)), as_place([-1, 0], (2, 2)), as_place(None, (2, 2))
    ((1, 0), (2, 2), (2, 2))
    """
    if not isinstance(sent, list) or len(sent) != 2:
        return before
    if not all(isinstance(part, int) and part >= 0 for part in sent):
        return before
    return sent[0], sent[1]


def _index(sent: Any, count: int, before: int) -> int:
    """A whole number below `count` from the stage; the one before where it is none."""
    whole = isinstance(sent, int) and not isinstance(sent, bool)
    return sent if whole and 0 <= sent < count else before


def _with_cells(cells: Cells, changes: list[Any]) -> Cells:
    changed = [list(row) for row in cells]
    for row, col, value in changes:
        # A change of a map that has been replaced meanwhile may point outside it.
        if row in range(len(changed)) and col in range(len(changed[0])) and _is_finite(value):
            changed[row][col] = float(value)
    return tuple(map(tuple, changed))


def _read_boxes(rows: Any, exercise: Exercise) -> tuple[tuple[Box, ...], tuple[Problem, ...]]:
    if not isinstance(rows, list):
        return exercise.boxes, ()
    problems = []
    if len(rows) > MAX_BOXES:
        problems.append(Problem("too_many_boxes", values=(("most", MAX_BOXES),)))
        rows = rows[:MAX_BOXES]
    boxes = []
    for i, row in enumerate(rows):
        problem = _check(row, i, exercise.maps.images)
        if problem is None:
            boxes.append(as_box(row))
            continue
        problems.append(problem)
        if i < len(exercise.boxes):
            boxes.append(exercise.boxes[i])
    return tuple(boxes), tuple(problems)


def _check(row: Any, box: int, images: int) -> Problem | None:
    if not isinstance(row, list) or len(row) != 5:
        return Problem("box_columns", box)
    for column, value in enumerate(row):
        if not _is_finite(value):
            return Problem("not_a_number", box, column, (("text", value),))
    if row[0] not in range(images):
        return no_such_image(row[0], images, box)
    return None


def no_such_image(index: float, images: int, box: int | None = None) -> Problem:
    """The problem of a batch index that none of so many images has."""
    column = None if box is None else 0
    values: tuple[tuple[str, object], ...] = (("index", plain(index)),)
    if images == 1:
        return Problem("batch_index", box, column, values)
    values += (("images", images), ("last", images - 1))
    return Problem("batch_index.many", box, column, values)


def _is_finite(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
