// Where the arrows find the box while all is presented: there they step, wherever else the focus is.
//
// It lies on the selected box, lets the pointer through, and is reached by Tab or by a press on the box.

import { cellsInside } from "../common/bins.js";
import { html } from "../common/dom.js";
import { pixels } from "../common/paths.js";
import { isOn } from "../common/looks.js";
import { selectedBox, shown } from "../common/model.js";
import { fill, named } from "../common/text.js";

export function createBoxFocus(model) {
  const root = html("div", { class: "box-focus", role: "group", "data-arrows": "box", "data-testid": "box-focus", hidden: "" });

  function paint(cell) {
    const box = isOn("present") && shown(model).box ? selectedBox(model) : null;
    root.hidden = !box;
    if (!box) return;
    const { data } = model;
    const cells = cellsInside(box, data.rows, data.cols);
    const { x, y, width, height } = pixels(cells, cell);
    Object.assign(root.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
    root.tabIndex = 0;
    root.setAttribute("aria-label", fill(data.text["box.focus"], { rows: named(data.text, "rows", ...cells.rows), cols: named(data.text, "cols", ...cells.cols) }));
  }

  // Where nothing is presented the arrows are the box's anyway.
  function take() {
    if (!root.hidden) root.focus({ preventScroll: true });
  }

  return { root, paint, take };
}
