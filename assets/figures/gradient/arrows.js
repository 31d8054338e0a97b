// From each cell of the output to the cell of the map that its gradient goes to.

import { gradientOf, passed, placesOf } from "./backward.js";
import { sectionColour } from "../common/colour.js";
import { svg } from "../common/dom.js";
import { selectedBox, shown } from "../common/model.js";

// Of more only those are drawn that somebody points at.
export const MOST = 16;
const THIN = 1.5;
const THICK = 5;
const HEAD = 10;

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
    const { origin, wide, ends } = measure(drawn);
    const arrows = drawn.map(({ k }, n) => {
      const value = values[k];
      const steps = pointed.length && !pointed.some((one) => one.k === k);
      return arrow(ends[n], wide, colourOf(k), value === 0 ? 0 : THIN + ((THICK - THIN) * Math.abs(value)) / most, steps);
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
    const ends = drawn.map(({ place, k }) => {
      const start = grid.children[k].getBoundingClientRect();
      const [i, j] = [Math.floor(k / across), k % across];
      const col = place % model.data.cols;
      const row = (place - col) / model.data.cols;
      const [x1, y1] = [to.left + (col + 0.5) * cell - origin.left, to.top + (row + 0.5) * cell - origin.top];
      const [x0, y0] = [start.left - origin.left, start.top - origin.top];
      // Low in its row, or far right in its column, so that no arrow runs through a number or another.
      return wide
        ? { x0: x0 + start.width - 3, y0: y0 + start.height * aside(across - 1 - j, across), out: from.right - origin.left, x1: x1 - 0.43 * cell, y1 }
        : { x0: x0 + start.width * aside(high - 1 - i, high), y0: y0 + start.height - 3, out: from.bottom - origin.top, x1, y1: y1 - 0.43 * cell };
    });
    return { origin, wide, ends };
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

// Straight out of the output, and then in a bend. Thin and dotted where the gradient is 0: the way is
// there, and nothing goes it.
function arrow({ x0, y0, out, x1, y1 }, wide, colour, width, steps) {
  const spread = HEAD * 0.45 + width * 0.4;
  const bend = (wide ? x1 - out : y1 - out) / 2;
  const [d, head] = wide
    ? [
        `M${x0} ${y0}H${out}C${out + bend} ${y0} ${x1 - bend} ${y1} ${x1 - HEAD} ${y1}`,
        `M${x1} ${y1}l${-HEAD} ${-spread}v${2 * spread}Z`,
      ]
    : [
        `M${x0} ${y0}V${out}C${x0} ${out + bend} ${x1} ${y1 - bend} ${x1} ${y1 - HEAD}`,
        `M${x1} ${y1}l${-spread} ${-HEAD}h${2 * spread}Z`,
      ];
  const line = { d, stroke: colour, "stroke-width": width || 1 };
  if (width === 0) line["stroke-dasharray"] = "2 4";
  return svg(
    "g",
    { class: steps ? "arrow back" : "arrow" },
    svg("path", { class: "arrow-casing", d, "stroke-width": (width || 1) + 2.5 }),
    svg("path", line),
    svg("path", { class: "arrow-head", d: head, fill: colour }),
  );
}
