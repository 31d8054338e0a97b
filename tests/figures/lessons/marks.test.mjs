import assert from "node:assert/strict";
import { test } from "node:test";
import { put } from "../../../assets/figures/common/looks.js";
import { binsOf, bleedOf, canPick, marksOf } from "../../../assets/figures/lessons/marks.js";
import { setDraft } from "../../../assets/figures/lessons/model.js";
import { openPage } from "../page.mjs";
import { asked, CUT, question, verdict } from "./question.mjs";

const OTHER = { rows: [[3, 5], [5, 7]], cols: [[0, 3], [3, 6]] };

test("the cut that is seen is the learner's, and after the verdict the right one", () => {
  const model = asked("cut");
  setDraft(model, OTHER);
  assert.deepEqual(marksOf(model).sections, binsOf(OTHER));
  assert.deepEqual(marksOf(model).cuts, []);
  const judged = marksOf(asked("cut", { verdict: verdict(OTHER, CUT) }));
  assert.deepEqual(judged.sections, binsOf(CUT));
  assert.deepEqual(judged.cuts, [{ axis: "rows", at: 7 }, { axis: "cols", at: 6 }]);
  assert.deepEqual(marksOf(asked("cut", { verdict: verdict(null, CUT) })).cuts, []);
});

test("nothing of a verdict is marked while the answer is hidden", () => {
  openPage();
  put("hide", true);
  const cut = marksOf(asked("cut", { verdict: verdict(OTHER, CUT) }));
  assert.deepEqual([cut.sections, cut.cuts], [binsOf(OTHER), []]);
  const pick = marksOf(asked("pick", { verdict: verdict([4, 1], [3, 2], { maxima: [[3, 2]] }) }));
  assert.deepEqual([pick.own, pick.right, pick.wrong, pick.maxima], [[[4, 1]], [], [], []]);
  put("hide", false);
});

test("a section whose rows or columns are none is empty", () => {
  const bins = binsOf({ rows: [[3, 3], [3, 8]], cols: [[0, 7]] });
  assert.deepEqual(bins.map(({ empty }) => empty), [true, false]);
});

test("what is lit is the section that is asked about, or whose field is typed in", () => {
  const lit = (model) => marksOf(model).lit.map(({ i, j }) => [i, j]);
  assert.deepEqual(lit(asked("pick", { sections: CUT, section: [1, 0] })), [[1, 0]]);
  const typing = asked("value", { sections: CUT });
  assert.deepEqual(lit(typing), []);
  typing.field = [0, 1];
  assert.deepEqual(lit(typing), [[0, 1]]);
  // Where the partition is not given, a field says nothing of it.
  const blind = asked("value");
  blind.field = [0, 1];
  assert.deepEqual(lit(blind), []);
});

test("a cell that was wrong is marked beside the right one, a right one by itself", () => {
  const cells = ({ own, right, wrong }) => ({ own, right, wrong });
  const chosen = asked("pick");
  setDraft(chosen, [4, 1]);
  assert.deepEqual(cells(marksOf(chosen)), { own: [[4, 1]], right: [], wrong: [] });
  const wrong = asked("pick", { verdict: verdict([4, 1], [3, 2]) });
  assert.deepEqual(cells(marksOf(wrong)), { own: [], right: [[3, 2]], wrong: [[4, 1]] });
  // Of two equal maxima each is right.
  const tied = asked("pick", { verdict: verdict([4, 1], [3, 2], { right: true }) });
  assert.deepEqual(cells(marksOf(tied)), { own: [], right: [[4, 1]], wrong: [] });
  const back = asked("back", { verdict: verdict([[3, 2, "1"], [4, 4, "1"]], [[3, 2, "1.00"], [6, 1, "1.00"]]) });
  assert.deepEqual(cells(marksOf(back)), { own: [], right: [[3, 2], [6, 1]], wrong: [[4, 4]] });
});

test("the box that was drawn has its sections, and another right one stands beside it", () => {
  const [own, answer] = [{ rows: [0, 4], cols: [1, 4] }, { rows: [0, 2], cols: [1, 2] }];
  const model = asked("box", { box: null });
  setDraft(model, own);
  assert.deepEqual([marksOf(model).box, marksOf(model).sections], [own, []]);
  const mine = marksOf(asked("box", { verdict: verdict(own, answer, { box: own, sections: CUT }) }));
  assert.deepEqual([mine.box, mine.ghost, mine.sections], [own, null, binsOf(CUT)]);
  const other = marksOf(asked("box", { verdict: verdict(own, answer, { box: answer, sections: CUT }) }));
  assert.deepEqual([other.box, other.ghost], [answer, own]);
  assert.deepEqual(marksOf(asked("box", { verdict: verdict(null, answer) })).box, answer);
});

test("of a question about all boxes each is marked, before the verdict and after it", () => {
  const boxes = [{ rows: [0, 4], cols: [1, 4] }, { rows: [2, 5], cols: [0, 3] }];
  assert.deepEqual(marksOf(asked("value", { box: null, boxes })).boxes, boxes);
  assert.deepEqual(marksOf(asked("value", { box: null, boxes, verdict: verdict(["1"], ["2"]) })).boxes, boxes);
  assert.deepEqual(marksOf(asked("cut")).boxes, []);
});

test("cells are chosen where that is asked, and until it is judged", () => {
  assert.deepEqual(["cut", "pick", "value", "box", "back", "which"].filter((kind) => canPick(asked(kind))), ["pick", "back"]);
  assert.equal(canPick(asked("pick", { verdict: verdict([4, 1], [3, 2]) })), false);
});

test("a box that reaches past the map has room to be seen there, up to two cells", () => {
  const bleed = (rows, cols) => bleedOf(question("value", { box: { rows, cols } }));
  assert.deepEqual(bleed([3, 8], [0, 7]), { top: 0, right: 0, bottom: 0, left: 0 });
  assert.deepEqual(bleed([5, 9], [-4, 6]), { top: 0, right: 0, bottom: 1, left: 2 });
  assert.deepEqual(bleedOf(question("box", { box: { rows: [5, 9], cols: [0, 3] } })), { top: 0, right: 0, bottom: 0, left: 0 });
});

test("a bar in the hand lights what it cuts: the sections of its rows, or of its columns", () => {
  const model = asked("cut", { start: CUT });
  const lit = () => marksOf(model).lit.map(({ i, j }) => [i, j]);
  assert.deepEqual(lit(), []);
  model.held = { axis: "rows", k: 1 };
  assert.deepEqual(lit(), [[1, 0], [1, 1]]);
  model.held = { axis: "cols", k: 1 };
  assert.deepEqual(lit(), [[0, 1], [1, 1]]);
});

test("a box that is not rounded yet is dashed, also beside the cells that become of it", () => {
  const outline = { rows: [1.5, 6.25], cols: [0, 4.5] };
  const open = marksOf(asked("value", { asks: "cells", box: null, outline }));
  assert.deepEqual([open.box, open.ghost], [null, outline]);
  const box = { rows: [2, 6], cols: [0, 5] };
  const judged = marksOf(asked("value", { box: null, outline, verdict: verdict(["1"], ["2"], { box }) }));
  assert.deepEqual([judged.box, judged.ghost], [box, outline]);
});
