import assert from "node:assert/strict";
import { test } from "node:test";
import { firstCut, grasp, keyed, shifted, withEdge, withSpan } from "../../../assets/figures/lessons/cutting.js";
import { CUT, question } from "./question.mjs";

test("a first cut gives every section one cell of the box, and nothing away", () => {
  assert.deepEqual(firstCut(question("cut")), { rows: [[3, 4], [4, 5]], cols: [[0, 1], [1, 2]] });
});

test("where there are more sections than cells the last ones lie on the last cell", () => {
  const cut = firstCut(question("cut", { outputSize: [3, 1], box: { rows: [6, 8], cols: [2, 3] } }));
  assert.deepEqual(cut, { rows: [[6, 7], [7, 8], [7, 8]], cols: [[2, 3]] });
});

test("a first cut lies on the map, wherever the box lies", () => {
  for (const rows of [[-4, 2], [7, 12], [9, 12], [-5, -2], [4, 4], [0, 8]]) {
    const cut = firstCut(question("cut", { box: { rows, cols: [0, 7] } }));
    for (const [start, stop] of cut.rows) assert.ok(0 <= start && start < stop && stop <= 8, `${rows}: ${start}, ${stop}`);
  }
});

test("an end is pulled to an edge on the map, past the other end by nothing", () => {
  assert.deepEqual(withEdge([3, 5], "stop", 7, 8), [3, 7]);
  assert.deepEqual(withEdge([3, 5], "start", 1, 8), [1, 5]);
  assert.deepEqual([withEdge([3, 5], "stop", 9, 8), withEdge([3, 5], "start", -2, 8)], [[3, 8], [0, 5]]);
  // Such a section is empty, and is an answer.
  assert.deepEqual([withEdge([3, 5], "stop", 1, 8), withEdge([3, 5], "start", 7, 8)], [[3, 3], [5, 5]]);
});

test("a bar that is moved keeps its length and stays on the map", () => {
  assert.deepEqual([shifted([3, 5], 2, 8), shifted([3, 5], 9, 8), shifted([3, 5], -9, 8)], [[5, 7], [6, 8], [0, 2]]);
});

test("one section's span is put in, and the others stay", () => {
  assert.deepEqual(withSpan(CUT, "rows", 1, [4, 8]), { rows: [[3, 5], [4, 8]], cols: CUT.cols });
  assert.deepEqual(CUT.rows[1], [5, 8]);
});

test("a hand takes the end that is near, and far from both the whole bar", () => {
  const taken = [1, 2.2, 3.5, 4.8, 6].map((at) => grasp([2, 5], at, 0.4));
  assert.deepEqual(taken, ["start", "start", "move", "stop", "stop"]);
  // Of an empty one each end is on its own side.
  assert.deepEqual([grasp([3, 3], 2.9, 0.4), grasp([3, 3], 3.1, 0.4)], ["start", "stop"]);
});

test("arrows move an end by a cell, Home and End as far as it goes", () => {
  const keys = ["ArrowRight", "ArrowUp", "Home", "End", "x"];
  assert.deepEqual(keys.map((key) => keyed([3, 5], "start", key, 8)), [[4, 5], [2, 5], [0, 5], [5, 5], null]);
  assert.deepEqual(keys.map((key) => keyed([3, 5], "stop", key, 8)), [[3, 6], [3, 4], [3, 3], [3, 8], null]);
});
