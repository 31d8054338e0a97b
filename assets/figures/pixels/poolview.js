// RoIPool on the pixels: the box, its cells, their bins, what is lost and what is taken in.

import { svg } from "../common/dom.js";
import { createBins, set } from "../common/outlines.js";
import { createFrame } from "./frame.js";
import { tenths } from "../common/text.js";

const EDGES = ["w", "n", "e", "s"];
// Where along an edge its drift is told: beside the handle in the middle.
const ALONG = 0.24;

export function createPoolView() {
  const bins = createBins();
  const areas = ["lost", "taken"].map((name) => svg("path", { class: `area ${name}`, "data-testid": name }));
  const cells = [svg("path", { class: "cells-casing" }), svg("path", { class: "cells-line" })];
  const ideals = [svg("path", { class: "ideal-casing" }), svg("path", { class: "ideal" })];
  const drifts = EDGES.map(createDrift);
  const frame = createFrame("pool-map", {
    under: [svg("defs", {}, hatch("lost", 45), hatch("taken", -45)), ...bins.under, ...areas],
    over: [...bins.over, ...cells, ...ideals, ...drifts.map((drift) => drift.root)],
  });

  function paint(model, cell) {
    frame.paint(model, cell);
    const { view, data, step } = model;
    const scale = cell / data.stride;
    const first = step !== "second";
    const second = step !== "first";
    const box = view.numbers.map((pixel) => pixel * scale);
    const touched = view.touched.map((pixel) => pixel * scale);
    const common = [
      Math.max(box[0], touched[0]),
      Math.max(box[1], touched[1]),
      Math.min(box[2], touched[2]),
      Math.min(box[3], touched[3]),
    ];
    const shared = common[0] < common[2] && common[1] < common[3] ? rectangle(common) : "";
    // Drawn with evenodd: what is in one of both and not in the other.
    set(areas[0], "d", first ? rectangle(box) + shared : "");
    set(areas[1], "d", first ? rectangle(touched) + shared : "");
    for (const path of cells) set(path, "d", rectangle(touched));
    bins.paint(second ? view.bins : [], cell);
    bins.paintShared(second && view.cols.starts.length ? view : null, cell);
    const cut = second ? ideal(view, data, scale) : "";
    for (const path of ideals) set(path, "d", cut);
    // Where no cell is left, no edge has moved anywhere.
    const left = touched[0] < touched[2] && touched[1] < touched[3];
    const size = [data.cols * cell, data.rows * cell];
    drifts.forEach((drift, edge) => drift.paint(first && left ? view.drift[edge] : null, box, touched, edge, size));
    frame.map.classList.toggle("stepped", !first);
  }

  return { root: frame.root, map: frame.map, paint };
}

// Where the sections of the box's cells would be cut if nothing were rounded.
function ideal({ touched: [left, top, right, bottom] }, { outputSize: [high, wide] }, scale) {
  const down = cuts(left, right, wide).map((x) => `M${x * scale} ${top * scale}V${bottom * scale}`);
  const across = cuts(top, bottom, high).map((y) => `M${left * scale} ${y * scale}H${right * scale}`);
  return [...down, ...across].join("");
}

function cuts(start, stop, count) {
  return Array.from({ length: count - 1 }, (_, i) => start + ((i + 1) * (stop - start)) / count);
}

// How far an edge has moved: an arrow from the box to its cells, and the pixels beside it.
function createDrift(side) {
  const arrow = [svg("path", { class: "drift-casing" }), svg("path", { class: "drift" })];
  const label = svg("text", { class: "drift-label", "data-testid": `drift-${side}` });
  const root = svg("g", {}, ...arrow, label);

  function paint(by, box, touched, edge, size) {
    root.style.display = by === null ? "none" : "";
    if (by === null) return;
    const across = edge % 2 === 0;
    const [from, to] = [box[edge], touched[edge]];
    const at = across ? box[1] + ALONG * (box[3] - box[1]) : box[0] + ALONG * (box[2] - box[0]);
    const d = by === 0 ? "" : arrowFrom(from, to, at, across);
    for (const path of arrow) set(path, "d", d);
    // Outside the box and its cells, or inside where that would be off the map.
    const room = across ? 40 : 24;
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    const before = edge < 2 ? low > room : high + room > size[edge % 2];
    const outer = before ? low - 7 : high + 7;
    set(label, "x", across ? outer : at);
    set(label, "y", across ? at : outer);
    set(label, "text-anchor", across ? (before ? "end" : "start") : "middle");
    set(label, "dominant-baseline", across ? "central" : before ? "auto" : "hanging");
    set(label, "data-value", by);
    const told = `${by > 0 ? "+" : ""}${tenths(by)}`;
    if (label.textContent !== told) label.textContent = told;
  }

  return { root, paint };
}

function arrowFrom(from, to, at, across) {
  const back = Math.sign(from - to) * Math.min(6, Math.abs(to - from));
  const point = (along, beside) => (across ? `${along} ${beside}` : `${beside} ${along}`);
  return `M${point(from, at)}L${point(to, at)}M${point(to + back, at - 4)}L${point(to, at)}L${point(to + back, at + 4)}`;
}

function rectangle([x0, y0, x1, y1]) {
  return `M${x0} ${y0}H${x1}V${y1}H${x0}Z`;
}

// Lines one way for what is lost, the other way for what is taken in: colour is not alone.
function hatch(name, turn) {
  return svg(
    "pattern",
    { id: `${name}-hatch`, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${turn})` },
    svg("rect", { width: 7, height: 7, class: `${name}-ground` }),
    svg("rect", { width: 2, height: 7, class: `${name}-stripe` }),
  );
}
