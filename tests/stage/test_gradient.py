"""What the stage is sent of the way back."""

import json
from dataclasses import replace

import pytest

from app.exercise.desk import Desk
from app.exercise.record import article_exercise, pool
from app.stage.payload import payload
from app.story.backward import send_back
from app.story.way_back import KINDS, way_back
from app.text import Text
from roipool import PRESETS

ARTICLE = article_exercise()
EN = Text("en")


@pytest.mark.parametrize("convention", PRESETS)
@pytest.mark.parametrize("boxes", [(), ARTICLE.boxes, ((0.0, 6.0, 6.0, 2.0, 2.0),)])
def test_the_stage_is_sent_the_way_back_as_strict_json(boxes, convention):
    exercise = replace(ARTICLE, boxes=boxes, convention=convention)
    told = payload(Desk(exercise), EN, tell=way_back, picks=True)
    sent = json.loads(json.dumps(told, allow_nan=False))
    assert sent["kinds"] == list(KINDS)
    assert sent["backward"]["gradient"] == send_back(exercise).gradient.ravel().tolist()
    for box, argmax in zip(sent["boxes"], pool(exercise).argmax, strict=True):
        assert box["places"] == argmax.ravel().tolist()
        assert box["gradient"] == [1, 1, 1, 1]


def test_other_pages_are_sent_nothing_of_the_way_back():
    told = payload(Desk(ARTICLE), EN, "boxes")
    assert "backward" not in told
    assert "gradient" not in told["boxes"][0]
