"""What the stage is sent, and what the reader is told about the boxes."""

import json
from dataclasses import replace

import pytest

from app.exercise.desk import Desk
from app.exercise.feature_maps import make_cells
from app.exercise.maps import Maps
from app.exercise.record import article_exercise, pool
from app.stage.payload import payload
from app.story.notices import notices
from app.text import LANGUAGES, Text
from roipool import PRESETS

ARTICLE = article_exercise()
EN = Text("en")


def told(exercise):
    return [notice["text"] for notice in notices(exercise, pool(exercise), EN)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("convention", PRESETS)
@pytest.mark.parametrize("boxes", [(), ARTICLE.boxes, ((0, 6, 6, 2, 2), (0, -3, 20, 9.5, 30))])
def test_the_payload_is_strict_json(boxes, convention, language):
    exercise = replace(ARTICLE, boxes=boxes, convention=convention)
    sent = payload(Desk(exercise), Text(language), "boxes")
    # NumPy scalars and infinities are what Streamlit and browsers trip over.
    assert json.loads(json.dumps(sent, allow_nan=False))["cells"][0] == 0.88


def test_the_output_sent_is_that_of_the_selected_box():
    exercise = replace(ARTICLE, boxes=((0, 0, 0, 1, 1), *ARTICLE.boxes), selected=1)
    assert payload(Desk(exercise), EN, "story")["output"] == [0.85, 0.84, 0.97, 0.96]


def test_an_infinite_output_travels_as_text_that_javascript_reads():
    exercise = replace(
        ARTICLE, boxes=((0, 20, 20, 21, 21),), convention="chainer_roi_max_pooling_2d"
    )
    assert payload(Desk(exercise), EN, "boxes")["output"] == ["-Infinity"] * 4


def test_the_largest_payload_stays_small():
    cells = make_cells("random", 64, 64)
    largest = max(
        len(json.dumps(payload(Desk(exercise), EN, "boxes")))
        for convention in ("fast_rcnn", "mmcv")
        for side in (20, 64)
        for exercise in [
            replace(
                ARTICLE,
                maps=Maps(cells),
                boxes=((0, 0, 0, side, side),),
                output_size=(14, 14),
                convention=convention,
            )
        ]
    )
    assert largest < 250_000


def test_nothing_is_said_about_the_article_s_box():
    assert told(ARTICLE) == []


def test_inclusive_ends_are_explained():
    inside = replace(ARTICLE, boxes=((0, 0, 3, 6, 7),), convention="fast_rcnn")
    (sentence,) = told(inside)
    assert sentence.startswith("fast_rcnn counts row y2 and column x2 as part of the box")


@pytest.mark.parametrize(
    ("box", "convention", "said"),
    [
        ((0, 5, 3, 3, 8), "article", "x2 = 3 has to be larger than x1 = 5. The box holds no cell"),
        ((0, 5, 3, 5, 8), "article", "x2 = 5 has to be larger than x1 = 5. The box holds no cell"),
        ((0, 0, 6.5, 7, 3), "article", "y2 = 3 has to be larger than y1 = 6.5."),
        ((0, 5, 3, 3, 8), "fast_rcnn", "x2 = 3 has to be larger than x1 = 5. fast_rcnn makes"),
        ((0, -2, 3, 7, 8), "article", "The box reaches outside the map"),
        ((0, 0, 0, 2, 1), "article", "2 of 4 sections hold no cell: a box of 1×2 cells"),
    ],
)
def test_boxes_that_surprise_are_explained(box, convention, said):
    sentences = told(replace(ARTICLE, boxes=(box,), convention=convention))
    assert sentences[0].startswith(said)


def test_a_box_of_one_cell_with_inclusive_ends_is_not_backwards():
    sentences = told(replace(ARTICLE, boxes=((0, 5, 3, 5, 3),), convention="fast_rcnn"))
    assert not any("not beyond" in sentence for sentence in sentences)


def test_reading_past_the_box_is_pointed_out():
    tall = replace(
        ARTICLE,
        maps=Maps(make_cells("random", 60, 8)),
        boxes=((0, 0, 0, 3, 56),),
        output_size=(7, 2),
        convention="fast_rcnn",
    )
    assert any("reads one cell past the box" in sentence for sentence in told(tall))
    assert not any("past the box" in s for s in told(replace(tall, convention="paddle_gpu")))
