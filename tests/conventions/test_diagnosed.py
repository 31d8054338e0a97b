"""What is said of a diagnosis: words and advice for every rule, printed digits, a settling box."""

import dataclasses

import numpy as np
import pytest

import roipool
from app.conventions.advice import advice
from app.conventions.asked import Asked, find, pasted, read
from app.conventions.matches import (
    Finding,
    equal_to,
    explained,
    headline,
    settled_by,
)
from app.conventions.words import reading_words, rule_words
from app.files import write
from app.text import LANGUAGES, Text
from roipool import article
from roipool.frameworks import FRAMEWORKS
from roipool.given import read_boxes
from roipool.rules import averages, ports
from roipool.suspects import aligns, crops, floored_neighbours, largest_aligns, resizes
from tests.conventions.asking import MAP, found

EN = Text("en")


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


@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_of_computing_has_its_words_and_its_advice(language):
    text = Text(language)
    outputs = {rule: rule.pool for rule in (*aligns(), *resizes(), *averages()[1:])}
    outputs |= {rule: rule.pool for rule in ports() if rule.name not in FRAMEWORKS}
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
def test_an_output_beside_nan_is_said_to_be_its_frameworks(language):
    maps = np.random.default_rng(3).random((1, 1, 9, 9))
    maps[0, 0, 2::3, 3] = np.nan
    boxes = np.array([[0, 1, 2, 7, 8], [0, 0, 3, 5, 8.0]])
    output = roipool.roi_pool(maps, boxes, 2, convention="onnxruntime")
    answer, text = found(Asked(maps, boxes, output)), Text(language)
    assert "onnxruntime" in headline(answer, text)
    assert advice(answer[0], text) == [text("identify.advice.framework", name="onnxruntime")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_crops_and_the_largest_samples_have_their_words_and_their_advice(language):
    text = Text(language)
    one = find(Asked(article.FEATURE_MAP, article.BOXES, article.OUTPUT))[0]
    said = set()
    for rule in (*largest_aligns(), *crops(), *floored_neighbours()):
        match = dataclasses.replace(one, rule=rule, differing=0)
        said.add(rule_words(match, text))
        assert advice(Finding((match,), one.where), text)
    assert len(said) == len({*largest_aligns(), *crops(), *floored_neighbours()})


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


@pytest.mark.sampled(2)
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


def test_a_box_held_to_the_last_cell_is_not_said_to_be_clipped_to_the_map():
    maps, given = article.FEATURE_MAP, article.BOXES
    output = roipool.roi_pool(maps, given - [0, 0, 0, 0, 1], 3)
    best = found(Asked(maps, given, output))[0]
    assert best.first.reading.key == "clipped"
    assert reading_words(best.first, EN) == EN("identify.reading.clipped_to_last")
    assert advice(best, EN)[0] == EN("identify.advice.clipped_to_last")
