// Paints the cells of the feature map on one canvas and their numbers on another, so that hatching
// fits between them, and names the rows and columns at the edge.

import { fill, ink, pageColour } from "./colour.js";
import { html } from "./dom.js";
import { number } from "./text.js";

// Numbers fade out between these sizes of a cell, in pixels.
const READABLE = 27;
export const HIDDEN = 21;
// What a number at the edge takes of its axis, in sizes of its type: one under the other, and side by side.
const NUMBER = { rows: 1.25, cols: 1.6 };
// How far the cells outside the lit bins are drawn towards the page.
const VEIL = 0.6;
// Values in viridis; another look has the same functions, and its own `key` for when it changes.
const VALUES = {
  key: "",
  fill,
  ink,
  text: number,
};

export function createGrid() {
  const canvas = html("canvas", { "aria-hidden": "true" });
  const numbers = html("canvas", { class: "numbers", "aria-hidden": "true" });
  const rowNumbers = html("div", { class: "axis rows", "aria-hidden": "true" });
  const colNumbers = html("div", { class: "axis cols", "aria-hidden": "true" });
  let painted = "";

  // Where some bins are lit, the cells outside them step back.
  function paint(model, cell, lit, look = VALUES) {
    const { rows, cols } = model.data;
    const ratio = window.devicePixelRatio || 1;
    const veil = lit.length ? { rgb: pageColour(canvas), share: VEIL } : null;
    // By its cells: a section that is lit moves with its box.
    const stands = lit.map(({ top, bottom, left, right }) => `${top}.${bottom}.${left}.${right}`).join();
    const key = `${rows},${cols},${cell},${ratio},${stands},${veil?.rgb},${model.version},${look.key}`;
    if (key === painted) return;
    painted = key;
    const contexts = [canvas, numbers].map((layer) => sized(layer, cols * cell, rows * cell, ratio));
    paintCells(contexts, model, cell, look, (row, col) => (lit.some((bin) => holds(bin, row, col)) ? null : veil));
    label(rowNumbers, rows, cell, NUMBER.rows);
    label(colNumbers, cols, cell, NUMBER.cols);
  }

  return { canvas, numbers, rowNumbers, colNumbers, paint };
}

function holds(bin, row, col) {
  return bin.top <= row && row < bin.bottom && bin.left <= col && col < bin.right;
}

function sized(canvas, width, height, ratio) {
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  return context;
}

function paintCells([ground, figures], { data, cells, range }, cell, look, veilAt) {
  const shows = Math.min(1, Math.max(0, (cell - HIDDEN) / (READABLE - HIDDEN)));
  figures.font = `${Math.min(Math.max(24, 0.22 * cell), 0.28 * cell + 1)}px ${getComputedStyle(ground.canvas).fontFamily}`;
  figures.textAlign = "center";
  figures.textBaseline = "middle";
  figures.lineJoin = "round";
  figures.lineWidth = 7;
  figures.globalAlpha = shows;
  cells.forEach((value, i) => {
    const col = i % data.cols;
    const row = (i - col) / data.cols;
    const veil = veilAt(row, col);
    const colour = look.fill(value, range, veil);
    ground.fillStyle = colour;
    ground.fillRect(col * cell, row * cell, cell, cell);
    if (shows === 0) return;
    const at = [look.text(value, i), (col + 0.5) * cell, (row + 0.53) * cell, 0.84 * cell];
    // Round each number its cell's own colour, so that hatching does not run through it.
    figures.strokeStyle = colour;
    figures.strokeText(...at);
    figures.fillStyle = look.ink(value, range, veil, i);
    figures.fillText(...at);
  });
}

// Every row and column where there is room, else every second, fourth, eighth, sixteenth.
function label(axis, count, cell, takes) {
  const least = takes * parseFloat(getComputedStyle(axis).fontSize);
  const every = [1, 2, 4, 8, 16].find((step) => step * cell >= least) ?? 16;
  const numbers = [];
  for (let i = 0; i < count; i += every) {
    const mark = html("span", {}, `${i}`);
    mark.style.setProperty("--at", `${(i + 0.5) * cell}px`);
    numbers.push(mark);
  }
  axis.replaceChildren(...numbers);
}
