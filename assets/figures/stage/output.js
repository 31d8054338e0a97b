// The pooled output beside the map: a cell for each section, in the section's colour.

import { fill as colour, ink, sectionColour } from "../common/colour.js";
import { html, setText, toggle } from "../common/dom.js";
import { shown } from "../common/model.js";
import { litBins } from "./overlay.js";
import { fill, number } from "../common/text.js";

// Of the width there is; no output cell is larger than this.
export const SHARE = 0.9;
const LARGEST_CELL = 112;
const LARGEST_GRID = 420;
const READABLE = 30;
// Where a word fits under the number.
const ROOMY = 44;

const STEPS = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

// What the cells show: the maxima, or what another `face` makes of a model.
export function pooled(model) {
  const { data, range } = model;
  const [high, wide] = data.outputSize;
  return {
    title: fill(data.text["output.title"], { high, wide }),
    cell: (bin) => (bin.empty ? { text: "∅" } : { text: number(bin.value), fill: colour(bin.value, range), ink: ink(bin.value, range) }),
    says: (bin) => fill(data.text[bin.empty ? "output.empty" : "output.hovered"], { ...bin, value: number(bin.value) }),
    rest: "",
  };
}

export function createOutput(model, { render, commit }, faceOf = pooled) {
  const title = html("h2", { class: "label" });
  const grid = html("div", { class: "output", "data-testid": "output" });
  const readout = html("p", { class: "readout" });
  const root = html("section", { class: "output-area" }, title, grid, readout);
  let size = "";
  let cells = [];

  grid.addEventListener("pointerover", (event) => hovered(event));
  grid.addEventListener("pointerleave", () => hovered(null));
  grid.addEventListener("focusin", (event) => hovered(event));
  grid.addEventListener("focusout", () => hovered(null));
  grid.addEventListener("click", (event) => pick(event.target.closest("[data-row]")));
  grid.addEventListener("keydown", (event) => {
    if (!pressed(event)) return;
    // Here the arrows walk over the output, and the box stays.
    event.preventDefault();
    event.stopPropagation();
  });

  function pick(element) {
    const [i, j] = model.cell ?? [];
    if (!element || !model.cell || isAt(element, i, j)) return;
    model.cell = placeOf(element);
    commit();
  }

  function pressed({ key, target, ctrlKey, altKey, metaKey }) {
    const element = target.closest("[data-row]");
    if (!element || !model.cell || ctrlKey || altKey || metaKey) return false;
    const step = STEPS[key];
    if (!step && key !== "Enter" && key !== " ") return false;
    if (!step) pick(element);
    const [i, j] = placeOf(element).map((at, axis) => at + (step?.[axis] ?? 0));
    cells.find((cell) => cell.i === i && cell.j === j)?.element.focus();
    return true;
  }

  function hovered(event) {
    const cell = event?.target.closest("[data-row]");
    model.hover = cell ? { section: placeOf(cell) } : null;
    render();
  }

  function build([high, wide], available) {
    const side = Math.min(LARGEST_CELL, Math.floor(Math.min(LARGEST_GRID, SHARE * available) / Math.max(high, wide)));
    if (`${high},${wide},${side}` === size) return;
    size = `${high},${wide},${side}`;
    grid.style.setProperty("--side", `${side}px`);
    grid.style.gridTemplateColumns = `repeat(${wide}, ${side}px)`;
    grid.classList.toggle("small", side < READABLE);
    grid.classList.toggle("roomy", side >= ROOMY);
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
    const face = faceOf(model);
    setText(title, face.title);
    for (const cell of cells) {
      cell.painted = paintCell(cell, model, face, view, lit.has(`${cell.i},${cell.j}`));
    }
    grid.classList.toggle("some-lit", lit.size > 0);
    grid.setAttribute("role", model.cell ? "group" : "img");
    grid.setAttribute("aria-label", face.described ?? describe(data, bins));
    setText(readout, readoutText(model, face, view, hover));
  }

  return { root, grid, paint };
}

function placeOf({ dataset: { row, col } }) {
  return [Number(row), Number(col)];
}

function isAt(element, i, j) {
  return element.dataset.row === `${i}` && element.dataset.col === `${j}`;
}

function paintCell({ element, i, j, painted }, model, face, view, lit) {
  const k = i * model.data.outputSize[1] + j;
  const bin = model.bins[k];
  const open = Boolean(bin) && view.output;
  const picked = model.cell && isAt(element, ...model.cell);
  const look = open ? face.cell(bin, k) : { text: "" };
  const said = bin ? face.says(bin, k) : "";
  const key = [bin?.value, bin?.empty, open, lit, picked, said, look.text, look.fill, look.exact, look.nowhere].join();
  if (key === painted) return key;
  paintChoice(element, picked, said);
  element.dataset.value = bin ? `${bin.value}` : "";
  if (look.exact === undefined) delete element.dataset.gradient;
  else element.dataset.gradient = look.exact;
  toggle(element, "data-empty", Boolean(bin?.empty));
  toggle(element, "data-nowhere", Boolean(look.nowhere));
  toggle(element, "data-lit", lit);
  toggle(element, "data-open", open);
  element.style.backgroundColor = look.fill ?? "";
  element.style.color = look.ink ?? "";
  setText(element, look.text);
  element.classList.toggle("long", element.textContent.length > 5);
  return key;
}

// One of the cells can be reached by Tab, from there the arrows go on; null: they are a picture only.
function paintChoice(element, picked, label) {
  toggle(element, "data-picked", picked === true);
  if (picked === null) {
    for (const name of ["role", "tabindex", "aria-label", "aria-pressed"]) element.removeAttribute(name);
    return;
  }
  element.setAttribute("role", "button");
  element.tabIndex = picked ? 0 : -1;
  element.setAttribute("aria-label", label);
  element.setAttribute("aria-pressed", `${picked}`);
}

function describe(data, bins) {
  const values = bins.map((bin) => number(bin.value)).join(data.text.list);
  return fill(data.text["output.described"], {
    high: data.outputSize[0],
    wide: data.outputSize[1],
    values,
  });
}

// The cell under the pointer by name: its number may be too small to read, or its bin empty.
function readoutText({ data, bins }, face, view, section) {
  const k = section ? section[0] * data.outputSize[1] + section[1] : -1;
  return view.output && bins[k] ? face.says(bins[k], k) : face.rest;
}
