"""What stands in a field is read as on other pages: annotations, columns with names, doubts."""

import json
from io import BytesIO

import numpy as np
import pytest

from app.conventions.asked import Asked, find, pasted, read
from app.files import Way, write
from app.text import LANGUAGES
from roipool import article, roi_pool
from tests.conventions.asking import MAP, TORCHVISION
from tests.conventions.test_page import find as found_on
from tests.conventions.test_page import identify

COCO = json.dumps([{"image_id": 0, "category_id": 1, "bbox": [0, 3, 7, 5], "score": 0.9}])
VOC = (
    "<annotation><object><name>cat</name><bndbox><xmin>0</xmin><ymin>3</ymin><xmax>7</xmax>"
    "<ymax>8</ymax></bndbox></object></annotation>"
)


def asked(boxes, ways=(), **other):
    given = {"map": MAP, "boxes": boxes, "output": TORCHVISION} | other
    return read({field: pasted(text) for field, text in given.items()}, 1.0, None, {"boxes": ways})


@pytest.mark.parametrize(
    ("boxes", "key"),
    [
        (COCO, "coco.size"),
        (VOC, "voc.from_zero"),
        ("0 0.4375 0.6875 0.875 0.625 0.9", "columns.centre.fractions"),
        ("xmin,xmax,ymin,ymax\n0,7,3,8", "columns.corners"),
        ("0 0 3 7 8 0.9", "columns.corners"),
    ],
)
def test_boxes_of_other_programs_are_read_and_it_is_said_how(boxes, key):
    question = asked(boxes)
    assert question.boxes.tolist() == [[0, 0, 3, 7, 8]]
    assert key in [said.key for said in question.how["boxes"]]
    assert find(question)[0].name == "fast_rcnn"


@pytest.mark.parametrize(
    ("rows", "boxes"),
    [
        ("0 0 3 7 8", [[0, 0, 3, 7, 8]]),
        ("0, 3, 7, 8", [[0, 3, 7, 8]]),
        ("0.5 0.5 0.5 0.25", [[0.5, 0.5, 0.5, 0.25]]),
        ("[[0, 0, 3, 7, 8], [1, 2, 7, 8, 0]]", [[0, 0, 3, 7, 8], [1, 2, 7, 8, 0]]),
    ],
)
def test_bare_rows_stay_what_they_are_for_what_else_they_are_is_asked(rows, boxes):
    question = asked(rows, output=str([[[[1, 2], [3, 4]]] for _ in boxes]))
    assert question.boxes.tolist() == boxes
    assert question.how["boxes"] == ()


def test_boxes_are_read_as_a_person_chose():
    question = asked(COCO, (Way("coco", "corners"),))
    assert question.how["boxes"][0].key == "coco.corners"
    assert Way("coco", "corners") in asked(COCO).others["boxes"]


def test_of_a_file_of_several_arrays_each_field_reads_its_own():
    rng = np.random.default_rng(1)
    maps, boxes = rng.random((1, 1, 9, 9)), np.array([[0, 1, 2, 7, 8], [0, 2, 3, 5, 8.0]])
    file = BytesIO()
    np.savez(file, y=roi_pool(maps, boxes, 3), rois=boxes, x=maps)
    given = {field: ("all.npz", file.getvalue()) for field in ("map", "boxes", "output")}
    question = read(given, 1.0)
    np.testing.assert_array_equal(question.maps, maps)
    np.testing.assert_array_equal(question.boxes, boxes)
    assert find(question)[0].name == "article"


def test_what_is_within_a_tolerance_is_equal():
    maps, boxes = article.FEATURE_MAP, article.BOXES
    near = roi_pool(maps, boxes, 2, convention="torchvision") + 0.004
    files = {
        name: (f"{name}.npy", write(array, "npy"))
        for name, array in {"map": maps, "boxes": boxes, "output": near}.items()
    }
    assert find(read(files, 1.0))[0].differing > 0
    question = read(files, 1.0, 0.005)
    assert isinstance(question, Asked)
    assert (find(question)[0].name, find(question)[0].differing) == ("fast_rcnn", 0)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_how_boxes_were_read_and_reads_them_otherwise_at_a_click(language):
    app = found_on(identify(language), map=MAP, boxes=COCO, output=TORCHVISION)
    captions = [caption.value for caption in app.caption]
    assert any("bbox" in caption and "COCO" in caption for caption in captions)
    key = next(b.key for b in app.button if ".boxes.way." in (b.key or ""))
    app.button(key=key).click().run()
    assert not app.exception
    assert any(
        "x1, y1, x2, y2" in caption.value and "bbox" in caption.value for caption in app.caption
    )


def test_the_page_takes_a_tolerance():
    app = found_on(identify(), map=MAP, boxes="0 0 3 7 8", output="0.854 0.961\n0.972 0.914")
    app.number_input(key="conventions.identify.tolerance").set_value(0.005).run()
    assert not app.exception
    app = found_on(app)
    assert any("torchvision" in one.value for one in app.markdown)
