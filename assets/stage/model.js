// What the stage shows: Python's data, and on top of it what the hand has changed since.
//
// Python is the truth. Each local change gets a number, `seq`, and is sent with all that Python has
// not acknowledged; until its `ack` has caught up, the boxes and cells here are newer than
// those of the data and stay.

import { boxOnCells, pool } from "./bins.js";
import { range } from "./colour.js";

export function createModel() {
  return {
    data: null,
    cells: [],
    // Counts the changes of the cells, so that nobody has to compare thousands of them.
    version: 0,
    boxes: [],
    selected: 0,
    seq: 0,
    changed: new Map(),
    // What was undone and not acknowledged: the changes before it, and how many steps.
    undone: null,
    step: 0,
    playing: false,
    speed: 1,
    // Set by dragging: everything is shown until the story goes on.
    explored: false,
    gesture: null,
    hover: null,
    cursor: null,
    editing: null,
    drafts: new Map(),
    brush: null,
    range: { low: 0, high: 1 },
    bins: [],
  };
}

export function adopt(model, data) {
  const before = model.data;
  model.data = data;
  const restart = before === null || data.epoch !== before.epoch;
  const otherMap = before !== null && (before.rows !== data.rows || before.cols !== data.cols);
  if (before === null) model.seq = data.ack;
  if (restart || otherMap) {
    model.gesture = null;
    model.editing = null;
    model.cursor = null;
    model.seq = Math.max(model.seq, data.ack);
  }
  if (restart || otherMap || (isAcknowledged(model) && !model.gesture)) {
    model.changed.clear();
    model.undone = null;
    if (!isSame(model.cells, data.cells)) setCells(model, Float64Array.from(data.cells));
    model.boxes = data.boxes;
    model.selected = data.selected;
    model.explored &&= !restart;
  }
  // A first box brings a story where there was none: as good as a new start.
  const begins = restart || (before.scenes.length === 1 && data.scenes.length > 1);
  model.step = begins ? firstStep(data) : sameStep(before.scenes[model.step], data.scenes);
  if (restart) model.playing = false;
  refresh(model);
  confirm(model);
}

// What Python has answered is shown as Python has it.
function confirm(model) {
  const { data, bins } = model;
  if (!isAcknowledged(model) || model.gesture || model.selected !== data.selected) return;
  bins.forEach((bin, k) => {
    bin.value = Number(data.output[k]);
  });
}

export function isAcknowledged(model) {
  return model.data.ack >= model.seq;
}

// The article is replayed from its start; whoever plays with boxes wants to see the whole at once.
function firstStep(data) {
  return data.panel === "story" ? 0 : data.scenes.length - 1;
}

function sameStep(scene, scenes) {
  const like = (other) => other.kind === scene?.kind;
  const [i, j] = scene?.section ?? [];
  const same = scenes.findIndex(
    (other) => like(other) && other.stop && other.section?.[0] === i && other.section?.[1] === j,
  );
  const found = same >= 0 ? same : scenes.findIndex(like);
  return found >= 0 ? found : scenes.length - 1;
}

function isSame(cells, others) {
  return cells.length === others.length && cells.every((value, i) => value === others[i]);
}

function setCells(model, cells) {
  model.cells = cells;
  model.version += 1;
  model.range = range(cells);
}

export function refresh(model) {
  const box = selectedBox(model);
  model.bins = box ? pool(model.data, model.cells, box) : [];
}

export function selectedBox(model) {
  return model.boxes[model.selected] ?? null;
}

export function scene(model) {
  return model.data.scenes[model.step] ?? model.data.scenes[0];
}

const ORDER = ["input", "proposal", "sections", "scan", "maxima", "output"];

// What the eye is shown: of the scene, or of everything once the box has been moved by hand.
export function shown(model) {
  const now = scene(model);
  const all = model.explored || model.gesture?.kind === "box";
  const at = all ? ORDER.length - 1 : ORDER.indexOf(now.kind);
  return {
    box: at >= 1,
    sections: at >= 2,
    scan: !all && now.kind === "scan" ? now : null,
    maxima: at >= 4,
    output: at >= 5,
  };
}

export function setBox(model, index, rows, cols) {
  const batchIndex = model.boxes[index]?.numbers[0] ?? 0;
  model.boxes = model.boxes.with(index, boxOnCells(model.data, batchIndex, rows, cols));
  refresh(model);
}

export function setCell(model, row, col, value) {
  setCells(model, model.cells.with(row * model.data.cols + col, value));
  model.changed.set(`${row},${col}`, [row, col, value]);
  refresh(model);
}

// All that Python has not acknowledged yet: cumulative, since only the last of several edits arrives.
export function edit(model) {
  model.seq += 1;
  if (model.undone) model.undone.followed = true;
  return { seq: model.seq, ...taken(model), ...changes(model) };
}

// Takes the last change back, one more than before if earlier ones are still on their way.
export function undo(model) {
  model.seq += 1;
  const before = model.undone ?? { first: changes(model), count: 0, followed: false };
  // A change since the last undo is the one that goes; it was never sent without this.
  const count = before.count + (before.followed ? 0 : 1);
  model.undone = { ...before, count, followed: false };
  model.changed.clear();
  return { seq: model.seq, ...taken(model) };
}

function taken({ undone }) {
  return undone ? { first: undone.first, undo: undone.count } : {};
}

function changes(model) {
  return {
    boxes: model.boxes.map((box) => box.numbers),
    cells: [...model.changed.values()],
    selected: model.selected,
  };
}
