import assert from "node:assert/strict";
import { test } from "node:test";
import { adopt, createModel } from "../../../assets/figures/common/model.js";
import { settleDrafts } from "../../../assets/figures/stage/drafts.js";
import { mapCells } from "../../../assets/figures/stage/celledit.js";
import { pooled } from "../../../assets/figures/stage/output.js";
import { cases } from "../cases.mjs";

const { panels } = cases["common/model"];

function opened() {
  const model = createModel();
  adopt(model, panels.boxes);
  return model;
}

test("what was typed stands after an answer only where it could not be used", () => {
  const model = opened();
  model.data = { ...model.data, problems: [{ box: 0, column: 0, text: "no such image" }] };
  const typed = { "0,0": "3", "0,1": "7", "0,2": "abc", "0,3": "", "1,1": "abc" };
  for (const [key, text] of Object.entries(typed)) model.drafts.set(key, text);
  settleDrafts(model);
  // There is no second row any more.
  assert.deepEqual(Object.fromEntries(model.drafts), { "0,0": "3", "0,2": "abc", "0,3": "" });
});

test("a cell of the map is told, set and found where it lies", () => {
  const model = opened();
  const cells = mapCells(model);
  assert.deepEqual(cells.size(), [8, 8]);
  assert.equal(cells.value({ row: 4, col: 5 }), panels.boxes.cells[37]);
  cells.put({ row: 4, col: 5 }, 9.5);
  assert.deepEqual([cells.value({ row: 4, col: 5 }), [...model.changed.values()]], [9.5, [[4, 5, 9.5]]]);
  assert.equal(model.bins[1].value, 9.5);
  assert.deepEqual(cells.place({ row: 4, col: 5 }, 10), { x: 55, y: 45, side: 10 });
});

test("the output says its maxima, and of an empty section that it has none", () => {
  const model = opened();
  const { title, cell, says } = pooled(model);
  assert.match(title, /2.*2/);
  assert.deepEqual(model.bins.map((bin) => cell(bin).text), ["0.85", "0.84", "0.97", "0.96"]);
  assert.match(says(model.bins[0]), /0\.85/);
  assert.equal(cell({ ...model.bins[0], empty: true }).text, "∅");
  assert.doesNotMatch(says({ ...model.bins[0], empty: true }), /[{}]/);
});
