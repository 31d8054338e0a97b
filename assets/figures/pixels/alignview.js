// RoIAlign on the same pixels: bins that are not rounded, their samples, and the cells of one of them.

import { html, setText, svg } from "../common/dom.js";
import { createBins, set } from "../common/outlines.js";
import { createFrame } from "./frame.js";
import { closest, fourCells } from "./sampling.js";
import { fill, number } from "../common/text.js";
import { short } from "./values.js";

// How near the pointer comes to a sample to look at it, and how near a finger, in pixels of the screen.
const NEAR = 14;
const NEAR_FINGER = 26;
// A cell so wide has room for a weight with its 0.
const WIDE = 36;
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function createAlignView(model, { render }) {
  const bins = createBins();
  const dots = [svg("path", { class: "dots-casing" }), svg("path", { class: "dots" })];
  const taken = svg("path", { class: "four" });
  const links = svg("path", { class: "four-links" });
  const weights = svg("g", { class: "weights" });
  const at = svg("circle", { class: "sample", r: 6, tabindex: 0, role: "img", "data-testid": "sample" });
  const readout = html("p", { class: "sample-readout", role: "status", "data-testid": "sample-readout" });
  const frame = createFrame("align-map", {
    under: [...bins.under],
    over: [...bins.over, taken, links, ...dots, weights, at],
  });
  const { map } = frame;

  map.addEventListener("pointermove", (event) => isMouse(event) && look(model.gesture ? null : nearest(event)));
  map.addEventListener("pointerleave", (event) => isMouse(event) && look(null));
  // A finger leaves what it has tapped; on the box it comes as the end of a hold that moved nothing.
  map.addEventListener("pointerup", (event) => event.target.dataset.handle || tapped(event));
  at.addEventListener("focus", () => look(model.sample ?? [0, 0]));
  at.addEventListener("blur", () => look(null));
  at.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || !model.sample) return;
    // Here the arrows walk over the samples, and the box stays.
    event.preventDefault();
    event.stopPropagation();
    const { y, x } = model.view.samples;
    const [i, j] = model.sample;
    look([inside(i + step[0], y.at.length), inside(j + step[1], x.at.length)]);
  });

  function look(sample) {
    if (`${sample}` === `${model.sample}`) return;
    model.sample = sample;
    render();
  }

  function tapped(event) {
    if (!isMouse(event)) look(nearest(event, NEAR_FINGER));
  }

  function nearest(event, most = NEAR) {
    const place = map.getBoundingClientRect();
    const { cols, rows } = model.data;
    const { x, y } = model.view.samples;
    const j = near(x.at, ((event.clientX - place.left) / place.width) * cols - 0.5, place.width / cols, most);
    const i = near(y.at, ((event.clientY - place.top) / place.height) * rows - 0.5, place.height / rows, most);
    return i === null || j === null ? null : [i, j];
  }

  function paint(cell) {
    frame.paint(model, cell);
    const { view, data } = model;
    const { x, y } = view.samples;
    bins.paint(view.bands, cell);
    const radius = Math.max(1.6, Math.min(4, cell * 0.08));
    const points = y.at.flatMap((row) => x.at.map((col) => dot(col, row, cell, radius)));
    for (const path of dots) set(path, "d", points.join(""));
    const sample = x.at.length && y.at.length ? model.sample : null;
    const shown = sample ?? [0, 0];
    set(at, "cx", ((x.at[shown[1]] ?? 0) + 0.5) * cell);
    set(at, "cy", ((y.at[shown[0]] ?? 0) + 0.5) * cell);
    map.classList.toggle("looking", sample !== null && !model.held);
    // Their weights are Python's answer: of a box in the hand there is none yet.
    const four = sample && !model.held ? fourCells(model, sample) : [];
    paintFour(four, sample, cell);
    const said = four.length ? sentence(data, four) : data.text["pixels.sample.hint"];
    setText(readout, said);
    at.setAttribute("aria-label", said);
  }

  function paintFour(four, sample, cell) {
    const { x, y } = model.view.samples;
    set(taken, "d", four.map(({ row, col }) => `M${col * cell + 1} ${row * cell + 1}h${cell - 2}v${cell - 2}h${2 - cell}Z`).join(""));
    const from = sample && [(x.at[sample[1]] + 0.5) * cell, (y.at[sample[0]] + 0.5) * cell];
    set(links, "d", four.map(({ row, col }) => `M${from.join(" ")}L${(col + 0.5) * cell} ${(row + 0.5) * cell}`).join(""));
    weights.replaceChildren(...four.map((one) => weightLabel(one, cell)));
  }

  return { root: frame.root, readout, map, tapped, paint };
}

function isMouse({ pointerType }) {
  return pointerType === "mouse";
}

function inside(i, count) {
  return Math.max(0, Math.min(count - 1, i));
}

// The sample that the pointer is on, with cells so many pixels large.
function near(positions, at, cell, most) {
  return closest(positions, at, Math.max(most / cell, 0.25));
}

function weightLabel({ row, col, weight }, cell) {
  const text = svg("text", { x: (col + 0.5) * cell, y: (row + 0.5) * cell, "data-weight": weight, class: "weight" });
  text.append(cell < WIDE ? short(weight) : number(weight));
  return text;
}

function sentence({ text }, four) {
  const sum = four.reduce((whole, { weight, value }) => whole + weight * value, 0);
  const terms = four.map(({ weight, value }) => `${number(weight)}·${number(value)}`).join(" + ");
  return fill(text["pixels.sample"], { terms, sum: number(sum) });
}

function dot(col, row, cell, r) {
  return `M${(col + 0.5) * cell - r} ${(row + 0.5) * cell}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}
