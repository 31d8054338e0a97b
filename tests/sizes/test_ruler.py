"""The ruler and its tables, for every n, every P and every convention."""

import json
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import pytest

from app.exercise.desk import Desk
from app.exercise.limits import MAX_SIDE
from app.exercise.lookup import boundary_table, edge_table
from app.exercise.presets import preset_exercise
from app.sizes.cases import COLS, ROWS, difference, length
from app.sizes.ruler import ruler
from app.stage.payload import payload
from app.text import LANGUAGES, Text
from app.widgets.cases import cases_of
from roipool import PRESETS
from tests.sizes.cutting import COUNTS, LENGTHS, boundary, cut

every_convention = pytest.mark.parametrize("convention", sorted(PRESETS))


@every_convention
def test_tables_sent_to_the_browser_hold_every_length(convention):
    for count in COUNTS:
        edges = edge_table(MAX_SIDE, count, convention)["lengths"]
        assert edges == [cut(n, count, convention) for n in LENGTHS]


@every_convention
def test_texts_of_the_boundaries_round_to_the_edges_beside_them(convention):
    snap = ceil if PRESETS[convention].stop == "ceil" else floor
    for count in COUNTS:
        table, edges = (make(MAX_SIDE, count, convention) for make in (boundary_table, edge_table))
        assert table["exceptions"].keys() == edges["exceptions"].keys()
        pairs = [*zip(table["lengths"], edges["lengths"], strict=True)]
        pairs += [
            (table["exceptions"][key], edges["exceptions"][key]) for key in edges["exceptions"]
        ]
        for texts, (starts, stops) in pairs:
            assert [floor(Decimal(text)) for text in texts[:-1]] == starts
            assert [snap(Decimal(text)) for text in texts[1:]] == stops


@every_convention
def test_texts_are_the_boundaries_to_two_decimals_or_more(convention):
    for count in COUNTS:
        for n, texts in zip(
            LENGTHS, boundary_table(MAX_SIDE, count, convention)["lengths"], strict=True
        ):
            for i, text in enumerate(texts):
                off = abs(Fraction(text) - boundary(i, n, count, convention))
                assert off <= Fraction(1, 200)
                assert len(text.partition(".")[2]) != 1


def test_the_float32_overshoot_can_be_seen():
    assert boundary_table(64, 7, "fast_rcnn")["lengths"][56][-1] == "57.000004"
    assert boundary_table(64, 7, "paddle_gpu")["lengths"][56][-1] == "57"
    assert boundary_table(64, 7, "chainer_roi_pooling_2d")["lengths"][28][-1].startswith("29.00000")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", cases_of("sizes"))
def test_the_ruler_is_sent_all_lengths_on_both_axes(case, language):
    desk = Desk(preset_exercise(case))
    told = payload(desk, Text(language), parts={"ruler": ruler}, reach=MAX_SIDE)
    sent = json.loads(json.dumps(told, allow_nan=False))
    for name, axis, count in zip(
        ("rows", "cols"), (ROWS, COLS), desk.exercise.output_size, strict=True
    ):
        table = sent["ruler"][name]
        assert len(sent["edges"][name]["lengths"]) == len(table["differences"]) == MAX_SIDE
        assert {len(texts) for texts in table["boundaries"]["lengths"]} == {count + 1}
        n = length(desk.exercise, axis)
        assert table["differences"][n - 1] == difference(axis, n, count, language)
    assert len(json.dumps(sent)) < 150_000
    assert "ruler" not in payload(desk, Text(language), "boxes")
