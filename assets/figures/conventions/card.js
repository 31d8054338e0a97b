// One convention of the small multiples: whose it is, the bins it cuts, and its output.

import { binsOf } from "./bins.js";
import { cellsInside } from "../common/bins.js";
import { fill as colour, ink, sectionColour } from "../common/colour.js";
import { html, setText, svg, toggle } from "../common/dom.js";
import { createBins, createRings, set, sizeLayer } from "../common/outlines.js";
import { pixels } from "../common/paths.js";
import { number } from "../common/text.js";

const GAP = 12;
const LARGEST_CELL = 56;
const READABLE = 30;
// Height of the sentence under the output.
const VERDICT = { few: 36, many: 22 };
const MANY = 7;
// Where a ring round a cell would be as large as the cell.
const TINY = 10;

export function createCard(choose) {
  const name = html("b", { class: "name" });
  const whose = html("span", { class: "whose" });
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
  const root = html("button", { type: "button", class: "multiple" });
  root.append(html("span", { class: "head" }, name, " ", whose), html("span", { class: "figure" }, map, answer));
  let built = "";

  root.addEventListener("click", () => root.getAttribute("aria-pressed") === "false" && choose(root.dataset.name));
  // Streamlit's own hotkeys must not fire from inside a figure.
  root.addEventListener("keydown", (event) => event.stopPropagation());

  function paint(data, card, { cell, inner, picture, span }) {
    root.dataset.name = card.name;
    root.dataset.testid = `multiple-${card.name}`;
    root.dataset.differing = `${card.differing}`;
    root.setAttribute("aria-pressed", `${card.reference}`);
    // Its name is what stands on it; the numbers of its output come after that.
    root.setAttribute("aria-description", card.label);
    const bins = card.bins ? binsOf(card, data.cols) : [];
    setText(name, card.name);
    setText(whose, card.whose);
    setText(verdict, card.verdict);
    verdict.classList.toggle("differs", card.differing > 0);
    paintMap(data, card.box, bins, cell, picture);
    const [wide, high] = [data.cols * cell, data.rows * cell];
    map.style.width = `${wide}px`;
    map.style.height = `${high}px`;
    paintOutput(data.outputSize, bins, span, inner - wide - GAP, high);
  }

  function paintMap({ rows, cols }, box, bins, cell, picture) {
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
    rings.paint(bins.filter((bin) => bin.row >= 0).map((bin) => [bin.row, bin.col]), cell);
  }

  function paintOutput([high, wide], bins, span, width, beside) {
    const many = Math.max(high, wide) > MANY;
    const gap = many ? 1 : 3;
    const height = Math.max(width / 2, beside - VERDICT[many ? "many" : "few"]);
    const fit = Math.min((width + gap) / wide, (height + gap) / high) - gap;
    const side = Math.floor(Math.min(LARGEST_CELL, fit));
    if (built !== `${high},${wide}`) {
      built = `${high},${wide}`;
      output.replaceChildren(...Array.from({ length: high * wide }, () => html("span", { class: "out" })));
    }
    output.style.gridTemplateColumns = `repeat(${wide}, ${side}px)`;
    output.style.gridAutoRows = `${side}px`;
    output.style.gap = `${gap}px`;
    output.classList.toggle("small", side < READABLE);
    output.classList.toggle("tiny", side < TINY);
    output.hidden = !bins.length;
    bins.forEach((bin, k) => paintCell(output.children[k], bin, span));
  }

  return { root, paint };
}

function paintCell(element, bin, span) {
  const { value } = bin;
  element.style.setProperty("--section", sectionColour(bin.i, bin.j));
  element.style.backgroundColor = bin.empty ? "" : colour(value, span);
  element.style.color = bin.empty ? "" : ink(value, span);
  setText(element, bin.empty ? "∅" : number(value));
  toggle(element, "data-empty", bin.empty);
  toggle(element, "data-differs", bin.differs);
}
