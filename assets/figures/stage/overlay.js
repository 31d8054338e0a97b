// Draws what lies on the map: boxes with their handles, bins, maxima and what the scan looks at.

import { cellsInside } from "../common/bins.js";
import { svg } from "../common/dom.js";
import { HANDLES } from "../common/geometry.js";
import { createHandle, placeHandles } from "../common/handles.js";
import { isOnStage, selectedBox, shown } from "../common/model.js";
import { createBins, createRings, set, sizeLayer } from "../common/outlines.js";
import { inset, pixels } from "../common/paths.js";

// `tied` are the cells of a model that are ringed beside the maxima, as [row, column].
export function createOverlay(tied = () => []) {
  const bins = createBins();
  const rings = createRings();
  const ties = createRings("tie");
  const boxes = svg("g");
  const lit = [svg("path", { class: "lit-casing" }), svg("path", { class: "lit" })];
  const cursor = svg("path", { class: "cursor" });
  const handles = svg("g", { class: "handles" });
  // Under the numbers; everything else lies above them.
  const under = svg("svg", { class: "overlay", "aria-hidden": "true" }, ...bins.under);
  const drawn = [...bins.over, boxes, ...lit, ...ties.over, ...rings.over, cursor, handles];
  const root = svg("svg", { class: "overlay", "aria-hidden": "true" }, ...drawn);

  function paint(model, cell) {
    const view = shown(model);
    const { rows, cols } = model.data;
    for (const layer of [under, root]) sizeLayer(layer, rows, cols, cell);
    root.classList.toggle("cued", view.cue);
    paintBoxes(model, cell, view.box || view.cue);
    bins.paint(view.sections ? model.bins : [], cell);
    bins.paintShared(view.sections ? selectedBox(model) : null, cell);
    const glance = view.scan?.lit;
    const looked = glance ? inset(glance[0], glance[1], glance[2], glance[3], cell, 0) : "";
    for (const path of lit) set(path, "d", looked);
    rings.paint(maxima(model, view), cell);
    ties.paint(tied(model), cell);
    const at = model.cursor;
    set(cursor, "d", at ? inset(at.row, at.row + 1, at.col, at.col + 1, cell, 2) : "");
  }

  function paintBoxes(model, cell, visible) {
    const count = visible ? model.boxes.length : 0;
    while (boxes.childElementCount > count) boxes.lastElementChild.remove();
    while (boxes.childElementCount < count) boxes.append(createBox(boxes.childElementCount));
    for (let i = 0; i < count; i += 1) placeBox(boxes.children[i], model, i, cell);
    const box = visible ? selectedBox(model) : null;
    if (!box) return handles.replaceChildren();
    if (handles.dataset.box !== `${model.selected}` || !handles.childElementCount) {
      handles.dataset.box = model.selected;
      handles.replaceChildren(...HANDLES.map((name) => createHandle(model.selected, name)));
    }
    return placeHandles(handles, pixels(cellsInside(box, model.data.rows, model.data.cols), cell), cell);
  }

  return { root, under, paint };
}

function createBox(i) {
  return svg(
    "g",
    { class: "roi" },
    svg("rect", { class: "roi-casing" }),
    svg("rect", { class: "roi-line" }),
    svg("rect", { class: "roi-body", "data-testid": `roi-${i}`, "data-roi": i, "data-handle": "move" }),
  );
}

function placeBox(group, model, i, cell) {
  const box = model.boxes[i];
  // Those of other images are kept, so that a box's number stays its place here.
  set(group, "display", isOnStage(model, box) ? "inline" : "none");
  const { x, y, width, height } = pixels(cellsInside(box, model.data.rows, model.data.cols), cell);
  for (const rect of group.children) {
    set(rect, "x", x);
    set(rect, "y", y);
    set(rect, "width", width);
    set(rect, "height", height);
  }
  const none = box.rows.span[1] <= box.rows.span[0] || box.cols.span[1] <= box.cols.span[0];
  set(group, "class", `roi${i === model.selected ? " selected" : ""}${none ? " none" : ""}${i === model.pointed ? " pointed" : ""}${fills(model, box) ? " fills" : ""}`);
}

// Whether there is no other place for a box: a finger on it can only mean the page.
export function fills({ data }, { rows, cols }) {
  const whole = ({ span: [start, stop] }, size) => start <= 0 && stop >= size;
  return whole(rows, data.rows) && whole(cols, data.cols);
}

// The bins that the pointer or the scan singles out; the rest of the map steps back.
export function litBins(model) {
  const view = shown(model);
  if (!view.sections) return [];
  if (view.section) {
    const [i, j] = view.section;
    return model.bins.filter((bin) => bin.i === i && bin.j === j && !bin.empty);
  }
  if (!model.hover || model.gesture) return [];
  const { section, cell } = model.hover;
  return model.bins.filter((bin) => {
    if (bin.empty) return false;
    if (section) return bin.i === section[0] && bin.j === section[1];
    return (
      cell && bin.top <= cell.row && cell.row < bin.bottom && bin.left <= cell.col && cell.col < bin.right
    );
  });
}

// During the scan: what has been found so far, and the running maximum.
function maxima(model, view) {
  const places = model.bins.filter((bin, k) => k < view.found && !bin.empty).map((bin) => [bin.row, bin.col]);
  if (view.scan?.best) places.push(view.scan.best);
  return places;
}
