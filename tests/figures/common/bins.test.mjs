import assert from "node:assert/strict";
import { test } from "node:test";
import { boxOnCells, cellsInside, clip, derivation, ofSpan, pool } from "../../../assets/figures/common/bins.js";
import { cases } from "../cases.mjs";

const CASES = cases["common/bins"];

function assertPooled(bins, { empty, values, places }, { cols, outputSize: [high, wide] }, message) {
  assert.deepEqual(bins.map(({ i, j }) => i * wide + j), Array.from({ length: high * wide }, (_, k) => k), message);
  assert.deepEqual(bins.map((bin) => bin.empty), empty, message);
  assert.deepEqual(bins.map(({ value }) => value), values.map(Number), message);
  // Which cell the argmax of an empty bin is, if any, is the convention's own affair.
  const filled = (all) => all.filter((_, k) => !empty[k]);
  assert.deepEqual(filled(bins).map(({ row, col }) => row * cols + col), filled(places), message);
}

test("a box on whole cells has the numbers and the edges of the library", () => {
  for (const { name, data, onCells } of CASES) {
    for (const { place, numbers, rows, cols } of onCells) {
      assert.deepEqual(boxOnCells(data, 0, ...place), { whole: true, numbers, rows, cols }, `${name}: ${numbers}`);
    }
  }
});

test("its bins hold the library's maxima, and the first of equal ones", () => {
  for (const { name, data, onCells } of CASES) {
    for (const { place, ...wanted } of onCells) {
      const bins = pool(data, data.cells, boxOnCells(data, 0, ...place));
      assertPooled(bins, wanted, data, `${name}: ${wanted.numbers}`);
    }
  }
});

test("so do the bins of a box of any numbers, as Python cut it", () => {
  for (const { name, data, boxes } of CASES) {
    boxes.forEach((wanted, n) => {
      assert.deepEqual(data.boxes[n].numbers, wanted.numbers);
      assertPooled(pool(data, data.cells, data.boxes[n]), wanted, data, `${name}: ${wanted.numbers}`);
    });
  }
});

test("of a box on whole cells the edges are told as they were before they met the map", () => {
  for (const { name, data, boxes } of CASES) {
    boxes.forEach(({ edges, numbers }, n) => {
      if (!data.boxes[n].whole) return;
      for (const axis of ["rows", "cols"]) {
        const { span } = data.boxes[n][axis];
        const told = derivation(data.edges[axis], data.boxes[n][axis], data[axis]);
        assert.deepEqual(told, span[0] < span[1] ? edges[axis] : null, `${name}: ${axis} of ${numbers}`);
      }
    });
  }
  const long = ({ cols: { span: [start, stop] } }, { cols }) => stop - start > cols;
  assert.ok(CASES.some(({ data }) => data.boxes.some((box) => box.whole && long(box, data))));
});

test("a box that was cut otherwise than the table says has no such edges", () => {
  const edges = { lengths: [[[0, 0], [1, 1]], [[0, 1], [1, 2]]], exceptions: {} };
  const axis = { span: [1, 3], starts: [1, 2], stops: [2, 3] };
  assert.deepEqual(derivation(edges, axis, 4), [[0, 1], [1, 2]]);
  assert.equal(derivation(edges, { ...axis, starts: [1, 1] }, 4), null);
  assert.equal(derivation(edges, { ...axis, stops: [3, 3] }, 4), null);
  assert.equal(derivation(edges, { ...axis, starts: [1], stops: [2] }, 4), null);
});

test("an exception stands before what its length says", () => {
  const table = { lengths: ["one", "two"], exceptions: { "3,2": "two from 3" } };
  assert.deepEqual([ofSpan(table, 2, 4), ofSpan(table, 3, 5), ofSpan(table, 3, 4)], ["two", "two from 3", "one"]);
  assert.ok(CASES.some(({ data }) => Object.keys(data.edges.cols.exceptions).length));
});

test("an edge is held on the map", () => {
  assert.deepEqual([-3, 0, 4, 8, 9].map((edge) => clip(edge, 8)), [0, 0, 4, 8, 8]);
});

test("of every box a cell is to be seen inside the map, at the nearest edge if need be", () => {
  const inside = ([start, stop]) => cellsInside({ rows: { span: [start, stop] }, cols: { span: [0, 1] } }, 8, 8).rows;
  assert.deepEqual([[2, 5], [0, 8], [-3, 2], [6, 20]].map(inside), [[2, 5], [0, 8], [0, 2], [6, 8]]);
  assert.deepEqual([[-9, -3], [12, 15], [3, 3], [5, 2]].map(inside), [[0, 1], [7, 8], [3, 4], [5, 6]]);
});
