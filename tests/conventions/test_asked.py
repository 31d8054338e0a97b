"""Which convention made an output: what is pasted is read, and the answer is put into words."""

import pickle

import numpy as np
import pytest

import roipool
from app.conventions.advice import advice
from app.conventions.asked import FIELDS, Asked, find, pasted, read
from app.conventions.examples import EXAMPLES, example
from app.conventions.matches import (
    headline,
    names,
    quiet_names,
    reading_words,
    ties,
    used_by,
)
from app.text import LANGUAGES, Text
from roipool import article
from roipool.changes import KEYS
from roipool.readings import Change
from tests.conventions.asking import TORCHVISION, asked, best, found

EN = Text("en")


@pytest.mark.parametrize(
    "output",
    [
        TORCHVISION,
        f"tensor({TORCHVISION}, device='cuda:0')",
        f"np.array({TORCHVISION})",
        "[[[[0.85 0.96]\n   [0.97 0.91]]]]",
        "array([[[[.85, .96],\n         [.97, .91]]]], dtype=float32)",
        "0.85, 0.96\n0.97, 0.91",
        "[[[0.85, 0.96], [0.97, 0.91]]]",
    ],
)
def test_an_output_is_read_as_programs_print_it(output):
    question = asked(output)
    assert isinstance(question, Asked)
    assert question.output.shape == (1, 1, 2, 2)
    assert best(question).first.name == "fast_rcnn"


def test_planes_below_one_another_are_those_of_the_boxes():
    question = asked(output="1 2\n3 4\n5 6\n7 8", boxes="0 0 0 4 4\n0 1 1 5 5")
    assert question.output.tolist() == [[[[1, 2], [3, 4]]], [[[5, 6], [7, 8]]]]


@pytest.mark.parametrize(
    ("field", "text", "key"),
    [
        ("map", "", "identify.none.map"),
        ("boxes", " \n", "identify.none.boxes"),
        ("output", "", "identify.none.output"),
        ("map", "0.1 word", "paste.not_a_number"),
        ("map", "[1, 2, 3]", "identify.map"),
        ("boxes", "0 0 3", "identify.boxes"),
        ("boxes", "1 0 3 7 8", "batch_index"),
        ("output", "1 2\n3 4 5", "paste.ragged"),
        ("output", "[[[[1, 2]]], [[[1, 2]]]]", "identify.output"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_read_is_explained_at_its_field(language, field, text, key):
    problems = asked(**{field: text})
    assert {name: problem.key for name, problem in problems.items()} == {field: key}
    assert problems[field].sentence(Text(language))


def test_an_empty_file_is_said_to_be_empty():
    given = {"map": ("map.csv", b""), "boxes": pasted("0 0 3 7 8"), "output": pasted(TORCHVISION)}
    assert read(given, 1.0)["map"].key == "file.empty"


def test_every_field_has_its_own_message():
    assert asked(output="", boxes="x", map="").keys() == set(FIELDS)


def test_what_the_library_refuses_is_told_in_its_own_words():
    problems = find(asked(boxes="0 nan 0 1 1"))
    assert problems["boxes"].key == "identify.refused"
    assert "finite" in problems["boxes"].sentence(EN)


def test_conventions_that_tie_are_one_finding_and_frameworks_that_people_know_come_first():
    answer = found(asked())
    finding = answer[0]
    assert names(finding, EN).startswith("fast_rcnn, deepsense, paddle_gpu, mmcv and")
    known = "torchvision, ONNX Runtime, Caffe, mmcv"
    assert used_by(finding, EN).startswith(known)
    assert headline(answer, EN).startswith(f"All 4 values agree with {known} and 5 more, and")
    assert "fast_rcnn" not in headline(answer, EN)
    assert "fast_rcnn" in quiet_names(answer, EN)
    assert advice(finding, EN) == [EN("identify.advice.as_given", name="fast_rcnn")]


@pytest.mark.parametrize(
    ("name", "said"),
    [("swapped", "[0, 2, 1, 4, 3]"), ("scale", "left at 1"), ("align", "RoIAlign")],
)
def test_an_example_is_explained_whole(name, said):
    filled = example(name)
    finding = best(asked(filled.output, filled.boxes, filled.map, filled.spatial_scale))
    assert finding.first.differing == 0
    assert not finding.where.any()
    assert said in " ".join(advice(finding, EN))


def test_there_is_a_button_for_every_example():
    assert {f"identify.example.{name}" for name in EXAMPLES} == {
        f"identify.{key}" for key in EN.section("identify") if key.startswith("example.")
    }


def test_an_output_that_nothing_makes_says_how_near_the_nearest_comes():
    answer = found(asked("0.85 0.96\n0.97 5"))
    finding = answer[0]
    assert finding.first.differing == 1
    assert finding.where.ravel().tolist() == [False, False, False, True]
    assert headline(answer, EN).startswith("Nothing that is tried here")
    assert "1 of 4" in headline(answer, EN)


@pytest.mark.parametrize("output", ["9 9\n9 9", "0.85 0.96\n0.97 5"])
def test_an_output_that_nothing_makes_gets_no_advice_on_the_call(output):
    answer = found(asked(output, "0 1 2 6 7"))
    assert answer[0].first.differing
    assert advice(answer[0], EN) == [EN("identify.advice.none")]
    assert ties(answer, EN) == []
    assert quiet_names(answer, EN) == ""


def test_where_not_one_value_comes_out_no_convention_is_called_the_nearest():
    said = headline(found(asked("9 9\n9 9", "0 1 2 6 7")), EN)
    assert said == EN("identify.nothing", cells=4)


def test_several_explanations_are_announced_as_several_and_all_are_listed():
    output = roipool.roi_pool(article.FEATURE_MAP, [[0, 1, 2, 7, 8]], 2, convention="torchvision")
    answer = found(asked(str(output.tolist()), "0 1 2 6 7"))
    several = [finding for finding in answer if not finding.first.differing]
    assert len(several) > 2
    assert headline(answer, EN).startswith(f"{len(several)} explanations make all 4 values")
    listed = ties(answer, EN)
    assert len(listed) == len(several)
    assert listed[0].startswith("x2 and y2 +1: torchvision, ONNX Runtime")


def test_explanations_that_change_something_are_counted_beside_the_simplest():
    output = roipool.roi_pool(article.FEATURE_MAP, [[0, 1, 2, 6, 7]], 2, convention="torchvision")
    answer = found(asked(str(output.tolist()), "0 1 2 6 7"))
    others = sum(not finding.first.differing for finding in answer) - 1
    assert others > 1
    assert headline(answer, EN).endswith(EN("identify.others.many", count=others))
    assert ties(answer, EN) == []


@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reading_has_its_words_and_its_advice(language):
    text = Text(language)
    maps, boxes = np.random.default_rng(5).random((2, 1, 12, 12)), [[1, 16, 32, 144, 160.0]]
    output = roipool.roi_pool(maps, boxes, 3, 1 / 16, convention="torchvision")
    for other in ([[1, 1, 2, 9, 10]], [[1, 2, 1, 10, 9]], [[1, 16, 32, 144, 160]]):
        for scale in (1.0, 1 / 16):
            answer = found(Asked(maps, np.array(other, float), output, scale))
            finding = answer[0]
            assert headline(answer, text)
            assert reading_words(finding.first, text)
            assert advice(finding, text)
    keys = [
        line.split('"')[1]
        for line in (Change.__doc__ or "").splitlines()
        if line.strip().startswith('- "')
    ]
    assert len(keys) > 8
    for key in {*keys, *KEYS}:
        for about in ("reading", "advice"):
            assert text(f"identify.{about}.{key}", amount="+1", down="1/8")


def test_problems_of_the_library_travel_between_processes():
    problems = find(asked(boxes="0 nan 0 1 1"))
    sent = pickle.loads(pickle.dumps(problems))
    assert sent["boxes"].sentence(EN) == problems["boxes"].sentence(EN)
