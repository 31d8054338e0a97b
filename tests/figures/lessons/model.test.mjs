import assert from "node:assert/strict";
import { test } from "node:test";
import { put } from "../../../assets/figures/common/looks.js";
import { compared } from "../../../assets/figures/lessons/amounts.js";
import { adopt, isComplete, isJudged, isSameNumber, keep, numbered, ownAnswer, setDraft, withAmount, withCell } from "../../../assets/figures/lessons/model.js";
import { openPage } from "../page.mjs";
import { asked, CUT, question, verdict } from "./question.mjs";

test("a draft outlives what Python sends of the same question, and no other", () => {
  const model = asked("pick");
  setDraft(model, [3, 2]);
  assert.equal(adopt(model, question("pick")), false);
  assert.deepEqual(model.draft, [3, 2]);
  assert.equal(adopt(model, question("pick", { id: "2" })), true);
  assert.equal(model.draft, null);
});

test("a page that is opened at a verdict has the answer that was given", () => {
  const judged = verdict([4, 1], [3, 2]);
  const model = asked("pick", { verdict: judged });
  assert.deepEqual([model.draft, ownAnswer(model)], [[4, 1], [4, 1]]);
  // Whoever asked for the answer has given none, whatever was drafted.
  const shown = asked("pick");
  setDraft(shown, [0, 0]);
  adopt(shown, question("pick", { verdict: verdict(null, [3, 2]) }));
  assert.equal(ownAnswer(shown), null);
});

test("a message is kept until Python says that it has heard it, under the number it was sent with last", () => {
  const model = asked("pick");
  setDraft(model, [3, 2]);
  keep(model, "check");
  const [first, again] = [numbered(model), numbered(model)];
  assert.deepEqual({ ...first, times: again.times }, again);
  assert.ok(again.times > first.times);
  for (const heard of [null, first.times]) {
    adopt(model, question("pick", { heard }));
    assert.deepEqual([model.sent.answer, model.waiting], [[3, 2], true]);
  }
  adopt(model, question("pick", { heard: again.times }));
  assert.deepEqual([model.sent, model.waiting], [null, false]);
});

test("another map has another scale of colours, the same map the same", () => {
  const model = asked("pick");
  const { version } = model;
  adopt(model, question("pick", { id: "2" }));
  assert.equal(model.version, version);
  adopt(model, question("pick", { id: "3", cells: Array(64).fill(2) }));
  assert.equal(model.version, version + 1);
  assert.deepEqual([model.range.low, model.range.high], [2, 2]);
});

test("there is nothing to check before somebody has answered", () => {
  for (const kind of ["pick", "value", "box", "which"]) assert.equal(isComplete(asked(kind)), false, kind);
  for (const [kind, draft] of [["cut", CUT], ["pick", [0, 0]], ["box", { rows: [0, 1], cols: [0, 1] }], ["which", "a"]]) {
    const model = asked(kind);
    setDraft(model, draft);
    assert.equal(isComplete(model), true, kind);
  }
});

test("a value is complete when each of its fields holds a number", () => {
  const model = asked("value");
  assert.deepEqual(model.draft, ["", "", "", ""]);
  for (const [last, complete] of [["", false], ["0,9", true], ["1,0,9", false], ["x", false], ["−1", true], [".9", true], ["０．９", true]]) {
    setDraft(model, ["0.85", "1", "2", last]);
    assert.equal(isComplete(model), complete, last);
  }
  assert.equal(asked("value", { fields: ["N", "C", "PH"] }).draft.length, 3);
});

test("that no cell receives anything is an answer, a cell without an amount is none", () => {
  const model = asked("back");
  assert.equal(isComplete(model), true);
  setDraft(model, withCell(model.draft, 3, 2));
  assert.equal(isComplete(model), false);
  setDraft(model, withAmount(model.draft, 3, 2, "-0.25"));
  assert.deepEqual([model.draft, isComplete(model)], [[[3, 2, "-0.25"]], true]);
});

test("cells are chosen and left again, and stand in the order of the map", () => {
  const draft = [[5, 0], [3, 2], [3, 1]].reduce((all, [row, col]) => withCell(all, row, col), []);
  assert.deepEqual(draft, [[3, 1, ""], [3, 2, ""], [5, 0, ""]]);
  assert.deepEqual(withCell(draft, 3, 2), [[3, 1, ""], [5, 0, ""]]);
});

test("an answer is not judged while it is hidden from the room", () => {
  openPage();
  const model = asked("pick", { verdict: verdict([4, 1], [3, 2]) });
  assert.equal(isJudged(model), true);
  put("hide", true);
  assert.equal(isJudged(model), false);
  put("hide", false);
});

test("numbers are the same however they are written", () => {
  for (const [one, other] of [["0.5", ".50"], ["1", "1.00"], ["−2", "-2.0"]]) assert.ok(isSameNumber(one, other), one);
  for (const [one, other] of [["0.5", "0.51"], ["", "0"], ["x", "0"]]) assert.ok(!isSameNumber(one, other), one);
});

test("amounts are told cell by cell: right, another, left out, and none", () => {
  const lines = compared([[3, 2, "1"], [4, 4, "0.5"], [7, 6, "1.00"]], [[3, 2, "1.00"], [6, 1, "-0.25"], [7, 6, "2.00"]]);
  assert.deepEqual(lines, [
    { row: 3, col: 2, right: "1.00", typed: "1", sign: "yes" },
    { row: 4, col: 4, right: null, typed: "0.5", sign: "no" },
    { row: 6, col: 1, right: "-0.25", typed: null, sign: "no" },
    { row: 7, col: 6, right: "2.00", typed: "1.00", sign: "no" },
  ]);
  // Nobody is told to have been wrong who has not answered.
  assert.deepEqual(compared(null, [[3, 2, "1.00"]]), [{ row: 3, col: 2, right: "1.00", typed: null, sign: null }]);
});
