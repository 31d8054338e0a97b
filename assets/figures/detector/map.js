// A channel of the feature map with the cells of the chosen proposal, their bins and maxima.

import { html, svg } from "../common/dom.js";
import { cellSize } from "../common/geometry.js";
import { createGrid } from "../common/grid.js";
import { reached } from "./model.js";
import { createBins, createRings, set, sizeLayer } from "../common/outlines.js";
import { pixels } from "../common/paths.js";
import { createStepper } from "../common/stepper.js";
import { fill, number } from "../common/text.js";
import { createThumbs } from "../common/thumbs.js";

const ACROSS = 16;

export function createMap(model, { pick }) {
  const grid = createGrid();
  const bins = createBins();
  const rings = createRings();
  const casing = svg("rect", { class: "roi-casing" });
  const line = svg("rect", { class: "roi-line" });
  const under = svg("svg", { class: "overlay", "aria-hidden": "true" }, ...bins.under);
  const box = svg("g", { class: "roi selected" }, casing, line);
  const over = svg("svg", { class: "overlay", "aria-hidden": "true" }, ...bins.over, box, ...rings.over);
  const map = html("div", { class: "map", "data-testid": "detector-map" }, grid.canvas, under, over);
  const channel = createStepper("channel", { pick });
  const thumbs = createThumbs("channels", { pick });
  const foot = html("div", { class: "foot" }, channel.root, thumbs.root);

  function paint(room) {
    const { data, view } = model;
    const { rows, cols, text } = data;
    const cell = cellSize(rows, cols, room, room);
    map.style.width = `${cols * cell}px`;
    map.style.height = `${rows * cell}px`;
    Object.assign(map.dataset, { rows, cols });
    grid.paint(model, cell, []);
    for (const layer of [under, over]) sizeLayer(layer, rows, cols, cell);
    const shown = view && reached(model, "pooling");
    const drawn = shown ? view.bins.filter((_, k) => model.lit === null || model.lit === k) : [];
    bins.paint(drawn, cell);
    bins.paintShared(shown && model.lit === null ? view : null, cell);
    // Where sections are hardly larger than a cell, rings would cover all: one at a time then.
    const clear = drawn.length < 2 || cellsOf(view) >= 2 * drawn.length;
    rings.paint(clear ? drawn.filter((bin) => !bin.empty).map((bin) => [bin.row, bin.col]) : [], cell);
    const place = shown ? pixels({ rows: view.rows.span, cols: view.cols.span }, cell) : { x: 0, y: 0, width: 0, height: 0 };
    for (const rect of [casing, line]) for (const [side, value] of Object.entries(place)) set(rect, side, value);
    const words = [text["detector.channel.less"], text["detector.channel.more"]];
    const count = data.channels;
    const { low, high } = model.range;
    const of = fill(text["detector.channel.of"], { low: number(low), high: number(high) });
    channel.paint({ text: text["detector.channel"], of, value: model.channel, count, first: 0, words });
    thumbs.paint({
      values: () => model.arrays.features,
      ranges: model.ranges,
      rows,
      cols,
      across: ACROSS,
      width: cols * cell,
      chosen: model.channel,
      key: data.id,
    });
  }

  return { map, foot, paint };
}

function cellsOf({ rows, cols }) {
  return (rows.span[1] - rows.span[0]) * (cols.span[1] - cols.span[0]);
}
