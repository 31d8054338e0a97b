"""Which shapes fit on the stage: asked before an array of that shape is made."""

from collections.abc import Callable
from math import prod

import numpy as np
from numpy.typing import NDArray

from app.exercise.edit import no_such_image
from app.exercise.limits import MAX_BOXES, MAX_CHANNELS, MAX_IMAGES, MAX_SIDE, MIN_SIDE
from app.exercise.record import Box, as_box
from app.files.problems import ReadError, reject, reject_number

Shape = tuple[int, ...]
Check = Callable[[Shape], None]

# Of a row of a table of boxes, as detectors write it.
MAX_COLUMNS = 7
MAX_NUMBERS = MAX_IMAGES * MAX_CHANNELS * MAX_SIDE**2


def check_maps(shape: Shape) -> None:
    """Maps are (H, W), (C, H, W) or (B, C, H, W), and no axis is longer than the stage shows.

    Channels may come last; see app/files/axes.py.
    """
    if len(shape) not in (2, 3, 4):
        raise reject("file.rank", shape=written(shape))
    last = (*shape[:-3], shape[-1], *shape[-3:-1])
    if not _may_be_shown(shape) and not (len(shape) > 2 and _may_be_shown(last)):
        rows, cols = shape[-2:]
        if len(shape) == 2:
            raise reject("paste.too_large", rows=rows, cols=cols, most=MAX_SIDE)
        limits = {"images": MAX_IMAGES, "channels": MAX_CHANNELS, "most": MAX_SIDE}
        raise reject("file.too_large", shape=written(shape), **limits)


def _may_be_shown(shape: Shape) -> bool:
    images, channels, rows, cols = (1,) * (4 - len(shape)) + shape
    return max(rows, cols) <= MAX_SIDE and channels <= MAX_CHANNELS and images <= MAX_IMAGES


def check_least(shape: Shape) -> None:
    """Maps have enough cells: asked once they are read, for a word is no cell of a small map."""
    images, channels, rows, cols = (1,) * (4 - len(shape)) + shape
    if min(rows, cols) < MIN_SIDE or min(images, channels) < 1:
        if len(shape) == 2:
            raise reject("paste.too_small", rows=rows, cols=cols, least=MIN_SIDE)
        raise reject("file.too_small", shape=written(shape), least=MIN_SIDE)


def check_boxes(shape: Shape) -> None:
    """Boxes are rows of five, or of four to seven that can be read; no boxes may have any width."""
    if len(shape) <= 2 and 0 in shape[:1]:
        return
    if len(shape) != 2 or not 4 <= shape[1] <= MAX_COLUMNS:
        raise reject("file.boxes", shape=written(shape))
    if shape[0] > MAX_BOXES:
        raise reject("boxes.too_many", count=shape[0], most=MAX_BOXES)


def check_array(shape: Shape) -> None:
    """An array of its own has one to four axes, at least one number and not too many."""
    if not 1 <= len(shape) <= 4:
        raise reject("file.rank_of_array", shape=written(shape))
    if 0 in shape:
        raise reject("file.empty")
    if prod(shape) > MAX_NUMBERS:
        raise reject("file.too_many", shape=written(shape), most=MAX_NUMBERS)


def check_finite(array: NDArray[np.floating]) -> None:
    """NaN and infinities are refused, the first by its place."""
    wrong = np.argwhere(~np.isfinite(array))
    if len(wrong):
        place = tuple(int(i) for i in wrong[0])
        raise reject_number("not_finite", place, text=str(float(array[place])))


def as_checked_boxes(table: NDArray[np.floating], images: int) -> tuple[Box, ...]:
    """The boxes of a table (N, 5) whose batch indices name one of so many images."""
    check_finite(table)
    for i, row in enumerate(table):
        if row[0] not in range(images):
            raise ReadError(no_such_image(float(row[0]), images, box=i))
    return tuple(as_box(row) for row in table)


def reject_four(images: int) -> ReadError:
    """The error about rows of four: the batch index is missing."""
    if images == 1:
        return reject("boxes.four")
    return reject("boxes.four.many", last=images - 1)


def written(shape: Shape) -> str:
    return "×".join(map(str, shape)) if len(shape) > 1 else str(shape)
