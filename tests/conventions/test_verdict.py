"""Of two outputs the answer stands first: who made either, and what to change in whose code."""

import pytest

import roipool
from app.conventions.asked import OTHER, pasted
from app.conventions.matches import advice
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
    (said,) = advice(answer(FIGURE, output=FIGURE).said.found[0], text)
    assert said == text("identify.advice.nobody", name="article")


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
