// The label that names the cell under the pointer, and says what a press makes of it.

import { html, setText } from "../common/dom.js";
import { fill, number } from "../common/text.js";

// In px: from the cell to the label, from the window's edge, and from the label's end to the cell's middle.
const GAP = 6;
const EDGE = 8;
const FROM_END = 24;

// What Enter, a finger or a click makes of the cell that is named. Who has edited one knows it.
function hint({ hover: { keyed, touched }, brush, edited, data: { text } }) {
  const by = keyed ? ".key" : touched ? ".touch" : "";
  if (brush !== null && !keyed) return fill(text[`cell.hint.brush${by}`], { value: brush });
  return edited ? "" : text[`cell.hint${by}`];
}

export function createHoverLabel(model, map) {
  const root = html("div", { class: "hover-label", "aria-hidden": "true", hidden: "" });
  map.append(root);

  function paint(cell) {
    // What the other map shows is not this one's to name.
    const at = model.gesture || model.editing || model.hover?.there ? null : model.hover?.cell;
    root.hidden = !at;
    if (!at) return setText(root, "");
    const { text, cols } = model.data;
    const named = fill(text["cell.hover"], { ...at, value: number(model.cells[at.row * cols + at.col]) });
    setText(root, [named, hint(model)].filter(Boolean).join(" · "));
    place(at, cell);
    return undefined;
  }

  // Over its cell, or under it where over it is no room on the map or the window; never on it, and from side
  // to side in the window.
  function place({ row, col }, cell) {
    const { left, top } = map.getBoundingClientRect();
    const middle = (col + 0.5) * cell;
    const start = col > model.data.cols / 2 ? middle + FROM_END - root.offsetWidth : middle - FROM_END;
    const last = document.documentElement.clientWidth - left - EDGE - root.offsetWidth;
    const over = row * cell - GAP - root.offsetHeight;
    const fits = over >= Math.max(0, -top);
    root.style.setProperty("--x", `${Math.max(EDGE - left, Math.min(last, start))}px`);
    root.style.setProperty("--y", `${fits ? over : (row + 1) * cell + GAP}px`);
  }

  return { paint };
}
