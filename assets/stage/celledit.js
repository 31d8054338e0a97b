// Editing a cell in place, and the label that names the cell under the pointer.

import { html, setText, toggle } from "./dom.js";
import { setCell } from "./model.js";
import { fill, number, parse } from "./text.js";

export function createCellEditor(model, map, { render, commit, focusStage }) {
  const input = html("input", { class: "cell-input", inputmode: "decimal", "data-testid": "cell-input", autocomplete: "off" });
  const message = html("p", { class: "cell-message", role: "alert" });
  const root = html("div", { class: "cell-editor", hidden: "" }, input, message);

  input.addEventListener("keydown", pressed);
  input.addEventListener("blur", () => model.editing && take(null, { stay: true }));
  input.addEventListener("input", () => complain(""));

  // Without a cell: back to the one that is open.
  function open(at) {
    if (!at) {
      // After the press that asked for it, which takes the focus to where it fell.
      requestAnimationFrame(() => input.focus({ preventScroll: true }));
      return;
    }
    model.editing = at;
    model.cursor = at;
    model.hover = null;
    const value = model.cells[at.row * model.data.cols + at.col];
    input.value = `${value}`;
    input.setAttribute("aria-label", fill(model.data.text["cell.edit"], at));
    complain("");
    render();
    // Shown at once and not with the next frame: what is hidden takes no focus.
    root.hidden = false;
    input.focus({ preventScroll: true });
    input.select();
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
    const { row, col } = model.editing;
    const { rows, cols } = model.data;
    if (value !== model.cells[row * cols + col]) {
      setCell(model, row, col, value);
      commit();
    }
    close({ stay });
    const next = row * cols + col + step;
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
    model.editing = null;
    if (!stay) focusStage();
    render();
  }

  function paint(cell) {
    const at = model.editing;
    root.hidden = !at;
    if (!at) return;
    root.style.setProperty("--x", `${(at.col + 0.5) * cell}px`);
    root.style.setProperty("--y", `${(at.row + 0.5) * cell}px`);
    root.style.setProperty("--cell", `${cell}px`);
    // Near the right edge the message hangs from its end, so that it stays on the page.
    root.classList.toggle("right", at.col > model.data.cols / 2);
  }

  map.append(root);
  return { open, paint };
}

export function createHoverLabel(model, map) {
  const root = html("div", { class: "hover-label", "aria-hidden": "true", hidden: "" });
  map.append(root);

  function paint(cell) {
    const at = model.gesture || model.editing ? null : model.hover?.cell;
    root.hidden = !at;
    if (!at) return;
    const { text, cols } = model.data;
    const named = fill(text["cell.hover"], { ...at, value: number(model.cells[at.row * cols + at.col]) });
    setText(root, model.edited || model.brush !== null ? named : `${named} · ${text[model.hover.keyed ? "cell.hint.key" : "cell.hint"]}`);
    root.style.setProperty("--x", `${(at.col + 0.5) * cell}px`);
    root.style.setProperty("--y", `${at.row * cell}px`);
    root.classList.toggle("right", at.col > cols / 2);
    root.classList.toggle("below", at.row * cell < 36);
  }

  return { paint };
}
