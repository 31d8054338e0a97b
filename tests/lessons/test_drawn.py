"""What of a box is drawn: where it lies, its cells, or neither, before the answer and after it."""

import pytest

from app.lessons.asked import answered
from app.lessons.payload import payload
from app.lessons.place import Place
from app.lessons.sitting import Sitting
from app.text import Text
from tests.lessons import asked
from tests.lessons.learner import said

TEXT = Text("en")


def places(wanted):
    found = [
        Place("lesson", lesson.number, step, 3)
        for lesson, step in asked.EVERY
        if wanted(lesson.steps[step - 1].ask)
    ]
    assert found
    return found


def shown(place):
    """What the figure is sent, open and once the answer has been shown."""
    sitting = Sitting(place)
    return payload(sitting, TEXT), payload(said(sitting, "reveal"), TEXT)


def in_cells(exercise):
    scale = exercise.spatial_scale
    _, x1, y1, x2, y2 = exercise.boxes[exercise.selected]
    return {"rows": [y1 * scale, y2 * scale], "cols": [x1 * scale, x2 * scale]}


@pytest.mark.parametrize(
    "place", places(lambda ask: ask.drawn == "outline"), ids=lambda place: place.key
)
def test_a_box_is_drawn_where_it_lies_and_its_cells_come_with_the_answer(place):
    before, after = shown(place)
    assert before["outline"] == after["outline"] == in_cells(place.question.exercise)
    assert before["box"] is before["sections"] is None


@pytest.mark.parametrize(
    "place", places(lambda ask: ask.drawn == "nothing" and ask.kind != "box"), ids=lambda p: p.key
)
def test_of_a_box_that_is_only_named_nothing_is_drawn_and_no_handle_tells_where_it_is(place):
    before, _ = shown(place)
    assert before["outline"] is before["box"] is before["sections"] is None
    if before["start"]:
        high, wide = before["outputSize"]
        assert before["start"]["rows"] == [[k, k + 1] for k in range(high)]
        assert before["start"]["cols"] == [[k, k + 1] for k in range(wide)]


@pytest.mark.parametrize("place", places(lambda ask: ask.asks == "align"), ids=lambda p: p.key)
def test_what_roi_align_gives_is_drawn_without_the_cells_of_roi_pooling(place):
    _, after = shown(place)
    assert after["verdict"]["box"] is after["verdict"]["sections"] is None


def test_the_replay_after_an_answer_is_of_what_was_asked():
    for place in places(lambda ask: True):
        judged = said(Sitting(place), "reveal")
        if place.question.asks == "align":
            assert answered(judged) is None
        else:
            assert answered(judged).maps == place.question.exercise.maps


def test_where_the_shape_is_asked_every_box_on_the_map_that_is_seen_is_drawn():
    for place in places(lambda ask: ask.asks == "shape"):
        exercise = place.question.exercise
        for sent in shown(place):
            assert sent["boxes"] == [
                {"rows": [y1, y2], "cols": [x1, x2]}
                for image, x1, y1, x2, y2 in exercise.boxes
                if image == exercise.image
            ]


def test_a_rule_that_is_asked_for_comes_with_the_answer():
    for place in places(lambda ask: ask.kind == "which" and ask.goal):
        before, after = shown(place)
        assert before["question"]["rule"] is None
        assert after["question"]["rule"]
