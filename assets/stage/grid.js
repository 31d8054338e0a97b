// Paints the cells of the feature map on a canvas, and the numbers of its rows and columns.

import { fill, ink } from "./colour.js";
import { html } from "./dom.js";
import { number } from "./text.js";

// Numbers fade out between these sizes of a cell, in pixels.
const READABLE = 27;
const HIDDEN = 21;
// How far the cells outside the lit bins are drawn towards the page.
const VEIL = 0.6;

export function createGrid() {
  const canvas = html("canvas", { "aria-hidden": "true" });
  const rowNumbers = html("div", { class: "axis rows", "aria-hidden": "true" });
  const colNumbers = html("div", { class: "axis cols", "aria-hidden": "true" });
  let painted = "";

  // Where some bins are lit, the cells outside them step back.
  function paint(model, cell, lit) {
    const { rows, cols } = model.data;
    const ratio = window.devicePixelRatio || 1;
    const veil = lit.length ? { rgb: pageColour(canvas), share: VEIL } : null;
    const stands = lit.map((bin) => `${bin.i}.${bin.j}`).join();
    const key = `${rows},${cols},${cell},${ratio},${stands},${veil?.rgb},${model.version}`;
    if (key === painted) return;
    painted = key;
    canvas.width = Math.round(cols * cell * ratio);
    canvas.height = Math.round(rows * cell * ratio);
    canvas.style.width = `${cols * cell}px`;
    canvas.style.height = `${rows * cell}px`;
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    paintCells(context, model, cell, (row, col) => (lit.some((bin) => holds(bin, row, col)) ? null : veil));
    label(rowNumbers, rows, cell);
    label(colNumbers, cols, cell);
  }

  return { canvas, rowNumbers, colNumbers, paint };
}

function holds(bin, row, col) {
  return bin.top <= row && row < bin.bottom && bin.left <= col && col < bin.right;
}

function pageColour(canvas) {
  return getComputedStyle(canvas).backgroundColor.match(/\d+/g).slice(0, 3).map(Number);
}

function paintCells(context, { data, cells, range }, cell, veilAt) {
  const shows = Math.min(1, Math.max(0, (cell - HIDDEN) / (READABLE - HIDDEN)));
  const font = getComputedStyle(context.canvas).fontFamily;
  context.font = `${Math.min(24, cell * 0.28 + 1)}px ${font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  cells.forEach((value, i) => {
    const col = i % data.cols;
    const row = (i - col) / data.cols;
    context.globalAlpha = 1;
    const veil = veilAt(row, col);
    context.fillStyle = fill(value, range, veil);
    context.fillRect(col * cell, row * cell, cell, cell);
    if (shows === 0) return;
    context.globalAlpha = shows;
    context.fillStyle = ink(value, range, veil);
    context.fillText(number(value), (col + 0.5) * cell, (row + 0.53) * cell, cell - 2);
  });
}

// Every row and column where there is room, else every fourth, eighth, sixteenth.
function label(axis, count, cell) {
  const every = [1, 2, 4, 8, 16].find((step) => step * cell >= 18) ?? 16;
  const numbers = [];
  for (let i = 0; i < count; i += every) {
    const mark = html("span", {}, `${i}`);
    mark.style.setProperty("--at", `${(i + 0.5) * cell}px`);
    numbers.push(mark);
  }
  axis.replaceChildren(...numbers);
}
