// What the learner's figure knows: the question as Python asked it, and the draft of an answer.
//
// Cells are whole numbers and amounts stay as they were typed: nothing is computed here, and the answer is
// not known until Python has judged one.

import { range } from "../common/colour.js";
import { isOn } from "../common/looks.js";
import { parse } from "../common/text.js";
import { firstCut } from "./cutting.js";

export function createModel() {
  return { data: null, cells: [], range: null, version: 0, draft: null, touched: false, waiting: false, sent: null, times: Date.now(), cursor: null, field: null, held: null };
}

// Takes what Python sent; says whether it is another question, whose draft begins anew.
export function adopt(model, data) {
  const before = model.data;
  model.data = data;
  // What is on its way, or was lost, is still waited for.
  if (data.heard === model.sent?.times) model.sent = null;
  model.waiting = model.sent !== null;
  if (before === null || !isSame(before.cells, data.cells)) {
    model.cells = data.cells;
    model.range = range(data.cells);
    model.version += 1;
  }
  if (before?.id === data.id && before.kind === data.kind) return false;
  model.draft = (data.verdict ?? data.tried)?.given ?? beginning(data);
  model.touched = false;
  model.cursor = null;
  model.field = model.held = null;
  return true;
}

// The answer of whoever has not done anything yet.
export function beginning(data) {
  const [high, wide] = data.outputSize;
  if (data.kind === "cut") return data.start ?? firstCut(data);
  if (data.kind === "box") return data.start ?? data.box ?? { rows: [0, Math.min(2, data.rows)], cols: [0, Math.min(2, data.cols)] };
  if (data.kind === "value") return Array(data.fields?.length ?? high * wide).fill("");
  return data.kind === "back" ? [] : null;
}

export function setDraft(model, draft) {
  model.draft = draft;
  model.touched = true;
  model.waiting = false;
}

// What Python is to hear is kept until it says that it has.
export function keep(model, ask) {
  model.waiting = true;
  model.sent = { id: model.data.id, ask, answer: ask === "check" ? model.draft : null };
}

// The message as it is sent, each time with another number: Streamlit passes on only what differs from what
// it was told before, and a figure that is mounted anew is not to take for its own what another has sent.
export function numbered(model) {
  model.times += 1;
  model.sent.times = model.times;
  return { ...model.sent };
}

export function isOpen({ data }) {
  return data.verdict === null;
}

// Whether the right answer may be seen.
export function isJudged({ data }) {
  return data.verdict !== null && !isOn("hide");
}

// What was said of a first answer that was wrong, where that may be seen: it is to be mended.
export function triedOf({ data }) {
  return data.tried && !isOn("hide") ? data.tried : null;
}

// What the learner has answered; null where the answer was asked for instead.
export function ownAnswer({ data, draft }) {
  return data.verdict === null ? draft : data.verdict.given;
}

// A number as it is typed, with a decimal comma too: it is one number that is asked for.
export function numberIn(typed) {
  return parse(/^[^.,，]*[,，][^.,，]*$/.test(typed) ? typed.replace(/[,，]/, ".") : typed);
}

// Whether there is an answer to check. That no cell receives anything is one.
export function isComplete({ data, draft, touched }) {
  if (data.kind === "value") return draft.every((typed) => numberIn(typed) !== null);
  if (data.kind === "back") return draft.every(([, , typed]) => numberIn(typed) !== null);
  // Where the handles of a cut stand at first somebody may mean them to.
  if (data.kind === "box") return touched;
  return draft !== null;
}

// The cells that receive something, with one more or without it, from the upper left to the lower right.
export function withCell(draft, row, col) {
  const rest = draft.filter(([y, x]) => y !== row || x !== col);
  if (rest.length < draft.length) return rest;
  return [...draft, [row, col, ""]].sort(([y0, x0], [y1, x1]) => y0 - y1 || x0 - x1);
}

export function withAmount(draft, row, col, typed) {
  return draft.map((one) => (one[0] === row && one[1] === col ? [row, col, typed] : one));
}

// Whether two texts are the same number: 0.5 and 0.50 are.
export function isSameNumber(one, other) {
  return one === other || (numberIn(`${one}`) !== null && numberIn(`${one}`) === numberIn(`${other}`));
}

function isSame(cells, others) {
  return cells.length === others.length && cells.every((value, i) => value === others[i]);
}
