// How cards share the screen on which they are presented: as few rows as there is room for, and in each
// card the map and its output as large as the names under them leave.

import { rem } from "../common/geometry.js";

// px that a card is wide at least, and that map and output are to have of its height.
const NARROWEST = 280;
const LOWEST = 200;
const EDGE = 16;
const GAP = 12;
// Of the output, in rem.
const LARGEST_CELL = 10;
// Of what map and output have together, the map: one over the other, and side by side.
const OVER = 0.62;
const BESIDE = 0.56;

// Says how many cards stand in a row; what there is for map and output is known once their names are written.
export function createPresented(root) {
  function place(count) {
    const most = Math.max(1, Math.floor(root.clientWidth / NARROWEST));
    const rows = Math.ceil(count / most);
    const high = Math.floor(window.innerHeight - root.getBoundingClientRect().top - EDGE);
    root.style.setProperty("--across", `${Math.ceil(count / rows)}`);
    root.style.setProperty("--high", `${high}px`);
  }

  // The size of a cell of the map, and what there is for the output.
  function sizes({ rows, cols }, inner) {
    root.classList.remove("terse");
    let high = room();
    // Who computes so is left out before the map is.
    root.classList.toggle("terse", high < LOWEST);
    if (high < LOWEST) high = room();
    const stacked = high > inner;
    root.classList.toggle("stacked", stacked);
    const verdict = tallest(".verdict") + GAP;
    const [wide, tall] = stacked ? [inner, OVER * (high - verdict)] : [BESIDE * inner, high];
    const cell = Math.max(1, Math.floor(Math.min(wide / cols, tall / rows)));
    const beside = inner - cols * cell - GAP;
    const output = stacked ? { width: inner, height: high - rows * cell - verdict - GAP } : { width: beside, height: Math.max(rows * cell, beside) - verdict };
    return { cell, output: { ...output, largest: rem(LARGEST_CELL) } };
  }

  // px between a card's top and its names.
  function room() {
    const card = root.querySelector(".multiple");
    return card.clientHeight - EDGE - GAP - tallest(".names");
  }

  function tallest(part) {
    return Math.max(0, ...[...root.querySelectorAll(part)].map((one) => one.offsetHeight));
  }

  return { place, sizes };
}
