import assert from "node:assert/strict";
import { test } from "node:test";
import { adopt, createModel } from "../../../assets/figures/common/model.js";
import { cellWords } from "../../../assets/figures/stage/maptable.js";
import { cases } from "../cases.mjs";

const { panels } = cases["common/model"];

// The article's story, at its first scene of a kind; its bins: rows 3–4 | 5–7, columns 0–2 | 3–6.
function at(kind, stop = false) {
  const model = createModel({ fromStart: true });
  adopt(model, panels.story);
  model.step = panels.story.scenes.findIndex((scene) => scene.kind === kind && (!stop || scene.stop));
  return model;
}

const told = (kind, row, col) => cellWords(at(kind), row, col);

test("a cell says where it is, what it holds, its box, its section and whether it is the maximum", () => {
  assert.equal(told("output", 3, 0), "row 3, column 0: 0.85, in the box, maximum of section (0, 0)");
  assert.equal(told("output", 3, 1), "row 3, column 1: 0.34, in the box, section (0, 0)");
  assert.equal(told("output", 0, 0), "row 0, column 0: 0.88");
});

test("nothing is told that the story has not come to", () => {
  assert.equal(told("input", 3, 0), "row 3, column 0: 0.85");
  assert.equal(told("proposal", 3, 0), "row 3, column 0: 0.85, in the box");
  assert.equal(told("sections", 3, 0), "row 3, column 0: 0.85, in the box, section (0, 0)");
  assert.equal(told("scan", 7, 2), "row 7, column 2: 0.97, in the box, section (1, 0)");
});

test("the scan tells the maxima of the sections that it has been through, and no other", () => {
  const model = at("scan");
  model.step = model.data.scenes.findIndex(({ section }) => section?.join() === "0,1");
  assert.match(cellWords(model, 3, 0), /maximum of section \(0, 0\)$/);
  assert.match(cellWords(model, 3, 3), /, section \(0, 1\)$/);
});

test("of two sections that share a cell both are told, each with what it makes of it", () => {
  const model = at("output");
  model.bins[2].top -= 1;
  model.bins[2].row = 4;
  model.bins[2].col = 1;
  assert.equal(cellWords(model, 4, 1), "row 4, column 1: 0.74, in the box, section (0, 0), maximum of section (1, 0)");
});

test("of several boxes each that holds the cell is named by its number", () => {
  const model = at("output");
  model.boxes = [...model.boxes, model.boxes[0]];
  assert.match(cellWords(model, 3, 1), /, in box 0, in box 1, section \(0, 0\)$/);
});
