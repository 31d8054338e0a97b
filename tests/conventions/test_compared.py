"""One box under every convention: what is compared, what is said of it, and what is sent."""

import json
from dataclasses import replace

import numpy as np
import pytest

from app.conventions.choices import switch
from app.conventions.compared import cases, cut_by, frameworks, same_here, verdict, whose
from app.conventions.multiples import payload, said
from app.conventions.tokens import CHOICES, token_of
from app.exercise.edit import Problem
from app.exercise.feature_maps import make_cells
from app.exercise.link import CUSTOM
from app.exercise.maps import Maps
from app.exercise.record import article_exercise, pool
from app.text import LANGUAGES, Text
from roipool import ALIASES, PRESETS

ARTICLE = article_exercise()
EN = Text("en")
BOXES = [(), ARTICLE.boxes, ((0, 6, 6, 2, 2),), ((0, -3, 20, 9.5, 30),)]


def by_name(found):
    return {case.rule.name: case for case in found}


def own(exercise=ARTICLE, **choices):
    """The exercise with choices of one's own."""
    for field, value in choices.items():
        exercise = switch(exercise, field, value)
    return exercise


def test_every_preset_is_there_once_and_one_s_own_is_the_last():
    mine = own(stop="ceil").rule
    names = [case.rule.name for case in cases(ARTICLE, mine)]
    assert names == [*PRESETS, CUSTOM]


def test_what_differs_is_what_differs_from_the_reference():
    for reference in PRESETS:
        exercise = replace(ARTICLE, convention=reference)
        for case in cases(exercise):
            output = pool(replace(ARTICLE, convention=case.rule)).output[0]
            expected = output != pool(exercise).output[0]
            np.testing.assert_array_equal(case.differs, expected)
            assert case.is_reference == (case.rule.name == reference)


def test_the_article_s_example_differs_in_the_right_column():
    found = by_name(cases(ARTICLE))
    assert found["fast_rcnn"].differs.tolist() == [[False, True], [False, True]]
    assert found["chainer_roi_max_pooling_2d"].differs.tolist() == [[False, True], [False, False]]
    assert verdict(found["fast_rcnn"], EN) == "2 of 4 differ"
    assert verdict(found["article"], EN) == "the reference"


def test_only_the_plane_and_the_box_on_the_stage_are_compared():
    maps = np.stack([make_cells("random", 9, 9, seed) for seed in range(4)]).reshape(2, 2, 9, 9)
    exercise = replace(
        ARTICLE,
        maps=Maps(maps),
        boxes=((0, 0, 0, 4, 4), (1, 1, 2, 8, 7)),
        selected=1,
        image=1,
        channel=1,
    )
    expected = pool(exercise).output[1]
    article = by_name(cases(exercise))["article"]
    np.testing.assert_array_equal(article.result.output[0], expected)
    assert article.result.outputs.shape == (1, 1, 2, 2)


def test_equal_output_of_other_sections_is_told_from_the_same_sections():
    flat = replace(ARTICLE, maps=Maps(np.ones((8, 8))), convention="fast_rcnn")
    found = by_name(cases(flat))
    assert verdict(found["mmcv"], EN) == "same sections"
    assert verdict(found["article"], EN) == "other sections, same output"


def test_presets_that_cut_the_same_sections_are_named():
    found = cases(replace(ARTICLE, convention="fast_rcnn"))
    assert same_here(found, EN).startswith(
        "deepsense, paddle_gpu, mmcv and chainer_roi_pooling_2d cut the same sections"
    )
    assert same_here(cases(ARTICLE), EN).startswith("Every other convention cuts")
    assert same_here(cases(replace(ARTICLE, boxes=())), EN) == ""


def test_one_s_own_convention_that_cuts_as_a_single_preset_names_that_one():
    exercise = own(empty_value=float("-inf"))
    sentence = same_here(cases(exercise, exercise.rule), EN)
    assert sentence.startswith("article cuts the same sections")


def test_every_alias_is_named_with_the_preset_it_cuts_as():
    for name, rule in PRESETS.items():
        assert len(frameworks(rule, EN)) >= sum(target == name for target in ALIASES.values())
    assert cut_by(PRESETS["fast_rcnn"], EN) == (
        "Caffe, torchvision, ONNX Runtime, MXNet and Paddle (CPU) cut this way."
    )
    assert cut_by(PRESETS["mmcv"], EN) == "mmcv cuts this way."
    assert frameworks(PRESETS["article"], EN) == []


def test_nobody_is_said_to_cut_as_one_s_own_convention_does():
    mine = own(stop="ceil").rule
    assert cut_by(mine, EN) == "No framework we know of cuts this way."
    assert whose(mine, EN) == "your choice"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("boxes", BOXES)
def test_the_payload_is_strict_json_for_every_reference(boxes, language):
    text, mine = Text(language), own(stop="ceil").rule
    for convention in (*PRESETS, mine):
        exercise = replace(ARTICLE, boxes=boxes, convention=convention)
        found = cases(exercise, mine)
        sent = json.loads(json.dumps(payload(exercise, found, text), allow_nan=False))
        assert [card["reference"] for card in sent["cards"]].count(True) == 1
        counts = {len(card["bins"]["values"]) for card in sent["cards"] if card["bins"]}
        assert counts == ({4} if boxes else set())
        assert said(exercise, found, text)


def test_bins_come_with_the_cell_of_their_maximum_and_empty_ones_with_none():
    exercise = replace(ARTICLE, boxes=((0, 2, 2, 3, 3),))
    sent = payload(exercise, cases(exercise), EN)
    for card in sent["cards"]:
        bins = card["bins"]
        for value, place, empty in zip(bins["values"], bins["places"], bins["empty"], strict=True):
            assert empty == (place < 0)
            if not empty:
                assert float(value) == ARTICLE.cells[place // 8][place % 8]
    assert any(sent["cards"][0]["bins"]["empty"])


def test_a_large_map_is_sent_once_and_not_with_every_card():
    exercise = replace(
        ARTICLE,
        maps=Maps(make_cells("random", 64, 64)),
        boxes=((0, 0, 0, 64, 64),),
        output_size=(14, 14),
    )
    sent = json.dumps(payload(exercise, cases(exercise, own(stop="ceil").rule), EN))
    assert len(sent) < 100_000


def test_switching_all_choices_to_a_preset_s_makes_that_preset():
    target = PRESETS["chainer_roi_max_pooling_2d"]
    exercise = own(**{field: getattr(target, field) for field in CHOICES})
    assert exercise.convention == "chainer_roi_max_pooling_2d"


def test_each_choice_is_switched_alone():
    for field, values in CHOICES.items():
        for token, value in values.items():
            switched = switch(ARTICLE, field, value)
            if isinstance(switched, Problem):
                assert (field, value) == ("rounding", "none")
                continue
            rules = switched.rule, ARTICLE.rule
            changed = [f for f in CHOICES if len({token_of(rule, f) for rule in rules}) == 2]
            assert changed in ([], [field])
            assert token_of(switched.rule, field) == token


def test_fractions_and_integers_do_not_go_together_whichever_is_switched_last():
    assert switch(ARTICLE, "rounding", "none").key == "choice.fractional"
    fractional = replace(ARTICLE, convention="mmcv")
    assert switch(fractional, "arithmetic", "exact").key == "choice.fractional"


def test_a_value_that_only_a_link_can_bring_has_its_number_for_a_name():
    rule = replace(PRESETS["fast_rcnn"], name=CUSTOM, empty_value=0.5)
    assert token_of(rule, "empty_value") == "0.50"
