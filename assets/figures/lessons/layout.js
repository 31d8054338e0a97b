// How large the map is: as the screen allows with all that is answered beside it in view.

import { cellSize, rem } from "../common/geometry.js";
import { isOn } from "../common/looks.js";

const AXIS = { beside: 22, above: 20 };
const PRESENTED_AXIS = { beside: 36, above: 30 };
// px of a lane, and between the map and the first.
const LANE = { usual: 34, presented: 44 };
const LANES_GAP = 12;
// Under the figure, and on its right.
const BELOW = 24;
const EDGE = 16;
// A cell whose number can still be read; a map is no smaller for the height's sake.
const LEAST = 29;
const LEAST_NARROW = 26;
// Of a width that the map shares with words.
const SHARE = { usual: 0.58, presented: 0.64 };
const COLUMN = 20;
const NARROW = 37.5;
// Of a narrow screen's height, what the map and its bars may have: less where the answer stands under it.
const NARROW_SHARE = { cut: 0.52, pick: 0.52, box: 0.52, value: 0.42, back: 0.42, which: 0.34 };
const LARGEST = 96;

export function layout(root, { kind, rows, cols, outputSize }, bleed) {
  const presented = isOn("present");
  const wide = root.clientWidth >= rem(NARROW);
  const lane = presented && wide ? LANE.presented : LANE.usual;
  const axis = presented && wide ? PRESENTED_AXIS : AXIS;
  const [beside, below] = kind === "cut" ? outputSize.map((count) => count * lane + LANES_GAP) : [EDGE, 0];
  root.style.setProperty("--lane", `${lane}px`);
  root.style.setProperty("--lanes-gap", `${LANES_GAP}px`);
  root.style.setProperty("--axis-beside", `${axis.beside}px`);
  root.style.setProperty("--axis-above", `${axis.above}px`);
  const [high, across] = [rows + bleed.top + bleed.bottom, cols + bleed.left + bleed.right];
  const { clientWidth } = root;
  const width = (wide ? Math.min(SHARE[presented ? "presented" : "usual"] * clientWidth, clientWidth - rem(COLUMN)) : clientWidth) - axis.beside - beside;
  const free = wide ? window.innerHeight - topOf(root) - BELOW : NARROW_SHARE[kind] * window.innerHeight;
  const height = Math.max((wide ? LEAST : LEAST_NARROW) * high, free - axis.above - below);
  return Math.min(presented ? Infinity : LARGEST, cellSize(high, across, width, height));
}

// From the top of the page, wherever it is scrolled to.
function topOf(root) {
  const page = document.querySelector("[data-testid=stMain]");
  return root.getBoundingClientRect().top + (page?.scrollTop ?? 0);
}
