"""Files handed in on the page become the map or the boxes, or are explained; nothing is lost."""

import io

import numpy as np
import pytest
from PIL import Image

from app.files import Scaling
from app.text import LANGUAGES, Text
from app.widgets.uploads import scaling_sentence
from tests.pages.test_pages import run, sent

MAP, BOXES = "playground.map.file", "playground.boxes.file"


def picture(kind="PNG", size=(64, 48)):
    stream = io.BytesIO()
    Image.linear_gradient("L").resize(size).save(stream, kind)
    return stream.getvalue()


def npz(**arrays):
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def asking_for_a_file():
    app = run("playground")
    app.selectbox(key="playground.map.kind").set_value("file").run()
    return app


def hand_in(app, key, name, content):
    app.file_uploader(key=key).upload(name, content).run()
    assert not app.exception


def test_a_batch_in_a_file_becomes_the_map_and_its_boxes_the_boxes():
    app = asking_for_a_file()
    maps = np.arange(2 * 3 * 4 * 5.0).reshape(2, 3, 4, 5)
    content = npz(x=maps, boxes=np.array([[1.0, 0, 0, 3, 3]]))
    hand_in(app, MAP, "batch.npz", content)
    assert sent(app)["cells"] == maps[0, 0].ravel().tolist()
    assert (sent(app)["images"], len(sent(app)["channels"])) == (2, 3)
    assert any("2 × 3 × 4 × 5" in one.value for one in app.caption)
    hand_in(app, BOXES, "batch.npz", content)
    assert [box["numbers"] for box in sent(app)["boxes"]] == [[1, 0, 0, 3, 3]]
    assert sent(app)["image"] == 1


def test_a_picture_becomes_a_map_through_the_chosen_filter_at_the_chosen_stride():
    app = asking_for_a_file()
    hand_in(app, MAP, "shape.png", picture())
    assert (sent(app)["rows"], sent(app)["cols"]) == (6, 8)
    grey = sent(app)["cells"]
    app.button_group(key=f"{MAP}.kernel").set_value("edges").run()
    assert sent(app)["cells"] != grey
    app.select_slider(key=f"{MAP}.stride").set_value(16).run()
    assert (sent(app)["rows"], sent(app)["cols"]) == (3, 4)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("map.csv", b"1,2\n3", "Lengths differ|Every row"),
        ("map.csv", b"1,2\n3,nan", "finite"),
        ("map.csv", b"", "no numbers"),
        ("map.npy", b"\x93NUMPY\x01\x00v\x00{'descr'", "NPY"),
        ("map.npz", b"PK\x03\x04broken", "archive"),
        ("map.json", b"[[1, 2], [3", "JSON"),
        ("map.csv", b",".join([b"1"] * 10**6), "roipool"),
        ("tiny.png", picture(size=(1, 1)), "pixels"),
        ("cut.png", picture()[:60], "cut off"),
    ],
)
def test_a_file_that_cannot_be_used_is_explained_and_the_exercise_stays(name, content, said):
    app = asking_for_a_file()
    before = sent(app)
    hand_in(app, MAP, name, content)
    assert any(part in app.error[0].value.replace("\\", "") for part in said.split("|"))
    assert sent(app) == before


def test_a_picture_in_place_of_boxes_is_called_one():
    app = run("playground")
    before = sent(app)
    hand_in(app, BOXES, "boxes.csv", picture())
    assert "is a picture" in app.error[0].value
    assert sent(app) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_a_picture_was_scaled_is_said(language):
    text = Text(language)
    assert "1000×750" in scaling_sentence(Scaling((750, 1000), (384, 512), 8), text)
    assert "15.62" in scaling_sentence(Scaling((750, 1000), (384, 512), 8), text)
    assert "{" not in scaling_sentence(Scaling((48, 64), (48, 64), 8), text)
