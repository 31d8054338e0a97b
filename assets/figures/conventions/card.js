// A card of the small multiples: the bins that are cut, their output, and every convention that cuts the
// box this way, by name and by who computes so.

import { binsOf } from "./bins.js";
import { cellsInside } from "../common/bins.js";
import { fill as colour, ink, sectionColour } from "../common/colour.js";
import { html, setText, svg, toggle } from "../common/dom.js";
import { isOn } from "../common/looks.js";
import { createBins, createRings, set, sizeLayer } from "../common/outlines.js";
import { pixels } from "../common/paths.js";
import { briefly, number } from "../common/text.js";

// Of the size of its type, a cell in which a number has no room, written in full and in brief.
const READABLE = { full: 2.15, brief: 1.8 };
export const MANY = 7;
// Where a ring round a cell would be as large as the cell.
const TINY = 10;

export function createCard(choose) {
  const names = html("ul", { class: "names" });
  const canvas = html("canvas", { "aria-hidden": "true" });
  const outlines = createBins();
  const rings = createRings();
  const lines = [svg("rect", { class: "roi-casing" }), svg("rect", { class: "roi-line" })];
  const roi = svg("g", { class: "roi" }, ...lines);
  const overlay = svg("svg", { class: "overlay", "aria-hidden": "true" }, ...outlines.under, roi, ...outlines.over, ...rings.over);
  const map = html("span", { class: "map" }, canvas, overlay);
  const output = html("span", { class: "output", "aria-hidden": "true" });
  const verdict = html("span", { class: "verdict" });
  const answer = html("span", { class: "answer" }, output, verdict);
  const figure = html("div", { class: "figure", role: "img" }, map, answer);
  const root = html("div", { class: "multiple" }, figure, names);
  let built = "";
  let listed = "";

  // The figure stands for the first of its names.
  figure.addEventListener("click", () => root.classList.contains("reference") || names.querySelector("button").click());
  names.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.getAttribute("aria-pressed") === "false") choose(button.dataset.name);
  });
  // Streamlit's own hotkeys must not fire from inside a figure.
  root.addEventListener("keydown", (event) => event.stopPropagation());

  function paint(data, card, { cell, output: room, picture, span }) {
    root.dataset.testid = `multiple-${card.names[0].name}`;
    // Where the answer is hidden a card shows what is cut, and not what comes of it.
    const hidden = isOn("hide");
    root.dataset.differing = hidden ? "" : `${card.differing}`;
    root.classList.toggle("reference", card.reference);
    figure.setAttribute("aria-label", hidden ? data.hiddenLabel : card.label);
    list(card.names);
    const bins = card.bins ? binsOf(card, data.cols) : [];
    setText(verdict, hidden ? "" : card.verdict);
    verdict.classList.toggle("differs", !hidden && card.differing > 0);
    paintMap(data, card.box, bins, cell, picture, hidden);
    const [wide, high] = [data.cols * cell, data.rows * cell];
    map.style.width = `${wide}px`;
    map.style.height = `${high}px`;
    paintOutput(data.outputSize, bins, hidden ? null : span, room);
  }

  // Built anew only for other names: one of them may have the focus.
  function list(conventions) {
    const wanted = JSON.stringify(conventions.map(({ name, whose }) => [name, whose]));
    if (wanted !== listed) names.replaceChildren(...conventions.map(entry));
    listed = wanted;
    conventions.forEach(({ reference }, k) => names.children[k].querySelector("button").setAttribute("aria-pressed", `${reference}`));
  }

  function paintMap({ rows, cols }, box, bins, cell, picture, hidden) {
    canvas.width = cols;
    canvas.height = rows;
    canvas.getContext("2d").drawImage(picture, 0, 0);
    sizeLayer(overlay, rows, cols, cell);
    toggle(roi, "hidden", !box);
    if (box) {
      const inside = pixels(cellsInside(box, rows, cols), cell);
      for (const line of lines) for (const [side, value] of Object.entries(inside)) set(line, side, value);
      const none = box.rows.span[1] <= box.rows.span[0] || box.cols.span[1] <= box.cols.span[0];
      set(roi, "class", none ? "roi none" : "roi");
    }
    outlines.paint(bins, cell);
    outlines.paintShared(box, cell);
    rings.paint(bins.filter((bin) => bin.row >= 0 && !hidden).map((bin) => [bin.row, bin.col]), cell);
  }

  // As large as there is `room` for. Without a scale of colours nothing is told of the values.
  function paintOutput([high, wide], bins, span, { width, height, largest }) {
    const many = Math.max(high, wide) > MANY;
    const gap = many ? 1 : 3;
    const fit = Math.min((width + gap) / wide, (height + gap) / high) - gap;
    const side = Math.floor(Math.min(largest, fit));
    if (built !== `${high},${wide}`) {
      built = `${high},${wide}`;
      output.replaceChildren(...Array.from({ length: high * wide }, () => html("span", { class: "out" })));
    }
    output.style.gridTemplateColumns = `repeat(${wide}, ${side}px)`;
    output.style.gridAutoRows = `${side}px`;
    output.style.gap = `${gap}px`;
    output.style.setProperty("--side", `${side}px`);
    const type = parseFloat(getComputedStyle(output).fontSize);
    output.classList.toggle("small", side < READABLE.brief * type);
    output.classList.toggle("tiny", side < TINY);
    output.hidden = !bins.length;
    bins.forEach((bin, k) => paintCell(output.children[k], bin, span, side < READABLE.full * type));
  }

  return { root, paint };
}

function entry({ name, whose }) {
  const button = html("button", { type: "button", "data-name": name, "data-testid": `convention-${name}` }, name);
  return html("li", {}, button, " ", html("span", { class: "whose" }, whose));
}

function paintCell(element, bin, span, brief) {
  const { value } = bin;
  const told = span && !bin.empty;
  element.style.setProperty("--section", sectionColour(bin.i, bin.j));
  element.style.backgroundColor = told ? colour(value, span) : "";
  element.style.color = told ? ink(value, span) : "";
  const written = brief ? briefly(number(value)) : number(value);
  setText(element, !span ? "?" : bin.empty ? "∅" : written);
  toggle(element, "data-empty", !told);
  toggle(element, "data-differs", Boolean(span) && bin.differs);
}
