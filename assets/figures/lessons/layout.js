// How large the map is: as the screen allows with all that is answered beside it in view.

import { cellSize, rem } from "../common/geometry.js";
import { isOn } from "../common/looks.js";

const AXIS = { beside: 22, above: 20 };
const PRESENTED_AXIS = { beside: 36, above: 30 };
// px of a lane, and between the map and the first; large for a room and for fingers, where there is room.
const LANE = { small: 24, usual: 34, large: 44 };
// Of how many sections the lanes are large on a phone, and are not small anywhere: the map has need of room.
const MOST_LARGE = 2;
const MOST_USUAL = 4;
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
const NARROW_SHARE = { cut: 0.52, pick: 0.52, box: 0.52, value: 0.38, back: 0.42, which: 0.34 };
const LARGEST = 96;

export function layout(root, { kind, rows, cols, outputSize }, bleed) {
  const presented = isOn("present");
  const large = presented && !root.classList.contains("terse");
  const wide = root.clientWidth >= rem(NARROW);
  const lane = laneOf(Math.max(...outputSize), wide, presented);
  const axis = presented && wide ? PRESENTED_AXIS : AXIS;
  const [beside, below] = kind === "cut" ? outputSize.map((count) => count * lane + LANES_GAP) : [EDGE, 0];
  root.style.setProperty("--lane", `${lane}px`);
  root.style.setProperty("--lanes-gap", `${LANES_GAP}px`);
  root.style.setProperty("--axis-beside", `${axis.beside}px`);
  root.style.setProperty("--axis-above", `${axis.above}px`);
  const [high, across] = [rows + bleed.top + bleed.bottom, cols + bleed.left + bleed.right];
  const { clientWidth } = root;
  const width = (wide ? Math.min(SHARE[large ? "presented" : "usual"] * clientWidth, clientWidth - rem(COLUMN)) : clientWidth) - axis.beside - beside;
  const free = wide ? window.innerHeight - topOf(root) - BELOW : NARROW_SHARE[kind] * window.innerHeight;
  const height = Math.max((wide ? LEAST : LEAST_NARROW) * high, free - axis.above - below);
  return Math.min(presented ? Infinity : LARGEST, cellSize(high, across, width, height));
}

// Whether more is said than a screen holds that is presented and not scrolled.
export function isTooMuch(root) {
  return isOn("present") && root.scrollHeight > window.innerHeight - BELOW;
}

function laneOf(count, wide, presented) {
  const fingers = window.matchMedia("(pointer: coarse)").matches;
  if (count > MOST_USUAL) return LANE.small;
  return (wide && (fingers || presented)) || (fingers && count <= MOST_LARGE) ? LANE.large : LANE.usual;
}

// From the top of the page, wherever it is scrolled to.
function topOf(root) {
  const page = document.querySelector("[data-testid=stMain]");
  return root.getBoundingClientRect().top + (page?.scrollTop ?? 0);
}
