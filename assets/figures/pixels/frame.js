// What both views have in common: the photograph, its map over it, the pixels at the edge, the box in
// the hand.

import { pageColour } from "../common/colour.js";
import { html, svg } from "../common/dom.js";
import { HANDLES } from "../common/geometry.js";
import { createGrid } from "../common/grid.js";
import { createHandle, placeHandles } from "../common/handles.js";
import { set, sizeLayer } from "../common/outlines.js";
import { createValues } from "./values.js";

// The cells step back behind what lies on them: they are painted as the stage paints those outside
// the lit bins, and here no bin is lit.
const NOTHING = [{ top: 0, bottom: 0, left: 0, right: 0 }];

// What a number of three digits takes at the edge, in sizes of its type.
const NUMBER = 2.4;

// `under` lies below the numbers of the cells, `over` above them.
export function createFrame(name, { under, over }) {
  const grid = createGrid();
  const values = createValues();
  const photo = html("div", { class: "photo", "aria-hidden": "true" });
  const casing = svg("rect", { class: "pixel-casing" });
  const line = svg("rect", { class: "pixel-box" });
  const body = svg("rect", { class: "roi-body", "data-testid": "roi-0", "data-handle": "move", "data-roi": 0 });
  const handles = svg("g", { class: "handles" }, ...HANDLES.map((handle) => createHandle(0, handle)));
  const ground = svg("svg", { class: "overlay", "aria-hidden": "true" }, ...under);
  const top = svg("svg", { class: "overlay" }, casing, ...over, line, svg("g", { class: "roi selected" }, body), handles);
  const map = html("div", { class: "map", "data-testid": name }, photo, grid.canvas, ground, values.canvas, top);
  const ticks = ["cols", "rows"].map((axis) => html("div", { class: `axis ${axis}`, "aria-hidden": "true" }));
  const root = html("div", { class: "map-area" }, ...ticks, map);
  let painted = {};

  function paint(model, cell) {
    const { rows, cols, stride } = model.data;
    // Only what Python sends, a theme too, changes the ground: a drag leaves it alone.
    if (painted.data !== model.data || painted.cell !== cell) {
      painted = { data: model.data, cell };
      map.style.width = `${cols * cell}px`;
      map.style.height = `${rows * cell}px`;
      Object.assign(map.dataset, { rows, cols });
      if (!photo.style.backgroundImage) photo.style.backgroundImage = `url("${model.data.photo}")`;
      grid.paint(model, cell, NOTHING);
      values.paint(model, cell, pageColour(grid.canvas));
      for (const layer of [ground, top]) sizeLayer(layer, rows, cols, cell);
      tick({ rows, cols, stride }, cell);
    }
    const place = boxAt(model.view.numbers, cell / stride);
    for (const rect of [casing, line, body]) for (const [side, value] of Object.entries(place)) set(rect, side, value);
    placeHandles(handles, place, cell);
  }

  // The pixels at which cells begin, as many as there is room for.
  function tick({ rows, cols, stride }, cell) {
    const least = NUMBER * parseFloat(getComputedStyle(ticks[0]).fontSize);
    const every = [1, 2, 4, 8, 16].find((step) => step * cell >= least) ?? 16;
    [cols, rows].forEach((count, axis) => {
      const marks = [];
      for (let i = 0; i <= count; i += every) {
        const mark = html("span", {}, `${i * stride}`);
        mark.style.setProperty("--at", `${i * cell}px`);
        marks.push(mark);
      }
      ticks[axis].replaceChildren(...marks);
    });
  }

  return { root, map, paint };
}

function boxAt([x1, y1, x2, y2], scale) {
  return { x: x1 * scale, y: y1 * scale, width: (x2 - x1) * scale, height: (y2 - y1) * scale };
}
