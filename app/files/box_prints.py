"""Boxes in the midst of what Detectron2, torchvision, Ultralytics and MMDetection print.

The rows stand in brackets behind a name, each time for another image.
"""

import re

import numpy as np

from app.exercise.record import Box
from app.files.box_tables import placed
from app.files.columns import Table, as_corners
from app.files.doubts import Doubts
from app.files.nested import as_array
from app.files.printed import lists
from app.files.problems import reject
from app.files.shapes import check_boxes

_CALL = r"(?:(?:\w+\.)*\w+\(\s*){0,3}"
# By what they are read as; the first that is there is taken.
_NAMES = {
    "instances": r"\b(?:pred_boxes|gt_boxes|proposal_boxes)",
    "ultralytics": r"\bxyxy",
    "torchvision": r"""['"]?\b(?:boxes|bboxes)['"]?""",
}
_TENSOR = re.compile(r"\b(?:Boxes|BoundingBoxes)\(\s*(?:tensor\(\s*)?(?=\[)")
_FIVE = 5
_FORMAT = re.compile(r"BoundingBoxFormat\.(\w+)")
_GEOMETRIES = {"XYXY": ("x1",), "XYWH": ("x", "y", "w", "h"), "CXCYWH": ("cx", "cy", "w", "h")}
_PRINTED = re.compile(r"(?:tensor|array|Tensor|Array|Boxes|BoundingBoxes)\(|\bxyxy:")


def boxes(text: str, images: int, doubts: Doubts) -> tuple[Box, ...] | None:
    """The boxes of a print, or None where there are none behind a known name."""
    if not _PRINTED.search(text):
        return None
    for kind, name in _NAMES.items():
        starts = [one.end() for one in re.finditer(rf"{name}(?:\s*:|=)\s*{_CALL}(?=\[)", text)]
        if starts:
            tables = [_table(text, start) for start in starts]
            if len(tables) == 1 and tables[0].shape[-1] == _FIVE:
                return None  # rows as RoI pooling takes them, with a name
            doubts.say(kind)
            return _of(tables, ("x1",), images, doubts)
    starts = [one.end() for one in _TENSOR.finditer(text)]
    if not starts:
        return None
    named = _FORMAT.search(text)
    way = named[1] if named else "XYXY"
    if way not in _GEOMETRIES:
        raise reject("annotations.format", format=way)
    doubts.say("tensor", format=way)
    tables = [_table(text, start) for start in starts]
    return _of(tables, _GEOMETRIES[way], images, doubts)


def _of(
    found: list[Table], geometry: tuple[str, ...], images: int, doubts: Doubts
) -> tuple[Box, ...]:
    """The boxes of tables, those of each on an image of its own."""
    if len(found) > images:
        raise reject("boxes.pictures", count=len(found), images=images)
    tables = [np.zeros((0, 5))]
    for index, table in enumerate(found):
        if len(table):
            if table.shape[1] != 4:
                raise reject("file.boxes", shape="×".join(map(str, table.shape)))
            corners = as_corners(table, geometry)
            tables.append(np.column_stack([np.full(len(table), float(index)), corners]))
    table = np.concatenate(tables)
    check_boxes(table.shape)
    return placed(table[:, 0], table[:, 1:], images, None, doubts)


def _table(text: str, start: int) -> Table:
    stop = _closing(text, start)
    try:
        rows = lists(text[start:stop])
    except ValueError as error:
        elided = "..." in text[start:stop]
        raise reject("file.elided" if elided else "annotations.print") from error
    return as_array(rows, check_boxes)


def _closing(text: str, start: int) -> int:
    """Where the bracket that opens at `start` is closed, or the text ends."""
    depth = 0
    for bracket in re.compile(r"[\[\]]").finditer(text, start):
        depth += 1 if bracket[0] == "[" else -1
        if depth == 0:
            return bracket.end()
    return len(text)
