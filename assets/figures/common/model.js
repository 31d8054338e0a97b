// What the stage shows: Python's data, and on top of it what the hand has changed since.
//
// Python is the truth; until it has answered all that was changed, the boxes and cells here are newer than
// those of the data and stay.

import { boxOnCells, pool } from "./bins.js";
import { range } from "./colour.js";
import { forget, isAcknowledged, note, receive, restored, unanswered } from "./unanswered.js";

export function createModel() {
  return {
    ...unanswered(),
    data: null,
    cells: [],
    // Counts the changes of the cells, so that nobody has to compare thousands of them.
    version: 0,
    // What it was when Python's answer held.
    settled: 0,
    boxes: [],
    selected: 0,
    // The plane of the maps that is on the stage.
    image: 0,
    channel: 0,
    // [row, column] of the chosen output cell; null where none can be chosen.
    cell: null,
    // Cells changed and not noted for Python.
    changed: new Map(),
    step: 0,
    // The step that the page's address names; NaN where it names none.
    opensAt: Number.NaN,
    playing: false,
    speed: 1,
    // Set by dragging: everything is shown until the story goes on.
    explored: false,
    gesture: null,
    hover: null,
    cursor: null,
    editing: null,
    // The output cell whose gradient is typed, and the value that is painted there.
    typing: null,
    paint: null,
    edited: false,
    drafts: new Map(),
    brush: null,
    range: { low: 0, high: 1 },
    bins: [],
  };
}

export function adopt(model, sent) {
  const before = model.data;
  const restart = receive(model, sent, () => kept(model));
  const { data } = model;
  const otherSize = before !== null && (before.rows !== data.rows || before.cols !== data.cols);
  // Beside a ruler the map grows and shrinks at its far ends, and what is in the hand stays.
  const grown = otherSize && !restart && data.panel === "ruler";
  const otherMap = otherSize && !grown;
  if (restart || otherMap) {
    forget(model);
    model.gesture = null;
    model.editing = null;
    model.cursor = null;
    model.drafts.clear();
  }
  if (restart || otherMap || `${before?.outputSize}` !== `${data.outputSize}`) model.typing = null;
  if (restart || otherMap || (isAcknowledged(model) && !model.gesture)) {
    model.changed.clear();
    if (!isSame(model.cells, data.cells)) setCells(model, Float64Array.from(data.cells));
    model.settled = model.version;
    model.boxes = data.boxes;
    model.selected = data.selected;
    model.image = data.image;
    model.channel = data.channel;
    // While one is typed the choice is ahead of what Python was told.
    if (!model.typing) model.cell = data.cell;
    model.explored &&= !restart;
  } else if (grown) growWith(model, data);
  if (grown) model.editing = model.cursor = null;
  // A first box brings a story where there was none: as good as a new start.
  const begins = restart || (before.scenes.length === 1 && data.scenes.length > 1);
  const opens = before === null && model.opensAt in data.scenes;
  model.step = begins ? firstStep(data) : sameStep(before.scenes[model.step], data.scenes);
  if (opens) model.step = model.opensAt;
  if (restart) model.playing = false;
  refresh(model);
  confirm(model);
}

// Of maps that are too large for a link the stage has only the one that it shows, with all changes.
function kept({ data, cells, cell }) {
  const partly = !data.link.code && (data.images > 1 || data.channels.length > 1);
  const gradient = data.backward ? data.boxes.map((box) => box.gradient) : null;
  return { ...restored(data, partly ? cells : data.cells), partly, gradient, cell };
}

// What is newer than the answer stays, on the map that the answer brings.
function growWith(model, data) {
  setCells(model, Float64Array.from(data.cells));
  const box = selectedBox(model);
  if (!box?.whole || ["rows", "cols"].some((name) => box[name].span[0] >= box[name].span[1])) return;
  const { rows, cols } = boxOnCells(data, model.image, box.rows.span, box.cols.span);
  model.boxes = model.boxes.with(model.selected, { ...box, rows, cols });
}

// What Python has answered is shown as Python has it.
function confirm(model) {
  const { data, bins } = model;
  if (!isAcknowledged(model) || model.gesture || model.selected !== data.selected) return;
  bins.forEach((bin, k) => {
    bin.value = Number(data.output[k]);
  });
}

// The article is replayed from its start; whoever plays with boxes wants to see the whole at once.
export function firstStep(data) {
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

// The box that plays: the selected one, if it lies on the image that is on the stage.
export function selectedBox(model) {
  const box = model.boxes[model.selected];
  return box && isOnStage(model, box) ? box : null;
}

export function isOnStage(model, box) {
  return box.numbers[0] === model.image;
}

export function scene(model) {
  return model.data.scenes[model.step] ?? model.data.scenes[0];
}

// What the eye is shown: of the scene, or of everything once the box has been moved by hand.
export function shown(model) {
  const now = scene(model);
  const all = model.explored || model.gesture?.kind === "box";
  const { kinds } = model.data;
  const past = (kind) => all || kinds.indexOf(now.kind) >= kinds.indexOf(kind);
  return {
    box: past("proposal"),
    sections: past("sections"),
    scan: !all && now.kind === "scan" ? now : null,
    section: (!all && now.section) || null,
    maxima: past("maxima"),
    output: past("output"),
  };
}

export function setBox(model, index, rows, cols) {
  const { numbers, gradient } = model.boxes[index] ?? { numbers: [model.image] };
  model.boxes = model.boxes.with(index, { ...boxOnCells(model.data, numbers[0], rows, cols), gradient });
  // The numbers that the hand has set replace what was typed for them.
  for (let column = 1; column < 5; column += 1) model.drafts.delete(`${index},${column}`);
  refresh(model);
}

export function setCell(model, row, col, value) {
  setCells(model, model.cells.with(row * model.data.cols + col, value));
  model.changed.set(`${row},${col}`, [row, col, value]);
  refresh(model);
}

// Notes a change for Python: the boxes as they are, the cells since the last one, or an undo.
//
// What is `asked` for beyond that, another image perhaps, is shown when Python has answered.
export function edit(model, { undo = false, ...asked } = {}) {
  const change = undo
    ? { undo }
    : {
        boxes: model.boxes.map((box) => box.numbers),
        cells: [...model.changed.values()],
        // The cells are those of the map that Python has sent, wherever the look goes next.
        plane: [model.data.image, model.data.channel],
        selected: model.selected,
        cell: model.cell,
        image: model.image,
        channel: model.channel,
        gradient: model.data.backward ? model.boxes.map((box) => box.gradient ?? null) : null,
        ...asked,
      };
  model.changed.clear();
  note(model, change);
}
