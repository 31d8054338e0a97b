// Pointer and touch on the map: dragging and resizing boxes, painting with the brush, hovering, drawing the
// box anew where none is, or a first one on an image without any.

import { cellsInside } from "../common/bins.js";
import { cellAt, pulled } from "../common/geometry.js";
import { fills } from "./overlay.js";
import { adopt, isOnStage, refresh, selectedBox, setBox, setCell, tellOfBox } from "../common/model.js";

// Two taps on a cell within this time, in ms, are a double-click.
const DOUBLE = 400;
// A finger does not hover: what it has tapped is named for so many ms, if it taps nothing else meanwhile.
const NAMED = 5000;

export function createGestures(model, map, { render, commit, editCell, focusBox }) {
  let tap = null;
  let naming = 0;

  map.addEventListener("pointerdown", pressed);
  map.addEventListener("pointermove", moved);
  map.addEventListener("pointerup", released);
  map.addEventListener("pointercancel", released);
  map.addEventListener("pointerleave", left);
  map.addEventListener("dblclick", doubleClicked);
  map.addEventListener("touchstart", touched, { passive: false });
  window.addEventListener("pointerdown", forgotten, true);

  function pressed(event) {
    if (event.button !== 0 || model.gesture) return;
    if (model.editing) {
      // What was typed there is no number yet: it is finished or left first.
      if (!event.target.closest(".cell-editor")) editCell(null);
      return;
    }
    const at = cellAt(event, map, model.data);
    // A finger beside the box may be about to scroll the page.
    if (event.pointerType !== "touch" || event.target.dataset.roi !== undefined) reached();
    const gesture = brushed(at) ?? grabbed(event) ?? drawn(event, at);
    if (at && gesture?.kind !== "box") model.cursor = at;
    if (gesture) {
      model.gesture = { ...gesture, pointer: event.pointerId, x: event.clientX, y: event.clientY };
      map.setPointerCapture(event.pointerId);
      event.preventDefault();
    }
    map.closest("[data-testid=stage]").focus({ preventScroll: true });
    render();
  }

  function reached() {
    if (model.brush === null && hasBoxes()) tellOfBox(model);
  }

  function brushed(at) {
    if (model.brush === null || !at) return null;
    setCell(model, at.row, at.col, model.brush);
    return { kind: "brush", changed: true };
  }

  function grabbed(event) {
    const { roi, handle } = event.target.dataset;
    if (roi === undefined || isPages(event.target, event.pointerType)) return null;
    const index = Number(roi);
    const other = index !== model.selected;
    model.selected = index;
    if (other) refresh(model);
    const box = model.boxes[index];
    return {
      kind: "box",
      handle,
      from: cellsInside(box, model.data.rows, model.data.cols),
      changed: other,
    };
  }

  // A box that fills the map has nowhere to be moved to: there a finger scrolls the page.
  function isPages({ dataset: { roi, handle } }, pointerType) {
    return pointerType === "touch" && handle === "move" && fills(model, model.boxes[roi]);
  }

  function drawn(event, at) {
    if (!at) return null;
    const from = cellsOf(at);
    if (!hasBoxes()) {
      setFirstBox(at);
      return { kind: "box", handle: "draw", from, changed: true };
    }
    // There a finger scrolls the page.
    if (event.pointerType === "touch" || !selectedBox(model)) return null;
    return { kind: "box", handle: "draw", from, changed: false };
  }

  function hasBoxes() {
    return model.boxes.some((box) => isOnStage(model, box));
  }

  function setFirstBox(at) {
    model.selected = model.boxes.length;
    model.boxes = [...model.boxes, { numbers: [model.image, 0, 0, 0, 0] }];
    const { rows, cols } = cellsOf(at);
    setBox(model, model.selected, rows, cols);
  }

  function moved(event) {
    const at = cellAt(event, map, model.data);
    model.hover = hovered(event, at);
    const { roi } = event.target.dataset;
    model.pointed = roi === undefined ? null : Number(roi);
    const { gesture } = model;
    if (gesture && gesture.pointer === event.pointerId) {
      if (gesture.kind === "brush") stroke(event);
      if (gesture.kind === "box") pull(gesture, event);
    }
    render();
  }

  // A finger that moves and has nothing in the hand is about to scroll.
  function hovered({ pointerType }, at) {
    if (pointerType !== "touch") return at && { cell: at };
    return at && model.gesture ? { cell: at, touched: true } : null;
  }

  // What a finger has tapped has its name no longer, wherever on the page it is put now.
  function forgotten() {
    clearTimeout(naming);
    if (!model.hover?.touched) return;
    model.hover = null;
    render();
  }

  // A quick stroke reaches the page as one event that stands for several: none of its cells is missed.
  function stroke(event) {
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const one of passed.length ? passed : [event]) {
      const at = cellAt(one, map, model.data);
      if (at) setCell(model, at.row, at.col, model.brush);
    }
  }

  function pull(gesture, event) {
    const place = map.getBoundingClientRect();
    const rows = (y) => ((y - place.top) / place.height) * model.data.rows;
    const cols = (x) => ((x - place.left) / place.width) * model.data.cols;
    // What is drawn ends in the cell under the hand; what is pulled snaps to the nearest line.
    const drawn = gesture.handle === "draw";
    const dRow = drawn ? Math.floor(rows(event.clientY)) - gesture.from.rows[0] : Math.round(rows(event.clientY) - rows(gesture.y));
    const dCol = drawn ? Math.floor(cols(event.clientX)) - gesture.from.cols[0] : Math.round(cols(event.clientX) - cols(gesture.x));
    if (dRow === gesture.dRow && dCol === gesture.dCol) return;
    if (dRow === 0 && dCol === 0 && gesture.dRow === undefined) return;
    Object.assign(gesture, { dRow, dCol, changed: true });
    const to = pulled(gesture.from, gesture.handle, dRow, dCol, model.data);
    setBox(model, model.selected, to.rows, to.cols);
  }

  // A finger on a box or with the brush acts, anywhere else it scrolls the page. Chromium does not
  // always heed touch-action inside an SVG.
  function touched(event) {
    const acts = model.brush !== null || (event.target.dataset.roi !== undefined && !isPages(event.target, "touch"));
    if (acts || !hasBoxes()) event.preventDefault();
  }

  function released(event) {
    const { gesture } = model;
    if (event.type === "pointerup" && event.pointerType === "touch") tapped(event, gesture);
    if (!gesture || gesture.pointer !== event.pointerId) return;
    model.gesture = null;
    // What the box has come to lie on is to be seen, whatever the pointer rests on.
    if (gesture.dRow !== undefined) model.hover = null;
    // A box that was only pressed stands for the cell under the pointer.
    if (gesture.kind !== "box" || gesture.dRow === undefined) model.cursor = cellAt(event, map, model.data) ?? model.cursor;
    if (gesture.changed) commit();
    // An answer that came while the box was only held has waited.
    else adopt(model, model.data);
    if (gesture.handle === "move" && gesture.dRow === undefined) focusBox();
    render();
  }

  function tapped(event, gesture) {
    const at = gesture?.dRow === undefined ? cellAt(event, map, model.data) : null;
    const again = at && tap && event.timeStamp - tap.time < DOUBLE;
    const same = again && tap.row === at.row && tap.col === at.col;
    tap = at && !same ? { ...at, time: event.timeStamp } : null;
    if (same && model.brush === null) editCell(at);
    else if (at) named(at);
    if (at) reached();
  }

  function named(at) {
    model.hover = { cell: at, touched: true };
    clearTimeout(naming);
    naming = setTimeout(forgotten, NAMED);
    render();
  }

  function left({ pointerType }) {
    if (model.gesture || pointerType === "touch") return;
    model.hover = null;
    model.pointed = null;
    render();
  }

  function doubleClicked(event) {
    const at = cellAt(event, map, model.data);
    if (at && model.brush === null && !model.editing) editCell(at);
  }

  function destroy() {
    clearTimeout(naming);
    window.removeEventListener("pointerdown", forgotten, true);
  }

  return { destroy };
}

function cellsOf({ row, col }) {
  return { rows: [row, row + 1], cols: [col, col + 1] };
}
