"""The way back as a story: each scene in its place, and the library's numbers in its sentences."""

import json
from dataclasses import replace

import pytest

from app.exercise.maps import Maps
from app.exercise.presets import preset_exercise
from app.exercise.record import article_exercise, pool
from app.story.backward import send_back
from app.story.way_back import KINDS, backward_scenes
from app.text import LANGUAGES, Text, number

ARTICLE = article_exercise()
EN = Text("en")
CASES = ("one-cell-two-sections", "two-boxes", "a-tie", "empty-sections")


def tell(exercise, text=EN):
    return backward_scenes(exercise, pool(exercise), send_back(exercise), text)


def carried(exercise):
    return {scene.section: scene.caption for scene in tell(exercise) if scene.kind == "carry"}


def test_the_story_of_the_way_back_goes_through_every_kind_in_order():
    kinds = [scene.kind for scene in tell(ARTICLE)]
    assert tuple(dict.fromkeys(kinds)) == KINDS
    assert kinds.count("carry") == 4


def test_captions_of_the_article_hold_the_library_s_numbers():
    assert [scene.caption for scene in tell(ARTICLE)] == [
        "Forward: the maxima 0.85, 0.84, 0.97, 0.96. Each remembers the cell that it came from, "
        "ringed on the map.",
        "Backward: the gradient of the loss arrives at the output. It is all ones where the "
        "loss just adds the outputs up.",
        "Section (0, 0): 1.00 goes to row 3, column 0, where its maximum 0.85 was found.",
        "Section (0, 1): 1.00 goes to row 3, column 3, where its maximum 0.84 was found.",
        "Section (1, 0): 1.00 goes to row 7, column 2, where its maximum 0.97 was found.",
        "Section (1, 1): 1.00 goes to row 5, column 6, where its maximum 0.96 was found.",
        "No cell is the maximum of two sections, so there is nothing to add up.",
        "The gradient arrives at 4 cells. The other 60 stay 0: a small change there leaves the "
        "loss as it is.",
    ]


def test_the_end_names_ties_and_what_went_nowhere():
    tied = tell(preset_exercise("a-tie"))[-1].caption
    assert "as large as a maximum" in tied
    assert "leaves the loss" not in tied
    empty = tell(preset_exercise("empty-sections"))
    assert "7 of them without a cell" in empty[0].caption
    assert empty[-1].caption.endswith("The gradient of 7 of 16 sections went nowhere.")


def test_a_cell_that_two_sections_share_adds_up_what_they_send():
    exercise = preset_exercise("one-cell-two-sections")
    assert send_back(exercise).gradient[5, 6] == 1.5
    assert tell(exercise)[-2].caption == (
        "Row 5, column 6: 0.50 + 1.00 = 1.50, from section (0, 1) and section (1, 1)."
    )


def test_gradients_of_two_boxes_add_up_and_cancel():
    exercise = preset_exercise("two-boxes")
    assert tell(exercise)[-2].caption == (
        "Row 3, column 3: 0.50 + 1.00 = 1.50, from box 0 section (0, 1) and box 1 section (0, 0). "
        "Row 5, column 6: 1.00 + (−1.00) = 0.00, from box 0 section (1, 1) and box 1 section "
        "(1, 1)."
    )
    # One that cancels has received something all the same.
    assert send_back(exercise).gradient[5, 6] == 0
    assert (5, 6) in send_back(exercise).received


@pytest.mark.parametrize("name", CASES)
def test_the_sums_that_are_read_out_are_the_library_s(name):
    exercise = preset_exercise(name)
    backward = send_back(exercise)
    caption = tell(exercise)[-2].caption
    for (row, col), shares in backward.received.items():
        if len(shares) > 1:
            total = number(float(backward.gradient[row, col]))
            assert f"Row {row}, column {col}: " in caption
            assert f" = {total}, from" in caption


def test_a_tie_is_said_and_its_second_cell_gets_nothing():
    exercise = preset_exercise("a-tie")
    assert carried(exercise)[0, 0].endswith(
        "Row 4, column 1 holds the same value and gets nothing: the first in row order takes all."
    )
    assert send_back(exercise).gradient[3, 0] == 1
    assert send_back(exercise).gradient[4, 1] == 0


def test_the_gradient_of_an_empty_section_goes_nowhere():
    exercise = preset_exercise("empty-sections")
    assert carried(exercise)[0, 0] == (
        "Section (0, 0) holds no cell: its argmax, which names the cell of the maximum, "
        "is −1, and its 1.00 goes nowhere (∅)."
    )
    assert send_back(exercise).gradient.sum() == 9


def test_chainer_sends_the_gradient_of_an_empty_section_to_the_first_cell():
    exercise = replace(
        ARTICLE, boxes=((0.0, 20.0, 20.0, 22.0, 22.0),), convention="chainer_roi_pooling_2d"
    )
    assert send_back(exercise).gradient[0, 0] == 4
    assert "still names cell 0 as its argmax" in carried(exercise)[0, 0]


def test_what_no_search_found_goes_nowhere():
    low = replace(ARTICLE, maps=Maps([[-2e9, -2e9]] * 2), boxes=((0.0, 0.0, 0.0, 1.0, 1.0),))
    low = replace(low, convention="deepsense")
    assert not send_back(low).gradient.any()
    assert carried(low)[0, 0].endswith("so its 1.00 goes nowhere.")
    assert tell(low)[-1].caption == "No gradient arrives anywhere: all 4 cells stay 0."


def test_zeros_alone_are_nothing_received():
    one_hot = replace(ARTICLE, gradient=(((0.0, 0.0), (1.0, 0.0)),))
    assert list(send_back(one_hot).received) == [(7, 2)]
    assert tell(one_hot)[-1].caption.startswith("The gradient arrives at 1 cell. The other 63")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("output_size", [(2, 2), (14, 14), (1, 1)])
@pytest.mark.parametrize("boxes", [(), ARTICLE.boxes, ((0.0, 6.0, 6.0, 2.0, 2.0),) * 12])
def test_every_scene_of_the_way_back_is_a_whole_sentence(boxes, output_size, language):
    for convention in ("article", "fast_rcnn", "chainer_roi_pooling_2d"):
        exercise = replace(ARTICLE, boxes=boxes, output_size=output_size, convention=convention)
        for scene in tell(exercise, Text(language)):
            record = scene.as_json()
            assert json.loads(json.dumps(record)).keys() == record.keys()
            assert record["caption"].endswith((".", "。"))
            assert "{" not in record["caption"]
