"""Boxes as programs write them, made by hand: the same two in every dialect."""

import numpy as np

from app.files import boxes_reading, typed_boxes
from app.text import LANGUAGES, Text

BOXES = ((0.0, 0.0, 3.0, 7.0, 8.0), (0.0, 1.0, 1.0, 4.0, 4.5))
CORNERS = [list(box[1:]) for box in BOXES]
SIZES = [[0, 3, 7, 5], [1, 1, 3, 3.5]]
EXTENT = (10.0, 20.0)
# cx, cy, w, h of the same boxes in fractions of 20 columns and 10 rows.
CENTRES = [[0.175, 0.55, 0.35, 0.5], [0.125, 0.275, 0.15, 0.35]]
PARTS = [[0, 0.3, 0.35, 0.8], [0.05, 0.1, 0.2, 0.45]]


def lines(rows, separator=" ", before="", after="", head="", end="\n"):
    text = "".join(f"{before}{separator.join(map(str, row))}{after}{end}" for row in rows)
    return f"{head}{end}{text}" if head else text


def record(names, row, **more):
    return dict(zip(names, row, strict=True)) | more


def voc(rows, more=""):
    objects = "".join(
        f"<object><name>cat</name>{more}<bndbox><xmax>{c}</xmax><xmin>{a}</xmin>"
        f"<ymin>{b}</ymin><ymax>{d}</ymax></bndbox></object>"
        for a, b, c, d in rows
    )
    size = "<size><width>20</width><height>10</height><depth>3</depth></size>"
    return f"<annotation><filename>1.jpg</filename>{size}{objects}</annotation>"


TENSOR = f"tensor({CORNERS}, device='cuda:0')"
CVAT = "".join(
    f'<box label="a" xtl="{a}" ytl="{b}" xbr="{c}" ybr="{d}"/>' for a, b, c, d in CORNERS
)


def check_read(text, said):
    """Hold that a text gives the two boxes, from a file and pasted, and what is said of it."""
    for reading in (boxes_reading("b", text.encode(), 1, EXTENT), typed_boxes(text, 1, EXTENT)):
        assert np.allclose(reading.value, BOXES, atol=1e-9, rtol=0)
        keys = [one.key for one in reading.how]
        assert [key for key in keys if key != "unused" or "unused" in said] == said
        for language in LANGUAGES:
            for words in (*reading.how, *reading.others):
                assert "{" not in words.sentence(Text(language))
