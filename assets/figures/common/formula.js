// The formulas of a cut as its convention computes it. Nothing is rounded here: the edges come from
// Python's tables, and are only written down.

import { signed } from "./text.js";

const BRACKETS = { floor: ["⌊", "⌋"], ceil: ["⌈", "⌉"], nearest: ["round(", ")"] };

// Where a section starts follows from where it stops: see `Convention.stop`.
export function snapOfStart(stop) {
  return stop === "nearest" ? "nearest" : "floor";
}

export function snapOfStop(stop) {
  return stop === "floor_or_one" ? "floor" : stop;
}

// i·n/P as the convention's arithmetic has it, with what it is rounded by; whole steps are not rounded.
export function rounded({ form, n, count }, i, snap) {
  if (form === "step") return `${i}·⌊${n}/${count}⌋`;
  const [open, close] = BRACKETS[snap];
  return form === "float" ? `${open}${i}·(${n}/${count})${close}` : `${open}${i}·${n}/${count}${close}`;
}

// A formula and what it comes to; that alone where there is nothing to compute.
export function written(formula, edge) {
  return formula === `${edge}` ? formula : `${formula} = ${edge}`;
}

// An edge counted from the map's first cell, of a box that starts at `first`; after an arrow what the map
// leaves of it.
export function placed(formula, edge, first, left) {
  const at = first + edge;
  const said = `${signed(first)} + ${formula} = ${signed(at)}`;
  return left === at ? said : `${said} → ${left}`;
}

// Where the section i starts, of a cut of `n` cells in `count` sections.
export function startOf(cut, i) {
  return rounded(cut, i, snapOfStart(cut.stop));
}

// Where it stops; `edges` are all starts and all stops, from the box's own first cell.
export function endOf(cut, i) {
  const { edges, n, count, stop, rest } = cut;
  if (rest && i === count - 1) return `${n}`;
  const formula = rounded(cut, i + 1, snapOfStop(stop));
  const [starts, stops] = edges;
  // A section that would hold no cell is given one.
  const given = stop === "floor_or_one" && stops[i] !== (starts[i + 1] ?? n);
  return given ? `max(${formula}, ${starts[i]} + 1)` : formula;
}
