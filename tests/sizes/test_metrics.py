"""The heat map counts as brute force does, and all of it can be said."""

from itertools import pairwise
from math import inf

import numpy as np
import pytest

from app.sizes.cases import COLS, ROWS, difference, sections
from app.sizes.metrics import QUESTIONS, metrics, told
from app.text import LANGUAGES, Text
from roipool import PRESETS
from tests.sizes.cutting import COUNTS, LENGTHS, cut

every_convention = pytest.mark.parametrize("convention", sorted(PRESETS))


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


@pytest.mark.sampled(3)
@every_convention
def test_heat_map_is_the_brute_force_count_everywhere(convention):
    values = metrics(PRESETS[convention])
    for count in COUNTS:
        for n in LENGTHS:
            spans = [*zip(*cut(n, count, convention), strict=True)]
            for question in QUESTIONS:
                assert values[question][count - 1, n - 1] == ask(question, spans, n)


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
