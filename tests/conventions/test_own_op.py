"""The story of the article's op is what the library computes."""

import pytest

from app.conventions.grids import grid
from app.conventions.own_op import sentences, telling
from app.exercise.record import pool
from app.text import LANGUAGES, Text
from roipool import article


def test_the_three_outputs_are_the_figure_s_and_the_op_s():
    figure, as_written, same_cells = (
        result.output[0].ravel().tolist() for result in telling().results
    )
    assert figure == article.OUTPUT.ravel().tolist()
    assert as_written == [0.85, 0.96, 0.97, 0.91]
    assert same_cells == [0.85, 0.96, 0.97, 0.96]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_story_names_the_cell_and_both_sections_that_have_it(language):
    differs, ends, ceil = sentences(Text(language))
    assert "[0, 0, 3, 7, 8]" in differs
    listed = Text(language)("stage.list").join
    assert listed(["0.85", "0.96", "0.97", "0.91"]) in differs
    assert "[0, 0, 3, 6, 7]" in ends
    assert listed(["0.85", "0.96", "0.97", "0.96"]) in ends
    for said in ("3–4 | 5–7", "3–5 | 5–7", "⌈5/2⌉ = 3", "0.96", "(1, 1)", "(0, 1)", "0.84"):
        assert said in ceil


def test_a_grid_marks_what_differs_and_shows_text_as_text():
    output = pool(telling().as_written).output[0]
    html = grid(output, output != article.OUTPUT[0, 0], "<b>")
    assert html.count('class="differs"') == 2
    assert "&lt;b&gt;" in html
