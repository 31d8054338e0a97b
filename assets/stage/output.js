// The pooled output beside the map: a cell for each section, in the section's colour.

import { fill as colour, ink, sectionColour } from "./colour.js";
import { html, setText, toggle } from "./dom.js";
import { shown } from "./model.js";
import { litBins } from "./overlay.js";
import { fill, number } from "./text.js";

// Of the width there is; no output cell is larger than this.
const SHARE = 0.9;
const LARGEST_CELL = 112;
const LARGEST_GRID = 420;
const READABLE = 30;

export function createOutput(model, render) {
  const title = html("h2", { class: "label" });
  const grid = html("div", { class: "output", "data-testid": "output", role: "img" });
  const readout = html("p", { class: "readout" });
  const root = html("section", { class: "output-area" }, title, grid, readout);
  let size = "";
  let cells = [];

  grid.addEventListener("pointerover", (event) => hovered(event));
  grid.addEventListener("pointerleave", () => hovered(null));

  function hovered(event) {
    const cell = event?.target.closest("[data-row]");
    model.hover = cell ? { section: [Number(cell.dataset.row), Number(cell.dataset.col)] } : null;
    render();
  }

  function build([high, wide], available) {
    const side = Math.min(LARGEST_CELL, Math.floor(Math.min(LARGEST_GRID, SHARE * available) / Math.max(high, wide)));
    if (`${high},${wide},${side}` === size) return;
    size = `${high},${wide},${side}`;
    grid.style.setProperty("--side", `${side}px`);
    grid.style.gridTemplateColumns = `repeat(${wide}, ${side}px)`;
    grid.classList.toggle("small", side < READABLE);
    cells = [];
    for (let i = 0; i < high; i += 1) {
      for (let j = 0; j < wide; j += 1) {
        const element = html("div", { class: "out", "data-row": i, "data-col": j });
        element.style.setProperty("--section", sectionColour(i, j));
        cells.push({ element, i, j, painted: "" });
      }
    }
    grid.replaceChildren(...cells.map((cell) => cell.element));
  }

  function paint(available) {
    const { data, bins } = model;
    build(data.outputSize, available);
    const view = shown(model);
    const lit = new Set(litBins(model).map((bin) => `${bin.i},${bin.j}`));
    const hover = model.hover?.section;
    setText(title, fill(data.text["output.title"], { high: data.outputSize[0], wide: data.outputSize[1] }));
    for (const cell of cells) {
      cell.painted = paintCell(cell, model, bins, view, lit.has(`${cell.i},${cell.j}`));
    }
    grid.classList.toggle("some-lit", lit.size > 0);
    grid.setAttribute("aria-label", describe(data, bins));
    setText(readout, readoutText(data, bins, view, hover));
  }

  return { root, grid, paint };
}

function paintCell({ element, i, j, painted }, model, bins, view, lit) {
  const bin = bins[i * model.data.outputSize[1] + j];
  const open = Boolean(bin) && view.output;
  const key = `${bin?.value},${bin?.empty},${open},${lit},${model.range.low},${model.range.high}`;
  if (key === painted) return key;
  element.dataset.value = bin ? `${bin.value}` : "";
  toggle(element, "data-empty", Boolean(bin?.empty));
  toggle(element, "data-lit", lit);
  toggle(element, "data-open", open);
  const filled = open && !bin.empty;
  element.style.backgroundColor = filled ? colour(bin.value, model.range) : "";
  element.style.color = filled ? ink(bin.value, model.range) : "";
  setText(element, open ? (bin.empty ? "∅" : number(bin.value)) : "");
  element.classList.toggle("long", element.textContent.length > 5);
  return key;
}

function describe(data, bins) {
  const values = bins.map((bin) => number(bin.value)).join(", ");
  return fill(data.text["output.described"], {
    high: data.outputSize[0],
    wide: data.outputSize[1],
    values,
  });
}

// The cell under the pointer by name: its number may be too small to read, or its bin empty.
function readoutText(data, bins, view, section) {
  if (!section || !view.output) return "";
  const bin = bins[section[0] * data.outputSize[1] + section[1]];
  if (!bin) return "";
  const key = bin.empty ? "output.empty" : "output.hovered";
  return fill(data.text[key], { ...bin, value: number(bin.value) });
}
