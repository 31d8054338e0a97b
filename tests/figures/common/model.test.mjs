import assert from "node:assert/strict";
import { test } from "node:test";
import { edit } from "../../../assets/figures/common/exercise.js";
import { adopt, createModel, firstStep, scene, selectedBox, setBox, setCell, shown, waits, told } from "../../../assets/figures/common/model.js";
import { put } from "../../../assets/figures/common/looks.js";
import { isAcknowledged, note } from "../../../assets/figures/common/unanswered.js";
import { cases } from "../cases.mjs";
import { openPage } from "../page.mjs";

const { drags, restart, panels, noBox, grown } = cases["common/model"];

function opened(data, how = { fromStart: data.panel === "story" }) {
  const model = createModel(how);
  adopt(model, data);
  return model;
}

// As JSON has it: what is undefined does not travel.
const sent = (model) => JSON.parse(JSON.stringify(model.pending));
const values = (model) => model.bins.map(({ value }) => value);
const kinds = ({ data: { scenes } }) => scenes.map(({ kind }) => kind);

// The changes of drags, as the hand makes them.
const BY_HAND = [
  (model) => setBox(model, 0, [2, 7], [1, 8]),
  (model) => setCell(model, 4, 5, 7.25),
  (model) => setBox(model, 0, [0, 7], [1, 4]),
];

test("what the hand changes is shown at once, and is what Python answers to the message", () => {
  const model = opened(drags.answers[0]);
  BY_HAND.forEach((change, k) => {
    const answer = drags.answers[k + 1];
    change(model);
    assert.deepEqual(model.boxes[0].rows, answer.boxes[0].rows);
    assert.deepEqual(model.boxes[0].cols, answer.boxes[0].cols);
    assert.deepEqual(values(model), answer.output);
    edit(model);
    assert.deepEqual(sent(model), [drags.changes[k]]);
    adopt(model, answer);
    assert.deepEqual([sent(model), isAcknowledged(model)], [[], true]);
    assert.deepEqual(model.boxes, answer.boxes);
    assert.deepEqual([...model.cells], answer.cells);
    assert.deepEqual(values(model), answer.output);
  });
  edit(model, { undo: true });
  assert.deepEqual(sent(model), [drags.changes[3]]);
  adopt(model, drags.answers[4]);
  assert.deepEqual(model.boxes, drags.answers[4].boxes);
});

test("an answer to an earlier change takes nothing back that came after it", () => {
  const model = opened(drags.answers[0]);
  for (const change of BY_HAND) {
    change(model);
    edit(model);
  }
  const [boxes, output] = [model.boxes, values(model)];
  for (const k of [1, 2]) {
    adopt(model, drags.answers[k]);
    assert.deepEqual([model.boxes, values(model), isAcknowledged(model)], [boxes, output, false]);
    assert.equal(model.cells[4 * 8 + 5], 7.25);
    assert.deepEqual(sent(model), drags.changes.slice(k, 3));
  }
  adopt(model, drags.answers[3]);
  assert.deepEqual([values(model), isAcknowledged(model)], [drags.answers[3].output, true]);
});

test("while the box is in the hand no answer moves it", () => {
  const model = opened(drags.answers[0]);
  BY_HAND[0](model);
  edit(model);
  model.gesture = { kind: "box" };
  setBox(model, 0, [0, 3], [5, 8]);
  adopt(model, drags.answers[1]);
  assert.deepEqual(model.boxes[0].rows.span, [0, 3]);
  model.gesture = null;
  adopt(model, drags.answers[1]);
  assert.deepEqual(model.boxes, drags.answers[1].boxes);
});

test("a version counts the changes of cells, and an answer without any is none", () => {
  const model = opened(drags.answers[1]);
  const before = model.version;
  adopt(model, drags.answers[1]);
  assert.deepEqual([model.version, model.settled], [before, before]);
  setCell(model, 0, 0, 1.5);
  assert.deepEqual([model.version, model.settled, model.range.high], [before + 1, before, 1.5]);
  edit(model);
  note(model, {});
  adopt(model, { ...drags.answers[2], ack: 9 });
  assert.equal(model.settled, model.version);
});

test("what is put back is shown whatever was under way, and its story is at its first step", () => {
  const [used, back] = restart;
  const model = opened(used);
  setBox(model, 0, [0, 1], [0, 1]);
  edit(model);
  Object.assign(model, { gesture: { kind: "box" }, playing: true, step: 0 });
  model.drafts.set("0,1", "abc");
  adopt(model, back);
  assert.deepEqual(model.boxes, back.boxes);
  assert.deepEqual([model.pending, model.gesture, model.playing, model.drafts.size], [[], null, false, 0]);
  assert.equal(model.step, firstStep(model));
});

test("another session is told what was on screen, and what it has itself is not shown", () => {
  const [used, , other] = restart;
  const model = opened(used);
  adopt(model, other);
  assert.deepEqual(model.boxes, used.boxes);
  assert.deepEqual(sent(model), [{ restore: used.link.code, partly: false, cell: null, seq: other.ack + 1 }]);
  assert.equal(isAcknowledged(model), false);
});

test("the replay begins with its first scene, whoever plays with boxes sees all", () => {
  assert.equal(opened(panels.story).step, 0);
  const boxes = opened(panels.boxes);
  assert.equal(boxes.step, panels.boxes.scenes.length - 1);
  assert.deepEqual(shown(boxes), { hidden: false, box: true, cue: false, sections: true, scan: null, section: null, found: Infinity });
});

test("before its step the box may be reached for while the story rests, and what it gives comes when it is played", () => {
  const model = opened(panels.story);
  assert.deepEqual([shown(model).box, shown(model).cue, waits(model)], [false, true, false]);
  model.playing = true;
  assert.equal(shown(model).cue, false);
  Object.assign(model, { playing: false, step: kinds(model).indexOf("proposal"), touched: true });
  assert.deepEqual([shown(model).cue, waits(model)], [false, true]);
  model.step = kinds(model).indexOf("maxima");
  assert.equal(waits(model), false);
});

test("a link opens at the step that it names, if there is one", () => {
  for (const [opensAt, step] of [[3, 3], [99, 0], [Number.NaN, 0]]) {
    const model = Object.assign(createModel({ fromStart: true }), { opensAt });
    adopt(model, panels.story);
    assert.equal(model.step, step);
  }
});

test("each scene shows what the ones before it have shown, and the scan its own section", () => {
  const model = opened(panels.story);
  const first = { box: "proposal", sections: "sections" };
  kinds(model).forEach((kind, step) => {
    model.step = step;
    const view = shown(model);
    for (const [part, from] of Object.entries(first)) {
      assert.equal(view[part], step >= kinds(model).indexOf(from), `${part} in ${kind}`);
    }
    assert.deepEqual(view.scan, kind === "scan" ? scene(model) : null);
    assert.deepEqual(view.section, scene(model).section ?? null);
  });
});

test("the search finds a maximum with the last cell of each section, and after it all are found", () => {
  const model = opened(panels.story);
  const found = model.data.scenes.map((_, step) => shown(Object.assign(model, { step })).found);
  const expected = model.data.scenes.map(({ kind, section, stop }) => {
    if (kind === "scan") return 2 * section[0] + section[1] + Number(stop);
    return ["maxima", "output"].includes(kind) ? Infinity : 0;
  });
  assert.deepEqual(found, expected);
});

test("what a step has not shown yet stays unseen while the box is in the hand, and after", () => {
  const model = opened(panels.story);
  for (const [step] of model.data.scenes.entries()) {
    Object.assign(model, { step, gesture: null });
    const { box, sections, found } = shown(model);
    model.gesture = { kind: "box" };
    const held = shown(model);
    assert.deepEqual([held.box, held.sections, held.found], [box, sections, found]);
    // The cells that the search looks at are those of the place that the box has left.
    assert.equal(held.scan, null);
  }
});

test("where the answer is hidden nothing is found, whatever the step, and what is said asks for it", () => {
  openPage();
  const model = opened(panels.story);
  put("hide", true);
  model.data.scenes.forEach(({ kind, caption, stop }, step) => {
    Object.assign(model, { step });
    const { found, scan } = shown(model);
    assert.equal(found, 0);
    assert.equal(scan?.best ?? null, null);
    if (stop) assert.equal(scan, null);
    assert.equal(told(model) === caption, ["input", "proposal", "sections"].includes(kind));
  });
  put("hide", false);
  assert.equal(told(model), scene(model).caption);
});

test("after an edit the story stands at the same scene, of the same section if there still is one", () => {
  const model = opened(panels.story);
  const next = { ...drags.answers[3], panel: "story" };
  for (const wanted of [[0, 0], [0, 1], [1, 0], [1, 1]]) {
    model.step = model.data.scenes.findIndex(({ stop, section }) => stop && `${section}` === `${wanted}`);
    adopt(model, next);
    assert.deepEqual([scene(model).kind, scene(model).section, scene(model).stop], ["scan", wanted, true]);
  }
  // A story that is shorter has no such section.
  adopt(model, { ...next, ack: next.ack + 1, scenes: next.scenes.filter(({ kind }) => kind !== "scan") });
  assert.equal(model.step, model.data.scenes.length - 1);
});

test("a map without a box has bins of none, and the first box brings its story", () => {
  const model = opened(noBox, { fromStart: true });
  assert.deepEqual([selectedBox(model), model.bins, noBox.scenes.length], [null, [], 1]);
  adopt(model, { ...panels.story, ack: 1 });
  assert.deepEqual([model.step, values(model)], [0, panels.story.output]);
});

test("beside a ruler the map grows for an earlier pull, and the box in the hand stays", () => {
  const [small, large] = grown;
  const model = opened(small, { grows: true });
  setBox(model, 0, [3, 20], [0, 7]);
  edit(model);
  edit(model);
  adopt(model, large);
  assert.deepEqual([model.cells.length, model.boxes[0].rows.span], [12 * 8, [3, 20]]);
  assert.deepEqual(Math.max(...model.boxes[0].rows.stops), 12);
});

test("numbers that the hand has set replace what was typed for them, and not the batch index", () => {
  const model = opened(panels.boxes);
  for (const key of ["0,0", "0,1", "0,4", "1,1"]) model.drafts.set(key, "abc");
  setBox(model, 0, [0, 1], [0, 1]);
  assert.deepEqual([...model.drafts.keys()], ["0,0", "1,1"]);
});
