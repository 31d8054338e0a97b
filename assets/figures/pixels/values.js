// The values of the cells, each with the colour of its cell round it, so that no line and nothing of
// the photograph runs through it.

import { fill, ink } from "../common/colour.js";
import { html } from "../common/dom.js";
import { number } from "../common/text.js";

// Of a cell's width, the most that its number takes.
const MOST = 0.94;
const AROUND = 5;
// How far the cells are drawn towards the page, as in common/grid.js.
const VEIL = 0.6;

export function createValues() {
  const canvas = html("canvas", { class: "numbers", "aria-hidden": "true" });

  function paint({ data: { rows, cols }, cells, range }, cell, page) {
    const veil = { rgb: page, share: VEIL };
    const ratio = window.devicePixelRatio || 1;
    const context = sized(canvas, cols * cell, rows * cell, ratio);
    const style = getComputedStyle(canvas);
    // No smaller than the page's small type, whatever the size of a cell.
    const size = Math.max(parseFloat(style.fontSize), Math.min(24, 0.28 * cell + 1));
    context.font = `${size}px ${style.fontFamily}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = AROUND;
    const fits = (text) => context.measureText(text).width <= MOST * cell;
    cells.forEach((value, i) => {
      const text = [number(value), short(value)].find(fits);
      if (text === undefined) return;
      const at = [text, ((i % cols) + 0.5) * cell, (Math.floor(i / cols) + 0.53) * cell];
      context.strokeStyle = fill(value, range, veil);
      context.strokeText(...at);
      context.fillStyle = ink(value, range, veil);
      context.fillText(...at);
    });
  }

  return { canvas, paint };
}

// Where 0.85 has no room, .85 may have.
export function short(value) {
  return number(value).replace(/^(.?)0\./, "$1.");
}

function sized(canvas, width, height, ratio) {
  Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
  Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  return context;
}
