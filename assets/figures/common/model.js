// What the stage shows: an exercise, its story, and what the hand has changed of both since Python answered.

import { boxOnCells, pool } from "./bins.js";
import { carried, exercise, letGo, setCells } from "./exercise.js";
import { isOn } from "./looks.js";
import { fill } from "./text.js";
import { isAcknowledged, receive, restored } from "./unanswered.js";

// `fromStart`: the story begins at its first scene, and not at its last. `grows`: the map grows and shrinks
// at its far ends, and what is in the hand stays. `own`: what a box carries, see exercise.js.
export function createModel({ fromStart = false, grows = false, own = [] } = {}) {
  return {
    ...exercise(),
    fromStart,
    grows,
    own,
    // The version of the cells when Python's answer held.
    settled: 0,
    step: 0,
    // The step that the page's address names; NaN where it names none.
    opensAt: Number.NaN,
    // The step that a new start has left, by the code of its exercise; undo leads back there.
    left: null,
    playing: false,
    speed: 1,
    // Whether something was changed at this step: what comes of it may not be shown yet.
    touched: false,
    // Whether the answer that was hidden was asked for, and not only what hides it taken away.
    asked: false,
    hover: null,
    // The box under the pointer, on the map or among the outputs.
    pointed: null,
    cursor: null,
    editing: null,
    // The output cell whose gradient is typed, and the value that is painted there.
    typing: null,
    paint: null,
    edited: false,
    brush: null,
    bins: [],
  };
}

export function adopt(model, sent) {
  const before = model.data;
  const restart = receive(model, sent, () => kept(model));
  const { data } = model;
  const otherSize = before !== null && (before.rows !== data.rows || before.cols !== data.cols);
  const grown = otherSize && !restart && model.grows;
  const otherMap = otherSize && !grown;
  if (restart || otherMap) {
    letGo(model);
    model.editing = null;
    model.cursor = null;
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
  } else if (grown) growWith(model, data);
  if (grown) model.editing = model.cursor = null;
  // A first box brings a story where there was none: as good as a new start.
  const begins = restart || (before.scenes.length === 1 && data.scenes.length > 1);
  const opens = before === null && model.opensAt in data.scenes;
  const { left } = model;
  // An exercise that begins anew is not left.
  if (restart) model.left = before && before.link?.code !== data.link?.code ? { code: before.link?.code, step: model.step } : null;
  model.step = begins ? firstStep(model) : sameStep(before.scenes[model.step], data.scenes);
  if (opens) model.step = model.opensAt;
  if (!restart && left?.code && left.code === data.link?.code && left.step in data.scenes) {
    model.step = left.step;
    model.left = null;
  }
  if (restart) model.playing = model.touched = false;
  refresh(model);
  confirm(model);
}

// Of maps that are too large for a link the stage has only the one that it shows, with all changes.
function kept(model) {
  const { data, cells, cell } = model;
  const partly = !data.link.code && (data.images > 1 || data.channels.length > 1);
  return { ...restored(data, partly ? cells : data.cells), ...carried(model, data.boxes), partly, cell };
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

// Who replays a story does so from its start; who plays with boxes wants to see the whole at once.
export function firstStep({ fromStart, data }) {
  return fromStart ? 0 : data.scenes.length - 1;
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

// What the eye is shown of the scene: nothing that it has not come to yet, wherever the box goes meanwhile,
// and no answer where it is hidden.
//
// `found` counts the sections, in their order, whose maximum is shown; `scan` is the scene that looks at
// cells, unless they are those of another place than the box's. `cue`: the story has not come to the box,
// and rests; whoever reaches for the map is shown where it will be.
export function shown(model) {
  const now = scene(model);
  const { kinds, scenes, outputSize } = model.data;
  const moved = model.gesture?.kind === "box" || !isAcknowledged(model);
  // A first box on a map that has no story yet.
  const first = scenes.length === 1 && moved;
  const whole = first && !model.fromStart;
  const past = (kind) => whole || kinds.indexOf(now.kind) >= kinds.indexOf(kind);
  const hidden = isOn("hide");
  const scanned = now.kind === "scan" ? now.section[0] * outputSize[1] + now.section[1] + Number(now.stop) : 0;
  // The search looks at every cell of a section, and rests on none where that would be a hint.
  const looks = now.kind === "scan" && !moved && !(hidden && now.stop);
  return {
    hidden,
    box: first || past("proposal"),
    cue: !first && !past("proposal") && !model.playing,
    sections: past("sections"),
    scan: looks ? { ...now, best: hidden ? null : now.best } : null,
    section: now.section ?? null,
    found: hidden ? 0 : past("maxima") ? Infinity : scanned,
  };
}

// The box is what is reached for, and the story has not come to it.
export function tellOfBox(model) {
  if (shown(model).box) return;
  model.playing = false;
  model.step = model.data.scenes.findIndex(({ kind }) => kind === "proposal");
}

// Whether what was changed shows only further on in the story.
export function waits(model) {
  const { hidden, found } = shown(model);
  return model.touched && !model.playing && !hidden && found < model.bins.length;
}

// What is said of the scene; a question where the answer is hidden.
export function told(model) {
  const { caption, kind, section } = scene(model);
  const { text, outputSize } = model.data;
  const asked = isOn("hide") && text[`asked.${kind}`];
  if (!asked) return caption;
  return fill(asked, { i: section?.[0], j: section?.[1], high: outputSize[0], wide: outputSize[1] });
}

export function setBox(model, index, rows, cols) {
  const box = model.boxes[index] ?? { numbers: [model.image] };
  const mine = Object.fromEntries(model.own.map((name) => [name, box[name]]));
  model.boxes = model.boxes.with(index, { ...boxOnCells(model.data, box.numbers[0], rows, cols), ...mine });
  // The numbers that the hand has set replace what was typed for them.
  for (let column = 1; column < 5; column += 1) model.drafts.delete(`${index},${column}`);
  refresh(model);
}

export function setCell(model, row, col, value) {
  setCells(model, model.cells.with(row * model.data.cols + col, value));
  model.changed.set(`${row},${col}`, [row, col, value]);
  refresh(model);
}
