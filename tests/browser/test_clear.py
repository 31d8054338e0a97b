"""What stands close together on a figure stays clear of each other."""

import pytest

from .stage_page import Stage

# Of the cells of the output those whose number is wider than the cell is between its borders.
OVERRUN = """(output) => [...output.querySelectorAll(".out")].filter((cell) => {
  const words = document.createRange();
  words.selectNodeContents(cell);
  return words.getBoundingClientRect().width > cell.clientWidth + 1;
}).map((cell) => cell.textContent)"""
# The numbers of rows that a handle of the box touches, its line being 2 px wide.
TOUCHED = """(area) => {
  const CLEAR = 3;
  const grips = [...area.querySelectorAll(".grip")].map((grip) => grip.getBoundingClientRect());
  return [...area.querySelectorAll(".axis.rows span")].filter((label) => {
    const { left, right, top, bottom } = label.getBoundingClientRect();
    const isBeside = (grip) => grip.left - CLEAR < right && grip.right > left;
    return grips.some((grip) => isBeside(grip) && grip.top - 1 < bottom && grip.bottom + 1 > top);
  }).map((label) => label.textContent);
}"""


@pytest.mark.parametrize("path", ["gradient", "sizes", "playground"])
def test_no_number_of_an_output_runs_over_its_cell(open_page, path):
    stage = open_page(f"/{path}?preset=57-in-7", Stage)
    assert stage.root.locator(".output").read(OVERRUN) == []


@pytest.mark.parametrize("options", [{}, {"viewport": {"width": 360, "height": 740}}])
def test_no_handle_of_a_box_touches_the_number_of_a_row(open_page, options):
    stage = open_page("/playground?preset=article", Stage, **options)
    assert stage.root.locator(".map-area").read(TOUCHED) == []
