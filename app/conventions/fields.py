"""What stands in a field of the question, read as on other pages: numbers, and how they were read.

Rows of four or five bare numbers stay as they are, for what else they may be is just what is asked.
Boxes with names, of annotations or of a printout become rows (batch_index, x1, y1, x2, y2).
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from app.files import ReadError, Reading, Ways, array_reading, boxes_reading
from roipool.files import BOXES, MAPS, OUTPUT

Floats = NDArray[np.floating]
Extent = tuple[float, float]

_NAMES = {"map": MAPS, "output": OUTPUT, "other": OUTPUT}
# What may be interpreted without a word on which column is which.
_OF_NUMBERS = ("comma", "member")
# Ways to read that are about columns.
_OF_COLUMNS = ("columns", "unit", "coco", "voc")


def array_of(field: str, name: str, content: bytes, ways: Ways) -> Reading[Floats]:
    """The map or the output."""
    reading = array_reading(name, content, _NAMES[field], ways)
    return Reading(reading.value, reading.how, reading.others)


def boxes_of(name: str, content: bytes, ways: Ways, images: int, extent: Extent) -> Reading[Floats]:
    """The boxes, on so many images, as bare rows or as what the file says they are.

    Parameters
    ----------
    extent : (rows, columns) of the map in units of the boxes
    """
    bare: Reading[Floats] | None = None
    refused: ReadError | None = None
    try:
        bare = array_of_boxes(name, content, ways)
    except ReadError as error:
        refused = error
    if bare is not None and _is_bare(bare, ways):
        return bare
    try:
        reading = boxes_reading(name, content, images, extent, ways)
    except ReadError as error:
        if bare is None:
            # What reads boxes knows more of what is in such a file.
            raise error from refused
        if bare.how:
            raise
        return replace(bare, others=error.others)
    if not reading.value and bare is not None:
        return bare
    return Reading(np.array(reading.value, float).reshape(-1, 5), reading.how, reading.others)


def array_of_boxes(name: str, content: bytes, ways: Ways) -> Reading[Floats]:
    """The numbers of a file of boxes, whatever they are."""
    reading = array_reading(name, content, BOXES, ways)
    return Reading(reading.value, reading.how, reading.others)


def _is_bare(reading: Reading[Floats], ways: Ways) -> bool:
    """Whether these are rows of four or five numbers, of which nothing else is known."""
    table = np.atleast_2d(reading.value)
    named = any(not said.key.startswith(_OF_NUMBERS) for said in reading.how)
    chosen = any(way.kind in _OF_COLUMNS for way in ways)
    return table.ndim == 2 and table.shape[1] in (4, 5) and not named and not chosen
