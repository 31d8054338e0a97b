import assert from "node:assert/strict";
import { test } from "node:test";
import { cellsInside, pool } from "../../../assets/figures/common/bins.js";
import { cellAt, cellSize, HANDLES, pulled, px } from "../../../assets/figures/common/geometry.js";
import { adopt, createModel, setBox } from "../../../assets/figures/common/model.js";
import { cases } from "../cases.mjs";

const CASES = cases["common/geometry"];
const SIZE = { rows: 8, cols: 10 };
const BOX = { rows: [2, 5], cols: [3, 7] };

test("a pulled box is what was worked out by hand, and its output the library's", () => {
  for (const { name, data, pulls } of CASES) {
    const model = createModel();
    adopt(model, data);
    for (const { box, handle, by, numbers, rows, cols, values } of pulls) {
      const said = `${name}: box ${box} at ${handle} by ${by}`;
      model.selected = box;
      const from = cellsInside(data.boxes[box], data.rows, data.cols);
      const to = pulled(from, handle, ...by, data);
      setBox(model, box, to.rows, to.cols);
      const { numbers: set, rows: down, cols: across } = model.boxes[box];
      assert.deepEqual({ numbers: set, rows: down, cols: across }, { numbers, rows, cols }, said);
      assert.deepEqual(model.bins.map((bin) => bin.value), values.map(Number), said);
      assert.deepEqual(model.bins, pool(data, model.cells, model.boxes[box]), said);
    }
  }
});

test("what is drawn reaches from its first cell to the last, on either side and inside the map", () => {
  const from = { rows: [2, 3], cols: [4, 5] };
  const to = (dRow, dCol) => pulled(from, "draw", dRow, dCol, SIZE);
  assert.deepEqual(to(1, 3), { rows: [2, 4], cols: [4, 8] });
  assert.deepEqual(to(-2, -1), { rows: [0, 3], cols: [3, 5] });
  assert.deepEqual(to(-9, 99), { rows: [0, 3], cols: [4, 10] });
  assert.deepEqual(to(0, 0), from);
});

test("a handle moves the edges that it is on, and no others", () => {
  const by = Object.fromEntries(HANDLES.map((handle) => [handle, pulled(BOX, handle, 1, -1, SIZE)]));
  assert.deepEqual(by, {
    n: { rows: [3, 5], cols: [3, 7] },
    ne: { rows: [3, 5], cols: [3, 6] },
    e: { rows: [2, 5], cols: [3, 6] },
    se: { rows: [2, 6], cols: [3, 6] },
    s: { rows: [2, 6], cols: [3, 7] },
    sw: { rows: [2, 6], cols: [2, 7] },
    w: { rows: [2, 5], cols: [2, 7] },
    nw: { rows: [3, 5], cols: [2, 7] },
  });
});

test("a moved box keeps its size and stays on the map", () => {
  for (let down = -12; down <= 12; down += 1) {
    const { rows, cols } = pulled(BOX, "move", down, -down, SIZE);
    assert.deepEqual([rows[1] - rows[0], cols[1] - cols[0]], [3, 4]);
    assert.ok(rows[0] >= 0 && rows[1] <= 8 && cols[0] >= 0 && cols[1] <= 10);
  }
});

test("an edge that is pulled past the other leaves one cell", () => {
  assert.deepEqual(pulled(BOX, "nw", 9, 9, SIZE), { rows: [4, 5], cols: [6, 7] });
  assert.deepEqual(pulled(BOX, "se", -9, -9, SIZE), { rows: [2, 3], cols: [3, 4] });
});

test("the cell under the pointer is the one whose square it is in, and none beside the map", () => {
  const map = { getBoundingClientRect: () => ({ left: 100, top: 50, width: 200, height: 80 }) };
  const at = (clientX, clientY) => cellAt({ clientX, clientY }, map, { rows: 4, cols: 10 });
  assert.deepEqual(at(100, 50), { row: 0, col: 0 });
  assert.deepEqual(at(119.9, 69.9), { row: 0, col: 0 });
  assert.deepEqual(at(120, 70), { row: 1, col: 1 });
  assert.deepEqual(at(299, 129), { row: 3, col: 9 });
  assert.deepEqual([at(99, 60), at(300, 60), at(150, 49), at(150, 130)], [null, null, null, null]);
});

test("cells are as large as fits, in whole pixels of the screen", () => {
  assert.equal(cellSize(8, 10, 405, 400, 1), 40);
  assert.equal(cellSize(8, 4, 405, 333, 1), 41);
  assert.equal(cellSize(8, 10, 405, 400, 2), 40.5);
  assert.equal(cellSize(8, 10, 401, 400, 1.5), 60 / 1.5);
  assert.equal(cellSize(64, 64, 10, 10, 1), 1);
});

test("past 1920 px a pixel is as much of the screen as it was there", () => {
  const before = globalThis.window;
  const at = (innerWidth) => ((globalThis.window = { innerWidth }), px(12));
  assert.deepEqual([360, 1920, 2560, 3840].map(at), [12, 12, 16, 24]);
  globalThis.window = before;
});
