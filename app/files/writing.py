"""Boxes as files that `app.files` reads back exactly; `roipool.files` writes arrays."""

from collections.abc import Sequence

import numpy as np

from app.exercise.record import Box
from app.text import plain
from roipool.boxes import COLUMNS as BOX_COLUMNS
from roipool.files import write

_SEPARATORS = {"csv": ",", "tsv": "\t"}


def write_boxes(boxes: Sequence[Box], kind: str) -> bytes:
    r"""Boxes as a file of a kind in `WRITTEN`; as text they come under the names of their columns.

    Examples
    --------
    >>> write_boxes([(0.0, 0.0, 3.0, 7.5, 8.0)], "csv")
    b'batch_index,x1,y1,x2,y2\n0,0,3,7.5,8\n'
    """
    if kind in _SEPARATORS:
        rows = [BOX_COLUMNS, *([plain(value) for value in box] for box in boxes)]
        return "".join(_SEPARATORS[kind].join(row) + "\n" for row in rows).encode()
    return write(np.array(boxes, dtype=np.float64).reshape(-1, 5), kind, "boxes")
