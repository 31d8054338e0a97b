"""Which convention made an output: what is pasted is read, and the answer is put into words."""

import numpy as np
import pytest

import roipool
from app.asked import FIELDS, Asked, find, pasted, read
from app.examples import EXAMPLES, example
from app.matches import advice, findings, headline, names, reading_words, used_by
from app.text import LANGUAGES, Text
from roipool import article
from roipool.readings import Change

EN = Text("en")
MAP = "\n".join(" ".join(map(str, row)) for row in article.FEATURE_MAP[0, 0].tolist())
TORCHVISION = "[[[[0.85, 0.96], [0.97, 0.91]]]]"


def asked(output=TORCHVISION, boxes="0 0 3 7 8", map=MAP, scale=1.0):
    given = {"map": pasted(map), "boxes": pasted(boxes), "output": pasted(output)}
    return read(given, scale)


def best(question):
    return findings(find(question))[0]


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


def test_ties_are_one_finding_and_all_their_frameworks_are_named():
    finding = best(asked())
    assert names(finding, EN).startswith("fast_rcnn, deepsense, paddle_gpu, mmcv and")
    assert "torchvision" in used_by(finding, EN)
    assert headline(finding, EN).endswith("and the boxes are read as given.")
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
    finding = best(asked("0.85 0.96\n0.97 5"))
    assert finding.first.differing == 1
    assert finding.where.ravel().tolist() == [False, False, False, True]
    assert headline(finding, EN).startswith("Nothing that is tried here")
    assert "1 of 4" in headline(finding, EN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reading_has_its_words_and_its_advice(language):
    text = Text(language)
    maps, boxes = np.random.default_rng(5).random((2, 1, 12, 12)), [[1, 16, 32, 144, 160.0]]
    output = roipool.roi_pool(maps, boxes, 3, 1 / 16, convention="torchvision")
    for other in ([[1, 1, 2, 9, 10]], [[1, 2, 1, 10, 9]], [[1, 16, 32, 144, 160]]):
        for scale in (1.0, 1 / 16):
            finding = best(Asked(maps, np.array(other, float), output, scale))
            assert headline(finding, text)
            assert reading_words(finding.first, text)
            assert advice(finding, text)
    keys = [
        line.split('"')[1]
        for line in (Change.__doc__ or "").splitlines()
        if line.strip().startswith('- "')
    ]
    assert len(keys) > 8
    for key in keys:
        for about in ("reading", "advice"):
            assert text(f"identify.{about}.{key}", amount="+1")
