"""What comes back from the stage, applied to the exercise. Pure functions, no Streamlit."""

from dataclasses import dataclass, replace

from app.exercise.gradient import edited as edited_gradient
from app.exercise.limits import MAX_BOXES
from app.exercise.maps import Cells
from app.exercise.received import Change, Row
from app.exercise.record import Box, Exercise
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


def apply_edit(exercise: Exercise, change: Change) -> tuple[Exercise, tuple[Problem, ...]]:
    """The exercise after a change on the stage, and what of it could not be used.

    What cannot be used is left as it was.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> edited, problems = apply_edit(article_exercise(), Change(1, cells=((0, 0, 1.5),)))
    >>> edited.cells[0][0], problems
    (1.5, ())
    """
    maps = exercise.maps
    image = _index(change.image, maps.images, exercise.image)
    channel = _index(change.channel, maps.channels, exercise.channel)
    painted = _painted(exercise, change, change.plane or (image, channel))
    boxes, problems = _read_boxes(change.boxes, exercise)
    selected = _index(change.selected, len(boxes), exercise.selected)
    gradient = edited_gradient(exercise, change.gradient)
    edited = replace(painted, channel=channel, gradient=gradient).with_boxes(boxes, selected)
    # The look follows a box that goes to another image, and stays where it was put otherwise.
    same = len(boxes) == len(exercise.boxes) and bool(boxes)
    if not (same and boxes[edited.selected][0] != exercise.boxes[edited.selected][0]):
        edited = replace(edited, image=image)
    # Whoever looks at another image sees its boxes play.
    return edited if edited.played is not None else edited.looking_at(edited.image), problems


def _index(sent: int | None, count: int, before: int) -> int:
    """An index below `count`; the one before where it is none."""
    return sent if sent is not None and sent < count else before


def _painted(exercise: Exercise, change: Change, plane: tuple[int, int]) -> Exercise:
    """The exercise with other cells in the plane that they were painted on, if it is there."""
    image, channel = plane
    maps = exercise.maps
    if not change.cells or image >= maps.images or channel >= maps.channels:
        return exercise
    cells = _with_cells(maps.plane(image, channel), change)
    return replace(exercise, maps=maps.with_plane(image, channel, cells))


def _with_cells(cells: Cells, change: Change) -> Cells:
    changed = [list(row) for row in cells]
    for row, col, value in change.cells:
        # A change of a map that has been replaced meanwhile may point outside it.
        if row < len(changed) and col < len(changed[0]):
            changed[row][col] = value
    return tuple(map(tuple, changed))


def _read_boxes(
    rows: tuple[Row, ...] | None, exercise: Exercise
) -> tuple[tuple[Box, ...], tuple[Problem, ...]]:
    if rows is None:
        return exercise.boxes, ()
    problems = []
    if len(rows) > MAX_BOXES:
        problems.append(Problem("too_many_boxes", values=(("most", MAX_BOXES),)))
    boxes = []
    for i, row in enumerate(rows[:MAX_BOXES]):
        read = _read_box(row, i, exercise.maps.images)
        if not isinstance(read, Problem):
            boxes.append(read)
            continue
        problems.append(read)
        if i < len(exercise.boxes):
            boxes.append(exercise.boxes[i])
    return tuple(boxes), tuple(problems)


def _read_box(row: Row, box: int, images: int) -> Box | Problem:
    """The box of a row, or what is wrong with it."""
    if len(row) != 5:
        return Problem("box_columns", box)
    for column, value in enumerate(row):
        if isinstance(value, str):
            return Problem("not_a_number", box, column, (("text", value),))
    index, x1, y1, x2, y2 = (float(value) for value in row)
    if index not in range(images):
        return no_such_image(index, images, box)
    return index, x1, y1, x2, y2


def no_such_image(index: float, images: int, box: int | None = None) -> Problem:
    """The problem of a batch index that none of so many images has."""
    column = None if box is None else 0
    values: tuple[tuple[str, object], ...] = (("index", plain(index)),)
    if images == 1:
        return Problem("batch_index", box, column, values)
    values += (("images", images), ("last", images - 1))
    return Problem("batch_index.many", box, column, values)
