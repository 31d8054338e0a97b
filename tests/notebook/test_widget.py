"""The widget without a page: what Python sets and what a hand says are the same exercise."""

import json

import numpy as np
import pytest

from roipool import PRESETS, RoIPoolError, article, get_convention, roi_pool, show
from tests.notebook.front import Front, agrees, numbers_of, shown
from tests.sampling import SAMPLING

pytest.importorskip("anywidget", reason="anywidget is not installed")

MAP = article.FEATURE_MAP
RULES = [*PRESETS, "torchvision", "mxnet", "onnxruntime", "openvino"]
# Every span of two to eight cells, and what a pull at any handle makes of a box.
SPANS = [(start, stop) for start in range(8) for stop in range(start + 1, 9)]


def drawn(widget):
    """The output that the stage is sent, of the box that is played."""
    values = [float(value) for value in widget._data["output"]]
    return np.reshape(values, widget.output_size)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("convention", RULES)
def test_every_drag_leads_to_what_the_library_makes_of_its_box(convention, dtype):
    widget = shown(convention, dtype)
    front = Front(widget)
    for turn, rows in enumerate(SAMPLING.of(SPANS, 12)):
        cols = SPANS[(7 * turn) % len(SPANS)]
        front.drag(rows, cols)
        rule = get_convention(convention)
        assert widget.boxes[0, 1:].tolist() == numbers_of(rows, cols, (8, 8), rule, 1.0)
        assert agrees(widget)
        assert np.array_equal(drawn(widget), widget.output[0, 0])


@pytest.mark.parametrize("convention", ["article", "fast_rcnn", "mmcv", "torchvision"])
def test_boxes_in_pixels_are_dragged_from_cell_to_cell(convention):
    widget = show(MAP, [[0, 0, 48, 111, 127]], (3, 2), 1 / 16, convention=convention)
    Front(widget).drag((1, 7), (2, 5))
    assert widget.spatial_scale == 1 / 16
    assert agrees(widget)
    assert np.array_equal(drawn(widget), widget.output[0, 0])


def test_what_python_sets_is_what_the_stage_is_sent():
    widget = shown()
    widget.boxes = [[0, 1, 1, 5, 5], [0, 2, 2, 8, 8]]
    widget.output_size = 3, 2
    widget.convention = "pytorch"
    sent = Front(widget).sent
    assert [box["numbers"] for box in sent["boxes"]] == widget.boxes.tolist()
    assert sent["outputSize"] == [3, 2]
    assert widget.output.shape == (2, 1, 3, 2)
    assert widget.convention == "pytorch"
    assert agrees(widget)
    widget.input = MAP[:, :, :6, :].astype(np.float32)
    assert (Front(widget).sent["rows"], widget.output.dtype) == (6, np.float32)
    assert agrees(widget)


def test_boxes_are_taken_in_each_form_that_the_library_takes():
    widget = show(np.concatenate([MAP, 1 - MAP]), [[[0, 0, 4, 4]], [[1, 1, 8, 8]]], 2)
    assert widget.boxes.tolist() == [[0, 0, 0, 4, 4], [1, 1, 1, 8, 8]]
    widget.boxes = np.empty((0, 5))
    assert (widget.output.shape, widget.step) == ((0, 1, 2, 2), "input")
    widget.boxes = [[1, 0, 0, 4, 4]]
    assert Front(widget).sent["image"] == 1
    assert agrees(widget)


def test_a_map_without_boxes_is_shown_as_it_is_until_there_is_one():
    widget = show(MAP, np.empty((0, 5)), 2)
    assert (widget.step, widget.output.shape) == ("input", (0, 1, 2, 2))
    front = Front(widget)
    front.say(boxes=[[0, 1, 1, 5, 5]], selected=0)
    assert widget.output.shape == (1, 1, 2, 2)
    assert agrees(widget)


def test_maps_of_another_dtype_are_nothing_that_undo_goes_back_from():
    widget = show(MAP / 3, article.BOXES, 2, convention="torchvision")
    widget.input = MAP.astype(np.float32)
    Front(widget).say(undo=True)
    assert np.array_equal(widget.input, MAP.astype(np.float32))
    assert agrees(widget)
    assert np.array_equal(drawn(widget), widget.output[0, 0])


def test_a_cell_that_is_typed_is_what_the_dtype_of_the_maps_makes_of_it():
    widget = shown(dtype=np.float32)
    Front(widget).say(cells=[[3, 0, 7.1]], plane=[0, 0])
    assert widget.input[0, 0, 3, 0] == np.float32(7.1)
    assert widget.output[0, 0, 0, 0] == np.float32(7.1)
    assert Front(widget).sent["cells"][24] == float(np.float32(7.1))
    assert agrees(widget)


def test_undo_brings_back_what_python_had_set_by_the_name_that_it_was_given():
    widget = shown("torchvision")
    widget.convention = "caffe"
    widget.output_size = 3
    front = Front(widget)
    front.drag((0, 4), (0, 4))
    for _ in range(2):
        front.say(undo=True)
    assert (widget.output_size, widget.convention) == ((2, 2), "caffe")
    front.say(undo=True)
    assert widget.convention == "torchvision"
    front.say(redo=True)
    assert widget.convention == "caffe"
    assert agrees(widget)


def test_who_observes_one_of_them_finds_the_others_as_new():
    widget = shown()
    heard = []
    widget.observe(lambda change: heard.append((change["name"], agrees(widget))))
    Front(widget).drag((0, 4), (0, 4))
    names = {name for name, _ in heard}
    assert {"boxes", "output", "argmax"} <= names
    assert "output_size" not in names
    assert all(consistent for _, consistent in heard)


def test_who_observes_may_set_another():
    widget, other = shown(), shown("fast_rcnn")
    widget.observe(lambda change: setattr(other, "boxes", change["new"]), "boxes")
    widget.observe(lambda change: setattr(widget, "output_size", 3), "boxes")
    Front(widget).drag((2, 6), (1, 8))
    assert other.boxes.tolist() == widget.boxes.tolist()
    assert widget.output_size == (3, 3)
    assert agrees(widget)
    assert agrees(other)


def test_widgets_do_not_meet():
    first, second = shown(), shown()
    Front(first).drag((0, 4), (0, 4))
    assert second.boxes.tolist() == article.BOXES.tolist()
    second._edit = first._edit
    assert second.boxes.tolist() == article.BOXES.tolist()


def test_the_step_is_led_to_and_read():
    widget = shown(step="sections")
    front = Front(widget)
    kinds = [scene["kind"] for scene in front.sent["scenes"]]
    assert (widget._at, front.sent["go"]["step"]) == (2, 2)
    before = front.sent["go"]["sent"]
    widget.step = "maxima"
    assert kinds[front.sent["go"]["step"]] == "maxima"
    assert front.sent["go"]["sent"] == before + 1
    front.step(0)
    assert widget.step == "input"
    # What the reader has gone to by themselves leads nobody anywhere.
    assert front.sent["go"]["sent"] == before + 1
    front.step(-1)
    assert widget.step == "output"


def test_an_array_is_set_as_a_whole():
    widget = shown()
    for name in ("input", "boxes", "output", "argmax"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(widget, name)[0] = 1


def test_the_callers_arrays_stay_theirs():
    own = MAP.copy()
    widget = show(own, article.BOXES, 2)
    own[0, 0] = 0
    assert widget.output[0, 0].tolist() == roi_pool(MAP, article.BOXES, 2)[0, 0].tolist()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_sent_is_plain_json_and_in_one_language(language):
    widget = shown(language=language)
    sent = json.loads(json.dumps(Front(widget).sent, allow_nan=False))
    assert sent["language"] == language
    # Keys of a whole page are none of a guest's.
    assert not {"P", "H"} & {sent["text"].get(f"keys.{i}") for i in range(20)}


@pytest.mark.parametrize(
    ("environment", "language"),
    [({"LANG": "zh_CN.UTF-8"}, "zh"), ({"LC_ALL": "fr_FR", "LANG": "zh_CN"}, "en"), ({}, "en")],
)
def test_the_language_is_the_environments_where_it_is_known(monkeypatch, environment, language):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert Front(shown()).sent["language"] == language
    with pytest.raises(RoIPoolError, match="expected one of en, zh"):
        shown(language="fr")


def test_it_says_in_a_line_what_is_on_the_stage():
    widget = shown("torchvision")
    assert repr(widget) == "<roipool.show: 1 box on 8×8 cells, 2×2 bins, torchvision>"
