import assert from "node:assert/strict";
import { test } from "node:test";
import { inset, line, overlaps, pixels, ring } from "../../../assets/figures/common/paths.js";
import { cases } from "../cases.mjs";

const CELL = 10;
// No map is larger.
const SIDE = 64;

// How many of some rectangles [top, bottom, left, right] hold each cell.
function counted(rectangles) {
  const found = new Uint8Array(SIDE * SIDE);
  for (const [top, bottom, left, right] of rectangles) {
    for (let row = top; row < bottom; row += 1) for (let col = left; col < right; col += 1) found[row * SIDE + col] += 1;
  }
  return found;
}

// Those of a path, in whole cells.
function rectangles(path) {
  return [...path.matchAll(/M(\S+) (\S+)H(\S+)V(\S+)H(\S+)Z/g)].map(([, ...corners]) => {
    const [left, top, right, bottom, back] = corners.map((at) => Number(at) / CELL);
    assert.equal(back, left);
    return [top, bottom, left, right];
  });
}

test("hatched are the cells that are in more than one section, and no others", () => {
  for (const { name, onCells, boxes } of cases["common/bins"]) {
    for (const box of [...onCells, ...boxes]) {
      const { rows, cols } = box;
      const bins = rows.starts.flatMap((top, i) => cols.starts.map((left, j) => [top, rows.stops[i], left, cols.stops[j]]));
      const shared = counted(bins).map((count) => count > 1);
      const hatched = counted(rectangles(overlaps(box, CELL))).map((count) => count > 0);
      assert.deepEqual(hatched, shared, `${name}: ${box.numbers}`);
    }
  }
});

test("an outline runs so far inside its cells", () => {
  assert.equal(inset(1, 3, 2, 6, 10, 3), "M23 13H57V27H23Z");
  assert.deepEqual(rectangles(inset(1, 2, 2, 4, CELL, 0)), [[1, 2, 2, 4]]);
});

test("a bin without a cell is a line where its edges meet", () => {
  assert.equal(line({ top: 2, bottom: 2, left: 1, right: 4 }, 10), "M10 20L40 20");
  assert.equal(line({ top: 2, bottom: 5, left: 3, right: 3 }, 10), "M30 20L30 50");
  assert.equal(line({ top: 2, bottom: 1, left: 1, right: 4 }, 10), "M10 20L40 20");
});

test("a ring lies round the middle of its cell, and inside it", () => {
  for (const cell of [8, 20, 21, 60]) {
    const [, x, y, r, width] = ring(3, 5, cell).match(/M(\S+) (\S+)a(\S+) \S+ 0 1 0 (\S+) 0/).map(Number);
    assert.equal(x + r, 5.5 * cell);
    assert.equal(y, 3.5 * cell);
    assert.equal(width, 2 * r);
    assert.ok(r < cell / 2 && r > cell / 3);
  }
});

test("cells are so many pixels", () => {
  assert.deepEqual(pixels({ rows: [1, 3], cols: [2, 7] }, 10), { x: 20, y: 10, width: 50, height: 20 });
});
