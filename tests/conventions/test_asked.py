"""Which convention made an output: what is pasted is read, and the answer is put into words."""

import pickle

import numpy as np
import pytest

import roipool
from app.conventions.asked import FIELDS, Asked, find, pasted, read, too_much
from app.conventions.examples import EXAMPLES, example
from app.conventions.matches import (
    Finding,
    advice,
    equal_to,
    explained,
    findings,
    headline,
    names,
    quiet_names,
    reading_words,
    rule_words,
    settled_by,
    ties,
    used_by,
)
from app.files import write
from app.text import LANGUAGES, Text
from roipool import article
from roipool.changes import KEYS
from roipool.given import read_boxes
from roipool.readings import Change
from roipool.rules import aligns, averages, ports, resizes

EN = Text("en")
MAP = "\n".join(" ".join(map(str, row)) for row in article.FEATURE_MAP[0, 0].tolist())
TORCHVISION = "[[[[0.85, 0.96], [0.97, 0.91]]]]"


def asked(output=TORCHVISION, boxes="0 0 3 7 8", map=MAP, scale=1.0):
    given = {"map": pasted(map), "boxes": pasted(boxes), "output": pasted(output)}
    return read(given, scale)


def found(question):
    return findings(find(question))


def best(question):
    return found(question)[0]


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
            assert text(f"identify.{about}.{key}", amount="+1")


def large(map=(8, 8), boxes=1, bins=(2, 2), corner=4.0):
    """A question of these sizes, as files."""
    arrays = {
        "map": np.zeros((1, 1, *map)),
        "boxes": np.tile([0, 0, 0, corner, corner], (boxes, 1)),
        "output": np.zeros((boxes, 1, *bins)),
    }
    return read({name: (f"{name}.npy", write(array, "npy")) for name, array in arrays.items()}, 1)


@pytest.mark.parametrize(
    ("question", "field", "key"),
    [
        ({"map": (257, 8)}, "map", "cells"),
        ({"boxes": 2001, "bins": (1, 1)}, "boxes", "boxes"),
        ({"bins": (65, 1)}, "output", "bins"),
        ({"bins": (1, 65)}, "output", "bins"),
        ({"boxes": 2000, "bins": (8, 8)}, "output", "values"),
        ({"corner": 10_001.0}, "boxes", "far"),
    ],
)
def test_more_than_can_be_searched_is_refused_before_the_search(question, field, key):
    ((found, problem),) = large(**question).items()
    assert (found, problem.key) == (field, f"identify.much.{key}")
    assert "{" not in problem.sentence(EN)


def test_what_is_too_much_to_try_whole_is_answered_and_said(monkeypatch):
    monkeypatch.setattr("app.conventions.asked.BUDGET", 0.2)
    question = large(map=(64, 64), boxes=300, bins=(5, 5), corner=63.0)
    question.output[-1, -1, -1, -1] = 1
    answer = find(question)
    assert answer.undecided > 0
    assert answer[0].differing == 1
    for language in LANGUAGES:
        assert str(answer.undecided) in too_much(answer.undecided, Text(language))
    sent = pickle.loads(pickle.dumps(answer))
    assert sent.undecided == answer.undecided
    assert headline(findings(sent), EN) == headline(findings(answer), EN)


def test_of_what_was_tried_whole_nothing_is_said_to_be_too_much():
    assert too_much(find(asked()).undecided, EN) == ""


def test_problems_of_the_library_travel_between_processes():
    problems = find(asked(boxes="0 nan 0 1 1"))
    sent = pickle.loads(pickle.dumps(problems))
    assert sent["boxes"].sentence(EN) == problems["boxes"].sentence(EN)


def test_what_just_fits_is_searched():
    assert isinstance(large(map=(256, 256), bins=(64, 64), corner=10_000.0), Asked)


@pytest.mark.parametrize("language", LANGUAGES)
def test_corners_that_were_cut_off_are_said_to_be_rounded_down(language):
    text, rng = Text(language), np.random.default_rng(1)
    maps = rng.random((1, 1, 12, 12))
    start, size = rng.integers(0, 90, (9, 2)), rng.integers(40, 90, (9, 2))
    boxes = np.column_stack([np.zeros(9), start, start + size])
    output = roipool.roi_pool(maps, boxes // 16, 3, convention="torchvision")
    answer = found(Asked(maps, boxes, output, 1 / 16))
    assert text("conventions.choice.rounding.floor") in headline(answer, text)
    assert advice(answer[0], text) == [text("identify.advice.floored", name="fast_rcnn")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_of_computing_has_its_words_and_its_advice(language):
    text = Text(language)
    outputs = {rule: rule.pool for rule in (*aligns(), *resizes(), *averages()[1:], *ports())}
    maps = np.random.default_rng(6).random((1, 1, 14, 14))
    boxes = [[0, 1.3, 2.6, 11.7, 12.2], [0, 3.7, 0.2, 9.1, 12.8]]
    given = read_boxes(maps, boxes, 1.0)
    for rule, pool in outputs.items():
        answer = found(Asked(maps, given.boxes, pool(maps, given, (13, 14))))
        match = next(one for finding in answer for one in finding.matches if one.rule == rule)
        assert match.differing == 0
        assert rule_words(match, text)
        assert advice(Finding((match,), match.where), text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_output_that_was_printed_is_said_to_be_equal_to_its_digits(language):
    text, rng = Text(language), np.random.default_rng(2)
    maps, boxes = rng.random((1, 1, 9, 9)), np.array([[0, 1, 2, 7, 8], [0, 0, 3, 5, 8.0]])
    output = roipool.roi_pool(maps, boxes, 2, convention="torchvision").round(6)
    form = find(Asked(maps, boxes, output)).format
    assert equal_to(form, text) == text("identify.format.decimals", digits=6)
    for kind in ("significant", "float16", "bfloat16"):
        assert equal_to(roipool.Format(kind, 7), text)
    assert equal_to(None, text) == ""


def test_rows_whose_first_column_is_no_index_are_asked_and_else_refused_by_name():
    rng = np.random.default_rng(3)
    maps, boxes = rng.random((1, 1, 9, 9)), np.array([[0, 1, 2, 7, 8], [0, 2, 3, 5, 8.0]])
    last = boxes[:, [1, 2, 3, 4, 0]]
    output = roipool.roi_pool(maps, boxes, 3, convention="torchvision")
    given = {"map": maps, "boxes": last, "output": output}
    files = {field: (f"{field}.npy", write(array, "npy")) for field, array in given.items()}
    question = read(files, 1.0)
    assert "index_last" in [match.reading.key for match in find(question) if match.rank == 1]
    problems = find(Asked(maps, last, output + 9))
    assert problems["boxes"].key == "batch_index"


@pytest.mark.parametrize("last", ["map", "output"])
def test_arrays_with_channels_last_are_asked(last):
    rng = np.random.default_rng(4)
    maps, boxes = rng.random((1, 3, 9, 8)), np.array([[0, 1, 2, 7, 8], [0, 2, 3, 5, 8.0]])
    given = {"map": maps, "boxes": boxes, "output": roipool.roi_pool(maps, boxes, (2, 4))}
    given[last] = given[last].transpose(0, 2, 3, 1)
    files = {field: (f"{field}.npy", write(array, "npy")) for field, array in given.items()}
    first = find(read(files, 1.0))[0]
    assert (first.name, first.reading.key, first.differing) == ("article", f"{last}_nhwc", 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_explanations_tie_a_box_that_tells_them_apart_is_proposed(language):
    text = Text(language)
    output = roipool.roi_pool(article.FEATURE_MAP, [[0, 1, 2, 7, 8]], 2, convention="torchvision")
    files = {
        "map": pasted(MAP),
        "boxes": pasted("0 1 2 6 7"),
        "output": pasted(str(output.tolist())),
    }
    said = explained(files, 1.0)
    assert said.settling.boxes.shape == (1, 5)
    box = ", ".join(f"{value:g}" for value in said.settling.boxes[0])
    assert settled_by(said, text) == text("identify.settle", box=box)
    files["output"] = pasted("0.85 0.96\n0.97 5")
    assert settled_by(explained(files, 1.0), text) == ""
