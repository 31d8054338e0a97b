// What pooling makes of the chosen proposal: always as many numbers, whatever its size.

import { fill as colour, ink, sectionColour } from "../common/colour.js";
import { html, setText, toggle } from "../common/dom.js";
import { rem } from "../common/geometry.js";
import { isOn } from "../common/looks.js";
import { pooledOf, reached } from "./model.js";
import { fill, number } from "../common/text.js";
import { createThumbs } from "../common/thumbs.js";

const ACROSS = 8;
// Of the size of its type, a cell under which its number has no room, and px under which its frame has.
const READABLE = 2.45;
const FRAMED = 16;
// In rem, however much room there is: the map is what is large, unless this alone is presented.
const WIDEST = 16.25;

export function createPooled(model, { pick, resize, open, render }) {
  const grid = html("div", { class: "pooled", role: "group", "data-testid": "pooled" });
  const label = html("span", { class: "label" });
  const slider = html("input", { type: "range", min: 1, step: 1, class: "scrub", "data-testid": "sections" });
  const size = html("output", { class: "total" });
  const thumbs = createThumbs("pooled-channels", { pick });
  const leave = html("button", { type: "button", class: "button", "data-testid": "open-playground" });
  const foot = html("div", { class: "foot" }, html("label", { class: "sections" }, label, slider, size), thumbs.root, leave);

  grid.addEventListener("pointerover", (event) => light([...grid.children].indexOf(event.target)));
  grid.addEventListener("pointerleave", () => light(-1));
  slider.addEventListener("input", () => resize(Number(slider.value)));
  leave.addEventListener("click", open);

  // The section of a cell alone, on the map.
  function light(k) {
    const lit = k < 0 ? null : k;
    if (lit === model.lit) return;
    model.lit = lit;
    render();
  }

  function paint(whole) {
    const room = isOn("present") ? whole : Math.min(whole, rem(WIDEST));
    const { data, sections } = model;
    const { text } = data;
    // Nothing of it is to be read before it is pooled.
    const view = reached(model, "pooling") ? model.view : null;
    const side = Math.floor(room / sections);
    setText(label, text["detector.sections"]);
    setText(size, `${sections} × ${sections}`);
    slider.max = data.mostSections;
    slider.value = `${sections}`;
    slider.style.setProperty("--done", `${(100 * (sections - 1)) / (data.mostSections - 1)}%`);
    slider.setAttribute("aria-valuetext", `${sections} × ${sections}`);
    setText(leave, text["detector.open"]);
    leave.disabled = !model.view;
    grid.style.setProperty("--side", `${side}px`);
    grid.style.gridTemplateColumns = `repeat(${sections}, ${side}px)`;
    grid.classList.toggle("bare", side < FRAMED);
    paintCells(view?.bins ?? [], side >= READABLE * parseFloat(getComputedStyle(grid).fontSize));
    grid.setAttribute("aria-label", fill(text["detector.pooled.said"], { channel: model.channel, sections }));
    thumbs.root.hidden = !view;
    if (!view) return;
    thumbs.paint({
      values: () => pooledOf(model),
      ranges: model.ranges,
      rows: sections,
      cols: sections,
      across: ACROSS,
      width: Math.min(whole, rem(WIDEST)),
      chosen: model.channel,
      key: `${data.id},${model.proposal},${sections}`,
    });
  }

  function paintCells(bins, readable) {
    const wanted = bins.length || model.sections ** 2;
    while (grid.childElementCount > wanted) grid.lastElementChild.remove();
    while (grid.childElementCount < wanted) grid.append(html("div"));
    [...grid.children].forEach((cell, k) => {
      const bin = bins[k];
      toggle(cell, "data-empty", !bin || bin.empty);
      cell.style.setProperty("--section", bin ? sectionColour(bin.i, bin.j) : "var(--line)");
      cell.style.background = !bin || bin.empty ? "none" : colour(bin.value, model.range);
      cell.style.color = !bin || bin.empty ? "inherit" : ink(bin.value, model.range);
      Object.assign(cell.dataset, bin ? { row: bin.i, col: bin.j, value: bin.value } : { value: "" });
      const said = !bin ? "" : bin.empty ? "∅" : number(bin.value);
      cell.title = said;
      setText(cell, readable ? said : "");
    });
  }

  return { grid, foot, paint };
}
