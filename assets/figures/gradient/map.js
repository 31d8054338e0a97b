// The map a second time, as the gradient sees it: what each of its cells receives.

import { passed, sendBack, tied } from "./backward.js";
import { cellsInside } from "../common/bins.js";
import { pageColour } from "../common/colour.js";
import { diverging } from "../common/diverging.js";
import { html, setText, svg } from "../common/dom.js";
import { cellAt } from "../common/geometry.js";
import { createGrid, HIDDEN } from "../common/grid.js";
import { isOnStage } from "../common/model.js";
import { createRings, set, sizeLayer } from "../common/outlines.js";
import { inset, pixels } from "../common/paths.js";
import { fill, number } from "../common/text.js";

// Where there is room for how many sections a cell adds up, and where a ring would hide its cell.
const READABLE = 38;
const TINY = 12;
// Of the zeros where nothing arrives: over 4.5:1 on the page, and fainter than any other number.
const QUIET = { light: "#6b7280", dark: "#9ca3af" };

export function createGradientMap(model, { render }) {
  const title = html("h2", { class: "label map-title" });
  const grid = createGrid();
  const rings = createRings();
  const ties = createRings("tie");
  const frames = svg("path", { class: "hit" });
  const boxes = svg("g");
  const counts = svg("g", { class: "counts" });
  const overlay = svg("svg", { class: "overlay", "aria-hidden": "true" }, boxes, frames, ...ties.over, ...rings.over, counts);
  const map = html("div", { class: "map", role: "img", "data-testid": "gradient-map" }, grid.canvas, grid.numbers, overlay);
  const readout = html("p", { class: "readout", "data-testid": "gradient-readout" });
  const area = html("div", { class: "map-area" }, title, grid.colNumbers, grid.rowNumbers, map);
  const root = html("section", { class: "gradient-area" }, area, readout);
  let painted = "";
  let version = 0;

  map.addEventListener("pointermove", (event) => hovered(cellAt(event, map, model.data)));
  map.addEventListener("pointerdown", (event) => hovered(cellAt(event, map, model.data)));
  map.addEventListener("pointerleave", () => hovered(null));

  function hovered(cell) {
    model.hover = cell ? { cell, there: true } : null;
    render();
  }

  function paint(cell) {
    const { data } = model;
    const sent = sendBack(model);
    const equal = tied(model);
    const page = pageColour(grid.canvas);
    map.style.width = `${data.cols * cell}px`;
    map.style.height = `${data.rows * cell}px`;
    setText(title, data.text["gradient.input"]);
    sizeLayer(overlay, data.rows, data.cols, cell);
    paintBoxes(cell);
    const hit = [...sent.shares.keys()].map((place) => at(place, data));
    rings.paint(cell < TINY ? [] : hit, cell);
    ties.paint(cell < TINY ? [] : equal, cell);
    set(frames, "d", cell < TINY ? hit.map(([row, col]) => inset(row, row + 1, col, col + 1, cell, 0)).join("") : "");
    paintCounts(sent.shares, cell);
    setText(readout, saidOf(model, sent, equal) || (cell < HIDDEN ? unwritten(data, sent) : ""));
    const received = hit.map(([row, col]) => [row, col, sent.cells[row * data.cols + col]]);
    map.dataset.received = JSON.stringify(received);
    map.setAttribute("aria-label", passed(model).hidden ? data.text["gradient.input"] : fill(data.text["gradient.described"], { count: received.length }));
    const key = JSON.stringify([received, page, sent.most]);
    if (key !== painted) version += 1;
    painted = key;
    grid.paint({ data, cells: sent.cells, version }, cell, [], lookOf(sent, page));
  }

  // The other map has their handles; here they only say where one is.
  function paintBoxes(cell) {
    const lines = model.boxes.flatMap((box, n) => {
      if (!isOnStage(model, box)) return [];
      const place = pixels(cellsInside(box, model.data.rows, model.data.cols), cell);
      const line = svg("rect", { class: "roi-line", ...place });
      return [svg("g", { class: n === model.selected ? "roi selected" : "roi" }, line)];
    });
    boxes.replaceChildren(...lines);
  }

  function paintCounts(shares, cell) {
    const several = cell < READABLE ? [] : [...shares].filter(([, all]) => all.length > 1);
    const marks = several.map(([place, all]) => {
      const [row, col] = at(place, model.data);
      const mark = svg("text", {}, `×${all.length}`);
      set(mark, "x", (col + 1) * cell - 3);
      set(mark, "y", row * cell + 3);
      return mark;
    });
    counts.replaceChildren(...marks);
  }

  return { root, map, paint };
}

function at(place, { cols }) {
  return [Math.floor(place / cols), place % cols];
}

// A cell that receives nothing holds a plain 0, which steps back.
function lookOf({ shares, most }, page) {
  const { fill: colour, ink } = diverging(page);
  const quiet = ink(0, most) === "#000" ? QUIET.light : QUIET.dark;
  return {
    key: page.join(),
    fill: (value) => colour(value, most),
    ink: (value, _, __, place) => (shares.has(place) ? ink(value, most) : quiet),
    text: (value, place) => (shares.has(place) ? number(value) : "0"),
  };
}

// How cells without numbers are read, and which to begin with.
function unwritten(data, { cells, shares }) {
  const small = data.text["gradient.small"];
  const places = [...shares.keys()];
  if (!places.length) return small;
  const most = places.reduce((found, place) => (Math.abs(cells[place]) > Math.abs(cells[found]) ? place : found));
  const [row, col] = at(most, data);
  return fill(data.text["gradient.small.most"], { small, row, col, value: number(cells[most]) });
}

// The cell under the pointer in words, on whichever of the two maps it is.
function saidOf(model, { cells, shares }, equal) {
  const { text, cols, mostSpoken } = model.data;
  const cell = model.gesture ? null : model.hover?.cell;
  if (!cell) return "";
  const place = cell.row * cols + cell.col;
  const all = shares.get(place);
  if (!all) {
    if (passed(model).carried < Infinity) return fill(text["gradient.not-yet"], cell);
    const isTied = equal.some(([row, col]) => row === cell.row && col === cell.col);
    return fill(text[isTied ? "gradient.tied" : "gradient.none"], cell);
  }
  const total = number(cells[place]);
  const key = all.length > mostSpoken ? "gradient.many" : all.length > 1 ? "gradient.sum" : "gradient.only";
  const oneBox = model.boxes.length === 1;
  const sections = all.map((share) => fill(text[oneBox ? "gradient.section" : "gradient.section.of_box"], share));
  return fill(text[key], {
    ...cell,
    total,
    count: all.length,
    terms: all.map(({ value }) => (value < 0 ? `(${number(value)})` : number(value))).join(" + "),
    sections: sections.join(text["gradient.and"]),
  });
}
