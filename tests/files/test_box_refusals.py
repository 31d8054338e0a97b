"""What are no boxes, or in doubt, is refused by name."""

import json

import numpy as np
import pytest

from app.files import ReadError, boxes_reading
from app.text import LANGUAGES, Text
from tests.files.made import npy, npz, sentence
from tests.files.made_boxes import (
    BOXES,
    CENTRES,
    CORNERS,
    EXTENT,
    TENSOR,
    lines,
    voc,
)

DOCTYPE = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb">]>'

REFUSED = {
    "four columns": (lines(CORNERS), "boxes.four"),
    "four columns of an array": (npy(np.array(CORNERS)), "boxes.four"),
    "four fractions": (lines(CENTRES), "boxes.four"),
    "a word and four columns": (lines(CORNERS, before="cat "), "boxes.four"),
    "four columns and a word": (lines(CORNERS, after=" cat"), "paste.not_a_number"),
    "an index from 1": (lines([[1, *row] for row in CORNERS]), "batch_index"),
    "six columns": (lines(BOXES, after=" 9"), "boxes.columns"),
    "six columns of an array": (npy(np.arange(12.0).reshape(2, 6)), "file.boxes"),
    "nine columns of MOT": ("1,1,0,3,7,5,1,-1,-1\n", "boxes.columns"),
    "KITTI": ("Car 0.00 0 -1.58 0 3 7 8 1.65 1.67 3.64 -0.65 1.71 46.7 -1.59\n", "boxes.columns"),
    "a unit": (lines([["0", "0px", "3px", "7px", "8px"]]), "paste.not_a_number"),
    "a named column that is empty": ("batch_index,x1,y1,x2,y2\n0,0,,7,8", "paste.missing"),
    "several arrays": (npz(a=np.array(BOXES), b=np.array(CORNERS)), "file.members"),
    "objects without boxes": ('[{"name": "cat"}]', "annotations.object"),
    "regions of VIA": (
        '{"regions": [{"shape_attributes": {"name": "rect"}}]}',
        "annotations.object",
    ),
    "a box of three": ('[{"bbox": [0, 3, 7]}]', "annotations.numbers"),
    "a box of words": ('[{"bbox": [0, 3, "7", 5]}]', "annotations.numbers"),
    "a box of infinity": ('[{"bbox": [0, 3, 1e999, 5]}]', "annotations.numbers"),
    "boxes of two pictures": (
        '[{"image_id": 7, "bbox": [0, 3, 7, 5]}, {"image_id": 9, "bbox": [0, 3, 7, 5]}]',
        "boxes.pictures",
    ),
    "a point of LabelMe": ('{"shapes": [{"points": [[1, 2]]}]}', "annotations.object"),
    "too many objects": (json.dumps([{"bbox": [0, 3, 7, 5]}] * 51), "boxes.too_many"),
    "XML of something else": ("<?xml version='1.0'?><svg/>", "markup.none"),
    "XML cut off": (voc(CORNERS)[:90], "markup.broken"),
    "XML of entities": (
        f"<?xml version='1.0'?>{DOCTYPE}<annotation>&b;</annotation>",
        "markup.declared",
    ),
    "XML of a file": ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><annotation/>', "markup.declared"),
    "XML in another case": ("<!doctype html><annotation/>", "markup.declared"),
    "XML that is deep": ("<annotation>" * 50, "markup.none"),
    "VOC of words": (voc([("a", 3, 7, 8)]), "annotations.numbers"),
    "VOC of infinity": (voc([("inf", 3, 7, 8)]), "annotations.numbers"),
    "VOC's rotated boxes": (
        "<annotation><object><robndbox><cx>3</cx></robndbox></object></annotation>",
        "markup.rotated",
    ),
    "Instances cut off": ("Instances(pred_boxes: Boxes(tensor([[0., 3., 7.", "annotations.print"),
    "Instances of two pictures": (
        f"[Instances(pred_boxes: Boxes({TENSOR})), Instances(pred_boxes: Boxes({TENSOR}))]",
        "boxes.pictures",
    ),
    "a rotated format": (
        "BoundingBoxes([[0., 3., 7., 8., 9.]], format=BoundingBoxFormat.XYWHR)",
        "annotations.format",
    ),
}


@pytest.mark.parametrize(("content", "key"), REFUSED.values(), ids=REFUSED)
def test_what_are_no_boxes_is_refused_by_name(content, key):
    content = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(ReadError) as error:
        boxes_reading("b", content, 1, EXTENT)
    assert sentence(error) == key
    for language in LANGUAGES:
        assert all(way.sentence(Text(language)) for way in error.value.others)
