// A part of the heat map enlarged, over the finger that covers it.

import { fill as colour, ink } from "../common/colour.js";
import { html, setText } from "../common/dom.js";

// Cells to each side of the one that is pointed at.
const ACROSS = 3;
const UP = 1;
const CELL = 30; // px
const ABOVE = 24;

export function createLens() {
  const cells = Array.from({ length: (2 * ACROSS + 1) * (2 * UP + 1) }, () => html("span"));
  const grid = html("div", { class: "lens-cells" }, ...cells);
  const name = html("b");
  const root = html("div", { class: "lens", hidden: "", "aria-hidden": "true", "data-testid": "heatmap-lens" }, name, grid);

  // The case [n, P] and its neighbours, in a figure so wide, whose cells are so large.
  function paint(at, { data, width, cell, row }) {
    root.hidden = !at;
    if (!at) return;
    const [n, count] = at;
    setText(name, `n = ${n}, P = ${count}`);
    cells.forEach((element, k) => paintCell(element, data, n + (k % (2 * ACROSS + 1)) - ACROSS, count + UP - Math.floor(k / (2 * ACROSS + 1))));
    const wide = (2 * ACROSS + 1) * CELL + 12;
    const middle = Math.max(wide / 2, Math.min(width - wide / 2, (n - 0.5) * cell));
    root.style.setProperty("--x", `${middle}px`);
    root.style.setProperty("--y", `${(data.most - count) * row - ABOVE}px`);
  }

  return { root, paint };
}

function paintCell(element, { cells, values, longest, most, range }, n, count) {
  const outside = n < 1 || n > longest || count < 1 || count > most;
  const value = outside ? null : values[cells[(count - 1) * longest + n - 1]];
  element.style.visibility = outside ? "hidden" : "";
  element.style.background = value === null ? "" : colour(value, range);
  element.style.color = value === null ? "" : ink(value, range);
  setText(element, outside ? "" : `${n}`);
}
