// The pooled output beside the map: a cell for each section, in the section's colour.
//
// It is named by its size, and each cell by itself: what is said of one is what is shown of it, and no
// sooner. One of the cells can be reached by Tab, and from there the arrows go on.

import { fill as colour, ink, sectionColour } from "../common/colour.js";
import { html, setText, toggle } from "../common/dom.js";
import { px } from "../common/geometry.js";
import { put } from "../common/looks.js";
import { shown } from "../common/model.js";
import { litBins } from "./overlay.js";
import { briefly, fill, number } from "../common/text.js";
import { byTouch } from "../common/touch.js";

// Of the width there is; no output cell, and no output, has more px than these, but on a screen larger than usual.
export const SHARE = 0.9;
const LARGEST_CELL = 112;
const LARGEST_GRID = 420;
// Of the size of its type, a cell in which a number has no room.
const READABLE = 2.15;
// Where a word fits under the number.
const ROOMY = 44;
// Likewise one in which "0.85" has none, and ".85" has.
const NARROW = 3.2;

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
    rest: isToCome(model) ? data.text["output.to-come"] : emptyWords(model),
  };
}

// What ∅ means, as long as one is shown.
function emptyWords(model) {
  const { found } = shown(model);
  const empty = model.bins.find((bin, k) => bin.empty && k < found);
  return empty ? fill(model.data.text["output.empties"], { value: number(empty.value) }) : "";
}

// Whether the story rests before it comes to the output's cells.
function isToCome(model) {
  const { found, scan, hidden } = shown(model);
  return model.bins.length > 0 && found === 0 && !scan && !hidden && !model.playing;
}

export function createOutput(model, { render, commit }, faceOf = pooled) {
  const title = html("h2", { class: "label" });
  const grid = html("div", { class: "output", "data-testid": "output" });
  const readout = html("p", { class: "readout" });
  const reveal = html("button", { type: "button", class: "reveal", "data-testid": "reveal" });
  const root = html("section", { class: "output-area" }, title, grid, reveal, readout);
  let fitted = "";
  let built = "";
  let cells = [];
  let narrow = false;
  // [row, column] of the cell that Tab reaches, where none is chosen.
  let reached = [0, 0];

  grid.addEventListener("pointerover", (event) => hovered(event));
  grid.addEventListener("pointerleave", () => hovered(null));
  grid.addEventListener("focusin", (event) => {
    reached = placeOf(event.target);
    hovered(event);
  });
  grid.addEventListener("focusout", () => hovered(null));
  grid.addEventListener("click", (event) => pick(event.target.closest("[data-row]")));
  grid.addEventListener("keydown", (event) => {
    if (!pressed(event)) return;
    // Here the arrows walk over the output, and the box stays.
    event.preventDefault();
    event.stopPropagation();
  });

  reveal.addEventListener("click", () => {
    model.asked = true;
    put("hide", false);
  });

  function pick(element) {
    const [i, j] = model.cell ?? [];
    if (!element || !model.cell || isAt(element, i, j)) return;
    model.cell = placeOf(element);
    commit();
  }

  function pressed({ key, target, ctrlKey, altKey, metaKey }) {
    const element = target.closest("[data-row]");
    if (!element || ctrlKey || altKey || metaKey) return false;
    const step = STEPS[key];
    if (!step && !(model.cell && (key === "Enter" || key === " "))) return false;
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

  function fit([high, wide], available, most) {
    const limit = most ? Math.min(most / high, (SHARE * available) / wide) : usual(available) / Math.max(high, wide);
    const side = Math.floor(most ? limit : Math.min(px(LARGEST_CELL), limit));
    if (`${wide},${side}` === fitted) return;
    fitted = `${wide},${side}`;
    grid.style.setProperty("--side", `${side}px`);
    grid.style.gridTemplateColumns = `repeat(${wide}, ${side}px)`;
    const letter = parseFloat(getComputedStyle(grid).fontSize);
    narrow = side < NARROW * letter;
    grid.classList.toggle("small", side < READABLE * letter);
    grid.classList.toggle("roomy", side >= ROOMY);
  }

  // Not with every width of the page: one of the cells may have the focus.
  function build([high, wide]) {
    if (`${high},${wide}` === built) return;
    built = `${high},${wide}`;
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

  // `available` px from side to side, and where it is presented at `most` so many high.
  function paint(available, most = 0) {
    const { data, bins } = model;
    fit(data.outputSize, available, most);
    build(data.outputSize);
    const [high, wide] = data.outputSize;
    reached = [Math.min(reached[0], high - 1), Math.min(reached[1], wide - 1)];
    const view = shown(model);
    const lit = new Set(litBins(model).map((bin) => `${bin.i},${bin.j}`));
    const hover = model.hover?.section;
    const face = faceOf(model);
    setText(title, face.title);
    for (const cell of cells) {
      cell.painted = paintCell(cell, model, face, view, lit.has(`${cell.i},${cell.j}`), narrow);
      cell.element.tabIndex = isAt(cell.element, ...(model.cell ?? reached)) ? 0 : -1;
    }
    grid.classList.toggle("some-lit", lit.size > 0);
    grid.setAttribute("role", "group");
    grid.setAttribute("aria-label", fill(face.described ?? data.text["output.described"], { high, wide }));
    reveal.hidden = !view.hidden || !bins.length;
    setText(reveal, data.text[byTouch() ? "reveal.touch" : "reveal"]);
    setText(readout, readoutText(model, face, view, hover));
  }

  return { root, grid, paint };
}

function usual(available) {
  return Math.min(px(LARGEST_GRID), SHARE * available);
}

function placeOf({ dataset: { row, col } }) {
  return [Number(row), Number(col)];
}

function isAt(element, i, j) {
  return element.dataset.row === `${i}` && element.dataset.col === `${j}`;
}

function paintCell({ element, i, j, painted }, model, face, view, lit, brief) {
  const k = i * model.data.outputSize[1] + j;
  const bin = model.bins[k];
  const open = Boolean(bin) && k < view.found;
  const picked = model.cell && isAt(element, ...model.cell);
  // What another face shows is given, and no answer.
  const look = open || face.given ? face.cell(bin, k) : { text: bin && view.hidden ? "?" : "" };
  const said = open || face.given ? face.says(bin, k) : fill(model.data.text["output.closed"], { i, j });
  const key = [brief, open ? bin.value : bin !== undefined, open && bin.empty, open, lit, picked, said, look.text, look.fill, look.exact, look.nowhere].join();
  if (key === painted) return key;
  paintChoice(element, picked, said);
  element.dataset.value = open ? `${bin.value}` : "";
  if (look.exact === undefined) delete element.dataset.gradient;
  else element.dataset.gradient = look.exact;
  toggle(element, "data-empty", open && bin.empty);
  toggle(element, "data-nowhere", Boolean(look.nowhere));
  toggle(element, "data-lit", lit);
  toggle(element, "data-open", open || Boolean(bin && face.given));
  element.style.backgroundColor = look.fill ?? "";
  element.style.color = look.ink ?? "";
  setText(element, brief ? briefly(look.text) : look.text);
  element.classList.toggle("long", element.textContent.length > 5);
  return key;
}

// Where a cell can be chosen each is a button; where none can be, `picked` is null, they are only looked at.
function paintChoice(element, picked, label) {
  toggle(element, "data-picked", picked === true);
  element.setAttribute("role", picked === null ? "img" : "button");
  element.setAttribute("aria-label", label);
  if (picked === null) element.removeAttribute("aria-pressed");
  else element.setAttribute("aria-pressed", `${picked}`);
}

// The cell under the pointer by name: its number may be too small to read, or its bin empty.
function readoutText({ data, bins }, face, view, section) {
  const k = section ? section[0] * data.outputSize[1] + section[1] : -1;
  return bins[k] && (k < view.found || face.given) ? face.says(bins[k], k) : face.rest;
}
