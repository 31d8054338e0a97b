// The keyboard: everything that the pointer can do.

import { cellsInside } from "../common/bins.js";
import { pulled } from "../common/geometry.js";
import { selectedBox, setBox, shown, tellOfBox } from "../common/model.js";
import { watchPage } from "../common/pagekeys.js";

const ARROWS = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

export function createKeys(model, root, player, { render, soon, flush, takeBack, doAgain, removeBox, editCell, showKeys, focusStage, putBrushAway }) {
  root.addEventListener("keydown", (event) => {
    // Streamlit's own hotkeys must not fire from inside the stage.
    event.stopPropagation();
    if (isControl(event.target) && !plays(event)) return;
    // A pointer that rests is not what the reader looks at now.
    if (!model.hover?.keyed) model.hover = null;
    if (handle(event)) event.preventDefault();
  });
  const ignore = watchPage(undone);

  function plays(event) {
    const { target, key } = event;
    if (key === "Escape" && target.tagName === "BUTTON") return true;
    return target.type === "range" ? key === " " || key === "[" || key === "]" : "[]".includes(key) && target.tagName === "BUTTON";
  }

  function handle(event) {
    const arrow = ARROWS[event.key];
    if (arrow) return event.ctrlKey || event.altKey || event.metaKey ? point(arrow) : pull(arrow, event.shiftKey);
    if (undone(event)) return true;
    // Many keyboards have the brackets on AltGr.
    if (event.key === "[") player.prev();
    else if (event.key === "]") player.next();
    else if (event.ctrlKey || event.metaKey || event.altKey) return false;
    else if (event.key === ".") player.look();
    else if (event.key === " ") player.toggle();
    else if (event.key === "Enter") editCell(model.cursor ?? { row: 0, col: 0 });
    else if (event.key === "Escape") leave(event.target);
    else if (event.key === "Delete" && selectedBox(model)) removeBox(model.selected);
    else return false;
    return true;
  }

  // Ctrl or Alt with an arrow walks the cell that Enter edits.
  function point([dRow, dCol]) {
    const { rows, cols } = model.data;
    const at = model.cursor ?? { row: 0, col: 0 };
    model.cursor = model.cursor
      ? {
          row: Math.max(0, Math.min(rows - 1, at.row + dRow)),
          col: Math.max(0, Math.min(cols - 1, at.col + dCol)),
        }
      : at;
    model.hover = { cell: model.cursor, keyed: true };
    render();
    return true;
  }

  // Arrows move the selected box, with Shift they pull its end. Before there is one they lead on to it.
  function pull([dRow, dCol], resize) {
    const box = selectedBox(model);
    if (!box) return false;
    const view = shown(model);
    if (view.cue) tellOfBox(model);
    else if (!view.box) {
      if (dCol > 0) player.next();
      return dCol !== 0;
    }
    const from = cellsInside(box, model.data.rows, model.data.cols);
    const { rows, cols } = pulled(from, resize ? "se" : "move", dRow, dCol, model.data);
    setBox(model, model.selected, rows, cols);
    soon();
    render();
    return true;
  }

  function undone(event) {
    const step = event.ctrlKey || event.metaKey ? stepOf(event) : null;
    if (!step) return false;
    flush();
    step();
    return true;
  }

  // Ctrl+Z, and what others have for the way on.
  function stepOf({ key, shiftKey }) {
    if (key.toLowerCase() === "z") return shiftKey ? doAgain : takeBack;
    return key === "y" ? doAgain : null;
  }

  function leave(target) {
    if (target.matches(".box-focus")) focusStage();
    model.cursor = null;
    model.editing = null;
    model.hover = null;
    putBrushAway();
    showKeys(false);
    render();
  }

  return { destroy: ignore };
}

function isControl(target) {
  return /^(INPUT|SELECT|BUTTON|TEXTAREA)$/.test(target.tagName);
}
