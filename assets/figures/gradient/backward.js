// The way back: which cells the gradients of the boxes go to. Looked up and added, never rounded.

import { pool } from "../common/bins.js";
import { isOn } from "../common/looks.js";
import { isOnStage, scene, selectedBox } from "../common/model.js";
import { isAcknowledged } from "../common/unanswered.js";

// The cells of a box's maxima, until the box or the map is another.
const found = new WeakMap();
// What arrived, until something else does.
const sent = new WeakMap();

// What the scene lets be seen: whether the gradient has arrived at the output, and up to which of the
// selected box's sections it has been carried; past all of them the other boxes join in.
export function passed(model) {
  const { kinds, outputSize } = model.data;
  const now = scene(model);
  const past = (kind) => kinds.indexOf(now.kind) >= kinds.indexOf(kind);
  const last = now.section ? now.section[0] * outputSize[1] + now.section[1] : -1;
  const hidden = isOn("hide");
  return { incoming: past("incoming"), carried: hidden ? -1 : past("sums") ? Infinity : last, hidden };
}

// Whatever is typed is to be seen: the story goes on to where the gradient arrives.
export function arrive(model) {
  if (passed(model).incoming) return;
  model.step = model.data.scenes.findIndex(({ kind }) => kind === "incoming");
}

// The gradient at a box's output, section by section: ones where none was set.
export function gradientOf({ data: { outputSize } }, box) {
  const count = outputSize[0] * outputSize[1];
  return box.gradient?.length === count ? box.gradient : new Array(count).fill(1);
}

export function setGradient(model, gradient) {
  const { boxes, selected } = model;
  model.boxes = boxes.with(selected, { ...boxes[selected], gradient });
}

// For each section of a box the cell that holds its maximum, row by row; -1 where none does.
export function placesOf(model, box) {
  if (box.places && model.version === model.settled) return box.places;
  const known = found.get(box);
  if (known?.version === model.version && known.data === model.data) return known.places;
  const places = pool(model.data, model.cells, box).map((bin) => placeOf(model.data, bin));
  found.set(box, { version: model.version, data: model.data, places });
  return places;
}

function placeOf({ cols, rule }, bin) {
  if (bin.empty) return rule.emptyArgmax;
  // The scan starts from this value, and what is no larger it does not find.
  const start = rule.lowest === null ? -Infinity : Math.max(-Number.MAX_VALUE, Number(rule.lowest));
  return bin.value <= start ? -1 : bin.row * cols + bin.col;
}

// What arrives: `cells` is the gradient of the map, `shares` says for each cell that receives something
// who sends it, `most` is the number at the end of the scale of colours.
//
// A cell's gradients are added in the order of boxes, then of sections, as the library adds them.
export function sendBack(model) {
  const { boxes, version, data, selected, image } = model;
  const { carried, hidden } = passed(model);
  // Nothing is under the hand, and nothing on its way.
  const answered = isAcknowledged(model) && boxes === data.boxes && version === model.settled;
  const confirmed = carried === Infinity && answered && !model.gesture;
  const asked = [boxes, version, data, selected, image, carried, confirmed];
  const known = sent.get(model);
  if (known?.asked.every((one, k) => one === asked[k])) return known.answer;
  const answer = added(model, carried);
  // The colours are those of the end from the start, so that no step repaints what has arrived.
  // Hidden, they are those of what is sent: where two meet is not to be seen by them.
  if (carried < Infinity && !hidden) answer.most = added(model, Infinity).most;
  // What Python has answered is shown as Python has it.
  if (confirmed) answer.cells = Float64Array.from(data.backward.gradient);
  sent.set(model, { asked, answer });
  return answer;
}

function added(model, carried) {
  const cells = new Float64Array(model.cells.length);
  const shares = new Map();
  let most = 0;
  model.boxes.forEach((box, n) => {
    if (!isOnStage(model, box)) return;
    const values = gradientOf(model, box);
    for (const value of values) most = Math.max(most, Math.abs(value));
    if (carried < Infinity && n !== model.selected) return;
    placesOf(model, box).forEach((place, k) => {
      if (place < 0 || k > carried) return;
      cells[place] += values[k];
      if (!shares.has(place)) shares.set(place, []);
      shares.get(place).push({ box: n, ...sectionOf(model, k), value: values[k] });
    });
  });
  for (const [place, all] of shares) if (!all.some(({ value }) => value)) shares.delete(place);
  for (const value of cells) most = Math.max(most, Math.abs(value));
  return { cells, shares, most: scaleTo(most) };
}

// One is the half of the scale, so that a cell that is sent two of them is seen to hold more; of smaller
// numbers the largest is its end.
function scaleTo(most) {
  return most > 0 && most < 0.5 ? most : Math.max(2, most);
}

function sectionOf({ data: { outputSize } }, k) {
  const j = k % outputSize[1];
  return { i: (k - j) / outputSize[1], j };
}

// The cells that are as large as their section's maximum and not the first, as [row, column].
export function tied(model) {
  const { cols } = model.data;
  const box = selectedBox(model);
  if (!box || isOn("hide")) return [];
  const places = placesOf(model, box);
  const first = new Set(places);
  const others = [];
  for (const [k, { empty, top, bottom, left, right, value }] of model.bins.entries()) {
    // Where the scan finds no cell none is the first.
    if (empty || places[k] < 0) continue;
    for (let row = top; row < bottom; row += 1) {
      for (let col = left; col < right; col += 1) {
        const place = row * cols + col;
        if (model.cells[place] === value && !first.has(place)) others.push([row, col]);
      }
    }
  }
  return others;
}
