"""Sizes that don't divide: what the page shows, for every n, every P and every convention."""

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, inf

import numpy as np
import pytest

from app.exercise.desk import Desk
from app.exercise.feature_maps import make_cells
from app.exercise.limits import MAX_BINS, MAX_SIDE
from app.exercise.lookup import boundary_table, edge_table
from app.exercise.maps import Maps
from app.exercise.record import article_exercise
from app.sizes.cases import (
    COLS,
    ROWS,
    difference,
    length,
    sections,
    with_case,
    with_length,
    with_room,
)
from app.sizes.metrics import QUESTIONS, metrics, told
from app.sizes.ruler import ruler
from app.stage.mount import payload
from app.text import LANGUAGES, Text
from app.widgets.cases import cases_of
from app.widgets.opening import preset_exercise
from roipool import PRESETS, bin_edges

ARTICLE = article_exercise()
LENGTHS, COUNTS = range(1, MAX_SIDE + 1), range(1, MAX_BINS + 1)
every_convention = pytest.mark.parametrize("convention", sorted(PRESETS))


def boundary(i, n, count, convention):
    """i*n/P as the convention's arithmetic has it, from NumPy's scalars alone."""
    arithmetic = PRESETS[convention].arithmetic
    if arithmetic == "exact":
        return Fraction(i * n, count)
    real = np.dtype(arithmetic).type
    return Fraction(float(real(i) * (real(n) / real(count))))


def cut(n, count, convention):
    """Starts and stops of n cells in P sections, a section at a time."""
    snap = ceil if PRESETS[convention].stop == "ceil" else floor
    starts = [floor(boundary(i, n, count, convention)) for i in range(count)]
    stops = [snap(boundary(i + 1, n, count, convention)) for i in range(count)]
    return [starts, stops]


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


def ask(question, spans, n):
    """An answer of the heat map, by counting."""
    sizes = [max(0, stop - start) for start, stop in spans]
    held = [sum(start <= cell < stop for start, stop in spans) for cell in range(n + 2)]
    return {
        "spread": max(sizes) - min(sizes),
        "ratio": max(sizes) / min(sizes) if min(sizes) else inf,
        "shared": sum(count > 1 for count in held),
        "empty": sizes.count(0),
        "past": sum(count > 0 for count in held[n:]),
    }[question]


@every_convention
def test_heat_map_is_the_brute_force_count_everywhere(convention):
    values = metrics(PRESETS[convention])
    for count in COUNTS:
        for n in LENGTHS:
            spans = [*zip(*cut(n, count, convention), strict=True)]
            for question in QUESTIONS:
                assert values[question][count - 1, n - 1] == ask(question, spans, n)


@every_convention
@pytest.mark.parametrize("axis", [ROWS, COLS])
def test_box_made_so_long_is_cut_as_the_tables_say(convention, axis):
    for n in LENGTHS:
        made = with_length(replace(ARTICLE, convention=convention), axis, n)
        other = 1 - axis
        assert (length(made, axis), length(made, other)) == (
            n,
            length(replace(ARTICLE, convention=convention), other),
        )
        for count in (1, 2, 7, 14):
            bins = bin_edges(made.boxes, count, None, convention=convention)
            starts, stops = (bins.y0, bins.y1) if axis == ROWS else (bins.x0, bins.x1)
            first = (bins.rows, bins.cols)[axis][0, 0]
            table = edge_table(MAX_SIDE, count, convention)
            edges = table["exceptions"].get(f"{first},{n}", table["lengths"][n - 1])
            assert [(starts - first)[0].tolist(), (stops - first)[0].tolist()] == edges


@every_convention
def test_a_case_has_room_for_a_cell_past_its_end(convention):
    for n in LENGTHS:
        made = with_room(with_case(replace(ARTICLE, convention=convention), n, 7))
        assert [length(made, axis) for axis in (ROWS, COLS)] == [n, n]
        assert made.output_size == (7, 7)
        bins = bin_edges(made.boxes, 7, None, convention=convention)
        if n < MAX_SIDE:
            assert bins.y1.max() <= made.size[0]
            assert bins.rows[0, 1] < made.size[0]
        else:
            assert made.size == (MAX_SIDE, MAX_SIDE)
        assert with_room(made) == made


def test_the_map_grows_and_shrinks_round_what_is_seen_and_keeps_edits():
    assert with_room(ARTICLE).size == (9, 8)
    assert with_room(ARTICLE).boxes == ARTICLE.boxes
    cells = [list(row) for row in ARTICLE.cells]
    cells[0][0] = 5.0
    edited = ARTICLE.with_cells(tuple(map(tuple, cells)))
    grown = with_room(with_length(edited, COLS, 40))
    assert grown.size == (9, 41)
    assert grown.cells[0][0] == 5.0
    assert grown.cells[1] == make_cells("continued", 9, 41)[1]
    shrunk = with_room(with_length(grown, COLS, 7))
    assert shrunk.size == (9, 8)
    assert [row[:8] for row in shrunk.cells[:8]] == [tuple(row) for row in cells]


def test_other_images_channels_and_boxes_beyond_every_map_are_kept():
    maps = Maps(np.arange(2 * 3 * 4 * 4.0).reshape(2, 3, 4, 4))
    boxes = ((1.0, 0.0, 0.0, 300.0, 9.0), (0.0, -5.0, -5.0, 0.0, 0.0))
    room = with_room(replace(ARTICLE, maps=maps, boxes=boxes))
    assert room.size == (10, MAX_SIDE)
    assert room.boxes == boxes
    np.testing.assert_array_equal(room.maps.array[..., :4, :4], maps.array)
    assert with_room(replace(ARTICLE, boxes=())).size == (8, 8)


def test_a_length_makes_a_box_where_there_was_none():
    assert with_length(replace(ARTICLE, boxes=()), ROWS, 5).boxes == ((0.0, 0.0, 0.0, 1.0, 5.0),)


def test_every_case_has_its_room():
    assert len(cases_of("sizes")) == 4
    for case in cases_of("sizes"):
        assert with_room(preset_exercise(case)) == preset_exercise(case)


@pytest.mark.parametrize("axis", [ROWS, COLS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_says_that_nothing_changes_exactly_where_nothing_does(language, axis):
    text = Text(language)
    for count in COUNTS:
        for n in LENGTHS:
            each = text("sizes.cells.one" if n == count else "sizes.cells.many", cells=n // count)
            named = text(f"sizes.axis.{('rows', 'cols')[axis]}")
            same = text("sizes.same", axis=named, n=n, p=count, each=each)
            equal = cut(n, count, "article") == cut(n, count, "fast_rcnn")
            assert (difference(axis, n, count, language) == same) == equal
            assert equal == (n % count == 0)


def test_the_sentence_names_sizes_shared_cells_and_what_lies_past_the_end():
    for count in range(2, 8):
        for n in LENGTHS:
            if n % count == 0:
                continue
            said = difference(ROWS, n, count, "en")
            for name in ("article", "fast_rcnn"):
                spans = [*zip(*cut(n, count, name), strict=True)]
                sizes = " + ".join(str(max(0, stop - start)) for start, stop in spans)
                assert f"{name} cuts {sizes}" in said
            assert ("past the end" in said) == (spans[-1][1] > n)
            assert ("empty" in said) == (n < count)
            shared = said.split("shares cell")[1].lstrip("s ").split(" and reads")[0].rstrip(".")
            named = []
            for part in shared.split(", "):
                first, _, last = part.partition("–")
                named += range(int(first), int(last or first) + 1)
            # Where two sections meet away from a whole number, the cell between is in both.
            meets = {start for (_, stop), (start, _) in pairwise(spans) if start < stop}
            assert named == sorted(meets)


def test_examples_of_the_sentence_in_both_languages():
    assert difference(COLS, 14, 7, "en") == (
        "Columns, 14 in 7: nothing changes. Under article and fast_rcnn alike every section holds "
        "2 cells."
    )
    assert difference(ROWS, 7, 13, "en") == (
        "Rows, 7 in 13: article cuts 13 sections of 0–1 (6 empty); fast_rcnn cuts 13 sections of "
        "1–2, shares cells 0–6 and reads cell 7, past the end."
    )
    assert difference(ROWS, 40, 14, "zh").endswith("有 12 格重复计入。")
    assert sections(3, 7, "article")[:3] == [(0, 0), (0, 0), (0, 1)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_of_the_heat_map_can_be_said(language):
    text = Text(language)
    for convention in PRESETS.values():
        for question, values in metrics(convention).items():
            for value in np.unique(values).tolist():
                assert told(question, value, text)
    assert told("ratio", inf, text) == text("sizes.map.ratio.none")
    assert told("past", 1.0, Text("en")) == "1 cell past the end"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", cases_of("sizes"))
def test_the_ruler_is_sent_all_lengths_on_both_axes(case, language):
    desk = Desk(preset_exercise(case))
    told = payload(desk, Text(language), "ruler", parts={"ruler": ruler})
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


def test_the_reader_s_own_cells_are_never_cut_off():
    own = replace(ARTICLE, maps=Maps(np.random.default_rng(1).random((64, 64))))
    assert with_room(own).maps == own.maps
    grown = with_room(with_length(ARTICLE, ROWS, 20))
    cells = [list(row) for row in grown.cells]
    cells[20][0] = 9.5
    edited = grown.with_cells(tuple(map(tuple, cells)))
    assert with_room(with_length(edited, ROWS, 5)).cells[20][0] == 9.5
    assert with_room(with_length(grown, ROWS, 5)).size == with_room(ARTICLE).size
