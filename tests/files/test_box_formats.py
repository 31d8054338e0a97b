"""Boxes of annotation programs and detectors are read and said how."""

import json

import pytest

from app.files import Way, typed_boxes
from tests.files.made_boxes import (
    BOXES,
    CORNERS,
    CVAT,
    PARTS,
    SIZES,
    TENSOR,
    check_read,
    record,
    voc,
)

READ = {
    "COCO results": (
        json.dumps([{"image_id": 0, "bbox": row, "score": 0.5} for row in SIZES]),
        ["coco.size"],
    ),
    "COCO annotations": (
        json.dumps(
            {
                "images": [{"id": 139, "width": 20, "height": 10}],
                "annotations": [{"image_id": 139, "bbox": row, "area": 35} for row in SIZES],
                "categories": [],
            },
            indent=1,
        ),
        ["coco.size"],
    ),
    "Detectron2's data set": (
        json.dumps([{"bbox": row, "bbox_mode": 0} for row in CORNERS]),
        ["coco.corners"],
    ),
    "objects of a pipeline": (
        json.dumps(
            [{"label": "cat", "box": record(("xmin", "ymin", "xmax", "ymax"), r)} for r in CORNERS]
        ),
        ["annotations"],
    ),
    "objects under another name": (
        json.dumps({"predictions": [{"bbox": row} for row in SIZES]}),
        ["coco.size"],
    ),
    "objects with corners": (
        json.dumps([record(("batch_index", "x1", "y1", "x2", "y2"), r) for r in BOXES]),
        ["annotations"],
    ),
    "objects of Rekognition": (
        json.dumps(
            [
                {"BoundingBox": record(("Left", "Top", "Width", "Height"), row)}
                for row in ([0, 0.3, 0.35, 0.5], [0.05, 0.1, 0.15, 0.35])
            ]
        ),
        ["annotations", "unit.fractions"],
    ),
    "LabelMe": (
        json.dumps(
            {
                "shapes": [
                    {"points": [[c, d], [a, b]], "shape_type": "rectangle"}
                    for a, b, c, d in CORNERS
                ],
                "imageHeight": 10,
            }
        ),
        ["labelme"],
    ),
    "LabelMe's polygons": (
        json.dumps(
            {
                "shapes": [
                    {"points": [[a, b], [c, b], [c, d], [a, d]], "shape_type": "polygon"}
                    for a, b, c, d in CORNERS
                ]
            }
        ),
        ["labelme", "labelme.around"],
    ),
    "VOC": (voc(CORNERS), ["voc.from_zero"]),
    "VOC with its declaration": (
        f'<?xml version="1.0" encoding="gb2312"?>\r\n{voc(CORNERS)}',
        ["voc.from_zero"],
    ),
    "VOC with parts": (
        voc(CORNERS, "<part><bndbox><xmin>9</xmin></bndbox></part>"),
        ["voc.from_zero"],
    ),
    "CVAT": (
        f'<annotations><image id="0" name="a.jpg">{CVAT}</image></annotations>',
        ["cvat"],
    ),
    "Instances": (
        f"{{'instances': Instances(num_instances=2, fields=[pred_boxes: Boxes({TENSOR}), "
        "scores: tensor([0.9, 0.8])])}",
        ["instances"],
    ),
    "Boxes": (f"Boxes({TENSOR})", ["tensor"]),
    "torchvision's dictionary": (
        f"[{{'boxes': {TENSOR},\n 'labels': tensor([1, 2]), 'scores': tensor([0.9, 0.8])}}]",
        ["torchvision"],
    ),
    "torchvision's dictionary as JSON": (
        json.dumps([{"boxes": CORNERS, "labels": [1, 2], "scores": [0.9, 0.8]}]),
        ["torchvision"],
    ),
    "torchvision's BoundingBoxes": (
        f"BoundingBoxes({SIZES}, format=BoundingBoxFormat.XYWH, canvas_size=(10, 20))",
        ["tensor"],
    ),
    "Ultralytics": (
        "cls: tensor([0., 1.])\ndata: tensor([[0., 3., 7., 8., 0.9, 0.]])\n"
        f"shape: torch.Size([2])\nxywh: tensor({SIZES})\nxyxy: {TENSOR}\nxyxyn: tensor({PARTS})",
        ["ultralytics"],
    ),
    "MMDetection": (
        f"<InstanceData(\n    bboxes: {TENSOR}\n    labels: tensor([0, 0])\n)>",
        ["torchvision"],
    ),
}


@pytest.mark.parametrize(("text", "said"), READ.values(), ids=READ)
def test_boxes_of_a_format_are_read_and_said_how(text, said):
    check_read(text, said)


def test_coco_boxes_can_be_read_as_corners():
    text = json.dumps([{"bbox": row} for row in CORNERS])
    reading = typed_boxes(text)
    assert reading.others == (Way("coco", "corners"),)
    assert typed_boxes(text, ways=reading.others).value == BOXES


def test_vocs_corners_can_be_counted_from_1():
    reading = typed_boxes(voc([[value + 1 for value in row] for row in CORNERS]))
    assert [said.key for said in reading.how] == ["voc.stand"]
    again = typed_boxes(voc([[value + 1 for value in row] for row in CORNERS]), ways=reading.others)
    assert (again.value, [said.key for said in again.how]) == (BOXES, ["voc.one"])


def test_pictures_become_images_in_their_order():
    objects = [{"image_id": picture, "bbox": [0, 3, 7, 5]} for picture in (42, 37, 42)]
    reading = typed_boxes(json.dumps(objects), 2)
    assert [box[0] for box in reading.value] == [0, 1, 0]
    assert [said.key for said in reading.how] == ["coco.size", "pictures"]
    rows = "a.png,0,3,7,8\nb.png,0,3,7,8"
    assert [box[0] for box in typed_boxes(rows, 2).value] == [0, 1]


def test_each_printed_dictionary_is_an_image():
    text = f"[{{'boxes': {TENSOR}}}, {{'boxes': tensor([], size=(0, 4))}}, {{'boxes': {TENSOR}}}]"
    assert [box[0] for box in typed_boxes(text, 3).value] == [0, 0, 2, 2]
