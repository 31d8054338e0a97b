// Draws the cut of n cells: at each boundary what is computed there, the boundaries, the cells and the
// sections they fall in.

import { sectionColour } from "../common/colour.js";
import { svg } from "../common/dom.js";
import { px } from "../common/geometry.js";
import { holding, inLanes, isSplit } from "./reading.js";
import { linesAt, placed } from "./formula.js";
import { fill, named, span } from "../common/text.js";

const EDGE = 12;
// So that a start and a stop at one place are both seen.
const APART = 3;
const GAP = 14;
// In the order in which they are tried. Of many sections the labels stand in two tiers, and only then
// without the formula; where not even that has room the ruler scrolls.
const FORMS = [
  { long: true, derived: true, tiers: 1 },
  { long: false, derived: true, tiers: 1 },
  { long: false, derived: true, tiers: 2 },
  { long: false, derived: false, tiers: 2 },
];

export function paintCut(picture, available, cut, data) {
  const type = typeOf(picture);
  const { n } = cut;
  const at = (width) => (edge) => EDGE + (Number(edge) * (width - 2 * EDGE)) / (n + 1);
  const { width, labels, tiers } = cut.boundaries ? labelled(cut, available, at, type, data.text) : { width: available, labels: [], tiers: 0 };
  const view = { ...cut, width, x: at(width), cell: (width - 2 * EDGE) / (n + 1), text: data.text, type, labels };
  view.rows = rowsOf(type.line, tiers, cut.boundaries !== null);
  picture.setAttribute("width", width);
  picture.setAttribute("height", view.rows.bottom);
  picture.replaceChildren(
    svg("defs", {}, arrowHead(), hatch()),
    ...strip(view),
    ...bars(view),
    ...(cut.boundaries ? [...scale(view), ...arrows(view), ...formulas(view)] : []),
  );
}

// The size of the type, and how wide it makes a text, in pixels.
function typeOf(picture) {
  const { fontSize, fontFamily } = getComputedStyle(picture);
  const context = document.createElement("canvas").getContext("2d");
  context.font = `${fontSize} ${fontFamily}`;
  return { line: Math.round(1.3 * parseFloat(fontSize)), widthOf: (text) => Math.ceil(context.measureText(text).width) };
}

// From top to bottom, in pixels: labels, numbers, line, cells, bars.
function rowsOf(line, tiers, derived) {
  const numbers = derived ? 2 * line * tiers + 4 : 0;
  const scale = derived ? numbers + line + px(7) : 0;
  const strip = derived ? scale + px(26) : 2;
  const bars = strip + line + px(8);
  const lane = line + px(5);
  return { numbers, scale, strip, cell: line + px(6), bars, lane, bottom: bars + 2 * lane };
}

function labelled(cut, available, at, { widthOf }, text) {
  const tried = (form, width) => {
    const told = linesAt(cut, text, form);
    const widths = told.map(({ lines }) => Math.max(...lines.map(widthOf)));
    const places = placed(cut.boundaries.map(at(width)), widths, width, form.tiers, GAP);
    return { labels: told.map((one, i) => ({ ...one, ...places?.[i], wide: widths[i] })), fits: places !== null };
  };
  for (const form of FORMS) {
    const { labels, fits } = tried(form, available);
    if (fits) return { width: available, labels, tiers: form.tiers };
  }
  const last = FORMS.at(-1);
  for (let width = available; ; width *= 1.15) {
    const { labels, fits } = tried(last, width);
    if (fits) return { width, labels, tiers: last.tiers };
  }
}

function arrowHead() {
  const attributes = { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 6, markerHeight: 6, orient: "auto" };
  return svg("marker", attributes, svg("path", { d: "M0 0 8 4 0 8z" }));
}

function hatch() {
  const attributes = { id: "cut-hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  return svg("pattern", attributes, svg("rect", { width: 2, height: 6 }));
}

// The unrounded boundaries on their line; where they stand too close every second or fourth is named.
function scale({ boundaries, x, n, rows, type }) {
  const wide = Math.max(...boundaries.map(type.widthOf)) + 6;
  const room = (x(n) - x(0)) / (boundaries.length - 1);
  const every = [1, 2, 4, 8].find((step) => step * room >= wide) ?? 16;
  const last = boundaries.length - 1;
  const numbers = boundaries.flatMap((at, i) => {
    const near = i !== last && last - i < every && (last - i) * room < wide;
    if ((i % every && i !== last) || near) return [];
    const anchor = i === 0 ? "start" : i === last ? "end" : "middle";
    const shift = { start: -EDGE + 4, end: EDGE, middle: 0 }[anchor];
    return [svg("text", { class: "boundary", x: x(at) + shift, y: rows.scale - 8, "text-anchor": anchor }, at)];
  });
  const ticks = boundaries.map((at) => `M${x(at)} ${rows.scale - 5}v10`).join("");
  return [svg("path", { class: "scale", d: `M${x(0)} ${rows.scale}H${x(n)}${ticks}` }), ...numbers];
}

// From each boundary to the edges that are made of it: the start to the right of it, the stop to the
// left, and one arrow where they are one.
function arrows({ boundaries, edges, x, rows }) {
  const [starts, stops] = edges;
  const dashed = isSplit(edges) ? "stops" : "starts";
  const arrow = (from, to, side) => `M${x(from) + side} ${rows.scale + 5}L${x(to) + side} ${rows.strip - 2}`;
  return boundaries.flatMap((at, i) => {
    const [start, stop] = [starts[i], stops[i - 1]];
    if (start === stop) return [svg("path", { class: "arrow starts", d: arrow(at, start, 0) })];
    const made = [];
    if (start !== undefined) made.push(svg("path", { class: "arrow starts", d: arrow(at, start, APART) }));
    if (stop !== undefined) made.push(svg("path", { class: `arrow ${dashed}`, d: arrow(at, stop, -APART) }));
    return made;
  });
}

function formulas({ labels, boundaries, x, rows, type, active }) {
  const top = Math.max(...labels.map(({ tier }) => tier));
  const raised = labels.flatMap(({ tier }, i) => (tier ? [`M${x(boundaries[i])} ${2 * type.line + 2}V${rows.numbers + 4}`] : []));
  const texts = labels.flatMap(({ sections, lines, left, wide, tier }) => {
    const classes = `formula${sections.includes(active) ? " active" : ""}`;
    // The last line of each stands on the numbers.
    const foot = (2 * (top - tier) + 2) * type.line - 4;
    return lines.map((line, k) =>
      svg("text", { class: classes, x: left + wide / 2, y: foot - (lines.length - 1 - k) * type.line, "text-anchor": "middle" }, line),
    );
  });
  return [svg("path", { class: "raised", d: raised.join("") }), ...texts];
}

// The cells of the box and one past its end; hatched where several sections hold them.
function strip({ n, cell, x, edges, rows, type }) {
  const held = (k) => holding(edges, k);
  const every = [1, 2, 4, 8].find((step) => step * cell >= type.widthOf("63") + 4) ?? 16;
  const made = [];
  for (let k = 0; k <= n; k += 1) {
    const past = k === n;
    const box = { x: x(k), y: rows.strip, width: cell, height: rows.cell };
    made.push(svg("rect", { ...box, class: `cell${past ? " past" : ""}${past && held(k) ? " read" : ""}` }));
    if (held(k) > 1) made.push(svg("rect", { ...box, class: "cell-shared" }));
    const middle = rows.strip + rows.cell / 2 + type.line * 0.28;
    if (k % every === 0 && !past) made.push(svg("text", { class: "cell-number", x: x(k) + cell / 2, y: middle }, `${k}`));
  }
  return made;
}

// The sections under the cells they hold, in as many lanes as keep them apart; the empty ones below.
function bars(view) {
  const { lanes, placed: full, empty } = inLanes(view.edges);
  const { rows, type } = view;
  const step = Math.min(rows.lane, (2 * rows.lane - (empty.size ? type.line : 0)) / Math.max(1, lanes));
  const below = rows.bars + lanes * step + type.line * 0.75;
  const none = [...empty].map(([at, count]) => svg("text", { class: "bar-none", x: view.x(at) + 2, y: below }, "∅".repeat(count)));
  // Of one length for all: what is told of one is told of each.
  const told = full.map((one) => wordsOf(view, one));
  const length = told[0]?.findIndex((_, k) => told.every((words, n) => fits(view, full[n], words[k])));
  return [...full.flatMap((one, n) => bar(view, one, step, told[n].at(length))), ...none];
}

// What a bar may say, the longest first.
function wordsOf({ start, name, text }, { i, first, last }) {
  const cells = named(text, name, start + first, start + last);
  return [fill(text["ruler.section.long"], { i, cells }), fill(text["ruler.section.brief"], { i, cells }), span(start + first, start + last)];
}

function fits({ x, type }, { first, last }, word) {
  return type.widthOf(word) <= x(last) - x(first) - 8;
}

function bar(view, one, step, word) {
  const { name, active, x, rows, type } = view;
  const { i, first, last, lane } = one;
  const colour = name === "rows" ? sectionColour(i, 0) : sectionColour(0, i);
  const y = rows.bars + lane * step;
  const height = step - Math.min(3, step / 3);
  const wide = x(last) - x(first);
  const classes = `bar${i === active ? " active" : ""}`;
  const rect = svg("rect", { class: classes, x: x(first) + 1, y, width: wide - 2, height, rx: 2, style: `--section: ${colour}` });
  if (height < type.line - 2 || !fits(view, one, word)) return [rect];
  return [rect, svg("text", { class: "bar-text", x: x(first) + wide / 2, y: y + height / 2 + type.line * 0.28 }, word)];
}
