"""People's own boxes: a file or pasted text in, rows (batch_index, x1, y1, x2, y2) out."""

import numpy as np

from app.exercise.record import Box
from app.files import annotations, box_prints, markup
from app.files.box_tables import Extent, of_lines, of_table
from app.files.contents import as_text, check_size, kind_of, pick
from app.files.doubts import Doubts, Reading
from app.files.nested import as_array, is_json, load
from app.files.printed import check_text
from app.files.problems import ReadError
from app.files.reading import numbers_text, read
from app.files.shapes import check_boxes
from app.files.tables import rows_of
from app.files.typed import plain_signs
from app.files.ways import Ways
from roipool.files import BOXES


def boxes_reading(
    name: str, content: bytes, images: int, extent: Extent | None = None, ways: Ways = ()
) -> Reading[tuple[Box, ...]]:
    r"""Boxes ``(batch_index, x1, y1, x2, y2)`` on so many images, and how they were read.

    Read are CSV, TSV, JSON, NPY and NPZ files of rows of numbers, COCO's and LabelMe's JSON,
    Pascal VOC's and CVAT's XML, YOLO's text, and boxes as PyTorch and Detectron2 print them.

    Parameters
    ----------
    extent : (rows, columns) of the map in units of the boxes; without it nothing is taken for
        fractions of the map

    Raises
    ------
    ReadError
        As in `maps_reading`; also where a row has not five numbers and cannot be read otherwise,
        or names no image. Its `others` are ways in which a person may want it read.

    Examples
    --------
    >>> boxes_reading("boxes.json", b'{"rois": [[1, 0, 3, 7, 8]]}', images=2).value
    ((1.0, 0.0, 3.0, 7.0, 8.0),)
    >>> reading = boxes_reading("1.txt", b"0 .5 .5 .5 .25", images=1, extent=(8, 8))
    >>> reading.value, reading.how[0].key
    (((0.0, 2.0, 3.0, 6.0, 5.0),), 'columns.centre.fractions')
    """
    doubts = Doubts(ways)
    try:
        boxes = _boxes(name, content, images, extent, doubts)
    except ReadError as error:
        raise doubts.refusal(error) from error
    return doubts.reading(boxes)


def read_boxes(name: str, content: bytes, images: int) -> tuple[Box, ...]:
    """The boxes of `boxes_reading`, each doubt settled in the likeliest way.

    Examples
    --------
    >>> read_boxes("boxes.csv", b"0, 0, 3, 7, 8", images=1)
    ((0.0, 0.0, 3.0, 7.0, 8.0),)
    """
    return boxes_reading(name, content, images).value


def typed_boxes(
    text: str, images: int = 1, extent: Extent | None = None, ways: Ways = ()
) -> Reading[tuple[Box, ...]]:
    """Boxes of pasted text, as in `boxes_reading`. No text is no box.

    Examples
    --------
    >>> typed_boxes("0 0 3 7 8").value, typed_boxes(" ").value
    (((0.0, 0.0, 3.0, 7.0, 8.0),), ())
    """
    if not text.strip():
        return Reading(())
    return boxes_reading("", plain_signs(text).encode(), images, extent, ways)


def _boxes(
    name: str, content: bytes, images: int, extent: Extent | None, doubts: Doubts
) -> tuple[Box, ...]:
    check_size(content)
    if kind_of(content) != "text":
        table = read(name, content, BOXES, check_boxes, doubts)
        return of_table(table, images, extent, doubts)
    text = as_text(name, content)
    if markup.is_markup(text):
        check_text(text)
        return markup.boxes(text, images, doubts)
    whole, text = text, numbers_text(name, content)
    return _of_text(whole, text, images, extent, doubts)


def _of_text(
    whole: str, text: str, images: int, extent: Extent | None, doubts: Doubts
) -> tuple[Box, ...]:
    printed = box_prints.boxes(whole, images, doubts)
    if printed is not None:
        return printed
    if not is_json(text):
        return of_lines(rows_of(text, doubts), whole, images, extent, doubts)
    data = load(text)
    if annotations.are(data):
        return annotations.boxes(data, images, extent, doubts)
    if isinstance(data, dict):
        data = data[pick(list(data), BOXES, doubts)]
        if annotations.are(data):
            return annotations.boxes(data, images, extent, doubts)
    table = as_array(data, check_boxes)
    return of_table(np.asarray(table), images, extent, doubts)
