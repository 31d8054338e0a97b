// A picture in the detector: what Python found of it, and what the reader looks at.
//
// All proposals come with their scores and with the edges of their bins for every number of sections:
// a click looks them up and takes maxima.

import { clip, pool } from "../common/bins.js";
import { unpack } from "../common/bytes.js";
import { extent } from "../common/colour.js";
import { scene } from "../common/model.js";

// So many proposals are drawn until the reader asks for more: all of them hide the picture.
export const DRAWN_FIRST = 20;

const KINDS = ["image", "features", "proposals", "pooling", "scores", "detections"];

export function createModel() {
  return {
    data: null,
    // What is in the arrays of the picture, read once.
    arrays: null,
    // The least and the largest value of each channel, between which its colours lie.
    ranges: [],
    // The plane that is looked at, and how often it has changed.
    cells: [],
    version: 0,
    range: { low: 0, high: 1 },
    proposal: 0,
    channel: 0,
    sections: 1,
    // How many proposals the reader wants drawn, how many are, and the one under the pointer.
    wanted: 0,
    first: 0,
    hover: null,
    // The section under the pointer, and the stage that the sentence is about where it is not the last.
    lit: null,
    said: null,
    step: 0,
    playing: false,
    speed: 1,
    gesture: null,
    view: null,
  };
}

// `asked` is what an address asks to look at first.
export function adopt(model, data, asked = {}) {
  const before = model.data;
  const kind = before && scene(model).kind;
  model.data = data;
  if (before?.id === data.id) return;
  const samePicture = before?.name === data.name;
  model.arrays = {
    features: unpack(data.features, Float32Array),
    boxes: unpack(data.proposals.boxes, Float32Array),
    probabilities: unpack(data.proposals.probabilities, Float32Array),
    refined: unpack(data.proposals.refined, Float32Array),
    order: unpack(data.proposals.order, Uint16Array),
    rows: tableOf(data.edges.rows),
    cols: tableOf(data.edges.cols),
  };
  model.ranges = Array.from({ length: data.channels }, (_, k) => extent(planeOf(model, k)));
  // Another network has the same proposals: the reader goes on looking at theirs.
  if (!samePicture) {
    const { proposal, channel } = data.look;
    Object.assign(model, { proposal, channel, hover: null, lit: null, said: null });
    draw(model, Math.min(DRAWN_FIRST, data.proposals.count));
  }
  if (!before) model.sections = data.look.sections;
  // The reader stays where they are in the story, or where it comes to an end; at first nothing is told.
  const at = data.scenes.findIndex((one) => one.kind === kind);
  model.step = before ? (at < 0 ? data.scenes.length - 1 : at) : 0;
  model.playing = false;
  if (!before) {
    const { first, ...look } = asked;
    Object.assign(model, look);
    if (first) draw(model, first);
  }
  refresh(model);
}

function tableOf({ table, index }) {
  return { table: unpack(table, Uint8Array), index: unpack(index, Uint16Array) };
}

// So many proposals, from now on.
export function draw(model, count) {
  Object.assign(model, { wanted: count, first: count });
}

export function choose(model, wanted) {
  Object.assign(model, wanted);
  refresh(model);
}

function refresh(model) {
  const { data, channel, proposal } = model;
  if (model.painted !== `${data.id} ${channel}`) {
    model.painted = `${data.id} ${channel}`;
    model.cells = planeOf(model, channel);
    model.range = model.ranges[channel];
    model.version += 1;
  }
  model.view = data.proposals.count ? viewOf(model, proposal) : null;
}

export function planeOf({ data, arrays }, channel) {
  const size = data.rows * data.cols;
  return arrays.features.subarray(channel * size, (channel + 1) * size);
}

function viewOf(model, n) {
  const { data } = model;
  const place = { rows: axisOf(model, "rows", n), cols: axisOf(model, "cols", n) };
  const scores = scoresOf(model, n);
  return { ...place, bins: pool(data, model.cells, place), box: boxOf(model, n), scores, best: surest(scores), rank: rankOf(model, n) };
}

// The cells of a proposal along an axis, and the edges of its bins.
export function axisOf({ data, arrays, sections }, axis, n) {
  const { table, index } = arrays[axis];
  // Starts and stops for 1, 2, … sections, and first of all the cells themselves.
  const wide = 2 + data.mostSections * (data.mostSections + 1);
  const row = table.subarray(index[n] * wide, (index[n] + 1) * wide);
  const at = 2 + sections * (sections - 1);
  const edges = (start) => [...row.subarray(start, start + sections)];
  const span = [row[0], row[1]].map((edge) => clip(edge, data[axis]));
  return { span, starts: edges(at), stops: edges(at + sections) };
}

export function boxOf({ arrays }, n) {
  return [...arrays.boxes.subarray(4 * n, 4 * n + 4)];
}

export function refinedOf({ arrays }, n) {
  return [...arrays.refined.subarray(4 * n, 4 * n + 4)];
}

export function scoresOf({ data, arrays }, n) {
  const count = data.classes.length;
  return [...arrays.probabilities.subarray(n * count, (n + 1) * count)];
}

function surest(scores) {
  return scores.indexOf(Math.max(...scores));
}

function rankOf({ arrays }, n) {
  return arrays.order.indexOf(n);
}

// Whether the story has come to a stage.
export function reached(model, kind) {
  return KINDS.indexOf(scene(model).kind) >= KINDS.indexOf(kind);
}

// What a proposal's pooled map is in every channel, one after the other.
export function pooledOf(model) {
  const { data, view } = model;
  const all = new Float32Array(data.channels * model.sections ** 2);
  for (let channel = 0; channel < data.channels; channel += 1) {
    const bins = pool(data, planeOf(model, channel), view);
    bins.forEach((bin, k) => (all[channel * bins.length + k] = bin.value));
  }
  return all;
}

// The proposals over a point of the picture, the smallest first.
export function proposalsAt({ arrays, first }, x, y) {
  const found = [];
  for (let n = 0; n < first; n += 1) {
    const [x1, y1, x2, y2] = arrays.boxes.subarray(4 * n, 4 * n + 4);
    if (x1 <= x && x < x2 + 1 && y1 <= y && y < y2 + 1) found.push(n);
  }
  // Python sends the largest first.
  return found.reverse();
}
