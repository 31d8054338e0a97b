// Editing a cell in place.

import { html, setText, toggle } from "../common/dom.js";
import { setCell } from "../common/model.js";
import { createNumberField } from "../common/numberfield.js";
import { fill, parse } from "../common/text.js";

// The cells of the map, as what is edited: where their edit stands in the model, how many there are,
// what one holds and is called, and where it lies.
export function mapCells(model) {
  return {
    open: "editing",
    size: () => [model.data.rows, model.data.cols],
    value: ({ row, col }) => model.cells[row * model.data.cols + col],
    name: (at) => fill(model.data.text["cell.edit"], at),
    refused: () => null,
    put: ({ row, col }, value) => setCell(model, row, col, value),
    opened: (at) => (model.cursor = at),
    place: ({ row, col }, cell) => ({ x: (col + 0.5) * cell, y: (row + 0.5) * cell, side: cell }),
  };
}

export function createCellEditor(model, host, cells, { render, commit, focusStage }) {
  const input = createNumberField({ class: "cell-input", "data-testid": "cell-input" });
  const message = html("p", { class: "cell-message", role: "alert" });
  const root = html("div", { class: "cell-editor", hidden: "" }, input, message);

  input.addEventListener("keydown", pressed);
  input.addEventListener("blur", () => model[cells.open] && take(null, { stay: true }));
  input.addEventListener("input", () => complain(""));

  // Without a cell: back to the one that is open. What was `typed` already takes the place of its value.
  function open(at, typed = null) {
    if (!at) {
      // After the press that asked for it, which takes the focus to where it fell.
      requestAnimationFrame(() => input.focus({ preventScroll: true }));
      return;
    }
    model[cells.open] = at;
    cells.opened(at);
    model.hover = null;
    input.value = typed ?? `${cells.value(at)}`;
    input.setAttribute("aria-label", cells.name(at));
    complain("");
    render();
    // Shown at once and not with the next frame: what is hidden takes no focus.
    root.hidden = false;
    input.focus({ preventScroll: true });
    if (typed === null) input.select();
  }

  function pressed(event) {
    event.stopPropagation();
    if (event.key === "Enter") take(null);
    else if (event.key === "Escape") close();
    else if (event.key === "Tab") take(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  }

  // Keeps what was typed if it is no number: the field stays open and says why.
  function take(step, { stay = false } = {}) {
    const value = parse(input.value);
    if (value === null) return complain(fill(model.data.text["not-a-number"], { text: input.value }));
    const refused = cells.refused(value, input.value);
    if (refused) return complain(refused);
    const at = model[cells.open];
    const [rows, cols] = cells.size();
    if (value !== cells.value(at)) {
      cells.put(at, value);
      commit();
    }
    close({ stay });
    const next = at.row * cols + at.col + step;
    if (step && next >= 0 && next < rows * cols) {
      const nextCol = next % cols;
      open({ row: (next - nextCol) / cols, col: nextCol });
    }
    return undefined;
  }

  function complain(text) {
    setText(message, text);
    message.hidden = !text;
    toggle(input, "aria-invalid", Boolean(text));
  }

  // The focus goes back to the stage, unless the reader has taken it elsewhere.
  function close({ stay = false } = {}) {
    model[cells.open] = null;
    // What was typed is in the map now, and nowhere else on the page.
    input.value = "";
    if (!stay) focusStage();
    render();
  }

  function paint(cell) {
    const at = model[cells.open];
    root.hidden = !at;
    if (!at) return;
    const { x, y, side } = cells.place(at, cell);
    root.style.setProperty("--x", `${x}px`);
    root.style.setProperty("--y", `${y}px`);
    root.style.setProperty("--cell", `${side}px`);
    // Near the right edge the message hangs from its end, so that it stays on the page.
    root.classList.toggle("right", at.col > cells.size()[1] / 2);
  }

  host.append(root);
  return { open, paint };
}
