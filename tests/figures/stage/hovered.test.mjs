import assert from "node:assert/strict";
import { test } from "node:test";
import { adopt, createModel, shown } from "../../../assets/figures/common/model.js";
import { activeSection } from "../../../assets/figures/stage/caption.js";
import { litBins } from "../../../assets/figures/stage/overlay.js";
import { cases } from "../cases.mjs";

const { panels } = cases["common/model"];

function opened(data = panels.boxes) {
  const model = createModel();
  adopt(model, data);
  return model;
}

const lit = (model) => litBins(model).map(({ i, j }) => [i, j]);
const active = (model) => activeSection(model, shown(model)) ?? null;

test("a cell under the pointer lights the section that holds it, and it alone", () => {
  const model = opened();
  // The article's bins: rows 3–4 | 5–7, columns 0–2 | 3–6.
  for (const [row, col, section] of [[3, 0, [0, 0]], [4, 2, [0, 0]], [4, 3, [0, 1]], [5, 2, [1, 0]], [7, 6, [1, 1]]]) {
    model.hover = { cell: { row, col } };
    assert.deepEqual([lit(model), active(model)], [[section], section], `${row}, ${col}`);
  }
  for (const [row, col] of [[2, 0], [7, 7]]) {
    model.hover = { cell: { row, col } };
    assert.deepEqual([lit(model), active(model)], [[], null]);
  }
});

test("of two sections that share the cell both are lit", () => {
  const model = opened();
  model.bins[0].bottom += 1;
  model.hover = { cell: { row: 5, col: 1 } };
  assert.deepEqual(lit(model), [[0, 0], [1, 0]]);
});

test("a cell of the output under the pointer lights its section, an empty one none", () => {
  const model = opened();
  model.hover = { section: [1, 0] };
  assert.deepEqual([lit(model), active(model)], [[[1, 0]], [1, 0]]);
  model.bins[2].empty = true;
  assert.deepEqual(lit(model), []);
});

test("while something is in the hand the pointer lights nothing", () => {
  const model = opened();
  Object.assign(model, { hover: { cell: { row: 3, col: 0 } }, gesture: { kind: "box" } });
  assert.deepEqual([lit(model), active(model)], [[], null]);
});

test("the scan lights its own section, wherever the pointer is, and before the sections nothing is lit", () => {
  const model = opened(panels.story);
  model.hover = { cell: { row: 7, col: 6 } };
  panels.story.scenes.forEach(({ kind, section }, step) => {
    model.step = step;
    const early = kind === "input" || kind === "proposal";
    const wanted = section ?? (early ? null : [1, 1]);
    assert.deepEqual([lit(model), active(model)], [wanted ? [wanted] : [], wanted], kind);
  });
});
