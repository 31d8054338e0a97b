// How the box that a learner has placed is cut.

import { createCutting } from "./cutting.js";

const cuttings = new WeakMap();

// Its cells and those of its sections, in an exercise as app/takeaway/contents.py tells it.
export function cutOf(exercise, { rows, cols }) {
  const numbers = numbersOf(exercise, { rows, cols });
  const box = cuttingOf(exercise).cut(0, numbers, exercise.stage.outputSize);
  const pairs = ({ starts, stops }) => starts.map((start, k) => [start, stops[k]]);
  return { sections: { rows: pairs(box.rows), cols: pairs(box.cols) }, box: { rows: box.rows.span, cols: box.cols.span } };
}

// The numbers of a box on these cells.
export function numbersOf(exercise, { rows, cols }) {
  const [down, across] = ["rows", "cols"].map((axis) => cuttingOf(exercise).coordinates(0, axis));
  return [0, across.firsts[cols[0]], down.firsts[rows[0]], across.lasts[cols[1]], down.lasts[rows[1]]];
}

function cuttingOf(exercise) {
  if (!cuttings.has(exercise)) cuttings.set(exercise, createCutting(exercise));
  return cuttings.get(exercise);
}
