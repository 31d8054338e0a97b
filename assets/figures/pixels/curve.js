// The box at every whole pixel of its row: what is lost and taken in there, and what comes out first.

import { pool } from "../common/bins.js";
import { cellsOf, errors } from "./model.js";
import { collapse, dot, samplesOf, weigh } from "./sampling.js";

// Python's for the box that Python knows; of one in the hand from the same tables.
export function curveOf(model) {
  const { data, held, view } = model;
  if (!held) return data.curve;
  const [x1, y1, x2, y2] = view.numbers;
  const wide = x2 - x1;
  const first = firstValues(model, wide);
  const curve = { lost: [], taken: [], pooled: first ? [] : null, averaged: [] };
  for (let at = 0; at + wide <= data.cols * data.stride; at += 1) {
    const cols = cellsOf(data.tables.x, at, at + wide, data.cols, data.rule);
    const found = errors(data, { numbers: [at, y1, at + wide, y2], cols, rows: view.rows });
    curve.lost.push((100 * found.lost) / found.area);
    curve.taken.push((100 * found.taken) / found.area);
    curve.pooled?.push(first.pooled(cols));
    curve.averaged.push(first?.averaged(at));
  }
  return curve;
}

// Of the first bin alone: its rows stay the same all along.
function firstValues({ data, cells, view }, wide) {
  if (!data.tables.x.lengths) return null;
  const first = (axis) => ({ starts: axis.starts.slice(0, 1), stops: axis.stops.slice(0, 1) });
  const rows = first(view.rows);
  const [down] = weigh(view.samples.y, data.outputSize[0], data.rows);
  const line = collapse(cells, down, data.cols);
  return {
    pooled: (cols) => pool(data, cells, { rows, cols: first(cols) })[0].value,
    averaged(at) {
      const { at: all, grid } = samplesOf(data, data.tables.x, at, at + wide, data.outputSize[1]);
      return dot(weigh({ at: all.slice(0, grid), grid }, 1, data.cols)[0], line);
    },
  };
}
