// A box in image pixels: Python's answer, and on top of it what the hand makes of the box.
//
// A box in the hand lies on whole pixels, and everything about it is looked up in Python's tables:
// the cell of an edge at a pixel, the bins of so many cells, the samples of so many pixels.

import { clip, pool } from "../common/bins.js";
import { exercise, letGo, setCells } from "../common/exercise.js";
import { average, bandsOf, samplesOf } from "./sampling.js";
import { isAcknowledged, receive, restored } from "../common/unanswered.js";

export function createModel() {
  return {
    ...exercise(),
    // Whether the box has been moved by hand since Python's last answer.
    held: false,
    // [row, column] of the sample that is looked at.
    sample: null,
    // Which rounding is shown: "first", "second" or "both".
    step: "first",
    view: null,
  };
}

export function adopt(model, sent) {
  const before = model.data;
  const restart = receive(model, sent, () => ({ ...restored(before, before.cells), ratio: before.ratio, aligned: before.aligned }));
  const { data } = model;
  const other = restart || ["rows", "cols", "stride"].some((name) => before[name] !== data[name]);
  if (other) {
    letGo(model);
    model.sample = null;
  }
  if (other || (isAcknowledged(model) && !model.gesture)) {
    model.held = false;
    for (const name of ["boxes", "selected", "image", "channel"]) model[name] = data[name];
  }
  if (before?.cells.join() !== data.cells.join()) setCells(model, data.cells);
  refresh(model);
}

// The whole pixels from which a drag starts: of the box in the hand, or near a fractional one.
export function wholeBox(model) {
  return model.held ? model.view.numbers : model.data.now.whole;
}

export function imageSize({ rows, cols, stride }) {
  return { rows: rows * stride, cols: cols * stride };
}

export function setBox(model, rows, cols) {
  const batch = model.boxes[model.selected].numbers[0];
  const numbers = [batch, cols[0], rows[0], cols[1], rows[1]];
  model.boxes = model.boxes.with(model.selected, { numbers });
  model.held = true;
  model.drafts.clear();
  refresh(model);
}

function refresh(model) {
  const place = model.held ? heldPlace(model) : model.data.now;
  model.view = complete(model, place);
}

function heldPlace({ data, boxes, selected }) {
  const [, x1, y1, x2, y2] = boxes[selected].numbers;
  return {
    numbers: [x1, y1, x2, y2],
    cols: cellsOf(data.tables.x, x1, x2, data.cols, data.rule),
    rows: cellsOf(data.tables.y, y1, y2, data.rows, data.rule),
    samples: {
      x: samplesOf(data, data.tables.x, x1, x2, data.outputSize[1]),
      y: samplesOf(data, data.tables.y, y1, y2, data.outputSize[0]),
    },
  };
}

// The cells of a box along an axis and the edges of its bins; no bins where no table gives them.
export function cellsOf(table, first, last, size, { minCells }) {
  const start = table.starts[first];
  const stop = Math.max(table.stops[last], start + minCells);
  const edges = table.lengths?.[stop - start] ?? [[], []];
  const [starts, stops] = edges.map((part) => part.map((edge) => clip(start + edge, size)));
  return { span: [start, stop], starts, stops };
}

function complete(model, place) {
  const { data, cells, held } = model;
  const [high, wide] = data.outputSize;
  const bins = pool(data, cells, place);
  const view = { ...place, bins, bands: bandsOf(data, place.numbers), ...errors(data, place) };
  view.pooled = held ? bins.map((bin) => bin.value) : data.now.pooled.map(Number);
  view.averaged = held ? average(cells, place.samples, data, [high, wide]) : data.now.averaged.map(Number);
  return view;
}

// What of the box is in none of its cells and what its cells take in beside it, in pixels².
export function errors(data, { numbers: [x1, y1, x2, y2], cols, rows }) {
  const { stride } = data;
  const [left, right] = cols.span.map((cell) => clip(cell, data.cols) * stride);
  const [top, bottom] = rows.span.map((cell) => clip(cell, data.rows) * stride);
  const wide = Math.max(0, Math.min(x2, right) - Math.max(x1, left));
  const high = Math.max(0, Math.min(y2, bottom) - Math.max(y1, top));
  const area = (x2 - x1) * (y2 - y1);
  const common = wide * high;
  return {
    touched: [left, top, right, bottom],
    area,
    lost: area - common,
    taken: (right - left) * (bottom - top) - common,
    drift: [left - x1, top - y1, right - x2, bottom - y2],
  };
}
