import assert from "node:assert/strict";
import { test } from "node:test";
import { linesAt, placed } from "../../../assets/figures/sizes/formula.js";

const text = {
  "ruler.both.brief": "end of {i}, start of {j}",
  "ruler.end.brief": "end of {i} = {formula}",
  "ruler.start.brief": "start of {i} = {formula}",
};
const linesOf = (cut, derived = true) => linesAt(cut, text, { long: false, derived }).map(({ lines }) => lines);
const FIVE_IN_TWO = { n: 5, count: 2, form: "whole" };

test("where a section ends and the next one starts in one place it is told once", () => {
  const cut = { ...FIVE_IN_TWO, stop: "floor", edges: [[0, 2], [2, 5]] };
  assert.deepEqual(linesOf(cut), [["start of 0 = ⌊0·5/2⌋ = 0"], ["end of 0, start of 1", "= ⌊1·5/2⌋ = 2"], ["end of 1 = ⌊2·5/2⌋ = 5"]]);
  assert.deepEqual(linesOf(cut, false)[1], ["end of 0, start of 1", "= 2"]);
});

test("where they overlap the end is told before the start", () => {
  const cut = { ...FIVE_IN_TWO, stop: "ceil", edges: [[0, 2], [3, 5]] };
  assert.deepEqual(linesOf(cut)[1], ["end of 0 = ⌈1·5/2⌉ = 3", "start of 1 = ⌊1·5/2⌋ = 2"]);
});

test("every section is named at both of its ends", () => {
  const told = linesAt({ ...FIVE_IN_TWO, stop: "ceil", edges: [[0, 2], [3, 5]] }, text, { long: false, derived: true });
  assert.deepEqual(told.map(({ sections }) => sections), [[0], [0, 1], [1]]);
});

test("what a convention does otherwise stands in the formula", () => {
  const nearest = { ...FIVE_IN_TWO, stop: "nearest", edges: [[0, 3], [3, 5]] };
  assert.deepEqual(linesOf(nearest)[1], ["end of 0, start of 1", "= round(1·5/2) = 3"]);
  const float = { ...FIVE_IN_TWO, form: "float", stop: "ceil", edges: [[0, 2], [3, 5]] };
  assert.equal(linesOf(float)[1][0], "end of 0 = ⌈1·(5/2)⌉ = 3");
  const rest = { ...FIVE_IN_TWO, form: "step", rest: true, stop: "floor", edges: [[0, 2], [2, 5]] };
  assert.deepEqual(linesOf(rest), [["start of 0 = 0·⌊5/2⌋ = 0"], ["end of 0, start of 1", "= 1·⌊5/2⌋ = 2"], ["end of 1 = 5"]]);
  const given = { n: 1, count: 2, form: "whole", stop: "floor_or_one", edges: [[0, 0], [1, 1]] };
  assert.deepEqual(linesOf(given)[1], ["end of 0 = max(⌊1·1/2⌋, 0 + 1) = 1", "start of 1 = ⌊1·1/2⌋ = 0"]);
});

test("labels stand over their boundaries, inside, and never touch", () => {
  assert.deepEqual(placed([10, 100, 190], [40, 40, 40], 200, 1, 8), [
    { left: 0, tier: 0 },
    { left: 80, tier: 0 },
    { left: 160, tier: 0 },
  ]);
  assert.equal(placed([10, 50, 90], [40, 40, 40], 100, 1, 8), null);
  assert.deepEqual(placed([10, 50, 90], [40, 40, 40], 100, 2, 8)?.map(({ tier }) => tier), [0, 1, 0]);
});
