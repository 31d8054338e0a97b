"""Scenes: the order of the story, the numbers in its sentences, and what they light."""

import json
from dataclasses import replace

import numpy as np
import pytest

from app.exercise.feature_maps import make_cells
from app.exercise.maps import Maps
from app.exercise.record import Exercise, article_exercise, pool
from app.story.chapters import story
from app.story.scenes import KINDS, SECTION_END, scenes
from app.text import LANGUAGES, Text

ARTICLE = article_exercise()
EN = Text("en")


def tell(exercise, text=EN):
    return scenes(exercise, pool(exercise), text)


def boxed(rows, cols, size=64, output_size=(2, 2), convention="article"):
    plane = make_cells("random", size, size, seed=3)
    return Exercise(Maps(plane), ((0, 0, 0, cols, rows),), output_size, convention)


def test_the_story_goes_through_every_kind_in_order():
    kinds = [scene.kind for scene in tell(ARTICLE)]
    assert tuple(dict.fromkeys(kinds)) == KINDS
    assert kinds.count("scan") == 35


def test_captions_hold_the_article_s_numbers():
    captions = [scene.caption for scene in tell(ARTICLE) if scene.stop]
    assert captions == [
        "The feature map: 8 rows and 8 columns of activations.",
        "Region proposal (x 0 to 7, y 3 to 8): rows 3–7, columns 0–6. It is 7 wide and 5 high.",
        "2×2 sections. Rows 3–4 | 5–7, columns 0–2 | 3–6.",
        "Section (0, 0): rows 3–4, columns 0–2. Maximum 0.85 at row 3, column 0.",
        "Section (0, 1): rows 3–4, columns 3–6. Maximum 0.84 at row 3, column 3.",
        "Section (1, 0): rows 5–7, columns 0–2. Maximum 0.97 at row 7, column 2.",
        "Section (1, 1): rows 5–7, columns 3–6. Maximum 0.96 at row 5, column 6.",
        "The maximum of each section: 0.85, 0.84, 0.97, 0.96.",
        "The maxima in their places: a 2×2 output, whatever the size of the box.",
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Region proposal (image 1, x 0.5 to 7, y 3 to 8): rows 3–7, columns 1–6."),
        ("zh", "候选区域（图像 1，x 为 0.5 到 7，y 为 3 到 8）：第 3–7 行、第 1–6 列，"),
    ],
)
def test_a_box_of_a_batch_says_which_of_its_numbers_is_what(language, said):
    maps = Maps(np.zeros((2, 1, 8, 8)))
    batch = Exercise(maps, ((1, 0.5, 3, 7, 8),), (2, 2), "article", image=1)
    assert tell(batch, Text(language))[1].caption.startswith(said)


def test_the_scan_names_the_running_maximum_cell_by_cell():
    section = [scene for scene in tell(ARTICLE) if scene.section == (1, 0)]
    assert [scene.lit for scene in section] == [
        (row, row + 1, col, col + 1) for row in (5, 6, 7) for col in (0, 1, 2)
    ]
    assert [scene.best for scene in section] == [
        *[(5, 0)] * 4, *[(6, 1)] * 2, (7, 0), (7, 0), (7, 2)
    ]  # fmt: skip
    assert section[1].caption == "Section (1, 0): 0.14 at row 5, column 1 does not beat 0.20."
    assert section[4].caption == "Section (1, 0): 0.69 at row 6, column 1 beats 0.20."
    assert [scene.stop for scene in section] == [False] * 8 + [True]


@pytest.mark.parametrize("convention", ["article", "fast_rcnn"])
@pytest.mark.parametrize(("rows", "cols"), [(8, 8), (5, 13), (9, 8), (20, 20), (21, 20), (60, 50)])
def test_the_scan_sees_every_cell_of_every_section(rows, cols, convention):
    exercise = boxed(rows, cols, convention=convention)
    bins = pool(exercise).bins
    for i in range(2):
        for j in range(2):
            glances = [scene.lit for scene in tell(exercise) if scene.section == (i, j)]
            seen = [
                (row, col)
                for top, bottom, left, right in glances
                for row in range(top, bottom)
                for col in range(left, right)
            ]
            assert sorted(seen) == [
                (row, col)
                for row in range(bins.y0[0, i], bins.y1[0, i])
                for col in range(bins.x0[0, j], bins.x1[0, j])
            ]


@pytest.mark.parametrize(
    ("rows", "cols", "steps"), [(8, 8, 64), (9, 8, 18), (20, 20, 40), (21, 20, 4), (64, 64, 4)]
)
def test_large_boxes_are_scanned_by_row_and_then_by_section(rows, cols, steps):
    scan = [scene for scene in tell(boxed(rows, cols)) if scene.kind == "scan"]
    assert len(scan) == steps


def test_the_last_glance_at_a_section_ends_at_its_maximum_and_waits():
    for scene in tell(boxed(20, 17, output_size=(3, 4))):
        if scene.kind == "scan" and scene.stop:
            assert scene.hold == SECTION_END
            assert f"at row {scene.best[0]}, column {scene.best[1]}." in scene.caption


def test_empty_sections_are_said_to_be_empty():
    exercise = replace(ARTICLE, boxes=((0, 0, 0, 2, 1),))
    story_of = tell(exercise)
    assert [scene.caption for scene in story_of if scene.section == (0, 0)] == [
        "Section (0, 0): 0.00 (∅, no cell)."
    ]
    assert story_of[2].caption.endswith("Rows ∅ | 0, columns 0 | 1. Sections without a cell: 2.")


def test_a_section_without_anything_above_the_start_of_the_search_says_so():
    low = replace(ARTICLE, maps=Maps([[-2e9, -2e9]] * 2), boxes=((0, 0, 0, 1, 1),))
    told = tell(replace(low, convention="deepsense"))
    assert [scene.caption for scene in told if scene.section == (0, 0)] == [
        "Section (0, 0): no cell is above the value that the search starts from. "
        "The output is −1.0e9."
    ]


def test_shared_cells_are_pointed_out():
    odd = replace(ARTICLE, boxes=((0, 0, 3, 6, 7),), convention="fast_rcnn")
    captions = [scene.caption for scene in tell(odd)]
    assert captions[2].endswith("Hatched cells belong to two sections.")


def test_without_a_box_there_is_the_map_alone():
    assert [scene.kind for scene in tell(replace(ARTICLE, boxes=()))] == ["input"]


def test_many_maxima_are_counted_and_not_read_out():
    captions = {s.kind: s.caption for s in tell(replace(ARTICLE, output_size=(14, 14)))}
    assert captions["maxima"] == "One maximum in each of 196 sections."


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_scene_is_plain_json_with_a_whole_sentence(language):
    text = Text(language)
    for exercise in (ARTICLE, boxed(12, 9, output_size=(3, 5)), replace(ARTICLE, boxes=())):
        for scene in tell(exercise, text):
            record = scene.as_json()
            # Tuples become lists on the way and nothing else changes.
            assert json.loads(json.dumps(record)).keys() == record.keys()
            assert record["caption"].endswith((".", "。"))
            assert "{" not in record["caption"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_scene_is_explained(language):
    told = story(ARTICLE, pool(ARTICLE), Text(language))
    assert tuple(chapter["kind"] for chapter in told) == KINDS
    assert "{" not in str([list(chapter.values()) for chapter in told])[1:-1].replace("{'", "")


def test_the_farthest_box_is_explained_without_overflow():
    far = replace(ARTICLE, boxes=((0, -1e300, -1e300, 1e300, 1e300),))
    assert "2147483648 columns" in story(far, pool(far), EN)[2]["body"]
