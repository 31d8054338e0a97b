// Draws the cut of n cells: the arithmetic, the boundaries, the cells and the sections they fall in.

import { sectionColour } from "../common/colour.js";
import { svg } from "../common/dom.js";
import { holding, inLanes } from "./reading.js";
import { fill, named, span } from "../common/text.js";

// From top to bottom, in pixels.
const FORMULAS = { starts: 12, stops: 29 };
const NUMBERS = 49;
const LINE = 58;
const STRIP = 88;
const CELL = 22;
const BARS = 114;
const BARS_HEIGHT = 42;
const HEIGHT = BARS + BARS_HEIGHT;
const EDGE = 12;
// Narrower sections would not leave their shortest formula room: then the ruler scrolls.
const LEAST_SECTION = 80;
const LETTER = 5.9;
// So that a start and a stop at one place are both seen.
const APART = 3;

export function paintCut(picture, available, cut, data) {
  const { n, count } = cut;
  const width = Math.max(available, count * LEAST_SECTION + 2 * EDGE);
  const cell = (width - 2 * EDGE) / (n + 1);
  const view = { ...cut, width, cell, x: (at) => EDGE + Number(at) * cell, text: data.text };
  picture.setAttribute("width", width);
  picture.setAttribute("height", HEIGHT);
  picture.replaceChildren(
    svg("defs", {}, arrowHead(), hatch()),
    ...strip(view),
    ...bars(view),
    ...(cut.boundaries ? [...scale(view), ...arrows(view), ...formulas(view)] : []),
  );
}

function arrowHead() {
  const attributes = { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 6, markerHeight: 6, orient: "auto" };
  return svg("marker", attributes, svg("path", { d: "M0 0 8 4 0 8z" }));
}

function hatch() {
  const attributes = { id: "cut-hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  return svg("pattern", attributes, svg("rect", { width: 2, height: 6 }));
}

// The unrounded boundaries on their line.
function scale({ boundaries, x, n }) {
  const numbers = boundaries.map((at, i) => {
    const anchor = i === 0 ? "start" : i === boundaries.length - 1 ? "end" : "middle";
    const shift = { start: -EDGE + 4, end: EDGE, middle: 0 }[anchor];
    return svg("text", { class: "boundary", x: x(at) + shift, y: NUMBERS, "text-anchor": anchor }, at);
  });
  const ticks = boundaries.map((at) => `M${x(at)} ${LINE - 5}v10`).join("");
  return [svg("path", { class: "scale", d: `M${x(0)} ${LINE}H${x(n)}${ticks}` }), ...numbers];
}

// From each boundary to the edge that is made of it: as a start to the right of it, as a stop to the left.
function arrows({ boundaries, edges: [starts, stops], x }) {
  const arrow = (from, to, side) => `M${x(from) + side} ${LINE + 5}L${x(to) + side} ${STRIP - 2}`;
  return [
    ...starts.map((edge, i) => svg("path", { class: "arrow starts", d: arrow(boundaries[i], edge, APART) })),
    ...stops.map((edge, i) => svg("path", { class: "arrow stops", d: arrow(boundaries[i + 1], edge, -APART) })),
  ];
}

// In full where there is room for it; beside its own boundary, the start to the right, the stop to the left.
function formulas(view) {
  const { boundaries, edges, n, count, form, stop, x, text, width, active } = view;
  const written = (key) =>
    edges.map((all, k) =>
      all.map((edge, i) =>
        fill(text[`${key}.${k ? stop : "floor"}`], { i: i + k, n, p: count, at: boundaries[i + k], edge }),
      ),
    );
  // A start begins at its boundary and a stop ends there. One that is longer than its section, as an
  // overshoot may be, goes on to the right.
  const places = (lines) => [
    lines[0].map((_, i) => x(boundaries[i]) + 4),
    lines[1].map((line, i) => Math.max(x(boundaries[i + 1]) - 4, x(boundaries[i]) + 4 + line.length * LETTER)),
  ];
  const full = written(`ruler.full.${form}`);
  const room = x(boundaries[1]) - x(boundaries[0]) - 8;
  const inside = full.flatMap((all) => all.slice(0, -1)).every((line) => line.length * LETTER <= room);
  const lines = inside && places(full)[1].at(-1) < width ? full : written("ruler.short");
  return places(lines).flatMap((all, k) =>
    all.map((at, i) => {
      const part = k ? "stops" : "starts";
      const classes = `formula ${part}${i === active ? " active" : ""}`;
      const attributes = { class: classes, x: Math.min(at, width), y: FORMULAS[part], "text-anchor": k ? "end" : "start" };
      return svg("text", attributes, svg("title", {}, full[k][i]), lines[k][i]);
    }),
  );
}

// The cells of the box and one past its end; hatched where several sections hold them.
function strip({ n, cell, x, edges }) {
  const held = (k) => holding(edges, k);
  const every = [1, 2, 4, 8].find((step) => step * cell >= 20) ?? 8;
  const made = [];
  for (let k = 0; k <= n; k += 1) {
    const past = k === n;
    const box = { x: x(k), y: STRIP, width: cell, height: CELL };
    made.push(svg("rect", { ...box, class: `cell${past ? " past" : ""}${past && held(k) ? " read" : ""}` }));
    if (held(k) > 1) made.push(svg("rect", { ...box, class: "cell-shared" }));
    if (k % every === 0 && !past) made.push(svg("text", { class: "cell-number", x: x(k) + cell / 2, y: STRIP + 15 }, `${k}`));
  }
  return made;
}

// The sections under the cells they hold, in as many lanes as keep them apart; the empty ones below.
function bars(view) {
  const { lanes, placed, empty } = inLanes(view.edges);
  const step = Math.min(21, (BARS_HEIGHT - (empty.size ? 18 : 0)) / Math.max(1, lanes));
  const below = BARS + lanes * step + 13;
  const none = [...empty].map(([at, count]) => svg("text", { class: "bar-none", x: view.x(at) + 2, y: below }, "∅".repeat(count)));
  return [...placed.flatMap((one) => bar(view, one, step)), ...none];
}

function bar({ start, name, active, x, text }, { i, first, last, lane }, step) {
  const colour = name === "rows" ? sectionColour(i, 0) : sectionColour(0, i);
  const y = BARS + lane * step;
  const height = step - Math.min(3, step / 3);
  const wide = x(last) - x(first);
  const classes = `bar${i === active ? " active" : ""}`;
  const rect = svg("rect", { class: classes, x: x(first) + 1, y, width: wide - 2, height, rx: 2, style: `--section: ${colour}` });
  const words = [named(text, name, start + first, start + last), span(start + first, start + last)];
  const label = height < 13 ? undefined : words.find((word) => pixelsOf(word) <= wide - 8);
  return label ? [rect, svg("text", { class: "bar-text", x: x(first) + wide / 2, y: y + height / 2 + 4 }, label)] : [rect];
}

// Chinese characters are as wide as two others.
function pixelsOf(word) {
  return [...word].reduce((sum, letter) => sum + (letter > "\u2fff" ? 12 : LETTER + 0.6), 0);
}
