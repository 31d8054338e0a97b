// The map of the question with what is marked on it, as marks.js says; nothing is decided here.

import { svg, html } from "../common/dom.js";
import { createGrid } from "../common/grid.js";
import { createBins, createRings, set, sizeLayer } from "../common/outlines.js";
import { pixels, ring } from "../common/paths.js";

export function createBoard() {
  const grid = createGrid();
  const bins = createBins();
  const [maxima, right] = [createRings(), createRings()];
  const [box, ghost] = [createBox(""), createBox("ghost")];
  const cuts = ["cut-casing", "cut-line"].map((name) => svg("path", { class: name }));
  const own = ["own-casing", "own"].map((name) => svg("path", { class: name }));
  const wrong = ["own-casing", "own wrong"].map((name) => svg("path", { class: name }));
  const signs = svg("g", { class: "signs" });
  const under = svg("svg", { class: "overlay", "aria-hidden": "true" }, ...bins.under);
  const boxes = svg("g", { class: "boxes" });
  const drawn = [...bins.over, boxes, box, ghost, ...cuts, ...maxima.over, ...own, ...wrong, ...right.over, signs];
  const over = svg("svg", { class: "overlay", "aria-hidden": "true" }, ...drawn);
  const map = html("div", { class: "map", "data-testid": "map" }, grid.canvas, under, grid.numbers, over);
  const area = html("div", { class: "map-area" }, grid.colNumbers, grid.rowNumbers, map);

  // `bleed` are cells of room beside the map, for a box that reaches past it.
  function paint(model, cell, marks, bleed) {
    const { rows, cols } = model.data;
    Object.assign(map.dataset, { rows, cols });
    map.style.width = `${cols * cell}px`;
    map.style.height = `${rows * cell}px`;
    for (const [side, count] of Object.entries(bleed)) area.style.setProperty(`--bleed-${side}`, `${count * cell}px`);
    for (const layer of [under, over]) sizeLayer(layer, rows, cols, cell);
    grid.paint(model, cell, marks.lit);
    bins.paint(marks.sections, cell);
    bins.paintShared(marks.shared, cell);
    while (boxes.childElementCount > marks.boxes.length) boxes.lastChild.remove();
    while (boxes.childElementCount < marks.boxes.length) boxes.append(createBox(""));
    marks.boxes.forEach((one, n) => placeBox(boxes.children[n], one, cell));
    placeBox(box, marks.box, cell);
    placeBox(ghost, marks.ghost, cell);
    for (const path of cuts) set(path, "d", marks.cuts.map((cut) => cutAcross(cut, marks, cell)).join(""));
    maxima.paint(marks.maxima, cell);
    right.paint(marks.right, cell);
    for (const [paths, places] of [[own, marks.own], [wrong, marks.wrong]]) {
      for (const path of paths) set(path, "d", places.map(([row, col]) => ring(row, col, cell)).join(""));
    }
    signs.replaceChildren(
      ...marks.right.flatMap(([row, col]) => sign("yes", row, col, cell)),
      ...marks.wrong.flatMap(([row, col]) => sign("no", row, col, cell)),
    );
  }

  return { area, map, paint };
}

function createBox(kind) {
  return svg("g", { class: `roi ${kind}` }, svg("rect", { class: "roi-casing" }), svg("rect", { class: "roi-line" }));
}

function placeBox(group, box, cell) {
  set(group, "display", box ? "inline" : "none");
  if (!box) return;
  const { x, y, width, height } = pixels(box, cell);
  for (const rect of group.children) {
    for (const [name, value] of Object.entries({ x, y, width: Math.max(0, width), height: Math.max(0, height) })) set(rect, name, value);
  }
}

// Across all of what is cut, and a little further, so that it is seen beside a right edge.
function cutAcross({ axis, at }, { shared }, cell) {
  const across = axis === "rows" ? shared.cols : shared.rows;
  const [from, to] = [Math.min(...across.starts) * cell - 6, Math.max(...across.stops) * cell + 6];
  return axis === "rows" ? `M${from} ${at * cell}H${to}` : `M${at * cell} ${from}V${to}`;
}

const SIGNS = { yes: "M-3.5 0.2L-1 2.8L3.6-2.6", no: "M-2.8-2.8L2.8 2.8M-2.8 2.8L2.8-2.8" };

// In the corner of a cell, beside its number: so that a ring's colour is never alone.
function sign(kind, row, col, cell) {
  const by = Math.min(7, cell * 0.17);
  const place = `translate(${(col + 1) * cell - by} ${row * cell + by}) scale(${Math.min(1, cell / 34)})`;
  return svg("g", { class: `sign ${kind}`, transform: place }, svg("circle", { r: 7.5 }), svg("path", { d: SIGNS[kind] }));
}
