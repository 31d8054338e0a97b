"""Of two outputs the answer stands first: who made either, and what to change in whose code."""

import pytest

import roipool
from app.conventions.advice import advice
from app.conventions.asked import OTHER, pasted
from app.conventions.matches import exact, names, ties
from app.conventions.told import sentences
from app.conventions.two_outputs import answered
from app.conventions.verdict import verdict
from app.text import LANGUAGES, Text
from roipool import article

from .asking import MAP, TORCHVISION
from .test_page import find, identify
from .test_two_outputs import FIGURE, answer

EN = Text("en")


def pooled(convention="torchvision", boxes=article.BOXES):
    output = roipool.roi_pool(article.FEATURE_MAP, boxes, (2, 2), convention=convention)
    return str(output[0, 0].round(2).tolist())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_framework_given_other_boxes_is_named_before_a_convention_that_is_nobodys(language):
    text = Text(language)
    one, two, change = verdict(answer(FIGURE), text)
    for line, side in ((one, "one"), (two, "two")):
        assert line.startswith(f"**{text(f'identify.two.column.{side}')}**")
        assert "torchvision" in line
    assert text("identify.reading.offset", amount="−1")[:3] in two
    assert "article" in two
    # In whose code, and what.
    assert text("identify.two.column.two") in change
    assert text("identify.advice.offset", amount="−1") in change


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_nobodys_convention_is_not_called_a_right_call_of_a_framework(language):
    text = Text(language)
    (said,) = advice(answer("", output=FIGURE).said.found[0], text)
    assert said == text("identify.advice.nobody", name="article")


# Sections that end at the floor; all explanations change something, and "+1" would be nobody's.
FLOORED = {
    "map": "3 7 1 9 4 2\n8 5 6 10 11 12\n13 36 14 15 16 17\n18 19 20 21 35 22\n"
    "23 24 25 26 27 28\n29 30 31 32 33 34",
    "boxes": "0 0 0 5 4",
    "output": "8 12\n36 35",
    "other": "36 17\n36 35",
}


def test_what_the_verdict_names_is_what_the_explanations_begin_with():
    said = answer(**FLOORED)
    _, _, change = verdict(said, EN)
    first = ties(said.said.found, EN)[0]
    assert first.startswith("all coordinates −0.5: torchvision")
    assert " ".join(advice(said.said.found[0], EN)) in change


def test_presets_of_which_the_same_choice_is_changed_are_named_together():
    (last,) = (names(one, EN) for one in exact(answer(**FLOORED).said.found)[3:])
    floored = "fast_rcnn, deepsense, paddle_gpu, mmcv and chainer_roi_pooling_2d with one choice"
    assert last.split("; ").count(f"{floored} changed (End of a section: ⌊ floor ⌋)") == 1


@pytest.mark.parametrize(("output", "told"), [("8 12 36 35", True), ("8 12 36", False)])
def test_an_output_that_nothing_explains_may_have_lost_its_rows(output, told):
    said = sentences(answer(**FLOORED | {"output": output, "other": ""}).said, EN)
    assert (EN("identify.one_row", count=4) in said) == told


def test_two_frameworks_are_told_that_neither_call_is_wrong():
    one, two, change = verdict(answer(pooled("chainer_roi_max_pooling_2d")), EN)
    assert "torchvision" in one
    assert "Chainer" in two
    assert change == EN("identify.verdict.rules", name="fast_rcnn")


def test_roi_align_is_not_passed_over_for_misread_boxes():
    aligned = roipool.roi_align(article.FEATURE_MAP, article.BOXES, (2, 2), aligned=True)
    lines = verdict(answer(str(aligned[0, 0].tolist())), EN)
    assert "RoIAlign" in lines[1]
    assert EN("identify.advice.align") in lines[2]


def test_outputs_that_agree_have_nothing_to_change():
    assert len(verdict(answer(TORCHVISION), EN)) == 2


def test_outputs_are_called_by_their_files():
    texts = {"map": MAP, "boxes": "0 0 3 7 8"}
    given = {field: pasted(text) for field, text in texts.items()}
    given["output"] = "torch.csv", b"0.85, 0.96\n0.97, 0.91"
    given[OTHER] = "mine.csv", b"0.85, 0.84\n0.97, 0.96"
    lines = verdict(answered(given, 1.0), EN)
    assert "**First output \\(torch\\.csv\\)**" in lines[0]
    assert "Second output \\(mine\\.csv\\)" in lines[2]


def test_the_verdict_stands_first_and_what_explains_an_output_is_one_group():
    app = find(identify(), map=MAP, boxes="0 0 3 7 8", output=TORCHVISION, other=FIGURE)
    said = [one.value for one in app.markdown]
    differ = said.index(f"**{EN('identify.two.differ', count=2, cells=4)}**".replace(".", "\\."))
    assert said[differ - 3].startswith("**First output**")
    assert said[differ - 2].startswith("**Second output**")
    pages = [one.proto.body for one in app.get("html")]
    heads = [body for body in pages if "answered" in body]
    assert "First output" in heads[0]
    assert "Second output" in heads[1]
    (table,) = (body for body in pages if "−1" in body)
    whole, part = (EN("identify.group.whole", count=3), EN("identify.group.part"))
    assert table.index(whole) < table.index('class="exact"') < table.index(part)
    assert 'class="exact"' not in table[table.index(part) :]
