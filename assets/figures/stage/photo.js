// A photograph that the map could have come from, with the boxes at their place on it.
//
// What is drawn lies in units of cells: whatever is at a cell of the map is at its pixels here.

import { cellsInside } from "../common/bins.js";
import { html, setText, svg } from "../common/dom.js";
import { isOnStage, shown } from "../common/model.js";
import { set } from "../common/outlines.js";

// Over a story, which it is painted with.
export function withPhoto(model, story) {
  const photo = createPhoto(model);
  return {
    root: html("div", { class: "illustrated" }, photo.root, story.root),
    paint() {
      photo.paint();
      story.paint();
    },
  };
}

export function createPhoto(model) {
  const image = html("img", { width: 256, height: 256, draggable: "false" });
  const grid = svg("path", { class: "photo-grid" });
  const boxes = ["photo-casing", "photo-box"].map((name) => svg("path", { class: name }));
  const looked = ["photo-casing", "photo-cell"].map((name) => svg("path", { class: name }));
  const drawn = svg("svg", { "aria-hidden": "true" }, grid, ...looked, ...boxes);
  const said = html("figcaption", {});
  const root = html("figure", { class: "photo", "data-testid": "photo" }, html("div", {}, image, drawn), said);

  function paint() {
    const { photo, rows, cols } = model.data;
    root.hidden = !photo;
    if (!photo) return;
    const address = new URL(photo.at, document.baseURI).href;
    if (image.src !== address) image.src = address;
    set(image, "alt", photo.alt);
    root.classList.toggle("own", photo.own);
    setText(said, photo.said);
    set(drawn, "viewBox", `0 0 ${cols} ${rows}`);
    set(grid, "d", lines(rows, cols));
    for (const path of boxes) set(path, "d", outlines(model));
    for (const path of looked) set(path, "d", glance(model));
  }

  return { root, paint };
}

function outlines(model) {
  const { rows, cols } = model.data;
  if (!shown(model).box) return "";
  return model.boxes
    .filter((box) => isOnStage(model, box))
    .map((box) => rectangle(cellsInside(box, rows, cols)))
    .join("");
}

// The cell under the pointer, or else what the search is looking at.
function glance(model) {
  const at = model.hover?.cell;
  if (at) return rectangle({ rows: [at.row, at.row + 1], cols: [at.col, at.col + 1] });
  const lit = shown(model).scan?.lit;
  return lit ? rectangle({ rows: lit.slice(0, 2), cols: lit.slice(2) }) : "";
}

function rectangle({ rows: [top, bottom], cols: [left, right] }) {
  return `M${left} ${top}H${right}V${bottom}H${left}Z`;
}

function lines(rows, cols) {
  const across = Array.from({ length: rows - 1 }, (_, row) => `M0 ${row + 1}H${cols}`);
  const down = Array.from({ length: cols - 1 }, (_, col) => `M${col + 1} 0V${rows}`);
  return [...across, ...down].join("");
}
