// From each cell of the output to the cell of the map that its gradient goes to.

import { gradientOf, passed, placesOf } from "./backward.js";
import { sectionColour } from "../common/colour.js";
import { svg } from "../common/dom.js";
import { selectedBox, shown } from "../common/model.js";

// Of more only those are drawn that somebody points at.
export const MOST = 16;
const THIN = 1.5;
const THICK = 5;
// How far arrows run beside each other that run along the same line between two cells, of a cell.
const APART = 0.09;
// The numbers of rows or columns at the map's edge, which no arrow may cover.
const EDGE = 26;

export function createArrows(model, root, grid, map) {
  const layer = svg("svg", { class: "arrows", "aria-hidden": "true" });

  function paint(most) {
    const box = selectedBox(model);
    const { incoming, carried } = passed(model);
    if (!box || !incoming || carried < 0) return layer.replaceChildren();
    const values = gradientOf(model, box);
    const all = placesOf(model, box).flatMap((place, k) => (place < 0 || k > carried ? [] : [{ place, k }]));
    const pointed = all.filter((arrow) => isPointedAt(model, arrow));
    const drawn = all.length > MOST ? pointed : all;
    const { origin, ends } = measure(drawn);
    const arrows = drawn.map(({ k }, n) => {
      const value = values[k];
      const steps = pointed.length && !pointed.some((one) => one.k === k);
      return arrow(ends[n], colourOf(k), value === 0 ? 0 : THIN + ((THICK - THIN) * Math.abs(value)) / most, steps);
    });
    layer.style.width = `${origin.width}px`;
    layer.style.height = `${origin.height}px`;
    return layer.replaceChildren(...arrows);
  }

  function colourOf(k) {
    const cols = model.data.outputSize[1];
    return sectionColour(Math.floor(k / cols), k % cols);
  }

  // Everything is measured before anything is drawn.
  function measure(drawn) {
    const origin = root.getBoundingClientRect();
    const to = map.getBoundingClientRect();
    const from = grid.getBoundingClientRect();
    const cell = to.width / model.data.cols;
    const wide = to.left > from.left + from.width / 2;
    const [high, across] = model.data.outputSize;
    const left = [to.left - origin.left, to.top - origin.top];
    const leaves = [from.right - origin.left, from.bottom - origin.top];
    const onTrack = new Map();
    const ends = drawn.map(({ place, k }) => {
      const start = grid.children[k].getBoundingClientRect();
      const [i, j] = [Math.floor(k / across), k % across];
      const col = place % model.data.cols;
      const row = (place - col) / model.data.cols;
      const [x0, y0] = [start.left - origin.left, start.top - origin.top];
      const line = wide ? row : col;
      const before = onTrack.get(line) ?? 0;
      onTrack.set(line, before + 1);
      // Low in its row, or far right in its column, so that no arrow runs through a number or another.
      const begin = wide
        ? [x0 + start.width - 3, y0 + start.height * aside(across - 1 - j, across)]
        : [x0 + start.width * aside(high - 1 - i, high), y0 + start.height - 3];
      return {
        wide,
        begin,
        leaves: leaves[wide ? 0 : 1],
        enters: left[wide ? 0 : 1] - EDGE,
        // Between two rows, or columns, of numbers.
        track: left[wide ? 1 : 0] + (line - APART * Math.min(2, before)) * cell,
        target: [left[0] + (col + 0.5) * cell, left[1] + (row + 0.5) * cell],
        cell,
      };
    });
    return { origin, ends };
  }

  return { root: layer, paint };
}

// That section by the pointer or the scene, or the cell that it sends to.
function isPointedAt(model, { place, k }) {
  const [, cols] = model.data.outputSize;
  const section = shown(model).section ?? model.hover?.section;
  if (section) return k === section[0] * cols + section[1];
  const cell = model.hover?.cell;
  return Boolean(cell) && cell.row * model.data.cols + cell.col === place;
}

function aside(k, count) {
  return 0.74 + (0.18 * k) / Math.max(1, count - 1);
}

// Straight out of the output, in a bend to the line between two rows or columns of the map, along it, and
// round the corner of its cell. Thin and dotted where the gradient is 0: the way is there, and nothing
// goes it.
function arrow({ wide, begin, leaves, enters, track, target: [x, y], cell }, colour, width, steps) {
  const head = Math.max(4, Math.min(10, 0.24 * cell));
  const spread = head * 0.45 + width * 0.4;
  // The tip touches the ring, from the upper left.
  const tip = [x - 0.31 * cell, y - 0.31 * cell];
  const base = tip.map((at) => at - head * Math.SQRT1_2);
  const corner = wide ? [base[0] - 4, track] : [track, base[1] - 4];
  const bend = (enters - leaves) / 2;
  const across = (along, aside) => (wide ? `${along} ${aside}` : `${aside} ${along}`);
  const [from, aside0] = wide ? begin : begin.toReversed();
  const d = [
    `M${across(from, aside0)}L${across(leaves, aside0)}`,
    `C${across(leaves + bend, aside0)} ${across(enters - bend, track)} ${across(enters, track)}`,
    `L${corner.join(" ")}L${base.join(" ")}`,
  ].join("");
  const side = spread * Math.SQRT1_2;
  const points = [tip, [base[0] + side, base[1] - side], [base[0] - side, base[1] + side]];
  const line = { d, stroke: colour, "stroke-width": width || 1, "stroke-linejoin": "round" };
  if (width === 0) line["stroke-dasharray"] = "2 4";
  return svg(
    "g",
    { class: steps ? "arrow back" : "arrow" },
    svg("path", { class: "arrow-casing", d, "stroke-width": (width || 1) + 2.5 }),
    svg("path", line),
    svg("path", { class: "arrow-head", d: `M${points.map((at) => at.join(" ")).join("L")}Z`, fill: colour }),
  );
}
