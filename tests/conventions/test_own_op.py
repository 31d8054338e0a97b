"""The story of the article's op is what the library computes."""

import pytest

from app.conventions.grids import grid
from app.conventions.own_op import in_brief, sentences, telling
from app.exercise.record import pool
from app.text import LANGUAGES, Text, as_markdown
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
    text = Text(language)
    between = text("stage.list")
    written, kept = (
        between.join(f"0.{n}" for n in told) for told in ((85, 96, 97, 91), (85, 96, 97, 96))
    )
    differs, ends, ceil = sentences(text)
    assert "[0, 0, 3, 7, 8]" in differs
    assert written in differs
    assert "[0, 0, 3, 6, 7]" in ends
    assert kept in ends
    assert as_markdown(written) in in_brief(text)
    for said in ("3–4 | 5–7", "3–5 | 5–7", "⌈5/2⌉ = 3", "0.96", "(1, 1)", "(0, 1)", "0.84"):
        assert said in ceil


def test_a_grid_marks_what_differs_and_shows_text_as_text():
    output = pool(telling().as_written).output[0]
    html = grid(output, output != article.OUTPUT[0, 0], "<b>")
    assert html.count('class="differs"') == 2
    assert "&lt;b&gt;" in html
